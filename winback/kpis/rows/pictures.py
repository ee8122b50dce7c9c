"""Sparkline, bullet graph and the big line: what the charts are told about a KPI."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from winback.common.charts import Bullet, KpiLine, Spark, Unit, bullet, kpi_line, sparkline
from winback.common.formats import format_date
from winback.kpis.enums import Direction, Frequency
from winback.kpis.models import CaseKpi, KpiDefinition
from winback.kpis.rows.words import window_text
from winback.kpis.rules import (
    nearest_edge,
    next_start,
    period_end,
    period_start,
    period_tick,
    periods_between,
    previous_start,
    steps_back,
)

#: How many periods a sparkline and the big line show: about a year, or as far as years reach.
SLOTS = {
    Frequency.WEEKLY: 13,
    Frequency.MONTHLY: 12,
    Frequency.QUARTERLY: 8,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 5,
    Frequency.OCCASIONAL: 12,
}
#: More do not fit beside each other, past and future together; weeks are short numbers.
MOST_SLOTS, MOST_WEEKS = 24, 40
_HIGHER = {Direction.UP: True, Direction.DOWN: False, Direction.RANGE: None}
_HUNDRED = Decimal(100)
#: Shares up to here would be lost on an axis to 100.
_SMALL_SHARE = Decimal(40)

Values = Mapping[date, Decimal | None]


def chart_unit(definition: KpiDefinition) -> Unit:
    """Unit, decimals and direction as the charts take them."""
    higher = _HIGHER[Direction(definition.direction)]
    return Unit(definition.unit, definition.decimals, higher)


def last_slot(kpi: CaseKpi, today: date) -> date:
    """The newest period shown: the last complete one, or a later one that has a value already."""
    frequency = kpi.definition.frequency
    complete = previous_start(period_start(today, frequency), frequency)
    return max(complete, kpi.answered or complete)


def first_slot(kpi: CaseKpi, today: date) -> date:
    """The oldest period of a sparkline."""
    frequency = kpi.definition.frequency
    return steps_back(last_slot(kpi, today), SLOTS[Frequency(frequency)] - 1, frequency)


def spark(kpi: CaseKpi, values: Values, today: date) -> SafeString:
    """The last year without axes; a period without a value is a gap."""
    frequency, course = kpi.definition.frequency, kpi.course
    periods = periods_between(first_slot(kpi, today), last_slot(kpi, today), frequency)
    return sparkline(
        Spark(
            uid=f"spark-{kpi.pk}",
            label=kpi.definition.name,
            values=[values.get(period) for period in periods],
            baseline=course.baseline,
            target=_goal(kpi),
            unit=chart_unit(kpi.definition),
        )
    )


def bullet_graph(kpi: CaseKpi, *, labels: bool = False, width: float = 160) -> SafeString:
    """Actual value, target and baseline on one axis that starts at 0."""
    course = kpi.course
    low, high = axis_of(kpi)
    return bullet(
        Bullet(
            uid=f"bullet-{kpi.pk}",
            label=kpi.definition.name,
            actual=kpi.value,
            target=_goal(kpi),
            baseline=course.baseline,
            axis_min=low,
            axis_max=high,
            ranges=_ranges(kpi),
            unit=chart_unit(kpi.definition),
            labels=labels,
            width=width,
            height=34 if labels else 22,
        )
    )


def _goal(kpi: CaseKpi) -> Decimal | None:
    """The target; of a band the end next to the value."""
    course = kpi.course
    if kpi.value is None or course.direction != Direction.RANGE or course.target is None:
        return course.target
    inside = nearest_edge(course, kpi.value) == kpi.value
    return course.target if inside else nearest_edge(course, kpi.value)


def axis_of(kpi: CaseKpi) -> tuple[float, float]:
    """From 0 to 100 for large shares, else to the next round number; below 0 where needed."""
    course = kpi.course
    known = [v for v in (kpi.value, course.baseline, course.target, course.upper) if v is not None]
    top, bottom = max([Decimal(0), *known]), min([Decimal(0), *known])
    if kpi.definition.unit == "%" and _SMALL_SHARE < top <= _HUNDRED:
        return _round_down(bottom), 100.0
    return _round_down(bottom), _round_up(top)


def _round_up(value: Decimal) -> float:
    """The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 times a power of ten, with room to breathe."""
    if value <= 0:
        return 1.0
    room = value * Decimal("1.05")
    power = Decimal(10) ** room.adjusted()
    steps = ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")
    return float(next(Decimal(s) * power for s in steps if Decimal(s) * power >= room))


def _round_down(value: Decimal) -> float:
    return -_round_up(-value) if value < 0 else 0.0


def _ranges(kpi: CaseKpi) -> tuple[float, float]:
    """Weak up to the baseline, middle up to the target; reversed where less is better."""
    course = kpi.course
    if course.baseline is None or course.target is None or course.direction == Direction.RANGE:
        return (0, 0)
    ends = (float(course.baseline), float(course.target))
    return ends if course.direction == Direction.UP else (ends[1], ends[0])


def big_line(kpi: CaseKpi, values: Values, today: date, *, height: float = 230) -> SafeString:
    """The course with baseline window and target path, as far as both fit the picture."""
    frequency, course = kpi.definition.frequency, kpi.course
    periods, future = slots(kpi, values, today)
    every = periods + future
    baseline, goal = kpi.baseline, kpi.goal
    start = _slot(every, baseline.window_end, frequency) if baseline else None
    end = _slot(every, goal.due_on, frequency) if goal else None
    drawn = start is not None and end is not None and start < end
    return kpi_line(
        KpiLine(
            uid=f"line-{kpi.pk}",
            label=kpi.definition.name,
            months=[period_tick(period, frequency) for period in periods],
            future=[period_tick(period, frequency) for period in future],
            values=[values.get(period) for period in periods],
            unit=chart_unit(kpi.definition),
            baseline=course.baseline,
            baseline_note=window_text(baseline) if baseline else "",
            baseline_span=_window(kpi, periods),
            target=_goal(kpi),
            target_note=_("by %(date)s") % {"date": format_date(goal.due_on)} if goal else "",
            target_from=start if drawn else None,
            target_slot=end if drawn else None,
            y_min=_cut(kpi, values, periods),
            height=height,
        )
    )


def slots(kpi: CaseKpi, values: Values, today: date) -> tuple[list[date], list[date]]:
    """Measured periods and those still to come until the target, as many as fit.

    The past is about a year; it begins with the first measurement or the end of the baseline
    window when that is younger, and reaches back to that end even when it is older.
    """
    frequency = kpi.definition.frequency
    most = MOST_WEEKS if frequency == Frequency.WEEKLY else MOST_SLOTS
    last, baseline, goal = last_slot(kpi, today), kpi.baseline, kpi.goal
    begins = period_start(baseline.window_end, frequency) if baseline else last
    first = max(first_slot(kpi, today), min([*values, begins]))
    periods = periods_between(min(first, begins), last, frequency)[-most:]
    future: list[date] = []
    if goal and goal.due_on > period_end(last, frequency):
        due = period_start(goal.due_on, frequency)
        future = periods_between(next_start(last, frequency), due, frequency)
    return periods, future if len(periods) + len(future) <= most else []


def _slot(periods: list[date], day: date, frequency: str) -> int | None:
    start = period_start(day, frequency)
    return periods.index(start) if start in periods else None


def _window(kpi: CaseKpi, periods: list[date]) -> tuple[int, int] | None:
    """The part of the baseline window that is in the picture."""
    baseline, frequency = kpi.baseline, kpi.definition.frequency
    if baseline is None:
        return None
    first = period_start(baseline.window_start, frequency)
    inside = [i for i, p in enumerate(periods) if first <= p <= baseline.window_end]
    return (inside[0], inside[-1]) if inside else None


def _cut(kpi: CaseKpi, values: Values, periods: list[date]) -> float | None:
    """Where the scale of a share starts when everything lies high; None means at 0."""
    course = kpi.course
    shown = [values.get(period) for period in periods]
    known = [v for v in (*shown, course.baseline, course.target) if v is not None]
    if kpi.definition.unit != "%" or not known or min(known) < 50:
        return None
    return float(min(known) // 10 * 10)
