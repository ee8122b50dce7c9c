"""When inspections are due: pure calculations, today and values passed in."""

from __future__ import annotations

from datetime import date, timedelta

from winback.contracts.rules.periods import add_months
from winback.norms.enums import InspectionResult, InspectionState

#: From here on an inspection counts as due soon.
NEAR_DAYS = 30
#: Overdue for longer than this, one inspection endangers the case.
CRITICAL_DAYS = 30


def next_due(
    done_on: date, months: int, result: str = InspectionResult.OK, again_by: date | None = None
) -> date:
    """The day of the next inspection after one on ``done_on``.

    The day of the same number so many months later, the last of the month where it has none. A
    failed inspection is repeated ``again_by`` a day of its own.
    """
    if result == InspectionResult.FAILED and again_by is not None:
        return again_by
    return add_months(done_on, months)


def first_due(start: date, months: int, offset: int | None = None) -> date:
    """The first inspection of a plant that runs since ``start``.

    ``offset`` where the first one comes at another time, as the interim inspection of a lift.
    """
    return add_months(start, months if offset is None else offset)


def state_of(due_on: date, ended_on: date | None, today: date) -> InspectionState:
    """Where an inspection stands; due today is not overdue."""
    if ended_on is not None:
        return InspectionState.ENDED
    if due_on < today:
        return InspectionState.OVERDUE
    near = due_on <= today + timedelta(days=NEAR_DAYS)
    return InspectionState.NEAR if near else InspectionState.PLANNED
