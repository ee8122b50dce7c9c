"""Choices about a contract."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ContractKind(TextChoices):
    """What is owed decides the rights of the client; judged per service line later."""

    MIXED = "mixed", pgettext_lazy("contract", "Mixed contract")
    WORKS = "works", pgettext_lazy("contract", "Contract for works (Werkvertrag)")
    SERVICE = "service", pgettext_lazy("contract", "Service contract (Dienstvertrag)")
