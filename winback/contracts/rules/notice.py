"""The last day to give notice, counted back from the end of the contract, step by step.

A notice is in time when its period, counted by §§ 187 (1), 188 BGB from the day it is received,
ends no later than the contract. § 193 BGB is not applied: courts do not move notice periods.
Source: product/formulas section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from winback.common.workdays import add_working_days, is_working_day
from winback.contracts.enums import Counting, NoticeTo, Unit
from winback.contracts.rules.periods import (
    Result,
    Step,
    add_months,
    days_off,
    last_working_day,
    plain_end,
)

_DAY = timedelta(days=1)
_MONTHS = {NoticeTo.MONTH: 1, NoticeTo.QUARTER: 3, NoticeTo.YEAR: 12}


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """The contract's rule: so long before the end, to which end, holidays of which Land."""

    length: int
    unit: str
    to: str
    land: str


def latest_receipt(end: date, rule: NoticeRule) -> date:
    """The last day on which a notice that takes effect at ``end`` may be received."""
    day = _surely_in_time(end, rule)
    while plain_end(day + _DAY, rule.length, rule.unit, Counting.NEXT_DAY, rule.land) <= end:
        day += _DAY
    return day


def _surely_in_time(end: date, rule: NoticeRule) -> date:
    """A day that is early enough for certain; the loop above goes on from here."""
    if rule.unit == Unit.MONTHS:
        return add_months(end, -rule.length)
    if rule.unit == Unit.WORKING_DAYS:
        return add_working_days(last_working_day(end, rule.land), -rule.length, rule.land)
    return end - timedelta(days=rule.length * (7 if rule.unit == Unit.WEEKS else 1))


def ends(rule: NoticeRule, ends_on: date | None, today: date) -> Iterator[date]:
    """The days to which notice may be given, from today on; a fixed term ends them."""
    if rule.to == NoticeTo.TERM:
        if ends_on is not None:
            yield ends_on
        return
    months = _MONTHS[NoticeTo(rule.to)]
    index = today.year * 12 + (today.month - 1) // months * months + months
    while True:
        end = date(index // 12, index % 12 + 1, 1) - _DAY
        if ends_on is not None and end >= ends_on:
            yield ends_on
            return
        yield end
        index += months


def notice_day(rule: NoticeRule, ends_on: date | None, today: date) -> Result | None:
    """The last day to give notice for the next possible end, with its steps.

    The day of a fixed term may have passed. None for a term without an end.
    """
    for end in ends(rule, ends_on, today):
        day = latest_receipt(end, rule)
        if day >= today or end == ends_on:
            return Result(day, day, list(_steps(rule, end, day)))
    return None


def _steps(rule: NoticeRule, end: date, day: date) -> Iterator[Step]:
    yield Step("contract_end", end, {"to": str(rule.to)})
    yield Step("counted_back", day, {"length": rule.length, "unit": str(rule.unit)})
    facts: dict[str, Any] = {"land": str(rule.land), "from": day.isoformat()}
    if is_working_day(day, rule.land):
        yield Step("working_day", day, facts)
    else:
        act_by = last_working_day(day, rule.land).isoformat()
        yield Step("not_shifted", day, {**facts, "days_off": days_off(day, rule.land),
                                        "act_by": act_by})  # fmt: skip
    yield Step("end", day)
