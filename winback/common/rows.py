"""Small helpers for lists: choices with "all", pages, chips and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext_lazy

PAGE_SIZE = 25
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def with_any(choices: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Filter choices with "all" in front."""
    return [("", pgettext_lazy("filter", "all")), *choices]


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> Page[Any]:
    """The page asked for by ``?seite=``; nonsense gives the first or last one."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("seite"))


def chips(request: HttpRequest, form: BaseForm) -> list[tuple[str, str]]:
    """The active filters in words, each with the URL that drops it."""
    found = []
    for field in form.visible_fields():
        value = getattr(form, "cleaned_data", {}).get(field.name)
        if not value:
            continue
        query = request.GET.copy()
        query.pop(field.name, None)
        query.pop("seite", None)
        found.append((f"{field.label}: {_in_words(field.field, value)}", f"?{query.urlencode()}"))
    return found


def _in_words(field: Any, value: Any) -> str:
    if isinstance(field, ModelChoiceField):
        return str(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))


def csv_response(
    name: str, header: Sequence[object], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A CSV as German spreadsheets open it: semicolon, UTF-8 with BOM, no formulas.

    Text that a spreadsheet would read as a formula gets an apostrophe in front; numbers come as
    ready strings with decimal comma and are left alone when they are numbers.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    is_number = text.lstrip("-").replace(",", "", 1).replace(".", "").isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text
