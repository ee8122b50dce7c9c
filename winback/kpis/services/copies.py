"""The stored copies on a KPI, and what every verb of this room checks first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import IllegalTransition
from winback.common.claims import RuleBroken, StaleVersion, claim
from winback.kpis.models import CaseKpi, Measurement
from winback.kpis.rules import fresh_until, gain, judge, period_end, value_due_on

_MEASURED = ("answered", "value_period", "value", "sample_size")
_COPIES = (*_MEASURED, "due_on", "fresh_until", "gain", "judgement")


class KpiEnded(RuleBroken):
    """The KPI is no longer measured in its case."""


class AlreadyMeasured(RuleBroken):
    """The period already has a value or "no data"; ``kpi_id`` and ``period`` say which."""

    def __init__(self, message: str, measurement: Measurement) -> None:
        super().__init__(message, field="period")
        self.kpi_id = measurement.kpi_id
        self.period = measurement.period_start


def must_be_live(case: Case) -> None:
    """Raise IllegalTransition where the case has ended: its KPIs are read-only."""
    if case.is_closed:
        raise IllegalTransition(_("The case has ended. Reopen it first."))


def must_be_measured(kpi: CaseKpi) -> None:
    """Raise KpiEnded, or IllegalTransition for an ended case."""
    must_be_live(kpi.case)
    if not kpi.is_measured:
        raise KpiEnded(_("This KPI is no longer measured. Add it to the case again first."))


def take(kpi: CaseKpi, *, version: int, actor: User, shown: QuerySet[Any]) -> None:
    """Claim the KPI for a change of what hangs on it.

    Raises StaleVersion with the row of ``shown`` as it is now, or with the KPI where there is none.
    """
    try:
        claim(kpi, version=version, actor=actor)
    except StaleVersion as stale:
        raise StaleVersion(shown.select_related("kpi").first() or stale.current) from None


def hold(kpi_ids: Iterable[int]) -> None:
    """Let nobody else write to these KPIs until the transaction ends."""
    list(CaseKpi.objects.filter(pk__in=kpi_ids).locked().values_list("pk"))


def refresh_kpis(kpi_ids: Iterable[int]) -> None:
    """Recompute the stored copies from what was measured and agreed; two statements.

    Call after ``hold`` or ``take``, so that nobody else writes. Safe to run any number of times.
    """
    newest = Measurement.objects.filter(kpi=OuterRef("pk")).order_by("-period_start")
    valued = newest.filter(value__isnull=False)
    kpis = list(
        CaseKpi.objects.filter(pk__in=kpi_ids)
        .with_course()
        .annotate(
            new_answered=Subquery(newest.values("period_start")[:1]),
            new_value_period=Subquery(valued.values("period_start")[:1]),
            new_value=Subquery(valued.values("value")[:1]),
            new_sample_size=Subquery(valued.values("sample_size")[:1]),
        )
    )
    for kpi in kpis:
        for name in _MEASURED:
            setattr(kpi, name, getattr(kpi, f"new_{name}"))
        _judge(kpi)
    CaseKpi.objects.bulk_update(kpis, _COPIES)


def _judge(kpi: CaseKpi) -> None:
    frequency, course, period = kpi.definition.frequency, kpi.course, kpi.value_period
    kpi.due_on = value_due_on(frequency, kpi.answered, kpi.added_on) if kpi.is_measured else None
    if period is None or kpi.value is None:
        kpi.fresh_until, kpi.gain = None, None
        kpi.judgement = judge(course, None, kpi.added_on)
        return
    kpi.fresh_until = fresh_until(period, frequency)
    kpi.gain = gain(course, kpi.value)
    kpi.judgement = judge(course, kpi.value, period_end(period, frequency))
