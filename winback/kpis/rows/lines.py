"""The lines of the page that takes the values of one month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from winback.cases.models import Case
from winback.common.formats import format_month, format_number
from winback.kpis.forms import Line, MonthForm
from winback.kpis.models import CaseKpi, Measurement
from winback.kpis.rows.words import written
from winback.kpis.rules import (
    next_start,
    period_label,
    periods_ending_in,
    previous_start,
)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One value to be entered, or the one that stands there already."""

    name: str
    url: str
    unit: str
    period: str
    last: str
    #: what was entered before; empty where nothing was
    answered: str
    answered_sample: str
    answered_source: str
    controls: dict[str, BoundField]


def lines_of(kpis: list[CaseKpi], month: date, today: date) -> list[Line]:
    """Every period of these KPIs that ends in the month and has begun, in order."""
    return [
        Line(kpi, period)
        for kpi in kpis
        for period in periods_ending_in(month, kpi.definition.frequency)
        if period <= today
    ]


def month_lines(form: MonthForm) -> list[MonthLine]:
    """The lines with their controls; one statement for what was entered before."""
    kpis = {line.kpi.pk for line in form.lines}
    entered = {
        (each.kpi_id, each.period_start): each
        for each in Measurement.objects.filter(
            kpi__in=kpis, period_start__in={line.period for line in form.lines}
        )
    }
    return [_month_line(form, line, entered) for line in form.lines]


def _month_line(
    form: MonthForm, line: Line, entered: dict[tuple[int, date], Measurement]
) -> MonthLine:
    kpi, definition = line.kpi, line.kpi.definition
    found = entered.get((kpi.pk, line.period))
    # What somebody typed beside an entry that came meanwhile must not vanish.
    known = found if not (form.is_bound and form.is_filled(line)) else None
    return MonthLine(
        name=definition.name,
        url=kpi.get_absolute_url(),
        unit=definition.unit,
        period=period_label(line.period, definition.frequency),
        last=_last(kpi),
        answered=_answer(kpi, known) if known else "",
        answered_sample=format_number(known.sample_size) if known else "",
        answered_source=known.source or "–" if known else "",
        controls=form.bound(line),
    )


def _answer(kpi: CaseKpi, known: Measurement) -> str:
    return written(kpi.definition, known.value) if known.value is not None else _("no data")


def _last(kpi: CaseKpi) -> str:
    if kpi.value_period is None:
        return "–"
    label = period_label(kpi.value_period, kpi.definition.frequency)
    return f"{written(kpi.definition, kpi.value)} ({label})"


def entry_months(case: Case, month: date, today: date) -> dict[str, str]:
    """Title and neighbours of a month; no later one than the present."""
    base = reverse("kpis:enter", args=[case.number])
    before, after = previous_start(month, "monthly"), next_start(month, "monthly")
    return {
        "month": format_month(month),
        "before": format_month(before),
        "before_url": f"{base}?periode={before:%Y-%m}",
        "after": format_month(after) if after <= today else "",
        "after_url": f"{base}?periode={after:%Y-%m}",
        "until": f"{after - timedelta(days=1):%Y-%m-%d}",
    }
