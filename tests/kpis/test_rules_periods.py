"""Periods: where they start and end, when a value is owed, how people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import strategies as st

from tests.kpis.properties import always
from winback.kpis.enums import Frequency
from winback.kpis.rules import (
    PeriodError,
    fresh_until,
    next_start,
    owed_period,
    period_end,
    period_label,
    period_start,
    period_text,
    period_tick,
    periods_between,
    periods_ending_in,
    previous_start,
    read_period,
    steps_back,
    value_due_on,
)

TODAY = dt.date(2026, 11, 23)
d = dt.date


@pytest.mark.parametrize(
    ("frequency", "start", "end"),
    [
        ("weekly", d(2026, 11, 16), d(2026, 11, 22)),
        ("monthly", d(2026, 11, 1), d(2026, 11, 30)),
        ("occasional", d(2026, 11, 1), d(2026, 11, 30)),
        ("quarterly", d(2026, 10, 1), d(2026, 12, 31)),
        ("half_yearly", d(2026, 7, 1), d(2026, 12, 31)),
        ("yearly", d(2026, 1, 1), d(2026, 12, 31)),
    ],
)
def test_a_day_belongs_to_the_period_around_it(frequency: str, start: d, end: d) -> None:
    assert period_start(d(2026, 11, 22), frequency) == start
    assert period_end(start, frequency) == end


def test_the_year_turns_inside_a_week_and_between_months() -> None:
    assert period_start(d(2027, 1, 1), "weekly") == d(2026, 12, 28)
    assert next_start(d(2026, 12, 1), "monthly") == d(2027, 1, 1)
    assert previous_start(d(2026, 1, 1), "quarterly") == d(2025, 10, 1)
    assert previous_start(d(2026, 1, 1), "half_yearly") == d(2025, 7, 1)
    assert period_end(d(2028, 2, 1), "monthly") == d(2028, 2, 29)


@always(day=st.dates(d(1950, 1, 1), d(2150, 1, 1)), frequency=st.sampled_from(Frequency.values))
def test_periods_follow_each_other_without_gap(day: d, frequency: str) -> None:
    start = period_start(day, frequency)
    end = period_end(start, frequency)
    assert start <= day <= end
    assert period_start(end, frequency) == start
    assert next_start(start, frequency) == end + dt.timedelta(days=1)
    assert previous_start(next_start(start, frequency), frequency) == start


def test_several_periods_back_and_between() -> None:
    assert steps_back(d(2026, 3, 1), 4, "monthly") == d(2025, 11, 1)
    assert steps_back(d(2026, 3, 1), 0, "monthly") == d(2026, 3, 1)
    assert periods_between(d(2026, 10, 1), d(2026, 12, 1), "monthly") == [
        d(2026, 10, 1),
        d(2026, 11, 1),
        d(2026, 12, 1),
    ]
    assert periods_between(d(2026, 10, 1), d(2026, 9, 1), "monthly") == []


@pytest.mark.parametrize(
    ("frequency", "month", "count"),
    [
        ("weekly", d(2026, 11, 1), 5),
        ("weekly", d(2026, 10, 20), 4),
        ("monthly", d(2026, 11, 5), 1),
        ("quarterly", d(2026, 11, 1), 0),
        ("quarterly", d(2026, 12, 1), 1),
        ("half_yearly", d(2026, 6, 1), 1),
        ("yearly", d(2026, 12, 31), 1),
        ("yearly", d(2026, 11, 1), 0),
    ],
)
def test_periods_belong_to_the_month_in_which_they_end(
    frequency: str, month: d, count: int
) -> None:
    found = periods_ending_in(month, frequency)
    assert len(found) == count
    for start in found:
        assert period_end(start, frequency).month == month.month


@pytest.mark.parametrize(
    ("frequency", "start", "last_good_day"),
    [
        ("weekly", d(2026, 11, 9), d(2026, 11, 23)),  # 8 days after Sunday, 15 November
        ("monthly", d(2026, 10, 1), d(2026, 12, 2)),  # 32 days after 31 October
        ("quarterly", d(2026, 7, 1), d(2027, 1, 3)),  # 95 days after 30 September
        ("half_yearly", d(2026, 1, 1), d(2027, 1, 4)),
        ("yearly", d(2025, 1, 1), d(2027, 1, 5)),  # 370 days after 31 December 2025
        ("occasional", d(2020, 1, 1), None),
    ],
)
def test_a_value_is_fresh_for_one_period_and_its_grace(
    frequency: str, start: d, last_good_day: d | None
) -> None:
    assert fresh_until(start, frequency) == last_good_day


def test_a_new_kpi_owes_the_period_in_which_it_was_added() -> None:
    assert owed_period("monthly", None, TODAY) == d(2026, 11, 1)
    assert value_due_on("monthly", None, TODAY) == d(2026, 12, 2)


def test_old_values_recorded_late_make_nothing_overdue() -> None:
    assert owed_period("monthly", d(2026, 3, 1), TODAY) == d(2026, 11, 1)
    assert value_due_on("monthly", d(2026, 3, 1), TODAY) == d(2026, 12, 2)


def test_the_period_after_the_last_answer_is_owed() -> None:
    added = d(2026, 1, 15)
    assert owed_period("monthly", d(2026, 8, 1), added) == d(2026, 9, 1)
    assert value_due_on("monthly", d(2026, 8, 1), added) == d(2026, 10, 2)


def test_what_is_measured_as_it_occurs_is_never_due() -> None:
    assert value_due_on("occasional", None, TODAY) is None


@pytest.mark.parametrize(
    ("frequency", "start", "german", "english", "tick"),
    [
        ("weekly", d(2026, 11, 16), "KW 47/2026", "week 47/2026", "47"),
        ("weekly", d(2026, 12, 28), "KW 53/2026", "week 53/2026", "53"),
        ("monthly", d(2026, 10, 1), "Oktober 2026", "October 2026", "Okt"),
        ("quarterly", d(2026, 7, 1), "3. Quartal 2026", "quarter 3 of 2026", "Q3"),
        ("half_yearly", d(2026, 1, 1), "1. Halbjahr 2026", "half-year 1 of 2026", "H1"),
        ("half_yearly", d(2026, 7, 1), "2. Halbjahr 2026", "half-year 2 of 2026", "H2"),
        ("yearly", d(2026, 1, 1), "2026", "2026", "2026"),
    ],
)
def test_a_period_is_called_by_its_name(
    frequency: str, start: d, german: str, english: str, tick: str
) -> None:
    with translation.override("de"):
        assert period_label(start, frequency) == german
        assert period_tick(start, frequency) == tick
    with translation.override("en"):
        assert period_label(start, frequency) == english


@pytest.mark.parametrize(
    ("text", "frequency", "start"),
    [
        ("10.2026", "monthly", d(2026, 10, 1)),
        (" 10 / 2026 ", "monthly", d(2026, 10, 1)),
        ("2026-10", "monthly", d(2026, 10, 1)),
        ("Oktober 2026", "monthly", d(2026, 10, 1)),
        ("Okt. 2026", "monthly", d(2026, 10, 1)),
        ("März 2026", "monthly", d(2026, 3, 1)),
        ("24.10.2026", "monthly", d(2026, 10, 1)),
        ("heute", "monthly", d(2026, 11, 1)),
        ("Q3 2026", "quarterly", d(2026, 7, 1)),
        ("3. Quartal 2026", "quarterly", d(2026, 7, 1)),
        ("09.2026", "quarterly", d(2026, 7, 1)),
        ("H2 2026", "half_yearly", d(2026, 7, 1)),
        ("1. Halbjahr 2026", "half_yearly", d(2026, 1, 1)),
        ("2026", "yearly", d(2026, 1, 1)),
        ("Q2 2026", "yearly", d(2026, 1, 1)),
        ("KW 47/2026", "weekly", d(2026, 11, 16)),
        ("kw47 2026", "weekly", d(2026, 11, 16)),
        ("22.11.2026", "weekly", d(2026, 11, 16)),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, frequency: str, start: d) -> None:
    assert read_period(text, frequency, TODAY) == start


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("13.2026", "monthly"),
        ("2026", "monthly"),
        ("Q5 2026", "quarterly"),
        ("H3 2026", "half_yearly"),
        ("10.2026", "weekly"),
        ("KW 54/2026", "weekly"),
        ("Brumaire 2026", "monthly"),
        ("10.1426", "monthly"),
        ("31.02.2026", "monthly"),
        ("", "monthly"),
        ("gestern", "yearly"),
    ],
)
def test_what_names_no_single_period_is_refused_with_an_example(text: str, frequency: str) -> None:
    with translation.override("de"), pytest.raises(PeriodError) as refused:
        read_period(text, frequency, TODAY)
    example = period_text(period_start(TODAY, frequency), frequency)
    assert example in str(refused.value)


@always(day=st.dates(d(1950, 1, 1), d(2150, 1, 1)), frequency=st.sampled_from(Frequency.values))
def test_what_the_field_shows_is_read_back(day: d, frequency: str) -> None:
    start = period_start(day, frequency)
    assert read_period(period_text(start, frequency), frequency, TODAY) == start
