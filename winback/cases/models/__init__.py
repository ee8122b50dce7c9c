"""The win-back case and what belongs to it."""

from winback.cases.models.case import Case, CaseQuerySet
from winback.cases.models.decisions import HealthOverride, Outcome, Qualification
from winback.cases.models.history import CaseEvent
from winback.cases.models.team import CaseMember, NumberRange

__all__ = [
    "Case",
    "CaseEvent",
    "CaseMember",
    "CaseQuerySet",
    "HealthOverride",
    "NumberRange",
    "Outcome",
    "Qualification",
]
