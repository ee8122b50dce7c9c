import datetime as dt
from decimal import Decimal
from random import Random

import pytest

from winback.demo import rules

MONDAY = dt.date(2026, 11, 23)
HESSE = "HE"


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, MONDAY),
        (1, dt.date(2026, 11, 24)),
        (5, dt.date(2026, 11, 30)),  # a Saturday: on to Monday
        (-1, dt.date(2026, 11, 20)),  # a Sunday: back to Friday
        (32, dt.date(2026, 12, 28)),  # both days of Christmas and a Sunday
    ],
)
def test_working_day_moves_away_from_today(offset: int, expected: dt.date) -> None:
    assert rules.working_day(MONDAY, offset, HESSE) == expected


def test_working_day_leaves_today_alone_even_on_a_sunday() -> None:
    sunday = dt.date(2026, 11, 22)
    assert rules.working_day(sunday, 0, HESSE) == sunday


def test_working_day_keeps_the_order_of_days() -> None:
    days = [rules.working_day(MONDAY, offset, HESSE) for offset in range(-400, 400)]
    assert days == sorted(days)


def test_moment_is_on_the_clock_of_berlin() -> None:
    assert rules.moment(MONDAY, 9, 5).isoformat() == "2026-11-23T09:05:00+01:00"
    assert rules.moment(dt.date(2026, 7, 1), 9, 5).isoformat() == "2026-07-01T09:05:00+02:00"


def test_done_on_is_mostly_punctual_unless_the_story_says_late() -> None:
    chance = Random(1)  # noqa: S311  # no secret in it
    days = [rules.done_on(MONDAY, None, chance, HESSE) for _time in range(200)]
    assert max(days) == dt.date(2026, 11, 25)
    assert min(days) == dt.date(2026, 11, 20)
    assert sum(day <= MONDAY for day in days) > 150
    assert rules.done_on(MONDAY, 2, chance, HESSE) == dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Jörg", "Weiß", "joerg.weiss@client.example"),
        ("Anna Maria", "Lüders", "anna-maria.lueders@client.example"),
        ("Céline", "Maurer", "celine.maurer@client.example"),
    ],
)
def test_address_is_plain_ascii(first: str, last: str, expected: str) -> None:
    assert rules.address(first, last, "client.example") == expected


def test_series_is_flat_then_rises_to_its_last_value() -> None:
    values = rules.series(
        before=Decimal(70),
        now=Decimal(90),
        flat=6,
        rising=4,
        noise=Decimal(0),
        chance=Random(1),  # noqa: S311  # no secret in it
    )
    assert values == [*[Decimal(70)] * 6, Decimal(75), Decimal(80), Decimal(85), Decimal(90)]


def test_series_never_falls_below_zero_and_ends_exactly() -> None:
    values = rules.series(
        before=Decimal(1),
        now=Decimal(0),
        flat=40,
        rising=10,
        noise=Decimal(3),
        chance=Random(1),  # noqa: S311  # no secret in it
    )
    assert len(values) == 50
    assert min(values) == 0
    assert max(values) > 1
    assert values[-1] == 0


def test_rounded_keeps_the_decimals_and_the_ceiling() -> None:
    values = [Decimal("99.96"), Decimal("101.3"), Decimal("7.04")]
    assert rules.rounded(values, 1, Decimal(100)) == [
        Decimal("100.0"),
        Decimal("100.0"),
        Decimal("7.0"),
    ]
    assert rules.rounded(values, 0, None) == [Decimal(100), Decimal(101), Decimal(7)]
