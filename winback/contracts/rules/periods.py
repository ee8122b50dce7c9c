"""When a period ends, step by step, each step with the rule it used (§§ 186–193 BGB).

Source: product/formulas section 6. The steps are data: a step names its rule and day; the words
stand in ``rows``. No legal conclusion is drawn, a person may set another end with a reason.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from winback.common.workdays import (
    add_working_days,
    holiday_name,
    is_working_day,
    next_working_day,
    working_days_between,
)
from winback.contracts.enums import Counting, DayOff, Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which the clock stands still, both included, and why."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What the end depends on. ``land`` decides the holidays."""

    unit: str
    land: str
    #: the event that starts the period, usually the receipt; None for a fixed date
    event_on: date | None = None
    length: int = 0
    fixed_on: date | None = None
    counting: str = Counting.NEXT_DAY
    day_off: str = DayOff.SHIFT
    pauses: Sequence[Pause] = ()
    manual_on: date | None = None
    manual_reason: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the rule it used, the day it led to, and what its words need."""

    rule: str
    on: date
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """The end that counts, the computed one before a person's word, and how it came about."""

    end: date
    computed: date
    steps: list[Step]


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months later, else the last of that month (§ 188 (3))."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def plain_end(event_on: date, length: int, unit: str, counting: str, land: str) -> date:
    """The last day of the period before pauses and § 193 BGB.

    Days are counted (§ 188 (1)); weeks and months end on the day that corresponds to the day of
    the event, or the day before it where that day counts itself (§ 188 (2)); a missing day is
    replaced by the last of the month (§ 188 (3)).
    """
    included = counting == Counting.SAME_DAY
    if unit == Unit.WORKING_DAYS:
        return add_working_days(event_on - _DAY if included else event_on, length, land)
    if unit == Unit.MONTHS:
        return _before(event_on, length) if included else add_months(event_on, length)
    days = length * 7 if unit == Unit.WEEKS else length
    return event_on + timedelta(days=days - included)


def _before(first: date, months: int) -> date:
    """The day before the one that corresponds to ``first``; the last of a shorter month."""
    same = add_months(first, months)
    return same - _DAY if same.day == first.day else same


def compute(period: Period) -> Result:
    """The end of a period with its steps; a manual end overrides all of it and is the last step.

    Raises ValueError where neither a fixed date nor an event and a length are given.
    """
    steps = list(_plain(period))
    start, end = steps[0].on, steps[-1].on
    if period.unit != Unit.FIXED:
        start = steps[1].on
    for pause in merged(period.pauses):
        step = _paused(pause, start, end, period)
        if step is not None:
            steps.append(step)
            end = step.on
    steps.append(_day_off(end, period))
    computed = end = steps[-1].on
    if period.manual_on is not None:
        steps.append(Step("manual", period.manual_on, {"reason": period.manual_reason}))
        end = period.manual_on
    return Result(end, computed, [*steps, Step("end", end)])


def _plain(period: Period) -> Iterable[Step]:
    if period.unit == Unit.FIXED:
        if period.fixed_on is None:
            raise ValueError("a fixed date is missing")
        yield Step("fixed", period.fixed_on)
        return
    if period.event_on is None or period.length < 1:
        raise ValueError("an event or a length is missing")
    yield Step("event", period.event_on)
    included = period.counting == Counting.SAME_DAY
    yield Step(str(period.counting), period.event_on if included else period.event_on + _DAY)
    end = plain_end(period.event_on, period.length, period.unit, period.counting, period.land)
    facts = {"length": period.length, "unit": str(period.unit), "land": str(period.land)}
    yield Step(_length_rule(period, end), end, facts)


def _length_rule(period: Period, end: date) -> str:
    """The unit; with the first day counted, or the last of a month for want of the right one."""
    assert period.event_on is not None  # checked by the caller
    if period.unit in (Unit.WEEKS, Unit.MONTHS) and period.counting == Counting.SAME_DAY:
        return "day_before"
    if period.unit == Unit.MONTHS and end.day != period.event_on.day:
        return "month_end"
    return str(period.unit)


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, overlapping and adjoining ones joined: no day counts twice."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: (each.first, each.last)):
        if found and pause.first <= found[-1].last + _DAY:
            last = found.pop()
            reasons = dict.fromkeys(filter(None, (last.reason, pause.reason)))
            found.append(Pause(last.first, max(last.last, pause.last), ", ".join(reasons)))
        else:
            found.append(pause)
    return found


def _paused(pause: Pause, start: date, end: date, period: Period) -> Step | None:
    """The days of a pause inside the running period are added at its end."""
    first = max(pause.first, start)
    if pause.last < first or pause.first > end:
        return None
    facts = {"first": first.isoformat(), "last": pause.last.isoformat(), "reason": pause.reason}
    if period.unit == Unit.WORKING_DAYS:
        days = working_days_between(first - _DAY, pause.last, period.land)
        return Step("paused", add_working_days(end, days, period.land), {**facts, "days": days})
    days = (pause.last - first).days + 1
    return Step("paused", end + timedelta(days=days), {**facts, "days": days})


def _day_off(end: date, period: Period) -> Step:
    """§ 193 BGB where it applies; where it does not, the working day by which to act."""
    land = str(period.land)
    facts: dict[str, Any] = {"land": land, "from": end.isoformat()}
    if is_working_day(end, land):
        return Step("working_day", end, facts)
    facts["days_off"] = days_off(end, land)
    if period.day_off == DayOff.SHIFT:
        return Step("shifted", next_working_day(end, land), facts)
    return Step("not_shifted", end, {**facts, "act_by": last_working_day(end, land).isoformat()})


def days_off(day: date, land: str) -> list[tuple[str, str]]:
    """The days from ``day`` to the next working day: date and, for a holiday, its name."""
    found = []
    while not is_working_day(day, land):
        found.append((day.isoformat(), holiday_name(day, land)))
        day += _DAY
    return found


def last_working_day(day: date, land: str) -> date:
    """``day`` itself when it is a working day, else the last one before it."""
    while not is_working_day(day, land):
        day -= _DAY
    return day
