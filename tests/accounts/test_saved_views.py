"""Saved views: kept, shared, renamed, forgotten; and never a way off the product."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import SavedView, User
from accounts.rows import saved_of, view_row
from tests.conftest import ClientFor
from tests.statements import statements

CRITICAL = "/faelle/?ampel=critical&sort=-wert&seite=3"


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def view_of(owner: User, name: str = "Kritische", **kwargs: object) -> SavedView:
    facts = {"page": "cases:list", "query": "ampel=critical", "shared": False, **kwargs}
    return services.save_view(owner=owner, name=name, **facts)  # type: ignore[arg-type]  # facts of a view


def create_url(path: str) -> str:
    return f"{reverse('accounts:view_create')}?von={quote(path)}"


def test_view_keeps_the_query_without_its_page_and_leads_to_the_list(desk: Client) -> None:
    assert desk.get(create_url(CRITICAL)).status_code == 200
    saved = desk.post(create_url(CRITICAL), {"name": "Kritische", "shared": "on"})
    view = SavedView.objects.get()
    assert saved["Location"] == view.get_absolute_url()
    assert (view.page, view.query, view.shared) == ("cases:list", "ampel=critical&sort=-wert", True)
    assert desk.get(saved["Location"])["Location"] == "/faelle/?ampel=critical&sort=-wert"


@pytest.mark.parametrize(
    "origin",
    [
        "", "https://evil.example/faelle/x", "//evil.example/", "/faelle/neu/", "/abmelden/",
        "javascript:x()", "/gibt-es-nicht/", "\\\\evil.example", "/meine-arbeit/", "http://[",
    ],
)  # fmt: skip
def test_what_is_no_list_cannot_be_saved(desk: Client, origin: str) -> None:
    for ask in (desk.get, desk.post):
        assert ask(create_url(origin)).status_code == 404
    assert not SavedView.objects.exists()


def test_a_foreign_host_before_a_list_is_dropped(desk: Client) -> None:
    desk.post(create_url("https://evil.example/faelle/?q=a"), {"name": "A"})
    view = SavedView.objects.get()
    assert desk.get(view.get_absolute_url())["Location"] == "/faelle/?q=a"


def test_stored_query_cannot_lead_away_and_old_parameters_do_no_harm(
    desk: Client, kam: User
) -> None:
    view = view_of(kam, query="ampel=critical&frueher=1&sort=password&ansicht=weg")
    response = desk.get(view.get_absolute_url(), follow=True)
    assert response.status_code == 200
    SavedView.objects.update(query="//evil.example/?x=1")
    location = desk.get(view.get_absolute_url())["Location"]
    assert location.startswith("/faelle/?")


def test_a_view_of_a_list_that_is_gone_is_not_found_but_can_be_deleted(
    desk: Client, kam: User
) -> None:
    view = view_of(kam, page="gone:list")
    assert desk.get(view.get_absolute_url()).status_code == 404
    assert view_row(view).url == ""
    assert view.name in desk.get(reverse("accounts:views")).content.decode()
    desk.post(reverse("accounts:view_delete", args=[view.slug]))
    assert not SavedView.objects.exists()


def test_name_is_unique_per_owner_and_list(kam: User, kollegin: User, desk: Client) -> None:
    view_of(kam)
    view_of(kollegin)
    view_of(kam, page="audits:list")
    response = desk.post(create_url(CRITICAL), {"name": "Kritische"})
    assert response.status_code == 422
    assert "name" in response.context["form"].errors


def test_view_keeps_its_address_when_renamed(kam: User) -> None:
    view = view_of(kam, "Ämter & Höfe")
    before = view.slug
    assert before.startswith("amter-hofe-")
    services.change_view(view=view, name="Anders", shared=True)
    view.refresh_from_db()
    assert (view.slug, str(view), view.shared) == (before, "Anders", True)
    services.change_view(view=view, name="Anders", shared=False)  # its own name is no twin
    with pytest.raises(services.ViewRefused):
        services.change_view(view=view_of(kam), name="Anders", shared=False)


def test_view_without_letters_has_an_address(kam: User) -> None:
    assert view_of(kam, "！？").get_absolute_url().startswith("/ansichten/")


def test_shared_views_are_seen_by_colleagues_and_changed_by_their_owner_only(
    kam: User, kollegin: User, auditor: User, client_for: ClientFor
) -> None:
    own, shared = view_of(kam, "Nur ich"), view_of(kam, "Alle", shared=True)
    colleague = client_for(kollegin)
    assert colleague.get(own.get_absolute_url()).status_code == 404
    assert colleague.get(shared.get_absolute_url()).status_code == 302
    assert client_for(auditor).get(shared.get_absolute_url()).status_code == 404
    for name in ("accounts:view_edit", "accounts:view_delete"):
        assert colleague.post(reverse(name, args=[shared.slug])).status_code == 403
        assert colleague.post(reverse(name, args=[own.slug])).status_code == 404


def test_edit_renames_and_delete_forgets(desk: Client, kam: User) -> None:
    view = view_of(kam)
    url = reverse("accounts:view_edit", args=[view.slug])
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"name": ""}).status_code == 422
    assert desk.post(url, {"name": "Neu"})["Location"] == reverse("accounts:views")
    assert SavedView.objects.get().name == "Neu"
    desk.post(reverse("accounts:view_delete", args=[view.slug]))
    assert not SavedView.objects.exists()


def test_tabs_show_own_views_first_and_mark_the_current_one(
    desk: Client, kam: User, kollegin: User
) -> None:
    view_of(kollegin, "A von Nele", shared=True, query="q=x")
    view_of(kam, "Z von mir")
    view_of(kollegin, "Privat")
    view_of(kam, "Andere Liste", page="audits:list")
    assert saved_of(kam, "cases:list") == [
        ("Z von mir", "ampel=critical"),
        ("A von Nele", "q=x"),
    ]
    tabs = desk.get("/faelle/?seite=1&ampel=critical").context["views"]
    assert [label for label, _url, current, _count in tabs if current] == ["Z von mir"]


def test_list_asks_the_same_for_one_and_three_views(desk: Client, kam: User) -> None:
    view_of(kam)
    one = len(statements(desk, "/faelle/"))
    view_of(kam, "B")
    view_of(kam, "C")
    assert len(statements(desk, "/faelle/")) == one <= 8


def test_list_without_saved_views_says_how_to_save_one(desk: Client) -> None:
    page = desk.get(reverse("accounts:views")).content.decode()
    assert "Ansicht speichern" in page or "Save view" in page
