"""The private calendar over all rooms: what stands in it, and what leaves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import active_case
from tests.cases.papers import paper_in
from tests.dialogue.factories import CommitmentFactory
from tests.plans.factories import MeasureFactory, plan_of
from tests.reminders.world import MONDAY, in_days
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.services import papers
from winback.common import obligations
from winback.common.obligations import Query
from winback.documents.rules import CheckedFile
from winback.reminders.services import issue_feed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
Read = Callable[[], dict[str, dt.date]]


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def read(client: Client, kam: User) -> Read:
    """What the calendar program of ``kam`` shows now: words → day."""
    url = reverse("reminders:feed_file", args=[issue_feed(user=kam, now=timezone.now())])

    def ask() -> dict[str, dt.date]:
        events = Calendar.from_ical(client.get(url).content).walk("VEVENT")
        return {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}

    return ask


def found(read: Read, words: str) -> dt.date | None:
    """The day of the one entry that holds ``words``; None where there is none."""
    days = [day for title, day in read().items() if words in title]
    assert len(days) <= 1
    return days[0] if days else None


def test_every_kind_of_thing_stands_on_its_day(case: Case, kam: User, read: Read) -> None:
    MeasureFactory(plan=plan_of(case), owner=kam, title="Aufzugsnotruf prüfen", due_on=in_days(3))
    CommitmentFactory(case=case, owner=kam, what="Glasreinigung Haus C", due_on=in_days(4))
    audit = AuditFactory(case=case, owner=kam, due_on=in_days(5))
    FindingFactory(audit=audit, owner=kam, statement="Fluchtweg verstellt", due_on=in_days(6))
    paper_in(case, title="Sachkunde VDI 6022", valid_until=in_days(7))
    shown = {words: found(read, words) for words in ("Aufzugsnotruf", "Glasreinigung", "Sachkunde")}
    assert shown == {
        "Aufzugsnotruf": in_days(3),
        "Glasreinigung": in_days(4),
        "Sachkunde": in_days(7),
    }
    assert set(read().values()) >= {in_days(5), in_days(6)}


def test_calendar_holds_exactly_what_is_owed(case: Case, kam: User, read: Read) -> None:
    MeasureFactory(plan=plan_of(case), owner=kam, title="Eins", due_on=in_days(1))
    MeasureFactory(plan=plan_of(case), owner=kam, title="Zwei", due_on=in_days(-9))
    owed = obligations.find(Query(owner_ids=[kam.pk]))
    assert sorted(read().values()) == sorted(item.due_on for item in owed)


def test_overdue_thing_stays_on_the_day_it_was_due(case: Case, kam: User, read: Read) -> None:
    CommitmentFactory(case=case, owner=kam, what="Rückruf", due_on=in_days(-5))
    assert found(read, "Rückruf") == in_days(-5)


def test_done_thing_leaves_the_calendar(case: Case, kam: User, read: Read) -> None:
    row = CommitmentFactory(case=case, owner=kam, what="Rückruf", due_on=in_days(2))
    assert found(read, "Rückruf") == in_days(2)
    row.done_on = MONDAY
    row.save()
    assert found(read, "Rückruf") is None


def test_moved_thing_moves_and_stays_one(case: Case, kam: User, read: Read) -> None:
    row = MeasureFactory(plan=plan_of(case), owner=kam, title="Tür 4", due_on=in_days(2))
    row.due_on = in_days(12)
    row.save()
    assert found(read, "Tür 4") == in_days(12)


def test_thing_in_other_hands_leaves_the_calendar(
    case: Case, kam: User, kollegin: User, read: Read
) -> None:
    paper = paper_in(case, title="Sachkunde", valid_until=in_days(7))
    papers.hand_over_document(paper.pk, kollegin, kam)
    assert found(read, "Sachkunde") is None


def test_renewed_document_moves_to_its_new_end(case: Case, kam: User, read: Read) -> None:
    paper = paper_in(case, title="Sachkunde", valid_until=in_days(7))
    papers.add_version(
        paper=paper,
        version=1,
        actor=kam,
        upload=CheckedFile("Neu.pdf", "application/pdf", b"%PDF-"),
        valid_until=in_days(700),
    )
    assert found(read, "Sachkunde") == in_days(700)


def test_document_without_an_end_is_no_date(case: Case, read: Read) -> None:
    paper_in(case, title="Sachkunde")
    assert found(read, "Sachkunde") is None


def test_resting_case_is_there_on_the_day_it_wakes_up(case: Case, read: Read) -> None:
    case.status, case.resting_until = Status.RESTING, in_days(90)
    case.save()
    assert in_days(90) in read().values()


def test_ended_case_asks_for_no_next_step(case: Case, read: Read) -> None:
    case.next_step, case.next_step_on = "Anruf", in_days(2)
    case.save()
    assert found(read, "Anruf") == in_days(2)
    case.next_step, case.next_step_on = "", None
    case.status, case.closed_on = Status.LOST, MONDAY
    case.save()
    assert found(read, "Anruf") is None


def test_name_of_the_client_stays_in_the_house(case: Case, kam: User, client: Client) -> None:
    case.next_step, case.next_step_on = "Anruf", in_days(2)
    case.save()
    CommitmentFactory(case=case, owner=kam, what="Rückruf", note="GEHEIME Notiz")
    url = reverse("reminders:feed_file", args=[issue_feed(user=kam, now=timezone.now())])
    text = Calendar.from_ical(client.get(url).content).to_ical().decode()
    assert case.number in text
    assert case.client.name not in text
    assert "GEHEIM" not in text
    assert kam.email not in text


def test_two_people_read_two_calendars(
    case: Case, kam: User, kollegin: User, client: Client, read: Read
) -> None:
    CommitmentFactory(case=case, owner=kollegin, what="Rückruf", due_on=in_days(2))
    other = reverse("reminders:feed_file", args=[issue_feed(user=kollegin, now=timezone.now())])
    assert found(read, "Rückruf") is None
    assert "Rückruf" in client.get(other).content.decode()


def test_identities_are_unique_over_all_rooms(case: Case, kam: User, client: Client) -> None:
    MeasureFactory(plan=plan_of(case), owner=kam, title="Eins")
    CommitmentFactory(case=case, owner=kam)
    paper_in(case, valid_until=in_days(7))
    Case.objects.filter(pk=case.pk).update(next_step="Anruf", next_step_on=in_days(1))
    active_case(owner=kam, next_step="Anruf", next_step_on=in_days(1))
    url = reverse("reminders:feed_file", args=[issue_feed(user=kam, now=timezone.now())])
    ids = [str(each["UID"]) for each in Calendar.from_ical(client.get(url).content).walk("VEVENT")]
    assert len(ids) >= 5
    assert len(set(ids)) == len(ids)
