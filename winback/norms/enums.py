"""Kinds and states of norms and inspections."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class NormKind(TextChoices):
    GUIDELINE = "guideline", pgettext_lazy("norm", "Guideline")
    STANDARD = "standard", pgettext_lazy("norm", "Standard")
    LAW = "law", pgettext_lazy("norm", "Law or ordinance")
    SAFETY_RULE = "safety_rule", pgettext_lazy("norm", "Rule of accident insurance")
    CONTRACT_TERMS = "contract_terms", pgettext_lazy("norm", "Contract terms")


class NormStatus(TextChoices):
    CURRENT = "current", pgettext_lazy("norm", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("norm", "Superseded")
    PARTLY_SUPERSEDED = "partly_superseded", pgettext_lazy("norm", "Partly superseded")
    IN_REVISION = "in_revision", pgettext_lazy("norm", "In revision")
    DRAFT = "draft", pgettext_lazy("norm", "Draft")
    UNKNOWN = "unknown", pgettext_lazy("norm", "Unknown")


class Confidence(TextChoices):
    """How sure the entry is."""

    HIGH = "high", pgettext_lazy("confidence", "High")
    MEDIUM = "medium", pgettext_lazy("confidence", "Medium")
    LOW = "low", pgettext_lazy("confidence", "Low")
