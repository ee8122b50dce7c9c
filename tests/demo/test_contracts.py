"""Contract and law in the demo: the practice case shows every state people should know."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from tests.conftest import ClientFor
from winback.cases.models import Case
from winback.common import duties
from winback.contracts.enums import AmendmentState, CooperationState, DeadlineState
from winback.contracts.models import Contract, Deadline

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def norhagen(aylin: User) -> Case:
    return Case.objects.get(client__name="Norhagen Bau AG")


@pytest.fixture
def contract(norhagen: Case) -> Contract:
    assert norhagen.contract is not None
    return norhagen.contract


def test_notice_day_follows_from_the_rule(contract: Contract) -> None:
    assert contract.notice_rule is not None
    assert contract.notice_on == dt.date(2027, 1, 16)
    dates = contract.deadlines.filter(kind__in=["notice", "option", "check"])
    assert dates.open().count() == 3


def test_register_shows_most_states(contract: Contract) -> None:
    rows = Deadline.objects.filter(contract=contract).with_row()
    found = {row.state(TODAY) for row in rows}
    assert found >= {
        DeadlineState.OPEN,
        DeadlineState.NEAR,
        DeadlineState.PAUSED,
        DeadlineState.DONE,
        DeadlineState.ENDED,
    }
    assert all(row.steps and row.due_on for row in rows)


def test_every_deadline_has_an_owner_in_the_team(contract: Contract, norhagen: Case) -> None:
    team = set(norhagen.members.filter(left_on=None).values_list("user", flat=True))
    owners = set(contract.deadlines.open().values_list("owner", flat=True))
    assert owners <= team


def test_settlement_is_at_risk_and_the_other_amendment_in_force(contract: Contract) -> None:
    rows = {row.title[:2]: row for row in contract.amendments.all()}
    owed = duties.answering("amendment", [row.pk for row in rows.values()], TODAY)
    states = {key: row.state(owed.get(row.pk, []), TODAY) for key, row in rows.items()}
    assert states == {"1.": AmendmentState.IN_FORCE, "2.": AmendmentState.AT_RISK}


def test_client_owes_gave_late_and_withholds(contract: Contract) -> None:
    states = {row.state(TODAY) for row in contract.client_obligations.all()}
    assert states == {
        CooperationState.OWED,
        CooperationState.MISSING,
        CooperationState.GIVEN_LATE,
    }


def test_lines_carry_a_reason_and_one_is_disputed(contract: Contract) -> None:
    lines = list(contract.lines.all())
    assert [line.position for line in lines] == ["1.1", "2.1", "2.2", "2.10"]
    assert all(line.kind_reason for line in lines)
    assert [line.position for line in lines if line.is_disputed] == ["2.1"]


def test_health_names_deadline_and_amendment(norhagen: Case) -> None:
    reasons = " ".join(norhagen.health_reasons)
    assert "gefährdet: 2. Nachtrag" in reasons
    assert "Vertragsfrist" in reasons


def test_tab_and_list_show_the_practice_case(
    norhagen: Case, aylin: User, client_for: ClientFor
) -> None:
    desk = client_for(aylin)
    page = desk.get(reverse("cases:contract", args=[norhagen.number])).content.decode()
    for text in ("Abhilfefrist aus Abmahnung", "Gefährdet", "Zutritt zu Haus C", "Winterdienst"):
        assert text in page
    assert "Abhilfefrist aus Abmahnung" in desk.get("/fristen/").content.decode()


def test_every_contract_of_the_demo_is_watched_by_somebody(aylin: User) -> None:
    assert not Contract.objects.filter(owner=None).exists()
