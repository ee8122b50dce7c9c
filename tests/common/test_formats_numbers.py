"""Numbers, percentages, money: separators, signs and commercial rounding."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from winback.common.formats import (
    DASH,
    MINUS,
    NARROW,
    NBSP,
    format_money,
    format_money_short,
    format_number,
    format_percent,
    format_signed,
    format_value,
    parse_decimal_input,
)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (1234.5, 1, "1.234,5"),
        (Decimal("1234567.891"), 2, "1.234.567,89"),
        (-12, 0, f"{MINUS}12"),
        (-0.04, 1, "0,0"),
        (Decimal("-0.00"), 2, "0,00"),
        (1.005, 2, "1,01"),
        (Decimal("0.125"), 2, "0,13"),
        (2.5, 0, "3"),
        (-2.5, 0, f"{MINUS}3"),
        (999.99, 1, "1.000,0"),
        (1e-9, 2, "0,00"),
    ],
)
def test_number_german(value: float, decimals: int, expected: str) -> None:
    assert format_number(value, decimals, "de") == expected


def test_number_english() -> None:
    assert format_number(-1234.5, 1, "en") == f"{MINUS}1,234.5"


def test_number_follows_the_active_language() -> None:
    with translation.override("en"):
        assert format_number(1234.5, 1) == "1,234.5"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_missing_numbers_are_a_dash_without_unit(value: float | None) -> None:
    assert format_number(value) == DASH
    assert format_value(value, "min") == DASH
    assert format_percent(value) == DASH
    assert format_signed(value, 1, "%") == DASH


def test_missing_money_is_a_dash() -> None:
    assert format_money(None) == format_money_short(None) == DASH


def test_percent_has_a_narrow_space_in_german_only() -> None:
    assert format_percent(92.4, 1, "de") == f"92,4{NARROW}%"
    assert format_percent(92.4, 1, "en") == "92.4%"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("min", f"120{NBSP}min"),
        ("€/m² a", f"120{NBSP}€/m² a"),
        ("%", f"120{NARROW}%"),
        ("Anzahl", "120"),
        ("", "120"),
    ],
)
def test_value_with_unit(unit: str, expected: str) -> None:
    assert format_value(120, unit, 0, "de") == expected


def test_value_translates_unit_words() -> None:
    assert format_value(5, "AT", 0, "en") == f"5{NBSP}working days"
    assert format_value(5, "AT", 0, "de") == f"5{NBSP}AT"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (13.2, 1, "+13,2"),
        (-24, 0, f"{MINUS}24"),
        (0, 0, "±0"),
        (0.04, 1, "±0,0"),
        (-0.4, 0, "±0"),
        (Decimal("0.5"), 0, "+1"),
    ],
)
def test_signed(value: float, decimals: int, expected: str) -> None:
    assert format_signed(value, decimals, locale="de") == expected


def test_signed_with_unit() -> None:
    assert format_signed(14.9, 1, "Punkte", "de") == f"+14,9{NBSP}Punkte"
    assert format_signed(-14.9, 1, "Punkte", "en") == f"{MINUS}14.9{NBSP}points"


def test_money_german() -> None:
    assert format_money(Decimal("1250000"), "de") == f"1.250.000,00{NBSP}€"
    assert format_money(Decimal("-0.004"), "de") == f"0,00{NBSP}€"
    assert format_money(Decimal("-1.5"), "de") == f"{MINUS}1,50{NBSP}€"


def test_money_english_puts_the_sign_first() -> None:
    assert format_money(Decimal("-1250000"), "en") == f"{MINUS}€1,250,000.00"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1900000", f"1,90{NBSP}Mio.{NBSP}€"),
        ("420000", f"420{NBSP}Tsd.{NBSP}€"),
        ("999499.99", f"999{NBSP}Tsd.{NBSP}€"),
        ("999500", f"1,00{NBSP}Mio.{NBSP}€"),
        ("10000", f"10{NBSP}Tsd.{NBSP}€"),
        ("9999.49", f"9.999{NBSP}€"),
        ("0", f"0{NBSP}€"),
        ("-1140000", f"{MINUS}1,14{NBSP}Mio.{NBSP}€"),
    ],
)
def test_money_short_german(amount: str, expected: str) -> None:
    assert format_money_short(Decimal(amount), "de") == expected


def test_money_short_english() -> None:
    assert format_money_short(Decimal(1_900_000), "en") == "€1.90m"
    assert format_money_short(Decimal(-420_000), "en") == f"{MINUS}€420k"


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    st.sampled_from(["de", "en"]),
)
def test_written_money_is_read_back(amount: Decimal, language: str) -> None:
    with translation.override(language):
        assert parse_decimal_input(format_money(amount)) == amount
