"""Dates, numbers and messages as German readers meet them, case by case."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from winback.common.fields import DateField, DecimalField, MoneyField, RowField, nothing
from winback.common.formats import (
    days_phrase,
    format_date,
    format_date_short,
    format_day,
    format_money,
    format_money_short,
    format_month,
    format_number,
    format_percent,
    format_range,
    format_signed,
)
from winback.common.forms import WinbackForm, in_words
from winback.common.sheets import harmless
from winback.common.textsearch import folding_pattern, normalise

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "heute"),
        (1, "in 1 Tag"),
        (2, "in 2 Tagen"),
        (365, "in 365 Tagen"),
        (-1, "1 Tag überfällig"),
        (-2, "2 Tage überfällig"),
        (-400, "400 Tage überfällig"),
    ],
)
def test_days_are_counted_in_words(days: int, text: str) -> None:
    assert days_phrase(TODAY, TODAY + dt.timedelta(days=days)) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (TODAY, TODAY, "23.11.2026"),
        (TODAY, dt.date(2026, 11, 24), "23.11.–24.11.2026"),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 1), "31.12.2026–01.01.2027"),
        (TODAY, None, "23.11.2026\u00a0–"),
        (None, TODAY, "–\u00a023.11.2026"),
        (None, None, "–"),
    ],
)
def test_spans_name_the_year_once(first: dt.date | None, last: dt.date | None, text: str) -> None:
    assert format_range(first, last) == text


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (dt.date(2026, 11, 23), "Mo."),
        (dt.date(2026, 11, 24), "Di."),
        (dt.date(2026, 11, 25), "Mi."),
        (dt.date(2026, 11, 26), "Do."),
        (dt.date(2026, 11, 27), "Fr."),
        (dt.date(2026, 11, 28), "Sa."),
        (dt.date(2026, 11, 29), "So."),
    ],
)
def test_days_of_the_week_are_short(day: dt.date, word: str) -> None:
    assert format_day(day) == f"{word}, {format_date(day)}"
    assert format_date(day) == f"{format_date_short(day)}2026"


@pytest.mark.parametrize(
    ("month", "name"),
    [
        (1, "Januar"), (2, "Februar"), (3, "März"), (4, "April"), (5, "Mai"), (6, "Juni"),
        (7, "Juli"), (8, "August"), (9, "September"), (10, "Oktober"), (11, "November"),
        (12, "Dezember"),
    ],
)  # fmt: skip
def test_months_are_named(month: int, name: str) -> None:
    assert format_month(dt.date(2026, month, 1)) == f"{name} 2026"


@pytest.mark.parametrize(
    ("value", "places", "plain", "signed"),
    [
        (Decimal(0), 0, "0", "±0"),
        (Decimal("0.04"), 1, "0,0", "±0,0"),
        (Decimal("-0.04"), 1, "0,0", "±0,0"),
        (Decimal("2.5"), 0, "3", "+3"),
        (Decimal("-2.5"), 0, "−3", "−3"),
        (Decimal("1234.5"), 2, "1.234,50", "+1.234,50"),
        (Decimal("-1234567"), 0, "−1.234.567", "−1.234.567"),
    ],
)
def test_numbers_have_points_commas_and_a_real_minus(
    value: Decimal, places: int, plain: str, signed: str
) -> None:
    assert format_number(value, places) == plain
    assert format_signed(value, places) == signed


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (Decimal(0), "0,00\u00a0€", "0\u00a0€"),
        (Decimal("999.99"), "999,99\u00a0€", "1.000\u00a0€"),
        (Decimal(1_900_000), "1.900.000,00\u00a0€", "1,90\u00a0Mio.\u00a0€"),
        (Decimal("-9600"), "−9.600,00\u00a0€", "−9.600\u00a0€"),
        (None, "–", "–"),
    ],
)
def test_money_is_written_in_full_and_short(amount: Decimal | None, full: str, short: str) -> None:
    assert format_money(amount) == full
    assert format_money_short(amount) == short


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("46.43"), 1, "46,4\u202f%"),
        (Decimal(80), 0, "80\u202f%"),
        (Decimal(100), 1, "100,0\u202f%"),
        (None, 1, "–"),
    ],
)
def test_percent_stands_off_by_a_narrow_space(
    value: Decimal | None, places: int, text: str
) -> None:
    assert format_percent(value, places) == text


# What the fields say


def message(field: forms.Field, typed: Any) -> str:
    with pytest.raises(ValidationError) as found:
        field.clean(typed)
    return " ".join(found.value.messages)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("heute", TODAY),
        ("HEUTE", TODAY),
        ("+0", TODAY),
        ("+14", dt.date(2026, 12, 7)),
        ("-1", dt.date(2026, 11, 22)),
        ("24.11.", dt.date(2026, 11, 24)),
        ("24.11", dt.date(2026, 11, 24)),
        ("1.2.27", dt.date(2027, 2, 1)),
        ("2026-11-24", dt.date(2026, 11, 24)),
        ("  24.11.2026  ", dt.date(2026, 11, 24)),
    ],
)
def test_date_is_taken_the_short_way(typed: str, day: dt.date) -> None:
    assert DateField().clean(typed) == day


NO_DATE = "Das ist kein Datum. Beispiele: 23.11.2026, +14, heute."


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("31.02.2026", "Der Februar 2026 hat 28 Tage. Meinten Sie 28.02.2026?"),
        ("29.02.2027", "Der Februar 2027 hat 28 Tage. Meinten Sie 28.02.2027?"),
        ("32.01.2026", "Der Januar hat 31 Tage."),
        ("24.13.2026", "Ein Jahr hat 12 Monate."),
        ("24.11.0026", "Das Jahr muss zwischen 1900 und 2199 liegen."),
        ("bald", NO_DATE),
        ("morgen", NO_DATE),
        ("2026", NO_DATE),
        ("..", NO_DATE),
    ],
)
def test_impossible_date_is_refused_in_words(typed: str, text: str) -> None:
    assert message(DateField(), typed) == text


TWO_READINGS = "Diese Zahl ist nicht eindeutig. Schreiben Sie zum Beispiel 1250,50."


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1.25", TWO_READINGS),
        ("1,2,3", TWO_READINGS),
        ("1.2.3", TWO_READINGS),
        ("viel", "Geben Sie eine Zahl ein."),
        ("1,234", "Höchstens 2 Nachkommastellen."),
    ],
)
def test_doubtful_amount_is_refused_in_words(typed: str, text: str) -> None:
    assert message(MoneyField(), typed) == text


@pytest.mark.parametrize("field", [DateField(), DecimalField(), MoneyField(), RowField()])
def test_required_field_says_so(field: forms.Field) -> None:
    assert message(field, "") == "Dieses Feld ist zwingend erforderlich."


@pytest.mark.parametrize("field", [DateField, DecimalField, MoneyField])
def test_optional_field_may_stay_empty(field: Any) -> None:
    assert field(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.250.000,00", "1250000.00"),
        ("1250000", "1250000"),
        ("1250,5", "1250.5"),
        ("-9.600,00", "-9600.00"),
        ("−9.600,00", "-9600.00"),
        ("0", "0"),
    ],
)
def test_amount_is_taken_the_german_way(typed: str, value: str) -> None:
    assert MoneyField().clean(typed) == Decimal(value)


def test_empty_choice_asks_or_says_none() -> None:
    assert str(nothing(required=True)) == "Bitte wählen"
    assert str(nothing(required=False)) == "keine Angabe"


# Doubts


class Dated(WinbackForm):
    day = DateField(required=False)
    note = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data["day"] < TODAY:
            self.warn("day", "Das Datum liegt zurück.")
        return data


@pytest.mark.parametrize(
    ("data", "valid", "warned", "reason"),
    [
        ({}, True, [], ""),
        ({"day": "24.11.2026"}, True, [], ""),
        ({"day": "22.11.2026"}, False, ["day"], ""),
        ({"day": "22.11.2026", "warning_reason": "   "}, False, ["day"], ""),
        ({"day": "22.11.2026", "warning_reason": " nachgetragen "}, True, ["day"], "nachgetragen"),
        ({"day": "24.11.2026", "warning_reason": "unnötig"}, True, [], ""),
        ({"day": "32.11.2026", "warning_reason": "egal"}, False, [], ""),
    ],
)
def test_doubt_asks_for_a_reason_and_no_more(
    data: dict[str, str], valid: bool, warned: list[str], reason: str
) -> None:
    form = Dated(data)
    assert form.is_valid() is valid
    assert (form.warned, form.reason) == (warned, reason)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (0, "0"),
        (True, "ja"),
        (False, "nein"),
        (TODAY, "23.11.2026"),
        (dt.time(9, 5), "09:05"),
        (["a", "b"], "a, b"),
        ([TODAY, dt.date(2026, 11, 24)], "23.11.2026, 24.11.2026"),
        ("Haus C", "Haus C"),
    ],
)
def test_value_is_put_into_words(value: Any, words: str) -> None:
    assert in_words(value) == words


def test_choice_is_told_by_its_label_even_in_a_group() -> None:
    field = forms.ChoiceField(choices=[("", "–"), ("Haus", [("dach", "Dach"), ("keller", "K.")])])
    assert in_words("dach", field) == "Dach"
    assert in_words("unbekannt", field) == "unbekannt"
    several = forms.MultipleChoiceField(choices=[("a", "Anton"), ("b", "Berta")])
    assert in_words(["a", "b"], several) == "Anton, Berta"


# Search without a key


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("gruss", "Viele Grüße"),
        ("gruss", "GRUSS"),
        ("gruß", "gruss"),
        ("strasse", "Musterstraße"),
        ("muller", "Müller"),
        ("MÜLLER", "Muller"),
        ("cafe", "Café Zoë"),
        ("haus  c", "Haus\tC"),
        ("a.b", "a.b"),
        ("(1)", "Haus (1)"),
        ("s", "ß"),
        ("mas", "Maß"),
        ("sauber", "groß-ßauber"),
    ],
)
def test_pattern_finds_every_spelling(asked: str, stored: str) -> None:
    assert re.search(folding_pattern(asked), stored)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [("a.b", "axb"), ("haus c", "HausC"), ("1+", "11"), ("mueller", "Müller"), ("[a]", "a")],
)
def test_pattern_takes_signs_as_they_are(asked: str, stored: str) -> None:
    assert not re.search(folding_pattern(asked), stored)


@pytest.mark.parametrize(
    ("text", "key"),
    [("ﬁliale", "filiale"), ("Ⅷ", "viii"), ("½", "1⁄2"), ("İ", "i"), ("\u200b", "\u200b")],
)
def test_rare_signs_fold_the_same_way_twice(text: str, key: str) -> None:
    assert normalise(text) == key
    assert normalise(normalise(text)) == key


# Cells


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("46.43"), "46,43"),
        (Decimal("-9600.00"), "-9600,00"),
        (TODAY, "23.11.2026"),
        ("12 Monate", "12 Monate"),
        ("-12,5", "-12,5"),
        ("-12,5 %", "'-12,5 %"),
        ("=SUMME(A1)", "'=SUMME(A1)"),
        ("\t12", "'\t12"),
        (3, "3"),
    ],
)
def test_cell_reads_as_a_german_spreadsheet_writes_it(cell: Any, text: str) -> None:
    assert harmless(cell) == text
