"""Verbs of a case. Each is one transaction and ends in one case event."""

from winback.cases.services.core import IllegalTransition, NotReady, next_number, record
from winback.cases.services.deciding import activate, decide, has_go, set_phase
from winback.cases.services.ending import close_case, open_obligations, reopen, rest
from winback.cases.services.facts import (
    change_case,
    hand_over,
    open_case,
    set_next_step,
    write_situation,
)
from winback.cases.services.judging import override_health, refresh_health
from winback.cases.services.members import (
    add_member,
    end_membership,
    join_many,
    join_team,
    let_see,
    let_see_contract,
)

__all__ = [
    "IllegalTransition",
    "NotReady",
    "activate",
    "add_member",
    "change_case",
    "close_case",
    "decide",
    "end_membership",
    "hand_over",
    "has_go",
    "join_many",
    "join_team",
    "let_see",
    "let_see_contract",
    "next_number",
    "open_case",
    "open_obligations",
    "override_health",
    "record",
    "refresh_health",
    "reopen",
    "rest",
    "set_next_step",
    "set_phase",
    "write_situation",
]
