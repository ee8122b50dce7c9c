"""Verbs of the plan, in three files: the plan and its phases, its measures, its template."""

from winback.plans.services.checks import (
    CheckError,
    Verdict,
    judge,
    name_checker,
    plan_check,
    reassign_check,
)
from winback.plans.services.gate import GateClosed, answered, doers, open_check
from winback.plans.services.measures import (
    add_measure,
    change_measure,
    complete,
    drop,
    drop_by_pk,
    hand_over,
    hand_over_by_pk,
    measure_presets,
    move,
    reopen,
    set_status,
)
from winback.plans.services.plan import (
    OpenPoints,
    PlanError,
    open_points,
    owner_presets,
    pass_phase,
    presets,
    resume,
    start_plan,
)
from winback.plans.services.results import record_results
from winback.plans.services.template import PhaseDates, Template, load_plan_template, template

__all__ = [
    "CheckError",
    "GateClosed",
    "OpenPoints",
    "PhaseDates",
    "PlanError",
    "Template",
    "Verdict",
    "add_measure",
    "answered",
    "change_measure",
    "complete",
    "doers",
    "drop",
    "drop_by_pk",
    "hand_over",
    "hand_over_by_pk",
    "judge",
    "load_plan_template",
    "measure_presets",
    "move",
    "name_checker",
    "open_check",
    "open_points",
    "owner_presets",
    "pass_phase",
    "plan_check",
    "presets",
    "reassign_check",
    "record_results",
    "reopen",
    "resume",
    "set_status",
    "start_plan",
    "template",
]
