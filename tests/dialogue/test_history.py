"""Talks and complaints in the history of the case, on the days they happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.models import Case
from winback.cases.rows.history import history_row
from winback.common import history, search
from winback.common.history import Topic
from winback.dialogue.models import Complaint, Interaction
from winback.dialogue.rows.history import complaint_entries, talk_entries
from winback.dialogue.rows.search import jump

pytestmark = pytest.mark.usefixtures("today")
DAY = dt.date(2026, 11, 12)


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def talk(case: Case, **facts: Any) -> Interaction:
    """A phone call whose hour nobody noted."""
    known: dict[str, Any] = {
        "kind": "call",
        "subject": "Reklamation Halle 3",
        "held_on": DAY,
        "channel": "phone",
        "summary": "Nachreinigung zugesagt",
    }
    return Interaction.objects.create(case=case, **known | facts)


def complaint(case: Case, number: str = "C-2026-0001", **facts: Any) -> Complaint:
    due_on = DAY + dt.timedelta(days=7)
    known: dict[str, Any] = {
        "received_on": DAY,
        "received_by": case.owner,
        "owner": case.owner,
        "channel": "mail",
        "what": "Sanitärräume verschmutzt",
        "due_on": due_on,
        "original_due_on": due_on,
    }
    return Complaint.objects.create(case=case, number=number, **known | facts)


def test_talk_stands_on_its_day_with_its_result(case: Case, kam: User) -> None:
    row = talk(case)
    (found,) = talk_entries(kam, case)
    shown = history_row(found)
    assert found.topic == Topic.TALKS
    assert (shown.when, shown.title, shown.labels) == ("12.11.2026", "Telefonat", ["intern"])
    assert shown.text == "Reklamation Halle 3 · Nachreinigung zugesagt"
    assert shown.url == row.get_absolute_url()


def test_shared_talk_with_an_hour_says_both(case: Case, kam: User) -> None:
    talk(case, starts_at=dt.time(14, 30), shared_on=DAY, shared_by=kam)
    (found,) = talk_entries(kam, case)
    shown = history_row(found)
    assert "14:30" in shown.when
    assert shown.labels == ["für den Kunden freigegeben"]


def test_complaint_stands_on_the_day_it_came_in(case: Case, kam: User) -> None:
    row = complaint(case)
    (found,) = complaint_entries(kam, case)
    assert (found.topic, found.by, found.whole_day) == (Topic.COMPLAINTS, "A. Kaya", True)
    assert found.text == "C-2026-0001 · Sanitärräume verschmutzt"
    assert found.url == row.get_absolute_url()


def test_other_cases_are_left_out(case: Case, kam: User) -> None:
    other = active_case(owner=kam)
    talk(other)
    complaint(other)
    assert list(talk_entries(kam, case)) == []
    assert list(complaint_entries(kam, case)) == []


@pytest.mark.parametrize(
    ("verb", "topic"),
    [
        ("talk.recorded", Topic.CHANGES),
        ("talk.shared", Topic.TALKS),
        ("complaint.received", Topic.CHANGES),
        ("complaint.acknowledged", Topic.COMPLAINTS),
        ("series.agreed", Topic.TALKS),
    ],
)
def test_typing_in_is_a_change_and_the_rest_is_not(verb: str, topic: Topic) -> None:
    assert history.verb_topic(verb) == topic


def test_history_asks_no_more_for_more_talks(case: Case, kam: User, client_for: ClientFor) -> None:
    desk: Client = client_for(kam)
    place = reverse("cases:history", args=[case.number])
    counts = []
    for number in (1, 2):
        for each in range(number):
            talk(case)
            complaint(case, f"C-2026-000{number}{each}")
        counts.append(len(statements(desk, place)))
    assert counts[0] == counts[1] <= 12


def test_talks_and_complaints_are_found(case: Case, kam: User, fremde: User) -> None:
    talk(case, client_words="Das glauben wir nicht mehr")
    row = complaint(case)
    found = {group.key: group.hits[0] for group in search.search(kam, "sanitarraume")}
    assert found["complaints"].label == "C-2026-0001 · Sanitärräume verschmutzt"
    words = {group.key for group in search.search(kam, "glauben wir")}
    assert words == {"talks"}
    assert search.search(fremde, "glauben wir") == []
    assert jump(kam, "C-2026-0001") == row.get_absolute_url()
    assert jump(fremde, "C-2026-0001") == ""
