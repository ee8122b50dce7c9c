"""What kinds of papers there are."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class DocumentKind(TextChoices):
    CONTRACT = "contract", pgettext_lazy("document kind", "Contract paper")
    LETTER = "letter", pgettext_lazy("document kind", "Letter or e-mail")
    MINUTES = "minutes", pgettext_lazy("document kind", "Minutes")
    ACCEPTANCE = "acceptance", pgettext_lazy("document kind", "Acceptance record")
    PROOF = "proof", pgettext_lazy("document kind", "Proof")
    CERTIFICATE = "certificate", pgettext_lazy("document kind", "Certificate or training proof")
    PHOTO = "photo", pgettext_lazy("document kind", "Photo")
    REPORT = "report", pgettext_lazy("document kind", "Report or concept")
    MONEY = "money", pgettext_lazy("document kind", "Offer or invoice")
    OTHER = "other", pgettext_lazy("document kind", "Other document")
