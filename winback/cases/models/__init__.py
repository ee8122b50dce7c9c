"""The win-back case and what belongs to it."""

from winback.cases.models.case import Case, CaseQuerySet
from winback.cases.models.decisions import HealthOverride, Outcome, Qualification
from winback.cases.models.duties import (
    Aftercare,
    Duty,
    EscalationStep,
    PlanB,
    ResourceDecision,
    TeamLoad,
)
from winback.cases.models.handover import Handover, HandoverItem
from winback.cases.models.history import CaseEvent
from winback.cases.models.learning import AwardCriterion, Lesson, SiteFact, Success, Tender
from winback.cases.models.papers import CaseDocument, Incident
from winback.cases.models.sheets import (
    ActualEffort,
    Approach,
    Assessment,
    Background,
    EffortSheet,
    Farewell,
    Mediation,
    PlannedEffort,
    Sheet,
)
from winback.cases.models.team import CaseMember, NumberRange

__all__ = [
    "ActualEffort",
    "Aftercare",
    "Approach",
    "Assessment",
    "AwardCriterion",
    "Background",
    "Case",
    "CaseDocument",
    "CaseEvent",
    "CaseMember",
    "CaseQuerySet",
    "Duty",
    "EffortSheet",
    "EscalationStep",
    "Farewell",
    "Handover",
    "HandoverItem",
    "HealthOverride",
    "Incident",
    "Lesson",
    "Mediation",
    "NumberRange",
    "Outcome",
    "PlanB",
    "PlannedEffort",
    "Qualification",
    "ResourceDecision",
    "Sheet",
    "SiteFact",
    "Success",
    "TeamLoad",
    "Tender",
]
