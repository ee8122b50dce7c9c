"""KPIs as the progress report prints them, drawn by the same functions as the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.common.formats import format_date, format_number, format_signed
from winback.kpis.enums import Direction, Standing
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Target
from winback.kpis.rows.pictures import big_line, bullet_graph, chart_unit, spark
from winback.kpis.rows.words import SHAPE, goal_text, window_text, written
from winback.kpis.rules import expected, period_end, period_label
from winback.reports.rules.progress import BEHIND, KpiFacts, ProgressFacts

#: So many KPIs get a line chart of their own: those that need attention first.
LINE_CHARTS = 4
LINE_HEIGHT = 160
_URGENT = [Standing.WORSE, Standing.BEHIND, Standing.STALE, Standing.ON_PATH]


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One line of the table."""

    name: str
    note: str
    owner: str
    spark: SafeString
    bullet: SafeString
    value: str
    period: str
    change: str
    change_css: str
    baseline: str
    target: str
    target_on: str
    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class KpiFigure:
    """One line chart with its message."""

    message: str
    what: str
    svg: SafeString


def kpi_lines(facts: ProgressFacts) -> list[KpiLine]:
    """All KPIs in the order of the catalogue."""
    return [_line(kpi, pk, facts.today) for pk, kpi in enumerate(facts.kpis, start=1)]


def revive(facts: KpiFacts, pk: int) -> CaseKpi:
    """The row the charts of the KPI room take, made of the facts; it is never saved."""
    kpi = CaseKpi(
        pk=pk,
        definition=KpiDefinition(
            name_de=facts.name,
            name_en=facts.name,
            unit=facts.unit,
            decimals=facts.decimals,
            direction=facts.direction,
            frequency=facts.frequency,
        ),
        answered=facts.answered,
        value=None if facts.is_suppressed else facts.value,
        value_period=facts.period,
        gain=facts.gain,
    )
    kpi._state.fields_cache["target"] = None  # nothing is asked of the database
    kpi.loaded_baseline = _baseline(facts)  # type: ignore[attr-defined]  # as with_course() does
    if facts.target is not None and facts.target_on is not None:
        Target(kpi=kpi, value=facts.target, upper=facts.upper, due_on=facts.target_on)
    return kpi


def _baseline(facts: KpiFacts) -> Baseline | None:
    start, end = facts.baseline_start, facts.baseline_end
    if facts.baseline is None or start is None or end is None:
        return None
    return Baseline(value=facts.baseline, window_start=start, window_end=end)


def _line(facts: KpiFacts, pk: int, today: date) -> KpiLine:
    kpi = revive(facts, pk)
    definition, baseline, goal = kpi.definition, kpi.baseline, kpi.goal
    standing = Standing(facts.judged)
    change, css = _change(facts)
    window = f" ({window_text(baseline)})" if baseline else ""
    return KpiLine(
        name=facts.name,
        note=_note(facts),
        owner=facts.owner,
        spark=spark(kpi, facts.values, today),
        bullet=bullet_graph(kpi, width=150),
        value=_value(facts),
        period=period_label(facts.period, facts.frequency) if facts.period else "–",
        change=change,
        change_css=css,
        baseline=f"{written(definition, baseline.value)}{window}" if baseline else "–",
        target=goal_text(definition, goal),
        target_on=_("by %(date)s") % {"date": format_date(goal.due_on)} if goal else "",
        shape="na" if facts.is_suppressed else SHAPE[standing],
        word=_("too few cases") if facts.is_suppressed else str(standing.label),
    )


def _value(facts: KpiFacts) -> str:
    if facts.is_suppressed:
        return pgettext("chart", "n<5")
    return format_number(facts.value, facts.decimals)


def _note(facts: KpiFacts) -> str:
    """``in %, höher ist besser · n = 96``."""
    unit = chart_unit(KpiDefinition(unit=facts.unit, direction=facts.direction)).name
    parts = [_("in %(unit)s") % {"unit": unit}, str(Direction(facts.direction).label)]
    if facts.sample_size is not None:
        parts.append(f"n = {facts.sample_size}")
    return " · ".join(parts)


def _change(facts: KpiFacts) -> tuple[str, str]:
    """Signed difference to the baseline, coloured by whether it is better."""
    if facts.is_suppressed or facts.value is None or facts.baseline is None:
        return "–", ""
    css = "" if not facts.gain else "good" if facts.gain > 0 else "bad"
    return format_signed(facts.value - facts.baseline, facts.decimals), css


def kpi_figures(facts: ProgressFacts) -> list[KpiFigure]:
    """The course of up to four KPIs with at least two values, the ones behind first."""
    ranked = [
        (pk, kpi)
        for pk, kpi in enumerate(facts.kpis, start=1)
        if sum(value is not None for value in kpi.values.values()) > 1
    ]
    ranked.sort(key=lambda each: _urgency(each[1]))
    return [_figure(kpi, pk, facts) for pk, kpi in ranked[:LINE_CHARTS]]


def _urgency(kpi: KpiFacts) -> int:
    judged = Standing(kpi.judged)
    return _URGENT.index(judged) if judged in _URGENT else len(_URGENT)


def _figure(facts: KpiFacts, pk: int, report: ProgressFacts) -> KpiFigure:
    kpi = revive(facts, pk)
    return KpiFigure(
        message=f"{facts.name}: {_message(facts, kpi)}",
        what=f"{report.client} · {_note(facts)}",
        svg=big_line(kpi, facts.values, report.today, height=LINE_HEIGHT),
    )


def _message(facts: KpiFacts, kpi: CaseKpi) -> str:
    """The standing; behind the path also the value and what the path foresees."""
    word = str(Standing(facts.judged).label)
    if facts.period is None or facts.judged not in BEHIND:
        return word
    wanted = expected(kpi.course, period_end(facts.period, facts.frequency))
    if wanted is None:
        return word
    text = _("%(word)s, %(value)s instead of %(path)s")
    value, path = written(kpi.definition, kpi.value), written(kpi.definition, wanted)
    return text % {"word": word, "value": value, "path": path}


def baseline_notes(kpis: Sequence[KpiFacts]) -> list[str]:
    """With whom which baseline was agreed: what makes the comparison fair."""
    notes = []
    for kpi in kpis:
        if kpi.baseline is None or not (kpi.agreed_by or kpi.discussed_on):
            continue
        parts = [kpi.agreed_by] if kpi.agreed_by else []
        if kpi.discussed_on:
            parts.append(format_date(kpi.discussed_on))
        notes.append(f"{kpi.name} ({', '.join(parts)})")
    return notes
