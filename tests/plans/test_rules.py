"""Dates, recurrence, ratios and health of a plan."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winback.common import health
from winback.common.workdays import Bundesland, is_working_day
from winback.plans.enums import Recurrence
from winback.plans.rules import (
    Tally,
    current_phase,
    due_date,
    majors_count,
    next_round,
    overdue_level,
    percent,
    phase_span,
    rounds,
)

MONDAY = dt.date(2026, 8, 31)


# Phases and due dates


def test_phase_span_counts_first_and_last_day() -> None:
    assert phase_span(MONDAY, 0, 28) == (MONDAY, dt.date(2026, 9, 27))
    assert phase_span(MONDAY, 3, 39) == (dt.date(2026, 9, 3), dt.date(2026, 10, 11))


def test_phase_span_without_a_duration_is_one_day() -> None:
    assert phase_span(MONDAY, 10, 0) == (dt.date(2026, 9, 10), dt.date(2026, 9, 10))


@pytest.mark.parametrize(
    ("start", "offset", "land", "due"),
    [
        (MONDAY, 3, "HE", dt.date(2026, 9, 3)),  # a Thursday stays
        (MONDAY, 5, "HE", dt.date(2026, 9, 7)),  # Saturday → Monday
        (dt.date(2026, 5, 28), 7, "HE", dt.date(2026, 6, 5)),  # Corpus Christi in Hesse
        (dt.date(2026, 5, 28), 7, "HH", dt.date(2026, 6, 4)),  # a working day in Hamburg
        (dt.date(2026, 10, 24), 7, "SN", dt.date(2026, 11, 2)),  # Reformation Day on a Saturday
        (dt.date(2025, 10, 24), 7, "SN", dt.date(2025, 11, 3)),  # Reformation Day on a Friday
        (dt.date(2025, 10, 24), 7, "HE", dt.date(2025, 10, 31)),
        (dt.date(2026, 12, 18), 7, "BE", dt.date(2026, 12, 28)),  # Christmas and the weekend
        (dt.date(2026, 12, 18), 14, "BE", dt.date(2027, 1, 4)),  # over the year's end
        (dt.date(2026, 12, 30), 7, "BY", dt.date(2027, 1, 7)),  # Epiphany in Bavaria
        (dt.date(2026, 12, 30), 7, "HE", dt.date(2027, 1, 6)),
        (dt.date(2028, 2, 22), 7, "HE", dt.date(2028, 2, 29)),  # a leap day
    ],
)
def test_due_date_moves_to_the_next_working_day_of_the_land(
    start: dt.date, offset: int, land: str, due: dt.date
) -> None:
    assert due_date(start, offset, land) == due


@given(
    start=st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    offset=st.integers(0, 400),
    land=st.sampled_from(Bundesland.values),
)
def test_due_date_is_a_working_day_never_earlier(start: dt.date, offset: int, land: str) -> None:
    due = due_date(start, offset, land)
    assert is_working_day(due, land)
    assert 0 <= (due - start).days - offset <= 6


# Rounds of a recurring measure

FIRST = dt.date(2026, 10, 8)  # a Thursday


@pytest.mark.parametrize(
    ("recurrence", "after", "due"),
    [
        (Recurrence.WEEKLY, FIRST, dt.date(2026, 10, 15)),
        (Recurrence.WEEKLY, dt.date(2026, 10, 14), dt.date(2026, 10, 15)),
        (Recurrence.WEEKLY, dt.date(2026, 11, 23), dt.date(2026, 11, 26)),  # missed ones are over
        (Recurrence.WEEKLY, dt.date(2026, 12, 18), dt.date(2026, 12, 24)),
        (Recurrence.MONTHLY, FIRST, dt.date(2026, 11, 9)),  # 8 November is a Sunday
        (Recurrence.MONTHLY, dt.date(2026, 11, 9), dt.date(2026, 12, 8)),  # and does not shift on
        (Recurrence.MONTHLY, dt.date(2026, 12, 8), dt.date(2027, 1, 8)),
        (Recurrence.QUARTERLY, FIRST, dt.date(2027, 1, 8)),
        (Recurrence.QUARTERLY, dt.date(2027, 1, 8), dt.date(2027, 4, 8)),
    ],
)
def test_next_round_counts_from_the_first_one(
    recurrence: str, after: dt.date, due: dt.date
) -> None:
    assert next_round(FIRST, recurrence, after, "HE") == due


def test_next_round_of_the_31st_takes_the_last_day_of_a_short_month() -> None:
    first = dt.date(2027, 8, 31)
    assert next_round(first, Recurrence.MONTHLY, first, "HE") == dt.date(2027, 9, 30)
    september = dt.date(2027, 9, 30)
    assert next_round(first, Recurrence.MONTHLY, september, "HE") == dt.date(2027, 11, 1)
    # 31 October 2027 is a Sunday, and 1 November a holiday in Bavaria
    assert next_round(first, Recurrence.MONTHLY, september, "BY") == dt.date(2027, 11, 2)


@pytest.mark.parametrize(
    ("recurrence", "end", "count"),
    [
        (Recurrence.WEEKLY, FIRST, 1),
        (Recurrence.WEEKLY, dt.date(2026, 10, 14), 1),
        (Recurrence.WEEKLY, dt.date(2026, 10, 15), 2),
        (Recurrence.WEEKLY, dt.date(2026, 12, 4), 9),
        (Recurrence.MONTHLY, dt.date(2027, 8, 31), 11),
        (Recurrence.QUARTERLY, dt.date(2027, 8, 31), 4),
        (Recurrence.WEEKLY, dt.date(2026, 1, 1), 1),  # first one after the end of the phase
    ],
)
def test_rounds_until_the_phase_ends(recurrence: str, end: dt.date, count: int) -> None:
    assert rounds(FIRST, recurrence, end, "HE") == count


@given(
    first=st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31)),
    recurrence=st.sampled_from([Recurrence.WEEKLY, Recurrence.MONTHLY, Recurrence.QUARTERLY]),
    days=st.integers(0, 400),
    land=st.sampled_from(Bundesland.values),
)
def test_walking_the_rounds_takes_as_many_steps_as_counted(
    first: dt.date, recurrence: str, days: int, land: str
) -> None:
    end, due, steps = first + dt.timedelta(days=days), first, 1
    while (due := next_round(first, recurrence, due, land)) <= end:
        assert is_working_day(due, land)
        steps += 1
    assert steps == rounds(first, recurrence, end, land)


# Phases passed


@pytest.mark.parametrize(
    ("passed", "current"),
    [("", "1"), ("1", "2"), ("12", "3"), ("13", "2"), ("2345", "1"), ("12345", "5")],
)
def test_current_phase_is_the_lowest_not_passed(passed: str, current: str) -> None:
    assert current_phase((number, number in passed) for number in "53124") == current


@pytest.mark.parametrize(
    ("number", "counts"), [("1", False), ("2", False), ("3", True), ("5", True)]
)
def test_majors_count_from_the_phase_that_remedies_them(number: str, counts: bool) -> None:
    assert majors_count(number) is counts


# Ratios


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, None), (4, 4, None), (5, 5, 100), (0, 5, 0), (16, 19, 84), (1, 8, 13), (1, 200, 1)],
)
def test_percent_rounds_half_up_and_is_silent_below_five(
    part: int, whole: int, expected: int | None
) -> None:
    assert percent(part, whole) == expected


def test_tally_knows_open_ones_and_the_share_on_time() -> None:
    tally = Tally(total=38, done=19, on_time=16, overdue=2, moved=5)
    assert tally.open == 19
    assert tally.on_time_percent == 84
    assert Tally(total=38, done=4, on_time=4).on_time_percent is None


# Health


@pytest.mark.parametrize(
    ("days", "level"),
    [
        ([], None),
        ([1], health.AT_RISK),
        ([14], health.AT_RISK),
        ([15], health.CRITICAL),
        ([1, 1, 1, 1], health.AT_RISK),
        ([1, 1, 1, 1, 1], health.CRITICAL),
        ([1, 40], health.CRITICAL),
    ],
)
def test_overdue_mandatory_measures_make_a_case_unhealthy(
    days: list[int], level: str | None
) -> None:
    assert overdue_level(days) == level
