"""The history of a case: what it gathers, how it is folded, where it leads."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.cases.papers import incident_in, paper_in
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.enums import Status, Verb
from winback.cases.enums.papers import PaperVerb
from winback.cases.models import Case, Incident
from winback.cases.rows.history import history_row, history_rows, timeline, topic_chips
from winback.cases.services import IllegalTransition, papers, record
from winback.common import history
from winback.common.claims import StaleVersion
from winback.common.history import Entry, Topic, moment

pytestmark = pytest.mark.usefixtures("today")

TODAY = dt.date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *args])


def entry(topic: Topic = Topic.CHANGES, title: str = "Fall geändert", hour: int = 9) -> Entry:
    at = dt.datetime(2026, 11, 23, hour, tzinfo=BERLIN)
    return Entry(at=at, topic=topic, title=title, by="A. Kaya", text="Text")


# What it gathers


def test_events_and_incidents_stand_in_one_line_of_time(case: Case, kam: User) -> None:
    incident_in(case, happened_on=dt.date(2025, 3, 1))
    record(case, kam, Verb.DECIDED, decision="go")
    titles = [each.title for each in timeline(kam, case)]
    assert titles == ["Go-Entscheidung getroffen", "Vorfall erfasst", "Panne"]


def test_incident_stands_on_its_day_and_leads_to_itself(case: Case, kam: User) -> None:
    incident = incident_in(case, consequence="Zutritt verspätet")
    found = timeline(kam, case)[-1]
    row = history_row(found)
    assert (row.when, row.iso) == ("14.07.2026", "2026-07-14")
    assert row.text == "Schlüssel verlegt · Zutritt verspätet"
    assert row.url == incident.get_absolute_url()
    assert found.topic == Topic.INCIDENTS


def test_incident_is_no_link_for_who_may_not_correct_it(
    case: Case, kam: User, operativ: User
) -> None:
    incident_in(case)
    assert [entry.url for entry in timeline(operativ, case)] == ["", ""]


def test_event_of_a_document_leads_to_the_document(case: Case, kam: User) -> None:
    paper = paper_in(case)
    (found,) = timeline(kam, case)
    assert (found.topic, found.url) == (Topic.DOCUMENTS, paper.get_absolute_url())


def test_event_without_a_page_leads_nowhere(case: Case, kam: User) -> None:
    record(case, kam, "unknown.verb")
    record(case, None, Verb.CHANGED)
    first, second = timeline(kam, case)
    assert (first.by, first.url, first.topic) == ("Winback", "", Topic.CHANGES)
    assert (second.title, second.topic) == ("unknown.verb", Topic.CHANGES)


def test_rooms_bring_entries_of_their_own(
    case: Case, kam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def talks(user: User, case: Case) -> list[Entry]:
        assert user == kam
        return [Entry(moment(TODAY), Topic.TALKS, "Krisengespräch", shared=True)]

    monkeypatch.setitem(history._sources, "test", talks)
    (found,) = timeline(kam, case)
    assert history_row(found).labels == ["für den Kunden freigegeben"]


@pytest.mark.parametrize(
    ("shared", "labels"), [(None, []), (True, ["für den Kunden freigegeben"]), (False, ["intern"])]
)
def test_sharing_is_said_by_word(shared: bool | None, labels: list[str]) -> None:
    found = Entry(moment(TODAY), Topic.TALKS, "Telefonat", shared=shared, whole_day=True)
    assert history_row(found).labels == labels


# Topics


@pytest.mark.parametrize(
    ("verb", "topic"),
    [
        ("case.decided", Topic.DECISIONS),
        ("case.changed", Topic.CHANGES),
        ("document.added", Topic.DOCUMENTS),
        ("document.changed", Topic.CHANGES),
        ("commitment.kept", Topic.COMMITMENTS),
        ("measure.completed", Topic.MEASURES),
        ("finding.done", Topic.FINDINGS),
        ("audit.finished", Topic.FINDINGS),
        ("plan.started", Topic.DECISIONS),
        ("cause.confirmed", Topic.DECISIONS),
        ("cause.changed", Topic.CHANGES),
        ("gone.verb", Topic.CHANGES),
    ],
)
def test_verb_belongs_to_the_topic_of_itself_or_its_group(verb: str, topic: Topic) -> None:
    assert history.verb_topic(verb) == topic


def test_chips_show_only_topics_with_entries() -> None:
    chips = topic_chips([entry(Topic.TALKS), entry(), entry()], "")
    assert [(chip.label, chip.count, chip.current) for chip in chips] == [
        ("Alles", 3, True),
        ("Gespräche", 1, False),
        ("Änderungen", 2, False),
    ]
    assert chips[1].url == "?thema=gespraeche"


def test_chosen_topic_stays_even_when_it_is_empty() -> None:
    chips = topic_chips([entry()], Topic.TALKS)
    assert [(chip.label, chip.current) for chip in chips] == [
        ("Alles", False),
        ("Gespräche", True),
        ("Änderungen", False),
    ]


# Folding


def test_run_of_changes_is_folded_into_one_line() -> None:
    found = [entry(Topic.TALKS, "Anruf"), entry(hour=8), entry(hour=7), entry(Topic.TALKS, "Brief")]
    rows = history_rows(found, fold=True)
    assert [row.title for row in rows] == ["Anruf", "2 Änderungen", "Brief"]
    assert rows[1].when == "23.11.2026"
    assert len(rows[1].changes) == 2
    assert rows[1].changes[0].endswith("Fall geändert · Text · A. Kaya")


def test_single_change_stands_for_itself() -> None:
    assert [row.title for row in history_rows([entry()], fold=True)] == ["Fall geändert"]


def test_changes_asked_for_are_not_folded() -> None:
    assert len(history_rows([entry(), entry()], fold=False)) == 2


# Incidents


def test_incident_is_recorded_and_corrected(case: Case, kam: User) -> None:
    incident = incident_in(case)
    assert case.events.get(verb=PaperVerb.INCIDENT).data["incident"] == incident.pk
    changes = {"what": "Schlüssel verloren", "kind": "damage"}
    papers.change_incident(incident=incident, version=1, actor=kam, changes=changes)
    incident.refresh_from_db()
    assert (str(incident), incident.version) == ("Schlüssel verloren", 2)
    assert incident.search_key == "schlussel verloren"
    assert incident.history.count() == 2
    assert case.events.first().verb == PaperVerb.INCIDENT_CHANGED
    with pytest.raises(StaleVersion):
        papers.change_incident(incident=incident, version=1, actor=kam, changes=changes)


def test_incident_is_refused_in_an_ended_case(case: Case, kam: User) -> None:
    incident = incident_in(case)
    case.status, case.closed_on = Status.LOST, TODAY
    case.save()
    with pytest.raises(IllegalTransition):
        incident_in(case)
    with pytest.raises(IllegalTransition):
        papers.change_incident(incident=incident, version=1, actor=kam, changes={})


def test_incidents_follow_the_visibility_of_their_case(case: Case, kam: User, fremde: User) -> None:
    incident = incident_in(case)
    assert list(Incident.objects.visible_to(kam)) == [incident]
    assert not Incident.objects.visible_to(fremde).exists()


# Pages

VALID = {"happened_on": "1.3.2025", "kind": "omission", "what": "Grundreinigung vergessen"}


def test_incident_typed_in_appears_in_the_history(case: Case, desk: Client) -> None:
    response = desk.post(url("incident_create", case), VALID)
    assert response["Location"] == url("history", case)
    page = desk.get(response["Location"]).content.decode()
    assert "Grundreinigung vergessen" in page
    assert "01.03.2025" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"happened_on": "24.11.2026"}, "in der Zukunft"),
        ({"happened_on": ""}, "erforderlich"),
        ({"what": ""}, "erforderlich"),
        ({"kind": "nonsense"}, "gültige Auswahl"),
    ],
)
def test_bad_incident_says_why(
    case: Case, desk: Client, change: dict[str, Any], message: str
) -> None:
    response = desk.post(url("incident_create", case), VALID | change)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Incident.objects.exists()


def test_incident_is_edited(case: Case, desk: Client) -> None:
    incident = incident_in(case)
    place = url("incident_edit", case, incident.pk)
    assert 'value="14.07.2026"' in desk.get(place).content.decode()
    assert desk.post(place, VALID | {"version": 1}).status_code == 302
    assert desk.post(place, VALID | {"version": 1, "what": "anders"}).status_code == 409


def test_topic_narrows_the_page(case: Case, kam: User, desk: Client) -> None:
    incident_in(case)
    record(case, kam, Verb.DECIDED)
    page = desk.get(url("history", case), {"thema": "vorfaelle"}).content.decode()
    assert "Schlüssel verlegt" in page
    assert "Go-Entscheidung getroffen" not in page


def test_unknown_topic_says_that_there_is_nothing(case: Case, desk: Client) -> None:
    page = desk.get(url("history", case), {"thema": "<b>"}).content.decode()
    assert "Zu diesem Thema ist noch nichts geschehen." in page


def test_long_history_has_pages(case: Case, kam: User, desk: Client) -> None:
    for number in range(30):
        record(case, kam, Verb.DECIDED, title=f"Entscheidung {number}")
    assert "Entscheidung 29" in desk.get(url("history", case)).content.decode()
    assert "Entscheidung 0<" in desk.get(url("history", case), {"seite": 2}).content.decode()


def test_history_asks_no_more_for_more_incidents(case: Case, desk: Client) -> None:
    counts = []
    for number in (1, 2):
        for _each in range(number):
            incident_in(case)
        counts.append(len(statements(desk, url("history", case))))
    assert counts[0] == counts[1] <= 12
