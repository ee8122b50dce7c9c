"""Pages of facts that a case has at most once: background, assessment, approach and so on."""

from winback.cases.models.sheets.assessment import Assessment
from winback.cases.models.sheets.background import Background
from winback.cases.models.sheets.effort import ActualEffort, EffortSheet, PlannedEffort
from winback.cases.models.sheets.sheet import PERCENT, Sheet, choice, money, percent, text
from winback.cases.models.sheets.talks import Approach, Farewell, Mediation

__all__ = [
    "PERCENT",
    "ActualEffort",
    "Approach",
    "Assessment",
    "Background",
    "EffortSheet",
    "Farewell",
    "Mediation",
    "PlannedEffort",
    "Sheet",
    "choice",
    "money",
    "percent",
    "text",
]
