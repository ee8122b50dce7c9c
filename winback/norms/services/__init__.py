"""Verbs on norms and inspections."""

from winback.norms.services.catalogue import NormError, add_norm, change_norm, load_norms
from winback.norms.services.inspections import (
    InspectionEnded,
    InspectionError,
    add_inspection,
    change_inspection,
    end_inspection,
    hand_over_inspection,
    move_inspection,
    propose_inspections,
    reassign_inspection,
    source_of,
)
from winback.norms.services.records import follow_up, record_inspection

__all__ = [
    "InspectionEnded",
    "InspectionError",
    "NormError",
    "add_inspection",
    "add_norm",
    "change_inspection",
    "change_norm",
    "end_inspection",
    "follow_up",
    "hand_over_inspection",
    "load_norms",
    "move_inspection",
    "propose_inspections",
    "reassign_inspection",
    "record_inspection",
    "source_of",
]
