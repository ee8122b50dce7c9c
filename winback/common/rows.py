"""Small helpers for lists: choices with "all", pages, chips and CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import pgettext_lazy

from winback.common.forms import in_words

PAGE_SIZE = 25
PAGE = "seite"
#: label, address, whether it is the current one, count or ""
Tab = tuple[str, str, bool, str]
# Signs that start a formula in a spreadsheet, with their full-width forms.
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9][0-9.]*(,[0-9]+)?")


def with_any(choices: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Filter choices with "all" in front."""
    return [("", pgettext_lazy("filter", "all")), *choices]


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> Page[Any]:
    """The page asked for by ``?seite=``; nonsense gives the first or last one."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get(PAGE))


def chips(request: HttpRequest, form: BaseForm) -> list[tuple[str, str]]:
    """The active filters in words, each with the URL that drops it."""
    found = []
    for field in form.visible_fields():
        value = getattr(form, "cleaned_data", {}).get(field.name)
        if not value:
            continue
        query = request.GET.copy()
        query.pop(field.name, None)
        query.pop(PAGE, None)
        found.append((f"{field.label}: {in_words(value, field.field)}", f"?{query.urlencode()}"))
    return found


def csv_response(
    name: str, header: Sequence[object], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A CSV as German spreadsheets open it: semicolon, UTF-8 with BOM, no formulas.

    Text that a spreadsheet would read as a formula gets an apostrophe in front; numbers come as
    ready strings with decimal comma and are left alone when they are numbers.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(True, f"{name}.csv"))
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
