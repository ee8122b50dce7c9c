"""Verbs of contracts, deadlines, amendments, service lines and what the client owes.

The room stands below cases: every verb writes row versions, no case events.
"""

from winback.contracts.services.amendments import (
    change_amendment,
    declare_broken,
    record_amendment,
)
from winback.contracts.services.contracts import change_contract, create_contract
from winback.contracts.services.cooperation import (
    change_client_obligation,
    record_client_obligation,
)
from winback.contracts.services.core import AlreadySettled, ContractError, period_of, recompute
from winback.contracts.services.deadlines import (
    change_deadline,
    complete,
    end_deadline,
    hand_over,
    reassign,
    record_deadline,
)
from winback.contracts.services.lines import add_line, change_line

__all__ = [
    "AlreadySettled",
    "ContractError",
    "add_line",
    "change_amendment",
    "change_client_obligation",
    "change_contract",
    "change_deadline",
    "change_line",
    "complete",
    "create_contract",
    "declare_broken",
    "end_deadline",
    "hand_over",
    "period_of",
    "reassign",
    "recompute",
    "record_amendment",
    "record_client_obligation",
    "record_deadline",
]
