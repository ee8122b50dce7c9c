"""The one list page: which lists there are, what a saved query keeps, which rows were ticked."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.test import RequestFactory

from tests.clients.factories import ClientFactory
from winback.clients.models import Client
from winback.common import lists
from winback.common.filters import ListFilter


class Sample(ListFilter):
    views: ClassVar[dict[str, object]] = {"a": "A", "b": "B"}
    default_view = "b"
    sorts: ClassVar[dict[str, object]] = {"name": "name", "nummer": "number"}  # type: ignore[assignment]  # narrower than the base
    default_sort = "-name"


class Bare(ListFilter):
    sorts: ClassVar[dict[str, object]] = {"name": "name"}  # type: ignore[assignment]  # narrower than the base
    default_sort = "name"


@pytest.mark.parametrize(
    ("query", "view", "order"),
    [
        ("", "b", "-name"),
        ("ansicht=a&sort=nummer", "a", "nummer"),
        ("ansicht=unsinn&sort=--name", "b", "-name"),
        ("ansicht=&sort=-nummer", "b", "-nummer"),
        ("sort=password", "b", "-name"),
    ],
)
def test_filter_forgives_nonsense(query: str, view: str, order: str) -> None:
    form = Sample(QueryDict(query))
    assert (form.view, form.order) == (view, order)


def test_filter_marks_the_tab() -> None:
    assert Sample(QueryDict("ansicht=a")).tabs() == [
        ("A", "?ansicht=a", True, ""),
        ("B", "?ansicht=b", False, ""),
    ]


def test_filter_without_tabs_has_no_view() -> None:
    form = Bare(QueryDict("ansicht=a"))
    assert (form.view, form.tabs()) == ("", [])


def test_rows_without_a_value_come_last_either_way(db: None) -> None:
    for name, number in (("A", "1"), ("B", None), ("C", "2")):
        ClientFactory(name=name, number=number)
    everything: QuerySet[Client] = Client.objects.all()
    for sort, names in (("nummer", "ACB"), ("-nummer", "CAB")):
        rows = Sample(QueryDict(f"sort={sort}")).ordered(everything)
        assert "".join(row.name for row in rows) == names


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("seite=3&ampel=critical", "ampel=critical"),
        ("q=&ampel=critical&sort=", "ampel=critical"),
        ("sort=-wert&ampel=critical", "ampel=critical&sort=-wert"),
        ("q=M%C3%BCll", "q=M%C3%BCll"),
        ("auswahl=1&auswahl=2&q=a", "q=a"),
        ("q=b&q=a", "q=a&q=b"),
        ("%ff=%ff", "%EF%BF%BD=%EF%BF%BD"),
        ("&&&==;", ""),
    ],
)
def test_query_is_kept_in_one_form(query: str, kept: str) -> None:
    assert lists.normalised(query) == kept
    assert lists.normalised(kept) == kept


def test_query_is_never_longer_than_its_column() -> None:
    query = "&".join(f"q{number}={'ü' * 30}" for number in range(200))
    assert 0 < len(lists.normalised(query)) <= 1000
    assert lists.normalised("q=" + "x" * 5000) == ""


@pytest.mark.parametrize(
    "key", ["", "cases:edit", "accounts:sign_out", "https://evil.example", "x"]
)
def test_what_is_no_list_is_not_known(key: str) -> None:
    assert lists.known(key) is None


def test_a_list_whose_address_is_gone_is_not_known() -> None:
    gone = lists.ListPage(key="gone:list", title="", noun="", table="", empty="")
    assert lists.register(gone) is gone
    assert lists.known("gone:list") is None


@pytest.mark.parametrize(
    "key",
    [
        "cases:list",
        "clients:list",
        "plans:measure_list",
        "dialogue:list",
        "audits:list",
        "audits:findings",
        "kpis:list",
    ],
)
def test_every_list_is_known(key: str) -> None:
    listing = lists.known(key)
    assert listing is not None
    assert str(listing.title)
    assert listing.noun % {"count": 1} != listing.noun % {"count": 2}


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        (["3", "1", "3"], [3, 1]),
        (["x", "", "-1", "1.5", "٣", "0x1", " 7"], []),
        (["9" * 19, "9" * 5000, "9" * 18], [int("9" * 18)]),
        ([], []),
    ],
)
def test_picked_keys_are_numbers_a_database_holds(values: list[str], keys: list[int]) -> None:
    assert lists.picked(values) == keys


def test_query_comes_from_the_bar_below_the_list(rf: RequestFactory) -> None:
    assert lists.query_of(rf.get("/?ampel=critical"))["ampel"] == "critical"
    request = rf.get("/?auswahl=1&abfrage=ampel%3Dat_risk")
    assert lists.query_of(request).dict() == {"ampel": "at_risk"}


def test_ticked_rows_narrow_a_file(rf: RequestFactory, db: None) -> None:
    one, two = ClientFactory(), ClientFactory()
    everything = Client.objects.order_by("pk")
    assert list(lists.narrowed(rf.get("/"), everything)) == [one, two]
    assert list(lists.narrowed(rf.get(f"/?auswahl={two.pk}&auswahl=x"), everything)) == [two]
