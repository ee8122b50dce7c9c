"""Verbs of the plan, in three files: the plan and its phases, its measures, its template."""

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
    "OpenPoints",
    "PhaseDates",
    "PlanError",
    "Template",
    "add_measure",
    "change_measure",
    "complete",
    "drop",
    "drop_by_pk",
    "hand_over",
    "hand_over_by_pk",
    "load_plan_template",
    "measure_presets",
    "move",
    "open_points",
    "owner_presets",
    "pass_phase",
    "presets",
    "record_results",
    "reopen",
    "resume",
    "set_status",
    "start_plan",
    "template",
]
