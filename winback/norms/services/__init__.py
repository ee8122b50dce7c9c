"""Verbs on norms and inspections."""

from winback.norms.services.catalogue import NormError, add_norm, change_norm, load_norms

__all__ = ["NormError", "add_norm", "change_norm", "load_norms"]
