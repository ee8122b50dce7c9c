"""What the dialogue owes per kind: words, people, days, pages; and who may do what by role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
)
from tests.factories import UserFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common import obligations
from winback.common.health import AT_RISK, CRITICAL
from winback.common.obligations import Query
from winback.dialogue import permissions
from winback.dialogue.filters import CommitmentFilter, ComplaintFilter
from winback.dialogue.models import Commitment, Complaint
from winback.dialogue.obligations import complaint_signals, contact_signals, find, signals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

#: kind → its name, days before, whether it can be dropped, whether it ends with its case
KINDS: list[tuple[str, str, tuple[int, ...], bool, bool]] = [
    ("commitment", "Zusagen an Kunden", (7, 2), False, False),
    ("complaint", "Beschwerden", (2,), False, False),
    ("followup", "Rückrufe", (), True, False),
    ("meeting", "Termine mit Kunden", (2,), False, True),
    ("contact", "Vereinbarter Kontaktrhythmus", (2,), False, True),
]


@pytest.mark.parametrize(("key", "label", "lead_days", "drops", "ends"), KINDS)
def test_kind_is_declared(
    key: str, label: str, lead_days: tuple[int, ...], drops: bool, ends: bool
) -> None:
    kind = obligations.kind(key)
    assert (str(kind.label), kind.lead_days) == (label, lead_days)
    assert (kind.drop is not None, kind.ends_with_case) == (drops, ends)


#: what stands, title, day, page, page of the step; {case} and {pk} are filled in
OWED: list[tuple[Any, dict[str, Any], str, dt.date, str, str]] = [
    (
        CommitmentFactory, {"what": "Messwerte vorlegen"},
        "Zusage „Messwerte vorlegen“ einlösen", dt.date(2026, 11, 30),
        "/faelle/{case}/zusagen/{pk}/", "/faelle/{case}/zusagen/{pk}/einloesung/",
    ),
    (
        ComplaintFactory, {"what": "Lärm"},
        "Beschwerde C-2026-0001 Lärm beantworten", dt.date(2026, 11, 24),
        "/beschwerden/C-2026-0001/", "/beschwerden/C-2026-0001/antwort/",
    ),
    (
        ComplaintFactory, {"what": "Lärm", "answered_on": TODAY, "answer": "Leiser"},
        "Zufriedenheit des Kunden erfragen: Beschwerde C-2026-0001 Lärm", dt.date(2026, 11, 24),
        "/beschwerden/C-2026-0001/", "/beschwerden/C-2026-0001/abschluss/",
    ),
    (
        ComplaintFactory,
        {"what": "Lärm", "answered_on": TODAY, "answer": "Leiser", "reopened_on": TODAY},
        "Beschwerde C-2026-0001 Lärm beantworten", dt.date(2026, 11, 24),
        "/beschwerden/C-2026-0001/", "/beschwerden/C-2026-0001/antwort/",
    ),
    (
        FollowUpFactory, {}, "Zurückrufen: „Rückfrage zur Rechnung“", dt.date(2026, 11, 24),
        "/faelle/{case}/gespraeche/", "/faelle/{case}/rueckrufe/{pk}/erledigung/",
    ),
    (
        MeetingSeriesFactory, {}, "Termin „Jour fixe“ durchführen", dt.date(2026, 11, 25),
        "/faelle/{case}/gespraeche/", "/faelle/{case}/gespraechsreihen/{pk}/gespraech/",
    ),
    (
        ContactRhythmFactory, {"contact": None}, "Wie vereinbart mit dem Kunden sprechen",
        dt.date(2026, 11, 16), "/faelle/{case}/kontaktregeln/", "/faelle/{case}/gespraeche/neu/",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "given", "title", "due_on", "url", "done_url"), OWED)
def test_item_of_each_kind(
    case: Case,
    kam: User,
    kollegin: User,
    make: Any,
    given: dict[str, Any],
    title: str,
    due_on: dt.date,
    url: str,
    done_url: str,
) -> None:
    row = make(case=case, **given)
    if hasattr(row, "deputy_id"):
        type(row).objects.filter(pk=row.pk).update(deputy=kollegin)
    [item] = find(Query())
    filled = {"case": case.number, "pk": row.pk}
    assert (item.title, item.due_on) == (title, due_on)
    assert (item.url, item.done_url) == (url.format(**filled), done_url.format(**filled))
    deputy = kollegin.pk if hasattr(row, "deputy_id") else None
    assert (item.owner_id, item.deputy_id, item.case_id) == (kam.pk, deputy, case.pk)
    assert item.context == f"{case.client.name} · {case.number}"


def test_rhythm_with_a_person_names_the_person(case: Case) -> None:
    contact = ContactFactory(client=case.client, first_name="Carla", last_name="Heller")
    ContactRhythmFactory(case=case, contact=contact)
    [item] = find(Query())
    assert item.title == "Wie vereinbart mit Carla Heller sprechen"


CONTENT = {"done_on": TODAY, "content": True}


@pytest.mark.parametrize(
    ("make", "end"),
    [
        (CommitmentFactory, {"done_on": TODAY}),
        (CommitmentFactory, {"broken_on": TODAY, "broken_reason": "Personal"}),
        (CommitmentFactory, {"released_on": TODAY, "proof": "Mail"}),
        (ComplaintFactory, {"answered_on": TODAY, "answer": "x"} | CONTENT),
        (FollowUpFactory, {"done_on": TODAY}),
        (FollowUpFactory, {"dropped_on": TODAY, "drop_reason": "erledigt"}),
        (MeetingSeriesFactory, {"ended_on": TODAY}),
        (ContactRhythmFactory, {"ended_on": TODAY}),
    ],
)  # fmt: skip
def test_what_has_ended_is_owed_no_more(case: Case, make: Any, end: dict[str, Any]) -> None:
    row = make(case=case)
    assert [item.pk for item in find(Query(case_id=case.pk))] == [row.pk]
    type(row).objects.filter(pk=row.pk).update(**end)
    assert list(find(Query(case_id=case.pk))) == []


#: role → works on the case, leads it (records talks after its end), sees lists
ROLES: list[tuple[Role, bool, bool, bool]] = [
    (Role.KEY_ACCOUNT_MANAGER, True, True, True),
    (Role.QUALITY_MANAGER, True, False, True),
    (Role.MANAGEMENT, True, True, True),
    (Role.OPERATIONS, False, False, True),
    (Role.EXTERNAL_AUDITOR, False, False, False),
]


@pytest.mark.parametrize(("role", "works", "leads", "lists"), ROLES)
def test_role_by_predicate(case: Case, role: Role, works: bool, leads: bool, lists: bool) -> None:
    user = UserFactory(role=role)
    promise, call = CommitmentFactory(case=case), FollowUpFactory(case=case)
    complaint = ComplaintFactory(case=case)
    assert permissions.can_list_commitments(user) is lists
    assert permissions.can_list_complaints(user) is lists
    assert permissions.can_change(user, promise) is works
    assert permissions.can_keep(user, promise) is works
    assert permissions.can_answer(user, complaint) is works
    assert permissions.can_call_back(user, call) is works
    assert permissions.can_record_talk(user, case) is works
    for row in (promise, call, complaint):
        row.owner = user
    assert permissions.can_keep(user, promise)
    assert permissions.can_answer(user, complaint)
    assert permissions.can_call_back(user, call)
    assert permissions.can_change(user, promise) is works
    case.status = Status.LOST
    for row in (promise, call, complaint):
        row.case = case
    assert not permissions.can_keep(user, promise)
    assert not permissions.can_answer(user, complaint)
    assert not permissions.can_call_back(user, call)
    assert permissions.can_record_talk(user, case) is leads


REFUSED: list[tuple[Any, dict[str, Any]]] = [
    (InteractionFactory, {"mood": 0}),
    (InteractionFactory, {"mood": 6}),
    (InteractionFactory, {"apology_form": "letter"}),
    (InteractionFactory, {"make_good_answer": "Gutschrift"}),
    (InteractionFactory, {"shared_on": TODAY}),
    (ComplaintFactory, {"is_safety": True}),
    (ComplaintFactory, {"core": "real"}),
    (ComplaintFactory, {"answered_on": TODAY}),
    (ComplaintFactory, {"done_on": TODAY, "content": True}),
    (ComplaintFactory, {"content": True, "answered_on": TODAY, "answer": "x"}),
    (ComplaintFactory, {"content": False, "done_on": TODAY, "answered_on": TODAY, "answer": "x"}),
    (FollowUpFactory, {"dropped_on": TODAY}),
    (FollowUpFactory, {"dropped_on": TODAY, "drop_reason": "x", "done_on": TODAY}),
    (ContactRhythmFactory, {"every_days": 0}),
    (ContactRhythmFactory, {"every_days": 366}),
    (ExpectationFactory, {"realistic": "no"}),
    (ExpectationFactory, {"realistic": "partly"}),
    (ExpectationFactory, {"decision": "accepts", "decided_on": TODAY}),
    (ExpectationFactory, {"decision": "accepts", "told_on": TODAY}),
    (ExpectationFactory, {"decided_on": TODAY}),
    (ExpectationFactory, {"disappointed_on": TODAY}),
    (CommitmentFactory, {"confirmed_on": TODAY}),
    (CommitmentFactory, {"forewarned_on": TODAY}),
    (CommitmentFactory, {"told_on": TODAY}),
]


@pytest.mark.parametrize(("make", "wrong"), REFUSED)
def test_database_refuses(case: Case, make: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(case=case, **wrong)
    make(case=case)


@pytest.mark.parametrize(
    "make", [ComplaintFactory, FollowUpFactory, MeetingSeriesFactory, CommitmentFactory]
)
def test_database_refuses_an_owner_as_deputy(case: Case, kam: User, make: Any) -> None:
    with pytest.raises(IntegrityError):
        make(case=case, owner=kam, deputy=kam)


SIGNALS: list[tuple[list[dict[str, Any]], list[tuple[str, str]]]] = [
    ([{}], []),
    (
        [{"due_on": dt.date(2026, 11, 20)}],
        [(AT_RISK, "Eine Beschwerde ist nicht rechtzeitig beantwortet")],
    ),
    (
        [{"due_on": dt.date(2026, 11, 20)}, {"due_on": dt.date(2026, 11, 20)}],
        [(AT_RISK, "Eine Beschwerde ist nicht rechtzeitig beantwortet")],
    ),
    (
        [{"is_safety": True, "immediate_action": "Gesperrt"}],
        [(CRITICAL, "Eine Beschwerde zur Sicherheit ist nicht beantwortet")],
    ),
    (
        [
            {
                "is_safety": True, "immediate_action": "Gesperrt", "answered_on": TODAY,
                "answer": "Repariert",
            }
        ],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "found"), SIGNALS)
def test_complaints_speak_against_the_case(
    case: Case, given: list[dict[str, Any]], found: list[tuple[str, str]]
) -> None:
    for each in given:
        ComplaintFactory(case=case, **each)
    assert [(each.level, each.reason) for each in complaint_signals(case.pk, TODAY)] == found


SILENCE = "länger als vereinbart kein Gespräch mit dem Kunden"


@pytest.mark.parametrize(
    ("agreed_on", "reasons"),
    [
        (dt.date(2026, 11, 9), []),
        (dt.date(2026, 11, 8), [f"Seit 1 Tag {SILENCE}"]),
        (dt.date(2026, 11, 1), [f"Seit 8 Tagen {SILENCE}"]),
    ],
)
def test_longest_silence_speaks_against_the_case(
    case: Case, agreed_on: dt.date, reasons: list[str]
) -> None:
    ContactRhythmFactory(case=case, agreed_on=agreed_on)
    ContactRhythmFactory(case=case, agreed_on=TODAY)
    ContactRhythmFactory(case=case, agreed_on=dt.date(2026, 1, 1), ended_on=TODAY)
    found = [(signal.level, signal.reason) for signal in contact_signals(case.pk, TODAY)]
    assert found == [(AT_RISK, reason) for reason in reasons]


@pytest.mark.parametrize(
    ("breaks", "found"),
    [
        ([], []),
        ([dt.date(2026, 9, 23)], []),
        ([dt.date(2026, 9, 24)], [(AT_RISK, "1 gebrochene Zusage")]),
        ([TODAY, dt.date(2026, 9, 23)], [(AT_RISK, "1 gebrochene Zusage")]),
        ([TODAY, TODAY, TODAY], [(CRITICAL, "3 gebrochene Zusagen")]),
    ],
)
def test_breaks_speak_against_the_case_for_sixty_days(
    case: Case, breaks: list[dt.date], found: list[tuple[str, str]]
) -> None:
    for day in breaks:
        CommitmentFactory(
            case=case, promised_on=dt.date(2026, 9, 1), broken_on=day, broken_reason="Personal"
        )
    assert [(each.level, each.reason) for each in signals(case.pk, TODAY)] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["früh", "spät", "alt"]),
        ({"schwere": "high"}, ["spät"]),
        ({"schwere": "sicherheit"}, ["alt"]),
        ({"kern": "real"}, ["früh"]),
        ({"ansicht": "unbeantwortet"}, ["früh", "spät"]),
        ({"ansicht": "ueberfaellig"}, ["früh"]),
        ({"ansicht": "erledigt"}, ["zu"]),
        ({"ansicht": "alle"}, ["früh", "spät", "zu", "alt"]),
        ({"q": "c-2026-0002"}, ["spät"]),
        ({"q": "niemand"}, []),
        ({"schwere": "unsinn"}, ["früh", "spät", "alt"]),
    ],
)
def test_register_of_complaints_is_narrowed(
    case: Case, query: dict[str, str], found: list[str]
) -> None:
    day = dt.date
    ComplaintFactory(case=case, what="früh", due_on=day(2026, 11, 20), core="real",
                     core_reason="Fotos")  # fmt: skip
    ComplaintFactory(case=case, what="spät", severity="high", due_on=day(2026, 11, 24))
    ComplaintFactory(case=case, what="alt", due_on=day(2026, 11, 26), is_safety=True,
                     immediate_action="Gesperrt", answered_on=TODAY, answer="x")  # fmt: skip
    ComplaintFactory(case=case, what="zu", due_on=day(2026, 11, 25), answered_on=TODAY,
                     answer="x", done_on=TODAY, content=True)  # fmt: skip
    rows = ComplaintFilter(query).apply(Complaint.objects.all(), TODAY)
    assert [row.what for row in rows] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["offen", "heute", "weit"]),
        ({"monat": "2026-11"}, ["offen", "heute"]),
        ({"monat": "2027-01"}, ["weit"]),
        ({"monat": "2026-13"}, ["offen", "heute", "weit"]),
        ({"ansicht": "ueberfaellig"}, ["offen"]),
        ({"ansicht": "gebrochen"}, ["offen"]),
        ({"ansicht": "gehalten"}, ["früher"]),
        ({"ansicht": "verspaetet"}, []),
        ({"ansicht": "alle"}, ["früher", "offen", "heute", "weit"]),
    ],
)
def test_list_of_commitments_is_narrowed(
    case: Case, kam: User, query: dict[str, str], found: list[str]
) -> None:
    day = dt.date
    CommitmentFactory(case=case, what="offen", due_on=day(2026, 11, 20))
    CommitmentFactory(case=case, what="heute", due_on=TODAY)
    CommitmentFactory(case=case, what="weit", due_on=day(2027, 1, 31))
    CommitmentFactory(case=case, what="früher", due_on=day(2026, 11, 10), done_on=day(2026, 11, 9))
    rows = CommitmentFilter(query).apply(Commitment.objects.all(), kam, TODAY)
    assert [row.what for row in rows] == found
