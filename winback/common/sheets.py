"""Lists as files for spreadsheets: CSV and XLSX from the same cells, and no formulas in either."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Signs that start a formula in a spreadsheet, with their full-width and small forms; what is
# invisible in front of them hides none.
_FORMULA = re.compile(
    r"[\t\r\n]|[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]"
)
# What a workbook, which is XML, cannot hold.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?[0-9][0-9.]*(,[0-9]+)?")
_LONGEST_CELL = 32_000  # a cell of a workbook holds 32,767 characters
_WIDTHS = 10, 60
_HEAD_FONT, _HEAD_FILL = Font(bold=True), PatternFill("solid", fgColor="E1E5EA")
_DATE, _WHOLE, _PARTS = "DD.MM.YYYY", "#,##0", "#,##0.00"


def sheet_paths(prefix: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The two addresses of an export; the view gets ``kind``. XLSX is named ``<name>_xlsx``."""
    return [
        path(f"{prefix}export.csv", view, {"kind": CSV}, name=name),
        path(f"{prefix}export.xlsx", view, {"kind": XLSX}, name=f"{name}_xlsx"),
    ]


def sheet_response(
    kind: str, name: str, header: Sequence[object], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The rows as a file: ``kind`` is CSV or XLSX.

    Cells are text, whole or decimal numbers, dates or None: a spreadsheet can calculate with them.
    """
    if kind == XLSX:
        return xlsx_response(name, header, rows)
    return csv_response(name, header, rows)


def csv_response(
    name: str, header: Sequence[object], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A CSV as German spreadsheets open it: semicolon, UTF-8 with BOM, decimal comma.

    Text that a spreadsheet would read as a formula gets an apostrophe in front; numbers, also as
    ready strings with decimal comma, are left alone.
    """
    response = _attachment(name, CSV, "text/csv; charset=utf-8")
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def xlsx_response(
    name: str, header: Sequence[object], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A workbook with one sheet: real numbers and dates, the first row frozen, with filters."""
    lines = [list(row) for row in rows]
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = _title(name)
    sheet.freeze_panes = "A2"
    for column, head in enumerate(header, start=1):
        cell = _write(sheet, 1, column, str(head))
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, Alignment(vertical="top")
        words = [str(head), *(_said(line[column - 1]) for line in lines)]
        width = min(max(*map(len, words), _WIDTHS[0]), _WIDTHS[1])
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            _write(sheet, number, column, value)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(header), 1))}{len(lines) + 1}"
    file = io.BytesIO()
    book.save(file)
    response = _attachment(name, XLSX, XLSX_TYPE)
    response.write(file.getvalue())
    return response


def harmless(cell: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = _said(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _said(cell: Any) -> str:
    """As a German spreadsheet writes it: decimal comma, no group signs, day.month.year."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return str(cell)


def _attachment(name: str, ending: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content_type=content_type)
    response["Content-Disposition"] = str(content_disposition_header(True, f"{name}.{ending}"))
    return response


def _title(name: str) -> str:
    """The name of a sheet may not hold some signs and not be longer than 31 characters."""
    return re.sub(r"[\\/*?:\[\]\x00-\x1f']", " ", name)[:31].strip() or "Winback"


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Numbers and dates as such; everything else as text that stays text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is merged in a fresh sheet
    if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        cell.value = value
        cell.number_format = _format(value)
    elif text := _NO_XML.sub("", harmless(value))[:_LONGEST_CELL]:
        cell.value = text
        cell.data_type = "s"
    return cell


def _format(value: int | Decimal | date) -> str:
    if isinstance(value, date):
        return _DATE
    return _WHOLE if isinstance(value, int) or value == value.to_integral_value() else _PARTS
