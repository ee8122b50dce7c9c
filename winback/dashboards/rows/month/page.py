"""The month page for management: how many cases, what is at stake, are promises kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from winback.cases.enums import Health
from winback.cases.models import Case
from winback.cases.rows import HEALTH_SHAPE
from winback.common.formats import (
    format_money_short,
    format_month,
)
from winback.dashboards.rows.month.cases import CaseLine, worst_cases
from winback.dashboards.rows.month.charts import commitments_chart, measures_chart, value_chart
from winback.dashboards.rows.month.numbers import (
    Number,
    at_stake_number,
    critical_number,
    kept_number,
    kpi_number,
    late_number,
    on_time_number,
    running_number,
    won_number,
)
from winback.dashboards.rows.month.phases import PhaseLine, phase_lines, stock_of
from winback.dashboards.rules import Month, last_months
from winback.dialogue.models import Commitment
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi
from winback.plans.models import Measure


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
    stock = stock_of(matrix) if is_now else visible.running_on(month.end).stock()
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
            running_number(stock, flow),
            at_stake_number(stock),
            won_number(flow),
            critical_number(critical, is_now=is_now),
            late_number(overdue),
            on_time_number(done.get(month.start, (0, 0))),
            kept_number(kept.get(month.start, {})),
            kpi_number(standings),
        ],
        heads=[(HEALTH_SHAPE[health], str(health.label)) for health in reversed(Health)],
        lines=phase_lines(matrix),
        value_chart=value_chart(matrix) if matrix else SafeString(),
        measures_chart=measures_chart(months, done),
        commitments_chart=commitments_chart(months, kept),
        kpis=[(str(each.label), str(standings.get(each, 0))) for each in Standing],
        cases=worst_cases(visible, today) if is_now else [],
        previous_url=_url(month.shifted(-1)),
        next_url=_url(month.shifted(1)) if month < Month.of(today) else "",
    )


def _url(month: Month) -> str:
    return reverse("dashboards:month", args=[month.year, f"{month.number:02d}"])


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
