"""What the dialogue owes beside commitments, and what speaks against the health of a case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
)
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common import health, obligations
from winback.common.obligations import Item, Query
from winback.dialogue import services
from winback.dialogue.obligations import (
    COMPLAINT,
    CONTACT,
    FOLLOWUP,
    KIND,
    MEETING,
    complaint_signals,
    contact_signals,
    find,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def by_kind(query: Query) -> dict[str, Item]:
    return {item.kind: item for item in find(query)}


def one_each(case: Case) -> None:
    CommitmentFactory(case=case)
    ComplaintFactory(case=case)
    FollowUpFactory(case=case)
    MeetingSeriesFactory(case=case)
    contact = ContactFactory(client=case.client, first_name="Henrik", last_name="Brandt")
    ContactRhythmFactory(case=case, contact=contact)


def test_every_kind_of_the_room_in_one_statement(case: Case) -> None:
    one_each(case)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = by_kind(Query())
    assert len(asked) == 1
    assert {kind: item.title for kind, item in found.items()} == {
        KIND: found[KIND].title,
        COMPLAINT: f"Beschwerde {found[COMPLAINT].url.split('/')[2]} "
        "Sanitärräume Haus B nicht gereinigt beantworten",
        FOLLOWUP: "Zurückrufen: „Rückfrage zur Rechnung“",
        MEETING: "Termin „Jour fixe“ durchführen",
        CONTACT: "Wie vereinbart mit Henrik Brandt sprechen",
    }
    assert found[CONTACT].due_on == dt.date(2026, 11, 16)
    assert {item.context for item in found.values()} == {case.title}
    assert all(item.case_id == case.pk and item.done_url for item in found.values())


def test_kinds_that_share_a_find_are_asked_once(case: Case) -> None:
    one_each(case)
    found = [item for item in obligations.find(Query(case_id=case.pk)) if item.kind == FOLLOWUP]
    assert len(found) == 1


def test_find_narrows_by_owner_case_and_date(case: Case, kam: User, fremde: User) -> None:
    one_each(case)
    ComplaintFactory(case=active_case(owner=fremde))
    assert len(list(find(Query(owner_ids=[kam.pk])))) == 5
    assert len(list(find(Query(owner_ids=User.objects.filter(pk=fremde.pk))))) == 1
    assert len(list(find(Query(case_id=case.pk)))) == 5
    assert set(by_kind(Query(due_until=dt.date(2026, 11, 24)))) == {COMPLAINT, FOLLOWUP, CONTACT}


def test_deputies_stand_in_where_there_are_some(case: Case, kollegin: User) -> None:
    FollowUpFactory(case=case, deputy=kollegin)
    ContactRhythmFactory(case=case)
    found = by_kind(Query())
    assert (found[FOLLOWUP].deputy_id, found[CONTACT].deputy_id) == (kollegin.pk, None)


def test_answered_complaint_owes_the_question_whether_the_client_is_content(
    case: Case, kam: User
) -> None:
    complaint = ComplaintFactory(case=case)
    first = by_kind(Query())[COMPLAINT]
    services.answer(
        complaint=complaint, version=1, actor=kam, text="x", on=TODAY, ask_on=dt.date(2026, 11, 30)
    )
    second = by_kind(Query())[COMPLAINT]
    assert second.title.startswith("Zufriedenheit des Kunden erfragen")
    assert (first.part, second.part) == ("", "ask")
    assert second.due_on == dt.date(2026, 11, 30)
    assert second.done_url.endswith("/abschluss/")


def test_ended_case_owes_only_the_loose_contact(kam: User) -> None:
    case = active_case(owner=kam)
    MeetingSeriesFactory(case=case)
    ContactRhythmFactory(case=case)
    ContactRhythmFactory(case=case, contact=None, outlives_case=True)
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    assert [item.title for item in find(Query())] == ["Wie vereinbart mit dem Kunden sprechen"]


def test_registry_hands_every_kind_over(case: Case, kam: User, kollegin: User) -> None:
    one_each(case)
    for item in list(find(Query(owner_ids=[kam.pk]))):
        obligations.kind(item.kind).reassign(item.pk, kollegin, kam)
    assert not list(find(Query(owner_ids=[kam.pk])))
    assert len(list(find(Query(owner_ids=[kollegin.pk])))) == 5


def test_unanswered_complaints_weigh_on_the_case(case: Case, kam: User) -> None:
    ComplaintFactory(case=case)
    assert not list(complaint_signals(case.pk, TODAY))
    ComplaintFactory(case=case, due_on=dt.date(2026, 11, 20))
    ComplaintFactory(case=case, is_safety=True, immediate_action="gesperrt")
    levels = [signal.level for signal in complaint_signals(case.pk, TODAY)]
    assert sorted(levels) == [health.AT_RISK, health.CRITICAL]


def test_missed_rhythm_weighs_on_the_case(case: Case) -> None:
    rhythm = ContactRhythmFactory(case=case, contact=None)
    assert [signal.reason for signal in contact_signals(case.pk, TODAY)] == [
        "Seit 7 Tagen länger als vereinbart kein Gespräch mit dem Kunden"
    ]
    assert not list(contact_signals(case.pk, rhythm.agreed_on + dt.timedelta(days=14)))
    InteractionFactory(case=case)
    assert not list(contact_signals(case.pk, TODAY))
