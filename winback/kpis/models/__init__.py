"""KPIs of a case: what is measured, where it began, where it must go, what was measured."""

from winback.kpis.models.baseline import Baseline, BaselineQuerySet
from winback.kpis.models.case_kpi import CaseKpi, CaseKpiQuerySet
from winback.kpis.models.definition import KpiDefinition
from winback.kpis.models.measurement import Measurement
from winback.kpis.models.target import Target

__all__ = [
    "Baseline",
    "BaselineQuerySet",
    "CaseKpi",
    "CaseKpiQuerySet",
    "KpiDefinition",
    "Measurement",
    "Target",
]
