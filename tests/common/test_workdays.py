"""Working days per Land, against holidays known from the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winback.common.workdays import (
    Bundesland,
    add_working_days,
    holiday_name,
    is_working_day,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
LAENDER = st.sampled_from(list(Bundesland))

REFORMATION = {"BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"}


def lands_off(day: dt.date) -> set[str]:
    return {land.value for land in Bundesland if not is_working_day(day, land)}


def test_sixteen_laender_with_german_names_kept() -> None:
    assert len(Bundesland) == 16
    assert Bundesland.NW.label


def test_reformation_day_only_in_some_laender() -> None:
    assert lands_off(dt.date(2028, 10, 31)) == REFORMATION  # a Tuesday


def test_reformation_day_everywhere_in_2017() -> None:
    assert len(lands_off(dt.date(2017, 10, 31))) == 16


def test_day_of_repentance_only_in_saxony() -> None:
    assert lands_off(dt.date(2026, 11, 18)) == {"SN"}


def test_epiphany_in_three_laender() -> None:
    assert lands_off(dt.date(2026, 1, 6)) == {"BW", "BY", "ST"}


def test_womens_day_in_berlin_and_the_north_east() -> None:
    assert lands_off(dt.date(2027, 3, 8)) == {"BE", "MV"}


def test_augsburg_peace_festival_is_no_holiday_of_bavaria() -> None:
    assert is_working_day(dt.date(2028, 8, 8), Bundesland.BY)


def test_assumption_day_only_in_saarland() -> None:
    assert lands_off(dt.date(2028, 8, 15)) == {"SL"}  # in Bavaria it depends on the municipality


@pytest.mark.parametrize("day", [dt.date(2026, 4, 3), dt.date(2026, 4, 6), dt.date(2026, 5, 14)])
def test_movable_holidays_everywhere(day: dt.date) -> None:
    assert len(lands_off(day)) == 16


def test_weekend_is_no_working_day() -> None:
    assert not is_working_day(dt.date(2026, 11, 21), "HE")
    assert not is_working_day(dt.date(2026, 11, 22), "HE")
    assert is_working_day(dt.date(2026, 11, 23), "HE")


def test_unknown_land_is_refused() -> None:
    with pytest.raises(ValueError, match="XX"):
        is_working_day(dt.date(2026, 11, 23), "XX")


def test_next_working_day_keeps_a_working_day() -> None:
    assert next_working_day(dt.date(2026, 11, 24), "HE") == dt.date(2026, 11, 24)


def test_next_working_day_over_christmas_and_weekend() -> None:
    assert next_working_day(dt.date(2026, 12, 25), "HE") == dt.date(2026, 12, 28)


def test_next_working_day_over_new_year() -> None:
    assert next_working_day(dt.date(2027, 1, 1), "HE") == dt.date(2027, 1, 4)


def test_add_working_days_over_the_year_boundary() -> None:
    assert add_working_days(dt.date(2026, 12, 30), 3, "HE") == dt.date(2027, 1, 5)
    assert add_working_days(dt.date(2026, 12, 30), 3, "BW") == dt.date(2027, 1, 5)
    assert add_working_days(dt.date(2026, 12, 30), 4, "BW") == dt.date(2027, 1, 7)


def test_add_no_working_days_changes_nothing_even_on_a_sunday() -> None:
    assert add_working_days(dt.date(2026, 11, 22), 0, "HE") == dt.date(2026, 11, 22)


def test_add_negative_working_days_counts_backwards() -> None:
    assert add_working_days(dt.date(2026, 11, 19), -1, "SN") == dt.date(2026, 11, 17)
    assert add_working_days(dt.date(2026, 11, 19), -1, "HE") == dt.date(2026, 11, 18)


def test_working_days_between_counts_the_last_day_only() -> None:
    assert working_days_between(dt.date(2026, 11, 23), dt.date(2026, 11, 27), "HE") == 4
    assert working_days_between(dt.date(2026, 11, 23), dt.date(2026, 11, 23), "HE") == 0
    assert working_days_between(dt.date(2026, 11, 20), dt.date(2026, 11, 22), "HE") == 0
    assert working_days_between(dt.date(2026, 11, 27), dt.date(2026, 11, 23), "HE") == -4


@given(DAYS, LAENDER)
def test_next_working_day_is_the_first_one_not_before(day: dt.date, land: Bundesland) -> None:
    found = next_working_day(day, land)
    assert is_working_day(found, land)
    between = range((found - day).days)
    assert not any(is_working_day(day + dt.timedelta(days=n), land) for n in between)


@given(DAYS, st.integers(-60, 60).filter(bool), LAENDER)
def test_adding_and_counting_are_inverse(day: dt.date, n: int, land: Bundesland) -> None:
    end = add_working_days(day, n, land)
    assert is_working_day(end, land)
    assert working_days_between(day, end, land) == n


@given(DAYS, st.integers(0, 30), st.integers(0, 30), LAENDER)
def test_adding_in_two_steps_equals_one(day: dt.date, a: int, b: int, land: Bundesland) -> None:
    start = next_working_day(day, land)
    once = add_working_days(start, a + b, land)
    assert add_working_days(add_working_days(start, a, land), b, land) == once


@given(DAYS, DAYS, LAENDER)
def test_a_span_never_holds_more_working_days_than_days(
    a: dt.date, b: dt.date, land: Bundesland
) -> None:
    assert abs(working_days_between(a, b, land)) <= abs((b - a).days)


@pytest.mark.parametrize(
    ("day", "land", "name"),
    [
        (dt.date(2026, 11, 18), "SN", "Buß- und Bettag"),
        (dt.date(2026, 11, 18), "BY", ""),
        (dt.date(2025, 10, 31), "SN", "Reformationstag"),
        (dt.date(2025, 10, 31), "BW", ""),
        (dt.date(2024, 11, 1), "NW", "Allerheiligen"),
        (dt.date(2024, 11, 1), "BE", ""),
        (dt.date(2026, 6, 4), "HE", "Fronleichnam"),
        (dt.date(2026, 6, 4), "SN", ""),
        (dt.date(2026, 11, 22), "BY", ""),
    ],
)
def test_holiday_name_is_german_and_that_of_the_whole_land(
    day: dt.date, land: str, name: str
) -> None:
    assert holiday_name(day, land) == name
