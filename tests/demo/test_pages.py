"""Every page that the demo's people are offered opens: one of each kind, by following links."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import resolve

from accounts.models import SavedView, User
from tests.conftest import ClientFor
from winback.cases.enums import Health, Phase, Status
from winback.cases.models import Case
from winback.demo import rules

#: A Sunday after days off: nobody works, yet the demo stands.
NOW = rules.moment(dt.date(2027, 1, 3), 7, 0)
pytestmark = pytest.mark.usefixtures("demo", "db", "clock")
_LINK = re.compile(r"""<a\b[^>]*\bhref="([^"#?]+)""")

CASE_PAGES = {
    "cases:history",
    "cases:team",
    "cases:contract",
    "causes:list",
    "causes:weights",
    "causes:fishbone",
    "causes:reasons",
    "audits:case_list",
    "kpis:case",
    "plans:detail",
    "dialogue:case",
    "dashboards:case",
}
LISTS = {"cases:list", "audits:list", "plans:measure_list", "dialogue:list", "kpis:list"}
EXPECTED = {
    "Kaya": LISTS | CASE_PAGES | {"dashboards:my_work", "plans:measure_detail", "causes:detail"},
    "Wolf": LISTS | CASE_PAGES | {"audits:detail", "dashboards:finding", "clients:list"},
    "Lindner": LISTS | CASE_PAGES | {"dashboards:month_now", "dashboards:month"},
    "Ott": LISTS | CASE_PAGES | {"reminders:inbox"},
    "Seidel": {"audits:list", "audits:detail", "dashboards:finding", "accounts:profile"},
    "Kern": {"accounts:user_list", "accounts:user_detail", "reminders:outbox", "clients:list"},
}


@pytest.fixture
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_demo_stands_on_a_day_off() -> None:
    assert set(Case.objects.values_list("status", flat=True)) == set(Status.values)
    live = Case.objects.live()
    assert set(live.values_list("health", flat=True)) == set(Health.values)
    assert set(Phase.values) <= set(live.values_list("phase", flat=True))


def walk(client: Client) -> dict[str, tuple[str, int]]:
    """Follow every link that is offered, one address per URL name: name → address and status."""
    found: dict[str, tuple[str, int]] = {}
    waiting = deque(["/"])
    while waiting:
        address = waiting.popleft()
        name = resolve(address).view_name
        if name in found:
            continue
        answer = client.get(address, follow=True)
        found[name] = (address, answer.status_code)
        if answer.headers["Content-Type"].startswith("text/html"):
            here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
            text = answer.content.decode()
            links = (urljoin(here, unescape(link)) for link in _LINK.findall(text))
            waiting.extend(link for link in links if not any(urlsplit(link)[:2]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("last_name", EXPECTED)
def test_every_page_that_is_offered_opens(last_name: str, client_for: ClientFor) -> None:
    found = walk(client_for(User.objects.get(last_name=last_name)))
    assert {name: page for name, page in found.items() if page[1] != 200} == {}
    assert EXPECTED[last_name] - set(found) == set()


def test_my_work_of_the_key_account_manager_speaks_of_the_practice_case(
    aylin: User, client_for: ClientFor
) -> None:
    text = client_for(aylin).get("/").content.decode()
    assert "Norhagen Bau AG" in text
    assert "Klinikum Auental" in text


def test_shared_views_of_the_demo_open_their_lists(aylin: User, client_for: ClientFor) -> None:
    client = client_for(aylin)
    views = SavedView.objects.visible_to(aylin)
    assert {"Kritisch nach Wert", "Frist und gefährdet"} <= {view.name for view in views}
    for view in views:
        answer = client.get(view.get_absolute_url(), follow=True)
        assert answer.status_code == 200
        assert [tab[0] for tab in answer.context["views"] if tab[2]] == [view.name]
