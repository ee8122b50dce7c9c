"""Cases as ready strings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import ClientFactory
from tests.contracts.factories import ContractFactory
from winback.cases.enums import Health, Status
from winback.cases.models import Case
from winback.cases.rows import (
    case_head,
    case_row,
    client_panel,
    event_row,
    live_cases,
    phase_label,
    standing,
)
from winback.cases.services import record
from winback.common.casepages import Link

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("status", "health", "shape", "word"),
    [
        (Status.ACTIVE, Health.CRITICAL, "crit", "Kritisch"),
        (Status.ACTIVE, Health.AT_RISK, "warn", "Angespannt"),
        (Status.ACTIVE, Health.ON_TRACK, "ok", "Auf Kurs"),
        (Status.OPEN, Health.ON_TRACK, "open", "Offen"),
        (Status.RESTING, Health.CRITICAL, "wait", "Ruhend"),
        (Status.WON, Health.CRITICAL, "done", "Gewonnen"),
        (Status.LOST, Health.ON_TRACK, "no", "Verloren"),
        (Status.PARTED, Health.ON_TRACK, "na", "Einvernehmlich beendet"),
    ],
)
def test_standing_is_health_while_active_else_status(
    status: Status, health: Health, shape: str, word: str
) -> None:
    assert standing(Case(status=status, health=health)) == (shape, word)


def test_standing_of_an_open_case_says_when_it_is_in_danger() -> None:
    case = Case(status=Status.OPEN, health=Health.CRITICAL)
    assert standing(case) == ("crit", "Kritisch")


def test_phase_label_is_number_and_name() -> None:
    assert phase_label(Case(phase="2")) == "2\u00a0Kommunikations-Reset"
    assert phase_label(Case(phase="")) == "–"


def test_case_row_is_formatted_the_german_way(kam: User) -> None:
    case = active_case(
        owner=kam,
        client=ClientFactory(name="Norhagen Bau AG"),
        value_at_stake=Decimal("1900000"),
        next_step="Review-Meeting",
        next_step_on=dt.date(2026, 11, 20),
    )
    row = case_row(case, TODAY)
    assert (row.client, row.owner, row.next_step) == (
        "Norhagen Bau AG",
        "A. Kaya",
        "Review-Meeting",
    )
    assert (row.due, row.late) == ("20.11.2026", True)
    assert row.value.replace("\xa0", " ") == "1,90 Mio. €"
    assert (row.notice_on, row.notice) == ("16.01.2027", "in 54 Tagen")


def test_case_row_says_dash_for_what_is_not_there(kam: User) -> None:
    row = case_row(CaseFactory(owner=kam, contract=None), TODAY)
    assert (row.next_step, row.due, row.notice, row.notice_on, row.phase) == ("–",) * 5
    assert row.late is False


def test_resting_case_is_due_to_be_woken_up(kam: User) -> None:
    case = CaseFactory(
        owner=kam,
        status=Status.RESTING,
        resting_until=dt.date(2027, 3, 1),
        next_step="Anrufen",
        next_step_on=dt.date(2026, 11, 1),
    )
    row, head = case_row(case, TODAY), case_head(case, kam, TODAY, "")
    assert row.next_step == "Ruhenden Fall wieder aufnehmen"
    assert (row.due, row.late) == ("01.03.2027", False)
    assert (head.step, head.step_late) == (row.next_step, False)
    assert case_row(case, dt.date(2027, 3, 2)).late


def test_case_row_leaves_out_a_notice_that_has_passed(kam: User) -> None:
    contract = ContractFactory(notice_on=dt.date(2026, 11, 22))
    case = CaseFactory(owner=kam, client=contract.client, contract=contract)
    assert case_row(case, TODAY).notice == "–"


def test_case_head_marks_the_current_tab(kam: User) -> None:
    head = case_head(active_case(owner=kam), kam, TODAY, "team")
    assert [label for label, _url, is_current, _count in head.tabs if is_current] == ["Team"]


def test_case_head_offers_actions_by_right_and_state(
    kam: User, operativ: User, leitung: User
) -> None:
    live, ended = (
        active_case(owner=kam),
        CaseFactory(owner=kam, status=Status.LOST, closed_on=TODAY),
    )
    labels = {label for label, _url in case_head(live, kam, TODAY, "").actions}
    assert {"Fall bearbeiten", "Fall abschließen", "Nächsten Schritt festlegen"} <= labels
    assert "Fall wieder aufnehmen" not in labels
    assert [label for label, _url in case_head(ended, leitung, TODAY, "").actions] == [
        "Entscheidungen",
        "Prüfungen der Anlagen",
        "Fall wieder aufnehmen",
    ]
    assert [label for label, _url in case_head(live, operativ, TODAY, "").actions] == [
        "Entscheidungen",
        "Prüfungen der Anlagen",
    ]


def test_case_head_has_one_primary_action(kam: User) -> None:
    primary = case_head(active_case(owner=kam), kam, TODAY, "").primary
    assert isinstance(primary, Link)
    assert primary.label == "Gespräch erfassen"


def test_case_head_gives_reasons_only_while_active(kam: User) -> None:
    reasons = ["2 Zusagen gebrochen", "Der Kunde sucht schon."]
    active = active_case(owner=kam, health_reasons=reasons)
    resting = CaseFactory(
        owner=kam, status=Status.RESTING, resting_until=TODAY, health_reasons=reasons
    )
    shown = ["2 Zusagen gebrochen", "Der Kunde sucht schon"]
    assert case_head(active, kam, TODAY, "").reasons == shown
    assert case_head(resting, kam, TODAY, "").reasons == []


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"title": "Glasreinigung", "reason": "Regen"}, "Glasreinigung · Regen"),
        ({"step": "Anruf", "on": "2026-11-24"}, "Anruf"),
        ({"fields": ["owner"], "reason": ""}, ""),
        ({}, ""),
    ],
)
def test_event_row_tells_the_thing_then_the_reason(
    data: dict[str, object], text: str, kam: User
) -> None:
    row = event_row(record(CaseFactory(owner=kam), kam, "case.changed", **data), "RG-2026-0001")
    assert (row.title, row.by, row.text) == ("Fall geändert", "A. Kaya", text)


def test_event_of_the_product_itself_names_it(kam: User) -> None:
    assert event_row(record(CaseFactory(owner=kam), None, "case.changed"), "RG").by == "Winback"


def test_client_panel_lists_visible_cases(kam: User, fremde: User, qm: User) -> None:
    case = active_case(owner=kam)
    assert [row.label for row in client_panel(kam, case.client).rows] == [case.number]
    assert client_panel(fremde, case.client).rows == []
    assert client_panel(kam, case.client).action_url.endswith(f"?kunde={case.client_id}")
    assert client_panel(qm, case.client).action_url == ""


def test_live_cases_count_per_client(kam: User) -> None:
    case = active_case(owner=kam)
    CaseFactory(owner=kam, client=case.client)
    CaseFactory(owner=kam, client=case.client, status=Status.LOST, closed_on=TODAY)
    bare = ClientFactory()
    assert live_cases(kam, [case.client_id, bare.pk]) == {case.client_id: 2}
