"""Dates and decimals as typed: every reading that is not certain is refused with a reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from winback.common.formats import (
    DateInputError,
    DecimalInputError,
    parse_date_input,
    parse_decimal_input,
)

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24.11.2026", TODAY),
        (" 24.11.2026 ", TODAY),
        ("24. 11. 2026", TODAY),
        ("24.11.26", TODAY),
        ("24.11.", TODAY),
        ("24.11", TODAY),
        ("1.2.", dt.date(2026, 2, 1)),
        ("24/11/2026", TODAY),
        ("2026-11-24", TODAY),
        ("24. November", TODAY),
        ("24 Nov 2026", TODAY),
        ("5. März 2027", dt.date(2027, 3, 5)),
        ("5 may 2027", dt.date(2027, 5, 5)),
        ("heute", TODAY),
        ("Today", TODAY),
        ("+14", dt.date(2026, 12, 8)),
        ("-3", dt.date(2026, 11, 21)),
        ("−3", dt.date(2026, 11, 21)),
        ("+0", TODAY),
        ("29.2.2028", dt.date(2028, 2, 29)),
        ("31.12.99", dt.date(1999, 12, 31)),
        ("01.01.75", dt.date(2075, 1, 1)),
    ],
)
def test_date_is_read(text: str, expected: dt.date) -> None:
    assert parse_date_input(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.11.2026", "November has 30 days. Did you mean 30 Nov 2026?"),
        ("29.02.2026", "February 2026 has 28 days. Did you mean 28 Feb 2026?"),
        ("30.02.2028", "February 2028 has 29 days. Did you mean 29 Feb 2028?"),
        ("45.11.", "November has 30 days."),
        ("0.1.2026", "January has 31 days."),
        ("11.24.2026", "A year has 12 months. Did you mean 24 Nov 2026?"),
        ("2026-13-01", "A year has 12 months. Did you mean 13 Jan 2026?"),
        ("31.13.2026", "A year has 12 months."),
        ("2.30.2026", "A year has 12 months."),
        ("24.11.0206", "The year must lie between 1900 and 2199."),
        ("+999999", "The year must lie between 1900 and 2199."),
        ("+99999", "The year must lie between 1900 and 2199."),
        ("-999999", "The year must lie between 1900 and 2199."),
        ("24 Foo 2026", "There is no month “foo”."),
        ("morgen früh", "This is not a date. Examples: 24 Nov 2026, +14, today."),
        ("", "This is not a date. Examples: 24 Nov 2026, +14, today."),
        ("24.11/2026", "This is not a date. Examples: 24 Nov 2026, +14, today."),
        ("٢٤.١١.٢٠٢٦", "This is not a date. Examples: 24 Nov 2026, +14, today."),
    ],
)
def test_date_is_refused_with_a_reason(text: str, reason: str) -> None:
    with translation.override("en"), pytest.raises(DateInputError) as caught:
        parse_date_input(text, TODAY)
    assert str(caught.value).replace("\u00a0", " ") == reason


def test_date_without_year_on_leap_day_depends_on_this_year() -> None:
    assert parse_date_input("29.2.", dt.date(2028, 1, 1)) == dt.date(2028, 2, 29)
    with pytest.raises(DateInputError):
        parse_date_input("29.2.", dt.date(2027, 1, 1))


def test_date_hint_is_written_in_the_active_language() -> None:
    with translation.override("de"), pytest.raises(DateInputError, match=r"30\.11\.2026"):
        parse_date_input("31.11.", TODAY)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        found = parse_date_input(text, TODAY)
    except DateInputError:
        return
    assert 1900 <= found.year <= 2199


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.250.000,00", "1250000.00"),
        ("1250000", "1250000"),
        ("1250000,5", "1250000.5"),
        ("1 250,5", "1250.5"),
        ("1\u00a0250,5", "1250.5"),
        ("1\u202f250\u202f000", "1250000"),
        ("1.250", "1250"),
        ("0,5", "0.5"),
        ("-5", "-5"),
        ("−5,5", "-5.5"),
        ("+5", "5"),
        ("1.250,00 €", "1250.00"),
        ("€ 12", "12"),
        ("12 EUR", "12"),
        ("-€ 12", "-12"),
        ("007", "7"),
    ],
)
def test_decimal_german(text: str, expected: str) -> None:
    assert str(parse_decimal_input(text, locale="de")) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("1,250,000.00", "1250000.00"), ("1.25", "1.25"), ("1,250", "1250")]
)
def test_decimal_english(text: str, expected: str) -> None:
    assert str(parse_decimal_input(text, locale="en")) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("1.25", "1250.50", "1.250.00", "12.50", "12 50", "1.250 000", "1,2,3", "1250,5.0"),
        *(",5", "5,", "--5", "+-5", "-", "5-", "1e5", "0x10", "1_000", "1'250", "5 Stück"),
    ],
)
def test_decimal_with_two_readings_is_refused(text: str) -> None:
    with pytest.raises(DecimalInputError):
        parse_decimal_input(text, locale="de")


@pytest.mark.parametrize(
    ("text", "places", "reason"),
    [
        ("", 2, "Enter a number."),
        ("€", 2, "Enter a number."),
        ("viel", 2, "Enter a number."),
        ("1,250", 2, "At most 2 decimal places."),
        ("1,25", 1, "At most 1 decimal place."),
        ("1,5", 0, "Enter a whole number."),
        ("1.25", 2, "This number is not clear. Write it like 1250,50."),
        ("9" * 16, 2, "This number is too large."),
    ],
)
def test_decimal_reasons(text: str, places: int, reason: str) -> None:
    with translation.override("en"), pytest.raises(DecimalInputError) as caught:
        parse_decimal_input(text, places, "de")
    assert str(caught.value) == reason


def test_decimal_example_in_english_has_a_point() -> None:
    with translation.override("en"), pytest.raises(DecimalInputError, match=r"1250\.50"):
        parse_decimal_input("1,25", locale="en")


def test_decimal_has_no_negative_zero() -> None:
    assert not parse_decimal_input("-0,00", locale="de").is_signed()


@given(st.text(max_size=30))
def test_any_text_is_a_decimal_or_a_decimal_error(text: str) -> None:
    try:
        found = parse_decimal_input(text)
    except DecimalInputError:
        return
    assert isinstance(found, Decimal)
    assert found.is_finite()
