"""What rooms tell the shared floor when the application starts."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from winback.common import casepages, clientpages, health, history, obligations
from winback.common.casepages import CaseAction, CaseTab
from winback.common.clientpages import Panel
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.obligations import Item, Kind, Query

TODAY = dt.date(2026, 11, 23)
CASE = SimpleNamespace(number="RG-2026-0042", is_live=True)


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registries as they are before any room has started."""
    for module, name, nothing in (
        (obligations, "_kinds", {}),
        (health, "_sources", []),
        (history, "_labels", {}),
        (casepages, "_tabs", {}),
        (casepages, "_actions", {}),
        (clientpages, "_panels", {}),
        (clientpages, "_counts", {}),
    ):
        monkeypatch.setattr(module, name, nothing)


def item(kind: str, pk: int, day: int) -> Item:
    return Item(
        kind=kind, pk=pk, title="Wartungsplan vorlegen", owner_id=1, deputy_id=None,
        due_on=dt.date(2026, 11, day), case_id=None, context="", url="/",
    )  # fmt: skip


def kind(key: str, *items: Item, asked: list[Query] | None = None) -> Kind:
    def find(query: Query) -> list[Item]:
        if asked is not None:
            asked.append(query)
        return list(items)

    return Kind(key=key, label=key.title(), find=find, reassign=lambda pk, owner, actor: None)


def test_obligations_of_all_rooms_come_earliest_first() -> None:
    obligations.register(kind("measure", item("measure", 2, 25), item("measure", 1, 24)))
    obligations.register(kind("audit", item("audit", 9, 25), item("audit", 3, 23)))
    found = [(each.kind, each.pk) for each in obligations.find(Query())]
    assert found == [("audit", 3), ("measure", 1), ("audit", 9), ("measure", 2)]


def test_every_kind_hears_the_same_question_once() -> None:
    asked: list[Query] = []
    for key in ("measure", "audit"):
        obligations.register(kind(key, asked=asked))
    query = Query(owner_ids=[1], case_id=7, due_until=TODAY)
    assert obligations.find(query) == []
    assert asked == [query, query]


def test_kind_is_known_by_its_key_and_registered_once() -> None:
    obligations.register(kind("measure"))
    again = kind("measure", item("measure", 1, 24))
    obligations.register(again)
    assert obligations.kinds() == [again]
    assert obligations.kind("measure") is again
    with pytest.raises(KeyError):
        obligations.kind("audit")


def test_kind_reminds_a_week_and_two_days_ahead_unless_told() -> None:
    plain = kind("measure")
    assert (plain.lead_days, plain.drop, plain.ends_with_case) == ((7, 2), None, False)


def late(case_id: int, today: dt.date) -> list[Signal]:
    return [Signal(AT_RISK, f"{case_id} {today:%d.%m.}"), Signal(CRITICAL, "Frist versäumt")]


def quiet(case_id: int, today: dt.date) -> list[Signal]:
    return [Signal(CRITICAL, "Kein Kontakt")] if case_id == 7 else []


def test_signals_of_all_rooms_come_worst_first() -> None:
    health.register(late)
    health.register(quiet)
    reasons = [signal.reason for signal in health.signals(7, TODAY)]
    assert reasons == ["Frist versäumt", "Kein Kontakt", "7 23.11."]
    assert len(health.signals(8, TODAY)) == 2


def test_source_of_signals_counts_once_however_often_it_registers() -> None:
    health.register(quiet)
    health.register(quiet)
    assert health.signals(7, TODAY) == [Signal(CRITICAL, "Kein Kontakt")]


def test_case_without_signals_has_none() -> None:
    assert health.signals(7, TODAY) == []


class Verb(TextChoices):
    OPENED = "case.opened", _("Case opened")


def test_verb_is_read_in_the_language_of_the_reader() -> None:
    history.register_verbs(Verb)
    words = []
    for language in ("de", "en"):
        with translation.override(language):
            words.append(history.verb_label("case.opened"))
    assert words == ["Fall eröffnet", "Case opened"]


def test_unknown_verb_is_shown_as_stored() -> None:
    assert history.verb_label("case.vanished") == "case.vanished"


def test_tabs_stand_in_order_and_only_for_whom_they_are() -> None:
    casepages.register_tab(CaseTab("history", "History", "cases:history", 90))
    casepages.register_tab(CaseTab("team", "Team", "cases:team", 80, lambda user, case: user.boss))
    shown = casepages.tabs(SimpleNamespace(boss=True), CASE)
    assert [(tab.key, tab.label, tab.url) for tab in shown] == [
        ("team", "Team", "/faelle/RG-2026-0042/team/"),
        ("history", "History", "/faelle/RG-2026-0042/verlauf/"),
    ]
    assert [tab.key for tab in casepages.tabs(SimpleNamespace(boss=False), CASE)] == ["history"]


def test_tab_registered_again_replaces_the_former() -> None:
    casepages.register_tab(CaseTab("team", "Old", "cases:team", 80))
    casepages.register_tab(CaseTab("team", "New", "cases:team", 80))
    assert [tab.label for tab in casepages.tabs(None, CASE)] == ["New"]


def test_actions_part_into_the_button_and_the_menu() -> None:
    def live(user: Any, case: Any) -> bool:
        return bool(case.is_live)

    for action in (
        CaseAction("close", "Close", "cases:close", 90, live),
        CaseAction("edit", "Edit", "cases:edit", 20, live),
        CaseAction("plan", "Start plan", "cases:next_step", 5, live, primary=True),
        CaseAction("history", "Read", "cases:history", 99),
    ):
        casepages.register_action(action)
    keys = [[link.key for link in casepages.actions(None, CASE, primary=p)] for p in (True, False)]
    assert keys == [["plan"], ["edit", "close", "history"]]
    ended = SimpleNamespace(number="RG-2026-0042", is_live=False)
    assert casepages.actions(None, ended, primary=True) == []
    assert [link.key for link in casepages.actions(None, ended, primary=False)] == ["history"]


def test_panels_of_a_client_are_made_for_the_reader_in_order() -> None:
    def panel(key: str) -> clientpages.PanelSource:
        return lambda user, client: Panel(key, f"{key} of {client} for {user}", [])

    clientpages.register_panel("contracts", 20, panel("contracts"))
    clientpages.register_panel("cases", 10, panel("cases"))
    assert [shown.title for shown in clientpages.panels("Kaya", "Norhagen")] == [
        "cases of Norhagen for Kaya",
        "contracts of Norhagen for Kaya",
    ]


def test_panels_of_equal_order_keep_the_order_of_the_rooms() -> None:
    for key in ("b", "a"):
        clientpages.register_panel(key, 10, lambda user, client, key=key: Panel(key, key, []))  # type: ignore[misc]  # a default binds the loop variable
    assert [shown.key for shown in clientpages.panels(None, None)] == ["b", "a"]


def test_counting_columns_ask_once_for_all_clients_of_the_page() -> None:
    asked: list[tuple[Any, Any]] = []

    def live_cases(user: Any, keys: Any) -> dict[int, int]:
        asked.append((user, keys))
        return {4: 2}

    clientpages.register_count("cases", _("Clients"), live_cases)
    with translation.override("en"):
        assert clientpages.counts("Kaya", [4, 5]) == [("Clients", {4: 2})]
    assert asked == [("Kaya", [4, 5])]
