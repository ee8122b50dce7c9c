"""Clients that have gone quiet: who is listed, what came of looking."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import CannotDeactivate, deactivate_user
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory, LookFactory, SiteFactory
from tests.conftest import ClientFor
from tests.contracts.factories import ContractFactory
from tests.statements import statements
from winback.clients.enums import LookResult
from winback.clients.models import DormantLook
from winback.clients.obligations import KIND, find
from winback.clients.services import LookRefused, examine_now, finish_look, plan_look
from winback.common import obligations
from winback.common.claims import StaleVersion
from winback.common.obligations import Query
from winback.reminders.models import Notification
from winback.reminders.services import sweep

pytestmark = pytest.mark.django_db

FRIDAY = dt.date(2026, 11, 27)
SPRING = dt.date(2027, 3, 1)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def finish(look: DormantLook, actor: User, today: dt.date, **findings: object) -> DormantLook:
    facts: dict[str, object] = {"result": LookResult.GONE, "reason": "Neuer Dienstleister"}
    return finish_look(
        look=look, version=look.version, actor=actor, today=today, **{**facts, **findings}
    )


def test_planned_look_is_owed(kam: User, kollegin: User, today: dt.date) -> None:
    client = ClientFactory(name="Zorn AG")
    look = plan_look(
        client=client, actor=kam, today=today, owner=kollegin, due_on=FRIDAY, occasion="Still"
    )
    [item] = find(Query(owner_ids=[kollegin.pk]))
    assert (item.title, item.due_on) == ("Ruhenden Kunden „Zorn AG“ prüfen", FRIDAY)
    assert item.url == item.done_url == look.get_absolute_url()
    assert (look.original_due_on, str(look)) == (FRIDAY, "Zorn AG")
    assert find(Query(owner_ids=[kam.pk])) == []
    assert find(Query(case_id=1)) == []
    assert find(Query(due_until=today)) == []
    assert len(list(find(Query(due_until=FRIDAY)))) == 1


def test_look_is_planned_once_and_ahead(kam: User, kollegin: User, today: dt.date) -> None:
    look = LookFactory(owner=kollegin)
    facts = {"actor": kam, "today": today, "owner": kam, "occasion": "Still"}
    with pytest.raises(LookRefused, match="Nele Brunner"):
        plan_look(client=look.client, due_on=FRIDAY, **facts)
    with pytest.raises(LookRefused) as refused:
        plan_look(client=ClientFactory(), due_on=today - dt.timedelta(days=1), **facts)
    assert refused.value.field == "due_on"


def test_gone_client_ends_the_looking(kam: User, today: dt.date) -> None:
    look = finish(LookFactory(), kam, today, without_notice=True, unspoken="Ton am Empfang")
    assert (look.done_on, look.examined_by, look.without_notice) == (today, kam, True)
    assert not look.client.looks.open().exists()
    same = finish(look, kam, today, reason="Etwas anderes")
    assert (same.reason, same.version) == ("Neuer Dienstleister", 2)


@pytest.mark.parametrize("result", [LookResult.PAUSING, LookResult.UNKNOWN])
def test_open_result_needs_the_next_look(result: LookResult, kam: User, today: dt.date) -> None:
    look = LookFactory()
    for next_on in (None, today):
        with pytest.raises(LookRefused) as refused:
            finish(look, kam, today, result=result, next_on=next_on)
        assert refused.value.field == "next_on"
    finish(look, kam, today, result=result, next_on=SPRING)
    again = look.client.looks.open().get()
    assert (again.due_on, again.owner, again.occasion) == (SPRING, look.owner, look.occasion)


def test_finishing_needs_the_current_version(kam: User, today: dt.date) -> None:
    look = LookFactory()
    with pytest.raises(StaleVersion):
        finish_look(look=look, version=5, actor=kam, today=today, result="gone", reason="x")


def test_unplanned_look_is_all_or_nothing(kam: User, today: dt.date) -> None:
    client = ClientFactory()
    facts = {"client": client, "actor": kam, "today": today, "occasion": "Still", "reason": "x"}
    with pytest.raises(LookRefused):
        examine_now(result=LookResult.PAUSING, next_on=None, **facts)
    assert not client.looks.exists()
    examine_now(result=LookResult.ACTIVE, **facts)
    assert client.looks.get().owner == kam


def test_look_is_handed_over(kam: User, kollegin: User) -> None:
    look = LookFactory(deputy=kollegin)
    obligations.kind(KIND).reassign(look.pk, kollegin, kam)
    look.refresh_from_db()
    assert (look.owner, look.deputy, look.due_on) == (kollegin, None, FRIDAY)
    obligations.kind(KIND).reassign(look.pk, kam, kam)
    look.refresh_from_db()
    assert look.owner == kam


@pytest.mark.parametrize(
    "broken",
    [
        {"done_on": FRIDAY},
        {"result": "gone"},
        {"result": "gone", "done_on": FRIDAY, "reason": "x"},
    ],
    ids=str,
)
def test_database_refuses_contradictions_in_a_look(broken: dict[str, object], db: None) -> None:
    look = LookFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        DormantLook.objects.filter(pk=look.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        LookFactory(client=look.client)


def listed(desk: Browser, query: str = "") -> list[str]:
    rows = desk.get(f"{reverse('clients:dormant')}?{query}").context["rows"]
    return [row.client.name for row in rows]


@pytest.fixture
def clients(kam: User, today: dt.date) -> None:
    """One of each kind, named for it."""
    ContractFactory(client=ClientFactory(name="läuft"), ends_on=None, notice_on=None)
    ended = ClientFactory(name="beendet")
    ContractFactory(client=ended, ends_on=today - dt.timedelta(days=1), notice_on=None)
    coming = ClientFactory(name="kommt")
    ContractFactory(client=coming, starts_on=today + dt.timedelta(days=1), ends_on=None,
                    notice_on=None)  # fmt: skip
    CaseFactory(owner=kam, client=ClientFactory(name="im Fall"))
    lost = ClientFactory(name="verloren")
    CaseFactory(owner=kam, client=lost, contract=None, status="lost", closed_on=today)
    marked = ClientFactory(name="vorgemerkt")
    ContractFactory(client=marked, ends_on=None, notice_on=None)
    LookFactory(client=marked)
    gone = LookFactory(client=ClientFactory(name="weg"))
    finish(gone, kam, today)
    pausing = LookFactory(client=ClientFactory(name="pausiert"))
    finish(pausing, kam, today, result=LookResult.PAUSING, next_on=SPRING)


@pytest.mark.usefixtures("clients")
def test_list_finds_the_quiet_ones_by_itself(desk: Browser) -> None:
    assert listed(desk) == ["beendet", "kommt", "pausiert", "verloren", "vorgemerkt"]
    assert listed(desk, "ansicht=geprueft") == ["weg"]
    assert listed(desk, "ergebnis=pausing") == ["pausiert"]
    assert listed(desk, "ergebnis=gone") == []
    assert listed(desk, "ansicht=unsinn&q=BEEN&ergebnis=unsinn&region=x") == ["beendet"]


@pytest.mark.usefixtures("clients")
def test_gone_client_opens_a_case_with_one_click(
    desk: Browser, qm: User, client_for: ClientFor
) -> None:
    page = f"{reverse('clients:dormant')}?ansicht=geprueft"
    [row] = desk.get(page).context["rows"]
    assert row.actions == [("Fall eröffnen", f"/faelle/neu/?kunde={row.client.pk}")]
    assert row.word == "Wirklich weg"
    [row] = client_for(qm).get(page).context["rows"]
    assert (row.actions, row.look_url) == ([], "")


def test_list_asks_the_same_for_1_and_3_rows(desk: Browser, kam: User, today: dt.date) -> None:
    LookFactory()
    one = statements(desk, reverse("clients:dormant"))
    finish(LookFactory(due_on=FRIDAY), kam, today, result="pausing", next_on=SPRING)
    LookFactory(due_on=dt.date(2026, 11, 20))
    page = desk.get(reverse("clients:dormant"))
    assert [row.late for row in page.context["rows"]].count(True) == 1
    assert len(one) == len(statements(desk, reverse("clients:dormant"))) <= 8


def test_list_says_what_belongs_here(desk: Browser, today: dt.date) -> None:
    page = desk.get(reverse("clients:dormant")).content.decode()
    assert "Kein stiller Kunde wartet auf eine Prüfung." in page
    page = desk.get(f"{reverse('clients:dormant')}?ansicht=geprueft").content.decode()
    assert "Noch wurde kein Kunde geprüft." in page


def test_client_is_marked_and_examined_by_form(desk: Browser, kam: User, today: dt.date) -> None:
    client = ClientFactory()
    plan = reverse("clients:look_plan", args=[client.pk])
    data = {"occasion": "Seit Mai kein Auftrag", "owner": str(kam.pk), "due_on": "27.11.2026"}
    assert desk.post(plan, {**data, "due_on": "20.11.2026"}).status_code == 422
    desk.post(plan, data)
    assert desk.post(plan, data).status_code == 422
    target = reverse("clients:look", args=[client.pk])
    assert "Seit Mai kein Auftrag" in desk.get(target).content.decode()
    found = {"result": "pausing", "reason": "Umbau bis März", "next_on": "", "version": "1"}
    response = desk.post(target, found)
    assert "next_on" in response.context["form"].errors
    desk.post(target, {**found, "next_on": "01.03.2027", "without_notice": "on"})
    page = desk.get(client.get_absolute_url()).content.decode()
    for text in ("Umbau bis März", "ohne ein Wort", "A. Kaya", "01.03.2027"):
        assert text in page


def test_unplanned_look_asks_for_its_occasion(desk: Browser, today: dt.date) -> None:
    client = ClientFactory()
    SiteFactory(client=client)
    target = reverse("clients:look", args=[client.pk])
    data = {"result": "gone", "reason": "Neuer Dienstleister"}
    assert "occasion" in desk.post(target, data).context["form"].errors
    desk.post(target, {**data, "occasion": "Vertrag ausgelaufen"})
    assert client.looks.get().result == "gone"


def test_look_stands_in_my_work(desk: Browser, kam: User, today: dt.date) -> None:
    look = LookFactory(owner=kam, client=ClientFactory(name="Zorn AG"), due_on=today)
    page = desk.get(reverse("dashboards:my_work")).content.decode()
    assert "Ruhenden Kunden „Zorn AG“ prüfen" in page
    assert look.get_absolute_url() in page


def test_look_finds_a_new_owner_when_somebody_leaves(
    kam: User, kollegin: User, leitung: User, today: dt.date
) -> None:
    look = LookFactory(owner=kollegin)
    facts = {"user": kollegin, "version": 1, "actor": leitung, "today": today}
    with pytest.raises(CannotDeactivate):
        deactivate_user(new_owner=None, **facts)
    kollegin.refresh_from_db()
    deactivate_user(new_owner=kam, **{**facts, "user": kollegin})
    look.refresh_from_db()
    assert (look.owner, look.due_on) == (kam, FRIDAY)


def test_every_change_of_a_look_is_kept(kam: User, today: dt.date) -> None:
    look = plan_look(
        client=ClientFactory(), actor=kam, today=today, owner=kam, due_on=FRIDAY, occasion="Still"
    )
    finish(look, kam, today)
    assert [row.result for row in look.history.all()] == ["gone", ""]
    assert {row.history_user for row in look.history.all()} == {kam}


def test_look_without_a_case_is_reminded_of(kam: User, today: dt.date) -> None:
    look = LookFactory(owner=kam, client=ClientFactory(name="Zorn AG"), due_on=today)
    sweep(timezone.now())
    note = Notification.objects.get(user=kam)
    assert "Zorn AG" in note.title
    assert note.url == look.get_absolute_url()
