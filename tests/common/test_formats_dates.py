"""Dates as text: German first, English unambiguous."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from winback.common.formats import (
    DASH,
    NBSP,
    active_locale,
    days_phrase,
    format_date,
    format_date_short,
    format_datetime,
    format_day,
    format_month,
    format_month_short,
    format_range,
    parse_date_input,
)

TODAY = dt.date(2026, 11, 24)


def test_date_german() -> None:
    assert format_date(dt.date(2026, 3, 5), "de") == "05.03.2026"


def test_date_english_names_the_month() -> None:
    assert format_date(dt.date(2026, 3, 5), "en") == f"5{NBSP}Mar{NBSP}2026"


def test_date_on_leap_day() -> None:
    assert format_date(dt.date(2028, 2, 29), "de") == "29.02.2028"


@pytest.mark.parametrize("language", ["de", "de-at", "fr"])
def test_active_locale_is_german_unless_english(language: str) -> None:
    with translation.override(language):
        assert active_locale() == "de"


def test_active_locale_follows_an_english_variant() -> None:
    with translation.override("en-gb"):
        assert format_date(TODAY) == f"24{NBSP}Nov{NBSP}2026"


def test_active_locale_without_translation_is_german() -> None:
    with translation.override(None, deactivate=True):
        assert active_locale() == "de"


def test_missing_dates_are_a_dash() -> None:
    assert [format_date(None), format_day(None), format_month(None)] == [DASH] * 3
    assert [format_datetime(None), format_range(None, None), days_phrase(TODAY, None)] == [DASH] * 3


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 11, 23), "Mo., 23.11.2026"),
        (dt.date(2026, 11, 24), "Di., 24.11.2026"),
        (dt.date(2026, 11, 29), "So., 29.11.2026"),
    ],
)
def test_day_german(day: dt.date, expected: str) -> None:
    assert format_day(day, "de") == expected


def test_day_english() -> None:
    assert format_day(TODAY, "en") == f"Tue, 24{NBSP}Nov{NBSP}2026"


def test_short_date_without_year() -> None:
    assert format_date_short(dt.date(2026, 3, 5), "de") == "05.03."
    assert format_date_short(dt.date(2026, 3, 5), "en") == f"5{NBSP}Mar"


def test_month_in_both_languages() -> None:
    assert format_month(dt.date(2026, 3, 1), "de") == "März 2026"
    assert format_month(dt.date(2026, 3, 1), "en") == "March 2026"
    assert format_month_short(dt.date(2026, 12, 1), "de") == f"Dez{NBSP}26"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (dt.datetime(2026, 11, 24, 13, 30, tzinfo=dt.UTC), f"24.11.2026, 14:30{NBSP}Uhr"),
        (dt.datetime(2026, 7, 1, 12, 5, tzinfo=dt.UTC), f"01.07.2026, 14:05{NBSP}Uhr"),
        (dt.datetime(2026, 12, 31, 23, 0, tzinfo=dt.UTC), f"01.01.2027, 00:00{NBSP}Uhr"),
    ],
)
def test_datetime_is_berlin_time(moment: dt.datetime, expected: str) -> None:
    assert format_datetime(moment, "de") == expected


def test_datetime_repeats_the_hour_when_summer_time_ends() -> None:
    first = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    second = first + dt.timedelta(hours=1)
    assert format_datetime(first, "de") == format_datetime(second, "de")


def test_datetime_english_has_no_clock_word() -> None:
    moment = dt.datetime(2026, 11, 24, 13, 30, tzinfo=dt.UTC)
    assert format_datetime(moment, "en") == f"24{NBSP}Nov{NBSP}2026, 14:30"


def test_datetime_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        format_datetime(dt.datetime(2026, 11, 24, 13, 30))  # noqa: DTZ001  # that is the point


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (dt.date(2026, 8, 31), dt.date(2026, 9, 27), "31.08.–27.09.2026"),
        (dt.date(2026, 10, 15), dt.date(2027, 1, 12), "15.10.2026–12.01.2027"),
        (TODAY, TODAY, "24.11.2026"),
        (None, TODAY, f"–{NBSP}24.11.2026"),
        (TODAY, None, f"24.11.2026{NBSP}–"),
    ],
)
def test_range_german(start: dt.date | None, end: dt.date | None, expected: str) -> None:
    assert format_range(start, end, "de") == expected


def test_range_english_sets_spaces_around_the_dash() -> None:
    text = format_range(dt.date(2026, 8, 31), dt.date(2026, 9, 27), "en")
    assert text.replace(NBSP, " ") == "31 Aug – 27 Sep 2026"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-4, "4 days overdue"),
        (-1, "1 day overdue"),
        (0, "today"),
        (1, "in 1 day"),
        (54, "in 54 days"),
    ],
)
def test_days_phrase_english(days: int, expected: str) -> None:
    assert days_phrase(TODAY, TODAY + dt.timedelta(days=days), "en") == expected


def test_days_phrase_leaves_the_active_language_alone() -> None:
    with translation.override("de"):
        days_phrase(TODAY, TODAY, "en")
        assert translation.get_language() == "de"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["de", "en"]))
def test_written_date_is_read_back(day: dt.date, language: str) -> None:
    with translation.override(language):
        assert parse_date_input(format_date(day), TODAY) == day
