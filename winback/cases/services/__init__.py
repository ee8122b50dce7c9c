"""Verbs of a case. Each is one transaction and ends in one case event."""

from winback.cases.services.closing import Advice, advice
from winback.cases.services.core import (
    IllegalTransition,
    NotReady,
    next_number,
    record,
)
from winback.cases.services.deciding import (
    activate,
    decide,
    has_go,
    score_of,
    set_phase,
)
from winback.cases.services.duties import (
    Owed,
    complete_duty,
    reassign_duty,
    write_aftercare,
    write_plan_b,
)
from winback.cases.services.ending import (
    close_case,
    open_obligations,
    reopen,
    rest,
)
from winback.cases.services.escalating import (
    plan_step,
    set_escalation,
)
from winback.cases.services.facts import (
    change_case,
    hand_over,
    open_case,
    set_next_step,
    write_situation,
)
from winback.cases.services.judging import (
    override_health,
    refresh_health,
)
from winback.cases.services.learning import (
    decide_lesson,
    decide_resources,
    propose_lesson,
    record_success,
    remove_criterion,
    set_criterion,
    write_site_facts,
    write_tender,
)
from winback.cases.services.members import (
    add_member,
    end_membership,
    join_many,
    join_team,
    let_see,
    let_see_contract,
    move_lead,
)
from winback.cases.services.papers import hand_over_document
from winback.cases.services.sheets import write_sheet
from winback.cases.services.swapping import (
    change_key_account_manager,
    checklist,
    owed_by_owner,
    tell_client,
    tick,
)

__all__ = [
    "Advice",
    "IllegalTransition",
    "NotReady",
    "Owed",
    "activate",
    "add_member",
    "advice",
    "change_case",
    "change_key_account_manager",
    "checklist",
    "close_case",
    "complete_duty",
    "decide",
    "decide_lesson",
    "decide_resources",
    "end_membership",
    "hand_over",
    "hand_over_document",
    "has_go",
    "join_many",
    "join_team",
    "let_see",
    "let_see_contract",
    "move_lead",
    "next_number",
    "open_case",
    "open_obligations",
    "override_health",
    "owed_by_owner",
    "plan_step",
    "propose_lesson",
    "reassign_duty",
    "record",
    "record_success",
    "refresh_health",
    "remove_criterion",
    "reopen",
    "rest",
    "score_of",
    "set_criterion",
    "set_escalation",
    "set_next_step",
    "set_phase",
    "tell_client",
    "tick",
    "write_aftercare",
    "write_plan_b",
    "write_sheet",
    "write_site_facts",
    "write_situation",
    "write_tender",
]
