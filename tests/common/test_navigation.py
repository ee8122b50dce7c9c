"""Who sees which places, which one is current, and what small screens show."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import path

from winback.common import navigation
from winback.common.navigation import Navigation, NavItem, NewItem, register, register_new


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", answer, name="home"),
    path("faelle/", answer, name="list"),
    path("faelle/neu/", answer, name="create"),
    path("audits/", answer, name="audits"),
    path("kennzahlen/", answer, name="kpis"),
    path("monat/", answer, name="month"),
    path("verwaltung/", answer, name="admin"),
]


@pytest.fixture(autouse=True)
def registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_areas", {})
    monkeypatch.setattr(navigation, "_news", {})
    with override_settings(ROOT_URLCONF=__name__):
        yield


def person(**attributes: Any) -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, **attributes)


def seen(at: str = "/", user: object = None, cookie: str = "") -> Navigation:
    request = RequestFactory().get(at)
    if cookie:
        request.COOKIES["rail"] = cookie
    request.user = user or person()  # type: ignore[assignment]  # a stand-in for a user
    return navigation.navigation(request)["nav"]


def five_places() -> None:
    register(NavItem("month", "Month", "month", "calendar", 50))
    register(NavItem("work", "My work", "home", "list-checks", 10, bar=True, keys="g m"))
    register(NavItem("cases", "Cases", "list", "folder", 20, bar=True, count=lambda user: 2))
    register(NavItem("audits", "Audits", "audits", "clipboard-check", 30, bar=True))
    register(NavItem("kpis", "KPIs", "kpis", "chart-line", 40, bar=True))
    register(NavItem("admin", "Administration", "admin", "sliders-horizontal", 90, admin=True))


def keys(places: list[navigation.Place]) -> list[str]:
    return [place.item.key for place in places]


def test_places_stand_in_their_order_with_administration_apart() -> None:
    five_places()
    assert keys(seen().areas) == ["work", "cases", "audits", "kpis", "month"]
    assert keys(seen().admin) == ["admin"]


def test_place_is_hidden_from_whom_it_is_not_meant_for() -> None:
    register(NavItem("month", "Month", "month", "calendar", 1, visible=lambda user: user.boss))
    assert keys(seen(user=person(boss=False)).places) == []
    assert keys(seen(user=person(boss=True)).places) == ["month"]


def test_nobody_signed_in_sees_nothing() -> None:
    five_places()
    register_new(NewItem("case", "Case", "create", 10))
    nav = seen(user=AnonymousUser())
    assert (nav.known, nav.places, nav.new, nav.theme, nav.shortcuts) == (False, [], [], "", True)


def test_request_without_user_sees_nothing() -> None:
    five_places()
    assert Navigation(RequestFactory().get("/")).places == []


@pytest.mark.parametrize(
    ("at", "current"),
    [
        ("/", {"work": "page"}),
        ("/faelle/", {"cases": "page"}),
        ("/faelle/RG-2026-0042/plan/", {"cases": "true"}),
        ("/zusagen/", {}),
    ],
)
def test_current_place_is_the_longest_address_above_the_page(
    at: str, current: dict[str, str]
) -> None:
    five_places()
    marks = {place.item.key: place.current for place in seen(at).places if place.current}
    assert marks == current


def test_start_page_marks_the_first_area_where_none_has_its_address() -> None:
    register(NavItem("month", "Month", "month", "calendar", 50))
    register(NavItem("cases", "Cases", "list", "folder", 20))
    assert {place.item.key: place.current for place in seen("/").places} == {
        "cases": "true",
        "month": "",
    }


def test_bottom_bar_has_three_places_and_more_holds_the_rest() -> None:
    five_places()
    assert keys(seen().bar) == ["work", "cases", "audits"]
    assert keys(seen().more) == ["kpis", "month", "admin"]


def test_count_is_asked_only_for_what_counts() -> None:
    five_places()
    assert {place.item.key: place.count for place in seen().places if place.count} == {"cases": 2}


def test_registering_a_key_again_replaces_it() -> None:
    register(NavItem("cases", "Old", "list", "folder", 20))
    register(NavItem("cases", "New", "list", "folder", 20))
    assert [place.item.label for place in seen().places] == ["New"]


def test_new_menu_shows_what_the_user_may_create() -> None:
    register_new(NewItem("b", "Second", "create", 20))
    register_new(NewItem("a", "First", "create", 10, keys="n f"))
    register_new(NewItem("c", "Never", "create", 5, visible=lambda user: False))
    assert [(item.key, url) for item, url in seen().new] == [
        ("a", "/faelle/neu/"),
        ("b", "/faelle/neu/"),
    ]


@pytest.mark.parametrize(("theme", "shown"), [("dark", "dark"), ("light", "light"), ("auto", "")])
def test_theme_follows_the_choice(theme: str, shown: str) -> None:
    assert seen(user=person(theme=theme)).theme == shown


def test_shortcuts_can_be_switched_off() -> None:
    assert seen(user=person(shortcuts=False)).shortcuts is False


@pytest.mark.parametrize(
    ("cookie", "rail"), [("narrow", "narrow"), ("", "wide"), ("<script>", "wide")]
)
def test_rail_remembers_its_width_and_nothing_else(cookie: str, rail: str) -> None:
    assert seen(cookie=cookie).rail == rail


def test_rail_names_place_count_and_current_page() -> None:
    five_places()
    html = render_to_string("components/_rail.html", {"nav": seen("/faelle/")})
    assert html.count('href="/faelle/" aria-current="page"') == 1
    assert '<span class="count count--due">2<span class="vh">' in html
    assert 'data-keys="g m"' in html
    assert html.count('class="only-rail"') == 2


def test_frame_has_no_new_menu_without_entries() -> None:
    user = person(full_name="Aylin Kaya", initials="AK", get_role_display="KAM")
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]  # a stand-in for a user
    html = render_to_string("components/_topbar.html", {"nav": seen(user=user)}, request)
    assert "avatar" in html
    assert 'data-keys="n' not in html
    assert 'role="search"' not in html
