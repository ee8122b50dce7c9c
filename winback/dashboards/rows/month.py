"""The month page for management: how many cases, what is at stake, are promises kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from winback.cases.enums import Health, Phase
from winback.cases.filters import NO_PHASE
from winback.cases.models import Case
from winback.cases.rows import HEALTH_SHAPE, CaseRow, case_row
from winback.common.charts import Bar, Bars, Columns, Unit, bars, columns
from winback.common.formats import (
    format_money_short,
    format_month,
    format_month_short,
    format_percent,
    format_signed,
)
from winback.dashboards.rules import LEAST_SHOWN, Month, last_months, share
from winback.dialogue.models import Commitment
from winback.dialogue.rules import kept_ratio
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi
from winback.plans.models import Measure

CASES_SHOWN = 8

Number = tuple[str, str, str, str, str]
Percent = Unit("%", 0, higher_is_better=True)
Millions = Unit("Mio. €", 2)


@dataclass(frozen=True, slots=True)
class Cell:
    """Number and value of the live cases of one phase and health."""

    count: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A line of the phase table: one cell per health, then the sum."""

    label: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with what management wants to know of it."""

    row: CaseRow
    comment: str
    decision: str


@dataclass(frozen=True, slots=True)
class MonthPage:
    """Everything the page places. ``is_now``: stock figures are those of today."""

    name: str
    is_now: bool
    headline: str
    numbers: list[Number]
    heads: list[tuple[str, str]]
    lines: list[PhaseLine]
    value_chart: SafeString
    measures_chart: SafeString
    commitments_chart: SafeString
    kpis: list[tuple[str, str]]
    cases: list[CaseLine]
    previous_url: str
    next_url: str


def month_page(month: Month, user: User, today: date) -> MonthPage:
    """Count over all cases ``user`` may see; about eight statements, whatever their number."""
    visible = Case.objects.visible_to(user)
    is_now = month == Month.of(today)
    matrix = visible.by_phase_and_health() if is_now else []
    stock = _stock_of(matrix) if is_now else visible.running_on(month.end).stock()
    flow = visible.flow(month.start, month.end)
    months = last_months(month)
    span = months[0].start, min(month.end, today)
    done = Measure.objects.filter(plan__case__in=visible).on_time_by_month(*span)
    kept = Commitment.objects.filter(case__in=visible).kept_by_month(*span, today)
    overdue = _overdue(visible, today) if is_now else None
    standings = CaseKpi.objects.measured().filter(case__in=visible.live()).standing_counts(today)
    critical = sum(row["count"] for row in matrix if row["health"] == Health.CRITICAL)
    return MonthPage(
        name=format_month(month.start),
        is_now=is_now,
        headline=_headline(stock, critical, overdue, is_now=is_now),
        numbers=[
            _running(stock, flow),
            _at_stake(stock),
            _won(flow),
            _critical(critical, is_now=is_now),
            _late_measures(overdue),
            _on_time(done.get(month.start, (0, 0))),
            _kept(kept.get(month.start, {})),
            _kpi_number(standings),
        ],
        heads=[(HEALTH_SHAPE[health], str(health.label)) for health in reversed(Health)],
        lines=_phase_lines(matrix),
        value_chart=_value_chart(matrix) if matrix else SafeString(),
        measures_chart=_measures_chart(months, done),
        commitments_chart=_commitments_chart(months, kept),
        kpis=[(str(each.label), str(standings.get(each, 0))) for each in Standing],
        cases=_cases(visible, today) if is_now else [],
        previous_url=_url(month.shifted(-1)),
        next_url=_url(month.shifted(1)) if month < Month.of(today) else "",
    )


def _url(month: Month) -> str:
    return reverse("dashboards:month", args=[month.year, f"{month.number:02d}"])


def _stock_of(matrix: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "count": sum(row["count"] for row in matrix),
        "value": sum((row["value"] for row in matrix), Decimal(0)),
    }


def _overdue(visible: QuerySet[Case], today: date) -> int:
    return Measure.objects.overdue(today).filter(plan__case__in=visible.live()).count()  # type: ignore[attr-defined]  # CaseQuerySet


def _headline(stock: Mapping[str, Any], critical: int, overdue: int | None, *, is_now: bool) -> str:
    """The message first: what is in danger, then what is late."""
    value = format_money_short(stock["value"])
    if not is_now:
        text = ngettext(
            "%(count)d case was running at the end of the month, %(value)s at stake.",
            "%(count)d cases were running at the end of the month, %(value)s at stake.",
            stock["count"],
        )
        return text % {"count": stock["count"], "value": value}
    cases = ngettext("%(count)d case is critical", "%(count)d cases are critical", critical)
    late = ngettext("%(count)d measure is overdue", "%(count)d measures are overdue", overdue or 0)
    return _("%(cases)s, %(value)s at stake; %(late)s.") % {
        "cases": cases % {"count": critical},
        "value": value,
        "late": late % {"count": overdue or 0},
    }


def _running(stock: Mapping[str, Any], flow: Mapping[str, Any]) -> Number:
    ended = flow["won"] + flow["lost"] + flow["parted"]
    note = _("%(opened)s new, %(ended)s ended") % {
        "opened": format_signed(flow["opened"]),
        "ended": format_signed(-ended),
    }
    return (_("Running cases"), str(stock["count"]), "", note, reverse("cases:list"))


def _at_stake(stock: Mapping[str, Any]) -> Number:
    link = f"{reverse('cases:list')}?sort=-wert"
    return (_("Yearly revenue at stake"), format_money_short(stock["value"]), "", "", link)


def _won(flow: Mapping[str, Any]) -> Number:
    ended = flow["won"] + flow["lost"] + flow["parted"]
    counts = _("%(part)s of %(whole)s") % {"part": flow["won"], "whole": ended}
    figure = counts if ended else "–"
    note = _("%(won)s won, %(lost)s lost") % {
        "won": format_money_short(flow["won_value"]),
        "lost": format_money_short(flow["lost_value"] + flow["parted_value"]),
    }
    if not ended:
        note = _("none ended yet")
    return (_("Won back this month"), figure, "", note, f"{reverse('cases:list')}?ansicht=beendet")


def _critical(critical: int, *, is_now: bool) -> Number:
    figure, note = (str(critical), "") if is_now else ("–", _("known for today only"))
    return (_("Critical cases"), figure, "", note, f"{reverse('cases:list')}?ampel=critical")


def _late_measures(overdue: int | None) -> Number:
    figure, note = (str(overdue), "") if overdue is not None else ("–", _("known for today only"))
    link = f"{reverse('plans:measure_list')}?ansicht=ueberfaellig"
    return (_("Overdue measures"), figure, "", note, link)


def _ratio(part: int, whole: int) -> tuple[str, str]:
    """Percent with n, or counts only below five."""
    percent = share(part, whole)
    counts = _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
    if percent is None:
        return (counts, "") if whole else ("–", _("none yet"))
    return format_percent(percent, 0), counts


def _on_time(done: tuple[int, int]) -> Number:
    figure, note = _ratio(done[1], done[0])
    return (_("Measures on time"), figure, "", note, reverse("plans:measure_list"))


def _kept(states: Mapping[str, int]) -> Number:
    ratio = kept_ratio(states)
    figure, note = _ratio(ratio.on_time, ratio.due)
    return (_("Commitments kept on time"), figure, "", note, reverse("dialogue:list"))


def _kpi_number(standings: Mapping[str, int]) -> Number:
    good = standings.get(Standing.REACHED, 0) + standings.get(Standing.ON_PATH, 0)
    judged = good + standings.get(Standing.BEHIND, 0) + standings.get(Standing.WORSE, 0)
    figure, note = _ratio(good, judged)
    return (_("KPIs on the target path"), figure, "", note, reverse("kpis:list"))


def _phase_lines(matrix: list[Mapping[str, Any]]) -> list[PhaseLine]:
    """One line per phase that has cases; cases without a plan come first."""
    phases = [("", _("no plan yet"))] + [(p.value, f"{p.value} {p.label}") for p in Phase]
    present = {row["phase"] for row in matrix}
    return [_phase_line(key, label, matrix) for key, label in phases if key in present]


def _phase_line(phase: str, label: str, matrix: list[Mapping[str, Any]]) -> PhaseLine:
    rows = [row for row in matrix if row["phase"] == phase]
    cells = [
        _cell([row for row in rows if row["health"] == health], phase, health)
        for health in reversed(Health)
    ]
    return PhaseLine(label, cells, _cell(rows, phase, ""))


def _cell(rows: list[Mapping[str, Any]], phase: str, health: str) -> Cell:
    stock = _stock_of(rows)
    if not stock["count"]:
        return Cell("–", "", "")
    query = f"phase={phase or NO_PHASE}" + (f"&ampel={health}" if health else "")
    url = f"{reverse('cases:list')}?{query}"
    return Cell(str(stock["count"]), format_money_short(stock["value"]), url)


def _value_chart(matrix: list[Mapping[str, Any]]) -> SafeString:
    items = [
        Bar(label=line, ac=float(value) / 1_000_000)
        for line, value in (
            (str(each.label), sum(row["value"] for row in matrix if row["phase"] == each.value))
            for each in Phase
        )
        if value
    ]
    chart = Bars("value-by-phase", _("Value at stake by phase"), items, Millions, width=380)
    return bars(chart)


def _measures_chart(months: list[Month], done: Mapping[date, tuple[int, int]]) -> SafeString:
    counts = [done.get(month.start, (0, 0)) for month in months]
    pairs = [(on_time, all_done) for all_done, on_time in counts]
    return _columns("measures", _("Measures on time"), months, pairs)


def _commitments_chart(months: list[Month], kept: Mapping[date, Mapping[str, int]]) -> SafeString:
    ratios = [kept_ratio(kept.get(month.start, {})) for month in months]
    pairs = [(ratio.on_time, ratio.due) for ratio in ratios]
    return _columns("commitments", _("Commitments kept on time"), months, pairs)


def _columns(uid: str, label: str, months: list[Month], pairs: list[tuple[int, int]]) -> SafeString:
    """A column per month with its (part, whole) in percent; "n<5" where there are too few."""
    values = [share(part, whole) for part, whole in pairs]
    chart = Columns(
        uid=uid,
        label=label,
        months=[format_month_short(month.start).split()[0] for month in months],
        ac=values,
        pl=[None] * len(months),
        unit=Percent,
        small_n=[at for at, (_part, whole) in enumerate(pairs) if 0 < whole < LEAST_SHOWN],
        scale_max=100,
        width=380,
    )
    return columns(chart)


def _cases(visible: QuerySet[Case], today: date) -> list[CaseLine]:
    """The worst and dearest live cases, with the comment of their owner."""
    worst = visible.live().with_decision().worst_and_dearest().with_header()[:CASES_SHOWN]  # type: ignore[attr-defined]  # CaseQuerySet
    return [
        CaseLine(case_row(case, today), _first(case.situation), _decision(case)) for case in worst
    ]


def _first(text: str) -> str:
    """The first sentence of a situation."""
    return text.split(". ")[0].rstrip(".") if text else ""


def _decision(case: Case) -> str:
    return pgettext("decision", "Go or no-go") if case.waits_for_decision else ""
