"""The page of one KPI: figures, the big line, measurements with their corrections, agreements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from winback.common.formats import format_date, format_number
from winback.kpis.models import Baseline, CaseKpi, Measurement
from winback.kpis.rows.listing import as_of, kpi_row, sample_text
from winback.kpis.rows.pictures import big_line, bullet_graph, slots
from winback.kpis.rows.words import (
    goal_text,
    pace_text,
    path_text,
    variance,
    window_text,
    written,
)
from winback.kpis.rules import period_end, period_label


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One period; ``corrections`` are the old values with day and person, newest first."""

    period: str
    value: str
    has_value: bool
    path: str
    deviation: str
    css: str
    sample: str
    source: str
    note: str
    by: str
    corrections: list[str]
    correct_url: str


#: The export of the measurements: field of the row and head of the column.
VALUE_COLUMNS = (
    ("period", gettext_lazy("Period")),
    ("value", pgettext_lazy("kpi", "Actual")),
    ("path", gettext_lazy("Target path")),
    ("deviation", gettext_lazy("Deviation")),
    ("sample", gettext_lazy("Sample size n")),
    ("source", gettext_lazy("Source")),
    ("note", gettext_lazy("Note")),
    ("by", gettext_lazy("Entered by")),
)


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One version of the baseline."""

    number: int
    in_force: bool
    value: str
    facts: str
    agreed: str
    released: str
    reason: str


def kpi_page(kpi: CaseKpi, today: date) -> dict[str, Any]:
    """Everything the page shows, in three statements; ``kpi`` comes with its case and course."""
    day = as_of(kpi.case, today)
    measured = list(kpi.measurements.select_related("entered_by").order_by("-period_start"))
    values = {each.period_start: each.value for each in measured}
    old = _corrections(kpi)
    shown, _future = slots(kpi, values, day)
    frequency = kpi.definition.frequency
    return {
        "kpi": kpi,
        "row": kpi_row(kpi, today),
        "path": path_text(kpi),
        "pace": pace_text(kpi),
        "numbers": _numbers(kpi),
        "bullet": bullet_graph(kpi, labels=True, width=960),
        "line": big_line(kpi, values, day),
        "what": f"{kpi.definition.unit}, {_span(shown, frequency)}",
        "values": [_value_row(kpi, each, old[each.pk]) for each in measured],
        "baselines": [
            _baseline_row(kpi, each) for each in kpi.baselines.select_related("released_by")
        ],
    }


def _span(periods: list[date], frequency: str) -> str:
    """``November 2025 – Oktober 2026``: what the big line shows; a dash where it shows nothing."""
    if not periods:
        return "–"
    first, last = (period_label(each, frequency) for each in (periods[0], periods[-1]))
    return first if first == last else f"{first} – {last}"


def _numbers(kpi: CaseKpi) -> list[tuple[str, str, str, str, str]]:
    """The four big figures: actual, target, baseline, next value."""
    definition, baseline, goal = kpi.definition, kpi.baseline, kpi.goal
    actual = pgettext("kpi", "Actual")
    if kpi.value_period:
        actual += f", {period_label(kpi.value_period, definition.frequency)}"
    target = pgettext("kpi", "Target")
    if goal:
        target += " " + _("by %(date)s") % {"date": format_date(goal.due_on)}
    return [
        (actual, written(definition, kpi.value), "", sample_text(kpi.sample_size), ""),
        (target, goal_text(definition, goal), "", goal.preconditions if goal else "", ""),
        (
            f"{_('Baseline')} {window_text(baseline)}" if baseline else _("Baseline"),
            written(definition, baseline.value if baseline else None),
            "",
            _frozen_text(baseline) if baseline else _("not agreed yet"),
            "",
        ),
        (
            _("Next value due"),
            format_date(kpi.due_on),
            "",
            definition.get_frequency_display() if kpi.due_on else "",
            "",
        ),
    ]


def _frozen_text(baseline: Baseline) -> str:
    parts = [pgettext("baseline", "frozen"), sample_text(baseline.sample_size)]
    return ", ".join(part for part in parts if part)


def _value_row(kpi: CaseKpi, each: Measurement, corrections: list[str]) -> ValueRow:
    frequency, decimals = kpi.definition.frequency, kpi.definition.decimals
    path, deviation, css = variance(kpi, each.value, period_end(each.period_start, frequency))
    has_value = each.value is not None
    return ValueRow(
        period=period_label(each.period_start, frequency),
        value=format_number(each.value, decimals) if has_value else _("no data"),
        has_value=has_value,
        path=path,
        deviation=deviation,
        css=css,
        sample=format_number(each.sample_size),
        source=each.source or "–",
        note=each.note,
        by=f"{each.entered_by.short_name}, {format_date(each.entered_at.date())}",
        corrections=corrections,
        correct_url=reverse("kpis:correct", args=[kpi.case.number, kpi.definition.key, each.pk]),
    )


def _corrections(kpi: CaseKpi) -> dict[int, list[str]]:
    """Per measurement the values before each correction; one statement."""
    found: dict[int, list[str]] = defaultdict(list)
    before: dict[int, Any] = {}
    rows = Measurement.history.filter(kpi=kpi).select_related("history_user")
    for row in rows.order_by("history_date", "history_id"):
        if row.id in before:
            found[row.id].insert(0, _correction(kpi, before[row.id], row))
        before[row.id] = row
    return found


def _correction(kpi: CaseKpi, old: Any, new: Any) -> str:
    value = written(kpi.definition, old.value) if old.value is not None else _("no data")
    who = new.history_user.short_name if new.history_user else "Winback"
    return _("corrected on %(date)s by %(who)s, before: %(value)s (%(reason)s)") % {
        "date": format_date(new.history_date.date()),
        "who": who,
        "value": value,
        "reason": new.history_change_reason or "–",
    }


def _baseline_row(kpi: CaseKpi, each: Baseline) -> BaselineRow:
    agreed = ", ".join(
        part
        for part in (each.agreed_by, format_date(each.discussed_on) if each.discussed_on else "")
        if part
    )
    facts = [window_text(each), each.source, sample_text(each.sample_size)]
    return BaselineRow(
        number=each.number,
        in_force=each.replaced_on is None,
        value=written(kpi.definition, each.value),
        facts=" · ".join(part for part in facts if part),
        agreed=agreed,
        released=f"{each.released_by.short_name}, {format_date(each.released_on)}",
        reason=each.reason,
    )
