"""Filters above the lists of the room."""

from winback.norms.filters.inspections import InspectionFilter
from winback.norms.filters.norms import NormFilter

__all__ = ["InspectionFilter", "NormFilter"]
