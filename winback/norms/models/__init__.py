"""Norms, and the inspections they ask for."""

from winback.norms.models.inspection import (
    Inspection,
    InspectionQuerySet,
    InspectionRecord,
)
from winback.norms.models.norm import LONGEST_INTERVAL, InspectionRule, Norm, NormQuerySet

__all__ = [
    "LONGEST_INTERVAL",
    "Inspection",
    "InspectionQuerySet",
    "InspectionRecord",
    "InspectionRule",
    "Norm",
    "NormQuerySet",
]
