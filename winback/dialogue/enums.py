"""States of a commitment and the verbs of the dialogue."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitmentState(TextChoices):
    """Computed, never stored. Overdue and still open counts as broken."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    KEPT = "kept", pgettext_lazy("commitment", "Kept")
    KEPT_LATE = "kept_late", pgettext_lazy("commitment", "Kept late")
    BROKEN = "broken", pgettext_lazy("commitment", "Broken")
    RELEASED = "released", pgettext_lazy("commitment", "Released by the client")


class Verb(TextChoices):
    PROMISED = "commitment.promised", _("Commitment given")
    CHANGED = "commitment.changed", _("Commitment changed")
    KEPT = "commitment.kept", _("Commitment kept")
    BROKEN = "commitment.broken", _("Commitment broken")
    RELEASED = "commitment.released", _("Commitment released by the client")
    REASSIGNED = "commitment.reassigned", _("Commitment handed over")
