"""Where a moved date lands."""

from __future__ import annotations

import datetime as dt

import pytest

from winback.bulk.rules import moved

FRIDAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("days", "land", "day"),
    [
        (0, "HE", dt.date(2026, 11, 27)),
        (1, "HE", dt.date(2026, 11, 30)),  # Saturday becomes Monday
        (3, "HE", dt.date(2026, 11, 30)),
        (-7, "HE", dt.date(2026, 11, 20)),
        (28, "HE", dt.date(2026, 12, 28)),  # both Christmas days, then the weekend
        (35, "HE", dt.date(2027, 1, 4)),  # New Year's Day, then the weekend
        (40, "BY", dt.date(2027, 1, 7)),  # Epiphany is a holiday in Bavaria
        (40, "HE", dt.date(2027, 1, 6)),  # and none in Hesse
    ],
)
def test_days_lead_to_a_working_day_of_the_land(days: int, land: str, day: dt.date) -> None:
    assert moved(FRIDAY, to=None, days=days, land=land) == day


def test_a_named_date_is_taken_as_it_is() -> None:
    sunday = dt.date(2026, 11, 29)
    assert moved(FRIDAY, to=sunday, days=None, land="HE") == sunday


def test_neither_moves_nothing() -> None:
    assert moved(FRIDAY, to=None, days=None, land="HE") == FRIDAY
