"""The recovery plan: five phases, and measures that always have a named owner and a date."""

from winback.plans.models.checks import CheckQuerySet, EffectivenessCheck
from winback.plans.models.measure import ROUND, Measure, MeasureCompletion, MeasureQuerySet
from winback.plans.models.moves import DateMove, amendments_of
from winback.plans.models.plan import PlanPhase, RecoveryPlan
from winback.plans.models.templates import MeasureTemplate, PhaseTemplate

__all__ = [
    "ROUND",
    "CheckQuerySet",
    "DateMove",
    "EffectivenessCheck",
    "Measure",
    "MeasureCompletion",
    "MeasureQuerySet",
    "MeasureTemplate",
    "PhaseTemplate",
    "PlanPhase",
    "RecoveryPlan",
    "amendments_of",
]
