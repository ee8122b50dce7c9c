"""Filters above the lists of the room."""

from winback.norms.filters.norms import NormFilter

__all__ = ["NormFilter"]
