"""Small helpers for lists: choices with "all", pages and chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from winback.common.forms import in_words

PAGE_SIZE = 25
PAGE = "seite"
#: label, address, whether it is the current one, count or ""
Tab = tuple[str, str, bool, str]


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
