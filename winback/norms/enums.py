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


class DutyHolder(TextChoices):
    """Who must see that the inspection is done."""

    CLIENT = "client", pgettext_lazy("duty", "Client")
    PROVIDER = "provider", pgettext_lazy("duty", "We")
    SUBCONTRACTOR = "subcontractor", pgettext_lazy("duty", "Subcontractor")


class Executor(TextChoices):
    OWN = "own", pgettext_lazy("inspection", "Own staff")
    SUBCONTRACTOR = "subcontractor", pgettext_lazy("inspection", "Subcontractor")
    BODY = "body", pgettext_lazy("inspection", "Inspection body or laboratory")
    CLIENT = "client", pgettext_lazy("inspection", "The client")


class InspectionResult(TextChoices):
    OK = "ok", pgettext_lazy("inspection", "without defects")
    DEFECTS = "defects", pgettext_lazy("inspection", "with defects")
    FAILED = "failed", pgettext_lazy("inspection", "failed")


#: Results that leave something to remedy by a day.
DEFECTIVE = {InspectionResult.DEFECTS, InspectionResult.FAILED}


class InspectionState(TextChoices):
    """Computed, never typed."""

    PLANNED = "planned", pgettext_lazy("inspection", "Planned")
    NEAR = "near", pgettext_lazy("inspection", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("inspection", "Overdue")
    ENDED = "ended", pgettext_lazy("inspection", "No longer inspected")
