"""One way to show a list: tabs, saved views, filter, chips, table, pages, export, bulk change.

A room declares its list once as a ``ListPage`` and answers with it; the page, its htmx part and
everything around the table are then the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from winback.common import bulk
from winback.common.fields import KEY_LENGTH
from winback.common.filters import ListFilter
from winback.common.htmx import page
from winback.common.rows import PAGE, Tab, chips, page_of

#: ticked rows, by primary key
PICKED = "auswahl"
#: the query of the list the rows were ticked in
QUERY = "abfrage"
MOST_PICKED = 200
_LONGEST_QUERY = 1000
_FLEETING = {PAGE, PICKED, QUERY}
NOTHING = _("Nothing matches these filters.")

#: name and query string of a saved view
Saved = tuple[str, str]
# The user model stands on a higher floor, so its type cannot be named here.
FindSaved = Callable[[Any, str], Sequence[Saved]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list of the product, apart from its rows.

    ``key`` is the name of its URL; ``noun`` a lazy ngettext with ``%(count)d``; ``table`` the
    template of the table alone; ``empty`` says what belongs here, ``none`` that the filters leave
    nothing. ``export`` is the URL name of
    the CSV (the XLSX is ``<export>_xlsx``), ``bulk`` the key of its bulk change.
    """

    key: str
    title: Any
    noun: Any
    table: str
    empty: Any
    none: Any = NOTHING
    export: str = ""
    bulk: str = ""
    head: str = "components/page_head.html"

    def respond(
        self,
        request: HttpRequest,
        *,
        form: ListFilter,
        found: QuerySet[Any],
        rows: Callable[[Page[Any]], Sequence[Any]],
        **extra: Any,
    ) -> HttpResponse:
        """The page, or just its results when htmx asks; ``rows`` formats one page of ``found``.

        Costs one statement for the saved views beside those of ``found`` and ``rows``.
        """
        shown = page_of(request, found)
        saved = saved_tabs(request, self.key)
        is_saved = any(current for _name, _url, current, _count in saved)
        total = shown.paginator.count
        context = {
            **dict.fromkeys(("action_url", "action_label", "empty_url", "empty_label"), ""),
            "list": self,
            "live": True,
            "filter_form": form,
            "default_sort": form.default_sort,
            "page": shown,
            "rows": rows(shown),
            "counted": self.noun % {"count": total},
            "views": [(*tab[:2], tab[2] and not is_saved, tab[3]) for tab in form.tabs()] + saved,
            "chips": chips(request, form),
            "files": self.files(request),
            "bulk": bulk.bar(self.bulk, request.user, total),
            **extra,
        }
        return page(request, "list.html", context, part="results")

    @property
    def export_xlsx(self) -> str:
        """The URL name of the workbook, beside that of the CSV."""
        return f"{self.export}_xlsx"

    def files(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Label and address of the exports of exactly this query."""
        if not self.export:
            return []
        query = request.GET.urlencode()
        kinds = (("XLSX", self.export_xlsx), ("CSV", self.export))
        return [(label, f"{reverse(name)}?{query}") for label, name in kinds]


_pages: dict[str, ListPage] = {}
_finders: list[FindSaved] = []


def register(listing: ListPage) -> ListPage:
    """Make the list known, so that views of it can be saved; gives it back."""
    _pages[listing.key] = listing
    return listing


def register_saved(find: FindSaved) -> None:
    """Say which saved views a user has on a list; one statement, asked once per page."""
    _finders[:] = [find]


def known(key: str) -> ListPage | None:
    """The list of this key; None for what is no list, or no longer one."""
    listing = _pages.get(key)
    try:
        reverse(key)
    except NoReverseMatch:
        return None
    return listing


def saved_tabs(request: HttpRequest, key: str) -> list[Tab]:
    """The saved views of the signed-in user as tabs, the one that stands in the URL marked."""
    here = normalised(request.GET.urlencode())
    found = [saved for find in _finders for saved in find(request.user, key)]
    return [(name, f"?{query}", query == here, "") for name, query in found]


def normalised(query: str) -> str:
    """The query string as it is kept: no page, nothing empty, in order, of bounded length."""
    pairs = parse_qsl(query[: 4 * _LONGEST_QUERY], errors="replace", max_num_fields=None)
    lasting = ((name, value) for name, value in pairs if name and name not in _FLEETING)
    kept = sorted((name, value) for name, value in lasting if value)
    while len(text := urlencode(kept)) > _LONGEST_QUERY:
        kept.pop()
    return text


def picked(values: Sequence[str]) -> list[int]:
    """The primary keys among ``values``, each once, in order; nonsense is left out."""
    numbers = (int(v) for v in values if v.isascii() and v.isdecimal() and len(v) <= KEY_LENGTH)
    return list(dict.fromkeys(numbers))


def query_of(request: HttpRequest) -> QueryDict:
    """The query of the list: the address itself, or what the bar below the list sent along."""
    return QueryDict(request.GET[QUERY]) if QUERY in request.GET else request.GET


def narrowed(request: HttpRequest, found: QuerySet[Any]) -> QuerySet[Any]:
    """Just the ticked rows where the URL names some, else all: what an export holds."""
    wanted = picked(request.GET.getlist(PICKED))[:MOST_PICKED]
    return found.filter(pk__in=wanted) if wanted else found
