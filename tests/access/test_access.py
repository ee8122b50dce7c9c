"""Every URL of the resolver × every role × (own, foreign) × plain and htmx, against the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests.access.world import OBJECTS, People, everybody, foreign_case, own_case
from tests.plugins import MONDAY
from winback.cases.models import Case
from winback.urls import urlpatterns

ROLES = ("kam", "kollegin", "qm", "operativ", "leitung", "auditor", "admin")
TABLE = Path(__file__).with_name("table.txt")
SECRET = "GEHEIM"


@dataclass(frozen=True)
class Row:
    """One line of the table; ``foreign`` is empty where the URL takes no object."""

    name: str
    method: str
    object: str
    own: tuple[int, ...]
    foreign: tuple[int, ...]
    public: bool = False


def read_table(text: str) -> list[Row]:
    """Parse the table; a line that does not fit raises."""
    rows = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, method, kind, own, foreign = ([*map(str.strip, line.split("|")), ""])[:5]
        public = own == "P"
        codes = tuple(map(int, own.split())) if not public else ()
        rows.append(Row(name, method, kind, codes, tuple(map(int, foreign.split())), public))
        assert public or len(codes) == len(ROLES), line
        assert len(rows[-1].foreign) in (0, len(ROLES)), line
        assert bool(rows[-1].foreign) == (kind != "-"), line
    return rows


ROWS = read_table(TABLE.read_text())


def url_names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """The names of all URLs below ``patterns``; one without a name shows as its route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"


def unlisted(patterns: list[Any]) -> set[str]:
    """URLs nobody has written a row for."""
    return set(url_names(patterns)) - {row.name for row in ROWS}


def test_every_url_has_a_row() -> None:
    assert unlisted(get_resolver().url_patterns) == set()


def test_no_row_names_a_url_that_is_gone() -> None:
    assert {row.name for row in ROWS} - set(url_names(get_resolver().url_patterns)) == set()


def open_view(request: Any) -> Any:
    """A planted view nobody wrote a row for."""
    raise AssertionError


def test_a_planted_open_view_is_noticed() -> None:
    planted = [*urlpatterns, path("geplant/", open_view, name="planted")]
    assert unlisted(planted) == {"planted"}


@dataclass(frozen=True)
class World:
    """Everybody with an open session, a case of their own and a foreign one."""

    people: People
    numbers: dict[str, str]
    sessions: dict[str, str]
    handler: ClientHandler

    def case(self, place: str) -> Case:
        """Read anew: the one at hand remembers what was undone since."""
        return Case.objects.get(number=self.numbers[place])

    def client(self, role: str = "") -> Client:
        """The browser of somebody signed in in this role; of nobody without one."""
        client = Client()
        # Loading the middleware takes longer than most answers: once is enough.
        client.handler = self.handler
        if role:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once and rolled back at the end; ``db`` undoes what a test changes in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(MONDAY, tick=False):
            people = everybody()
            sessions = {role: _sign_in(getattr(people, role)) for role in ROLES}
            cases = {"own": own_case(people), "foreign": foreign_case()}
            numbers = {place: case.number for place, case in cases.items()}
            yield World(people, numbers, sessions, Client().handler)
        transaction.set_rollback(True)


def _sign_in(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ask(client: Client, row: Row, url: str, *, htmx: bool) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    if row.method == "POST":
        return client.post(url, headers=headers)
    return client.get(url, headers=headers)


def same_as(expected: int, *, htmx: bool) -> set[int]:
    """A redirect reaches htmx as 200 with ``HX-Redirect``."""
    return {302, 200} if expected == 302 and htmx else {expected}


def url_of(row: Row, case: Any, people: People) -> str:
    return reverse(row.name, kwargs=OBJECTS[row.object](case, people) if row.object != "-" else {})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_url_answers_each_role_as_the_table_says(
    row: Row, world: World, db: None, today: Any
) -> None:
    wrong = []
    for place, codes in (("own", row.own), ("foreign", row.foreign)):
        case, url = world.case(place), ""
        for role, expected in zip(ROLES, codes, strict=False):
            client = world.client(role)
            for htmx in (False, True):
                if not url or row.method == "POST":  # the one before may have ended it
                    url = url_of(row, case, world.people)
                response = ask(client, row, url, htmx=htmx)
                if response.status_code not in same_as(expected, htmx=htmx):
                    wrong.append((role, place, htmx, response.status_code, expected))
                if response.status_code == 404:
                    assert SECRET not in response.content.decode()
    assert wrong == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name}")
def test_url_sends_a_stranger_to_sign_in(row: Row, world: World, db: None, today: Any) -> None:
    url = url_of(row, world.case("own"), world.people)
    client = world.client()
    plain, htmx = ask(client, row, url, htmx=False), ask(client, row, url, htmx=True)
    if row.public:
        assert plain.status_code in (200, 302, 422)
        return
    assert plain.status_code == 302
    assert plain["Location"].startswith(reverse("accounts:sign_in"))
    assert htmx["HX-Redirect"].startswith(reverse("accounts:sign_in"))


@override_settings(ROOT_URLCONF="tests.access.open_urls")
def test_the_suite_would_see_a_view_left_open(client: Client, db: None) -> None:
    """Deny by default: only a view marked public answers somebody not signed in."""
    assert client.get("/geplant-offen/").status_code == 200
    assert client.get("/geplant/").status_code == 302
