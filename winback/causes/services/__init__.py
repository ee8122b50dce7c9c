"""Verbs of the root-cause analysis. Each is one transaction and ends in one case event."""

from winback.causes.services.categories import load_categories
from winback.causes.services.chaining import ask_why
from winback.causes.services.confirming import confirm, confirm_by_client
from winback.causes.services.errors import CaseEnded, ChainBroken, NoEvidence, StillNeeded
from winback.causes.services.naming import change, name, primary_cause, remove
from winback.causes.services.proving import add_evidence, make_primary, remove_evidence

__all__ = [
    "CaseEnded",
    "ChainBroken",
    "NoEvidence",
    "StillNeeded",
    "add_evidence",
    "ask_why",
    "change",
    "confirm",
    "confirm_by_client",
    "load_categories",
    "make_primary",
    "name",
    "primary_cause",
    "remove",
    "remove_evidence",
]
