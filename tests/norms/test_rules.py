"""When inspections are due: interval, end of month, repetition, state."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winback.norms.enums import InspectionResult, InspectionState
from winback.norms.rules import first_due, next_due, state_of

DAY = dt.date


@pytest.mark.parametrize(
    ("done_on", "months", "due"),
    [
        (DAY(2025, 1, 15), 24, DAY(2027, 1, 15)),  # VDI 6022 with humidification
        (DAY(2025, 1, 15), 36, DAY(2028, 1, 15)),  # and without
        (DAY(2026, 1, 31), 1, DAY(2026, 2, 28)),
        (DAY(2028, 1, 31), 1, DAY(2028, 2, 29)),
        (DAY(2024, 2, 29), 12, DAY(2025, 2, 28)),
        (DAY(2024, 2, 29), 48, DAY(2028, 2, 29)),
        (DAY(2026, 8, 31), 3, DAY(2026, 11, 30)),
        (DAY(2026, 2, 28), 1, DAY(2026, 3, 28)),  # the like day, not the last of the month
        (DAY(2026, 12, 1), 600, DAY(2076, 12, 1)),
    ],
)
def test_next_due_is_the_like_day_else_the_last_of_the_month(
    done_on: DAY, months: int, due: DAY
) -> None:
    assert next_due(done_on, months) == due


@given(st.dates(DAY(2000, 1, 1), DAY(2060, 1, 1)), st.integers(1, 600))
def test_next_due_is_later_and_never_in_a_later_month_than_the_interval(
    done_on: DAY, months: int
) -> None:
    due = next_due(done_on, months)
    assert due > done_on
    assert (due.year * 12 + due.month) - (done_on.year * 12 + done_on.month) == months
    assert due.day <= done_on.day


def test_failed_inspection_is_repeated_by_its_own_day() -> None:
    done, again = DAY(2026, 11, 2), DAY(2026, 12, 1)
    assert next_due(done, 24, InspectionResult.FAILED, again) == again
    assert next_due(done, 24, InspectionResult.DEFECTS, again) == DAY(2028, 11, 2)
    assert next_due(done, 24, InspectionResult.FAILED) == DAY(2028, 11, 2)


def test_first_due_comes_after_the_offset_where_there_is_one() -> None:
    start = DAY(2026, 3, 1)
    assert first_due(start, 24) == DAY(2028, 3, 1)
    assert first_due(start, 24, 12) == DAY(2027, 3, 1)


@pytest.mark.parametrize(
    ("due_on", "ended_on", "state"),
    [
        (DAY(2026, 11, 22), None, InspectionState.OVERDUE),
        (DAY(2026, 11, 23), None, InspectionState.NEAR),
        (DAY(2026, 12, 23), None, InspectionState.NEAR),
        (DAY(2026, 12, 24), None, InspectionState.PLANNED),
        (DAY(2026, 11, 1), DAY(2026, 11, 20), InspectionState.ENDED),
    ],
)
def test_state_follows_from_the_dates(
    due_on: DAY, ended_on: DAY | None, state: InspectionState
) -> None:
    assert state_of(due_on, ended_on, DAY(2026, 11, 23)) == state
