"""Norms, and the inspections they ask for."""

from winback.norms.models.norm import LONGEST_INTERVAL, InspectionRule, Norm, NormQuerySet

__all__ = ["LONGEST_INTERVAL", "InspectionRule", "Norm", "NormQuerySet"]
