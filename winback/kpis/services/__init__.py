"""Verbs of the KPIs. Each is one transaction and, bound to a case, ends in one case event."""

from winback.kpis.services.agreements import release_baseline, set_target
from winback.kpis.services.catalogue import load_kpis
from winback.kpis.services.copies import AlreadyMeasured, KpiEnded, refresh_kpis
from winback.kpis.services.measuring import Entry, correct, measure
from winback.kpis.services.picking import change_kpi, end_kpi, hand_over, pick_kpis

__all__ = [
    "AlreadyMeasured",
    "Entry",
    "KpiEnded",
    "change_kpi",
    "correct",
    "end_kpi",
    "hand_over",
    "load_kpis",
    "measure",
    "pick_kpis",
    "refresh_kpis",
    "release_baseline",
    "set_target",
]
