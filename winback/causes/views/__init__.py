"""Pages of the root-cause analysis: fetch and authorise in one line, form, service, render."""

from winback.causes.views.base import TAB, allowed, home, step, step_form
from winback.causes.views.chain import whys
from winback.causes.views.diagrams import fishbone_page, weights_page
from winback.causes.views.evidence import evidence_add, evidence_remove
from winback.causes.views.reading import cause_list, detail
from winback.causes.views.reasons import reasons, reasons_export
from winback.causes.views.steps import confirm, confirm_by_client, make_primary, remove
from winback.causes.views.writing import create, edit

__all__ = [
    "TAB",
    "allowed",
    "cause_list",
    "confirm",
    "confirm_by_client",
    "create",
    "detail",
    "edit",
    "evidence_add",
    "evidence_remove",
    "fishbone_page",
    "home",
    "make_primary",
    "reasons",
    "reasons_export",
    "remove",
    "step",
    "step_form",
    "weights_page",
    "whys",
]
