"""How the KPIs of many cases stand, for the month page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from winback.cases.models import Case
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Counts over the KPIs measured in the given cases.

    ``compared`` have a value and a baseline; ``better`` and ``worse`` are of those.
    """

    total: int
    by_standing: dict[Standing, int]
    compared: int
    better: int
    worse: int

    @property
    def on_course(self) -> int:
        """Target reached, or on the path to it."""
        return self.by_standing[Standing.REACHED] + self.by_standing[Standing.ON_PATH]

    @property
    def judged(self) -> int:
        """Those whose current value can be held against a target."""
        behind = self.by_standing[Standing.BEHIND] + self.by_standing[Standing.WORSE]
        return self.on_course + behind


def portfolio_progress(cases: QuerySet[Case], today: date) -> Portfolio:
    """Count standings and improvements over ``cases``; two statements, whatever their number."""
    kpis = CaseKpi.objects.measured().filter(case__in=cases.order_by().values("pk"))
    counts = kpis.standing_counts(today)
    against = kpis.aggregate(
        compared=Count("pk", filter=Q(gain__isnull=False)),
        better=Count("pk", filter=Q(gain__gt=0)),
        worse=Count("pk", filter=Q(gain__lt=0)),
    )
    return Portfolio(
        total=sum(counts.values()),
        by_standing={each: counts.get(each.value, 0) for each in Standing},
        **against,
    )
