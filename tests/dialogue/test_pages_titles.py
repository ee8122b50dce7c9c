"""Every page of the dialogue by its address: its heading in German, and who may open it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from tests.conftest import ClientFor
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
    WayFactory,
)
from tests.factories import UserFactory
from winback.cases.enums import Status
from winback.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


#: what stands, address below it, heading
STEPS: list[tuple[Any, str, str]] = [
    (CommitmentFactory, "bearbeiten", "Zusage bearbeiten"),
    (CommitmentFactory, "einloesung", "Zusage einlösen"),
    (CommitmentFactory, "bruch", "Zusage als gebrochen erklären"),
    (CommitmentFactory, "erlass", "Vom Kunden erlassen"),
    (CommitmentFactory, "vorabinformation", "Kunden vorab informieren"),
    (CommitmentFactory, "mitteilung", "Ergebnis dem Kunden mitgeteilt"),
    (CommitmentFactory, "uebergabe", "Zusage übergeben"),
    (InteractionFactory, "bearbeiten", "Gespräch berichtigen"),
    (InteractionFactory, "protokoll", "Protokoll"),
    (InteractionFactory, "wiedergutmachung", "Eingeständnis und Wiedergutmachung"),
    (InteractionFactory, "freigabe", "Für den Kunden freigeben"),
    (InteractionFactory, "freigabe/ruecknahme", "Freigabe zurücknehmen"),
    (ComplaintFactory, "bearbeiten", "Beschwerde bearbeiten"),
    (ComplaintFactory, "kern", "Kern beurteilen"),
    (ComplaintFactory, "bestaetigung", "Eingang der Beschwerde bestätigen"),
    (ComplaintFactory, "antwort", "Beschwerde beantworten"),
    (ComplaintFactory, "abschluss", "Beschwerde abschließen"),
    (ComplaintFactory, "wiederaufnahme", "Beschwerde wieder aufnehmen"),
    (MeetingSeriesFactory, "bearbeiten", "Gesprächsreihe bearbeiten"),
    (MeetingSeriesFactory, "ende", "Gesprächsreihe beenden"),
    (MeetingSeriesFactory, "gespraech", "Gespräch erfassen"),
    (FollowUpFactory, "bearbeiten", "Rückruf bearbeiten"),
    (FollowUpFactory, "erledigung", "Rückruf erfolgt"),
    (ExpectationFactory, "bearbeiten", "Erwartung bearbeiten"),
    (ExpectationFactory, "entscheidung", "Entscheidung des Kunden"),
    (ContactRhythmFactory, "bearbeiten", "Kontaktrhythmus bearbeiten"),
    (ContactRhythmFactory, "ende", "Kontaktrhythmus beenden"),
    (WayFactory, "bearbeiten", "Kommunikationsweg bearbeiten"),
    (WayFactory, "ende", "Kommunikationsweg entfernen"),
]
PLACES = {
    InteractionFactory: "gespraeche",
    MeetingSeriesFactory: "gespraechsreihen",
    FollowUpFactory: "rueckrufe",
    ExpectationFactory: "erwartungen",
    ContactRhythmFactory: "kontaktrhythmus",
    WayFactory: "kommunikationswege",
    CommitmentFactory: "zusagen",
}


def address(row: Any, make: Any, step: str) -> str:
    """Written out, so that a changed address is noticed."""
    if make is ComplaintFactory:
        return f"/beschwerden/{row.number}/{step}/"
    return f"/faelle/{row.case.number}/{PLACES[make]}/{row.pk}/{step}/"


@pytest.mark.parametrize(("make", "step", "title"), STEPS)
def test_step_has_its_heading_and_a_way_back_below_its_own_case(
    browser: Client, case: Case, make: Any, step: str, title: str
) -> None:
    row = make(case=case)
    response = browser.get(address(row, make, step))
    assert (response.status_code, response.context["title"]) == (200, title)
    page = response.content.decode()
    assert title in page
    assert f'href="{response.context["back"]}"' in page
    elsewhere = address(row, make, step).replace("2026-0001", "2026-9999")
    assert browser.get(elsewhere).status_code == 404


#: steps that whoever owes the thing may take, besides those who work on the case
OWED = {
    (CommitmentFactory, "einloesung"),
    (ComplaintFactory, "bestaetigung"),
    (ComplaintFactory, "antwort"),
    (ComplaintFactory, "abschluss"),
    (FollowUpFactory, "erledigung"),
}


#: what goes on after the end: the record of a talk, and the agreed rhythm
GOES_ON = {
    (InteractionFactory, "bearbeiten"),
    (InteractionFactory, "protokoll"),
    (InteractionFactory, "wiedergutmachung"),
    (ContactRhythmFactory, "bearbeiten"),
    (ContactRhythmFactory, "ende"),
}


@pytest.mark.parametrize(("make", "step"), [entry[:2] for entry in STEPS])
def test_step_is_for_those_who_work_or_owe_until_the_end(
    client_for: ClientFor, case: Case, kam: User, operativ: User, make: Any, step: str
) -> None:
    row = make(case=case)
    url, browser = address(row, make, step), client_for(operativ)
    assert browser.get(url).status_code == 403
    if (make, step) in OWED:
        type(row).objects.filter(pk=row.pk).update(owner=operativ)
        assert browser.get(url).status_code == 200
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    assert browser.get(url).status_code == 403
    expected = 200 if (make, step) in GOES_ON else 403
    assert client_for(kam).get(url).status_code == expected


NEW: list[tuple[str, str]] = [
    ("zusagen", "Zusage erfassen"),
    ("gespraeche", "Gespräch erfassen"),
    ("beschwerden", "Beschwerde erfassen"),
    ("erwartungen", "Erwartung erfassen"),
    ("gespraechsreihen", "Gesprächsreihe vereinbaren"),
    ("rueckrufe", "Rückruf vereinbaren"),
    ("kontaktrhythmus", "Kontaktrhythmus vereinbaren"),
    ("kommunikationswege", "Kommunikationsweg vereinbaren"),
]


@pytest.mark.parametrize(("place", "title"), NEW)
def test_form_for_something_new_by_role(
    client_for: ClientFor,
    case: Case,
    qm: User,
    operativ: User,
    fremde: User,
    place: str,
    title: str,
) -> None:
    case.members.create(user=qm, joined_on=case.opened_on)
    url = f"/faelle/{case.number}/{place}/neu/"
    response = client_for(qm).get(url)
    assert (response.status_code, response.context["title"]) == (200, title)
    assert client_for(operativ).get(url).status_code == 403
    assert client_for(fremde).get(url).status_code == 404


@pytest.mark.parametrize(("place", "title"), NEW)
def test_form_for_something_new_after_the_end(
    client_for: ClientFor, case: Case, kam: User, qm: User, place: str, title: str
) -> None:
    """The loose contact goes on: who leads the case records talks, nobody anything else."""
    case.members.create(user=qm, joined_on=case.opened_on)
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    url = f"/faelle/{case.number}/{place}/neu/"
    assert client_for(kam).get(url).status_code == (200 if place == "gespraeche" else 403)
    assert client_for(qm).get(url).status_code == 403


#: what each role gets of the lists over all cases
LISTS: list[tuple[Role, int]] = [
    (Role.KEY_ACCOUNT_MANAGER, 200),
    (Role.QUALITY_MANAGER, 200),
    (Role.MANAGEMENT, 200),
    (Role.OPERATIONS, 200),
    (Role.EXTERNAL_AUDITOR, 403),
]


@pytest.mark.parametrize(("role", "status"), LISTS)
@pytest.mark.parametrize("place", ["zusagen", "beschwerden"])
def test_list_over_all_cases_by_role(
    client_for: ClientFor, role: Role, status: int, place: str
) -> None:
    browser = client_for(UserFactory(role=role))
    assert browser.get(f"/{place}/").status_code == status
    assert browser.post(f"/{place}/").status_code == 405


PARTS: list[tuple[str, str]] = [
    ("kommunikation", "Zusagen"),
    ("gespraeche", "Gespräche"),
    ("beschwerden", "Beschwerden"),
    ("erwartungen", "Erwartungen"),
    ("kontaktregeln", "Regeln und Rhythmus"),
]


@pytest.mark.parametrize(("part", "label"), PARTS)
def test_part_is_named_and_read_only_by_address(
    browser: Client, client_for: ClientFor, case: Case, fremde: User, part: str, label: str
) -> None:
    url = f"/faelle/{case.number}/{part}/"
    segments = browser.get(url).context["segments"]
    assert [name for name, _url, current in segments if current] == [label]
    assert browser.post(url).status_code == 405
    assert client_for(fremde).get(url).status_code == 404


CONFLICTS: list[tuple[Any, str, dict[str, str]]] = [
    (CommitmentFactory, "einloesung", {"done_on": "heute"}),
    (CommitmentFactory, "bruch", {"note": "Kein Personal"}),
    (CommitmentFactory, "erlass", {"released_on": "heute", "proof": "Mail"}),
    (CommitmentFactory, "vorabinformation", {"on": "heute", "words": "Zwei Tage später"}),
    (InteractionFactory, "protokoll", {"minutes": "Wir haben gesprochen"}),
    (InteractionFactory, "wiedergutmachung", {"solutions_offered": "Zwei Techniker"}),
    (ComplaintFactory, "kern", {"core": "real", "core_reason": "Fotos"}),
    (ComplaintFactory, "bestaetigung", {"on": "heute"}),
    (ComplaintFactory, "antwort", {"text": "Neuer Plan", "on": "heute", "ask_on": "+7"}),
    (ExpectationFactory, "entscheidung", {"decision": "pending"}),
    (WayFactory, "ende", {"reason_text": "entfällt"}),
]


@pytest.mark.parametrize(("make", "step", "data"), CONFLICTS)
def test_step_on_what_somebody_else_changed_is_a_conflict(
    browser: Client, case: Case, make: Any, step: str, data: dict[str, str]
) -> None:
    row = make(case=case)
    type(row).objects.filter(pk=row.pk).update(version=3)
    response = browser.post(address(row, make, step), {"version": "1", **data})
    assert response.status_code == 409
    page = response.content.decode()
    typed = [value for value in data.values() if value not in {"heute", "+7", "real", "pending"}]
    assert all(value in page for value in typed)
    assert not case.events.exists()


REFUSED: list[tuple[Any, str, dict[str, str], str]] = [
    (
        ComplaintFactory, "abschluss", {"done_on": "heute", "content": "yes"},
        "Beantworten Sie sie zuerst: Ohne Antwort wird keine Beschwerde abgeschlossen.",
    ),
    (
        ComplaintFactory, "wiederaufnahme", {"due_on": "+2", "reason_text": "Wieder"},
        "Sie ist schon offen.",
    ),
    (
        InteractionFactory, "freigabe/ruecknahme", {"reason_text": "Namen"},
        "Das Protokoll ist schon intern.",
    ),
    (
        CommitmentFactory, "mitteilung", {"on": "heute", "how": "Telefon"},
        "Noch gibt es kein Ergebnis mitzuteilen.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "step", "data", "message"), REFUSED)
def test_step_that_does_not_fit_is_refused_on_its_page(
    browser: Client, case: Case, make: Any, step: str, data: dict[str, str], message: str
) -> None:
    response = browser.post(address(make(case=case), make, step), {"version": "1", **data})
    assert response.status_code == 422
    assert message in response.content.decode()


SAVED: list[tuple[Any, str, dict[str, str], str]] = [
    (
        CommitmentFactory, "einloesung", {"done_on": "heute"},
        "Die Zusage ist gehalten. Teilen Sie es dem Kunden mit.",
    ),
    (CommitmentFactory, "bruch", {"note": "Kein Personal"}, "Die Zusage ist gebrochen."),
    (
        CommitmentFactory, "erlass", {"released_on": "heute", "proof": "Mail"},
        "Die Zusage ist erlassen.",
    ),
    (InteractionFactory, "freigabe", {}, "Das Protokoll ist für den Kunden freigegeben."),
    (ComplaintFactory, "bestaetigung", {"on": "heute"}, "Der Eingang ist bestätigt."),
    (
        ComplaintFactory, "antwort", {"text": "Neuer Plan", "on": "heute", "ask_on": "+7"},
        "Die Beschwerde ist beantwortet. Erfragen Sie, ob der Kunde zufrieden ist.",
    ),
    (FollowUpFactory, "erledigung", {"done_on": "heute"}, "Der Rückruf ist erfolgt."),
    (
        MeetingSeriesFactory, "ende", {"reason_text": "Kunde ging"},
        "Die Gesprächsreihe ist beendet.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "step", "data", "message"), SAVED)
def test_step_says_what_it_did(
    browser: Client, case: Case, make: Any, step: str, data: dict[str, str], message: str
) -> None:
    url = address(make(case=case), make, step)
    response = browser.post(url, {"version": "1", **data}, follow=True)
    assert [str(each) for each in response.context["messages"]] == [message]
    assert message in response.content.decode()
