"""KPIs as facts: value, baseline, target, standing and every measured period."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from winback.cases.models import Case
from winback.kpis.models import CaseKpi, Measurement
from winback.reports.rules.progress import KpiFacts, PointFacts


def kpi_facts(case: Case, today: date) -> tuple[KpiFacts, ...]:
    """The KPIs that are measured, in the order of the catalogue; two statements."""
    kpis = list(CaseKpi.objects.filter(case=case).measured().with_course())
    points: dict[int, list[PointFacts]] = defaultdict(list)
    for row in Measurement.objects.filter(kpi__in=kpis).order_by("period_start"):
        points[row.kpi_id].append(PointFacts(row.period_start, row.value, row.sample_size))
    return tuple(_facts(kpi, tuple(points[kpi.pk]), today) for kpi in kpis)


def _facts(kpi: CaseKpi, points: tuple[PointFacts, ...], today: date) -> KpiFacts:
    definition, baseline, goal = kpi.definition, kpi.baseline, kpi.goal
    return KpiFacts(
        name=definition.name,
        unit=definition.unit,
        decimals=definition.decimals,
        direction=definition.direction,
        frequency=definition.frequency,
        owner=kpi.owner.short_name,
        standing=kpi.standing_at(today),
        value=kpi.value,
        period=kpi.value_period,
        answered=kpi.answered,
        sample_size=kpi.sample_size,
        gain=kpi.gain,
        baseline=baseline.value if baseline else None,
        baseline_start=baseline.window_start if baseline else None,
        baseline_end=baseline.window_end if baseline else None,
        agreed_by=baseline.agreed_by if baseline else "",
        discussed_on=baseline.discussed_on if baseline else None,
        target=goal.value if goal else None,
        upper=goal.upper if goal else None,
        target_on=goal.due_on if goal else None,
        points=points,
    )
