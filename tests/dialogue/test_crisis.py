"""The agenda of the crisis talk begins with what the client has not heard from us."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from tests.conftest import ClientFor
from tests.dialogue.factories import InteractionFactory
from winback.cases.models import Case
from winback.common import agenda
from winback.common.agenda import Agenda, Point, to_say
from winback.dialogue.enums import InteractionKind
from winback.dialogue.models import Interaction
from winback.dialogue.rows.crisis import MOST_POINTS, agenda_text, parts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = dt.date(2026, 11, 16)


def point(number: int = 1) -> Point:
    return Point(f"F-{number:04d} · Fluchtweg verstellt.", "crit", "Hauptabweichung", "/f/")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, dt.date | None]]:
    """One room that knows one point, and what it was asked."""
    seen: list[tuple[object, dt.date | None]] = []

    def source(case: object, on: dt.date | None) -> Agenda:
        seen.append((case, on))
        return Agenda([point()], "/offenlegung/")

    monkeypatch.setattr(agenda, "_sources", [source])
    return seen


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "_sources", [lambda case, on: Agenda()])


# --- the registry ---------------------------------------------------------------------------


def test_rooms_are_asked_in_turn_and_the_first_that_knows_something_settles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(agenda, "_sources", [])
    agenda.register(lambda case, on: Agenda([], "/leer/"))
    agenda.register(lambda case, on: Agenda([point(1)], "/eins/"))
    agenda.register(lambda case, on: Agenda([point(2)], "/zwei/"))
    found = to_say(object())
    assert [each.title[:6] for each in found.points] == ["F-0001", "F-0002"]
    assert found.settle_url == "/eins/"


def test_without_rooms_nothing_is_to_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "_sources", [])
    assert (bool(to_say(object())), to_say(object()).settle_url) == (False, "")


# --- the text -------------------------------------------------------------------------------


def test_text_names_the_findings_first_one_per_line() -> None:
    lines = agenda_text(Agenda([point(1), point(2)])).splitlines()
    assert lines[0] == "Zuerst offenlegen, was wir festgestellt haben"
    assert lines[1] == "– Hauptabweichung: F-0001 · Fluchtweg verstellt."
    assert lines[3:] == parts()


def test_text_without_findings_is_what_an_honest_talk_goes_through() -> None:
    assert agenda_text(Agenda()).splitlines() == parts()
    with translation.override("en"):
        assert parts()[1] == "Take responsibility, without excuses"


@pytest.mark.parametrize(
    ("more", "last"),
    [(0, None), (1, "– und 1 weitere Feststellung"), (3, "– und 3 weitere Feststellungen")],
)
def test_text_of_very_many_findings_fits_into_the_record(more: int, last: str | None) -> None:
    wide = Point(f"F-0001 · {'w' * 140}", "open", "Verbesserungspotenzial", "/f/")
    text = agenda_text(Agenda([wide] * (MOST_POINTS + more)))
    lines = text.splitlines()
    assert len(text) <= Interaction._meta.get_field("agenda").max_length
    assert len(lines) == 1 + MOST_POINTS + (more > 0) + len(parts())
    assert last is None or lines[MOST_POINTS + 1] == last


# --- pages ----------------------------------------------------------------------------------


def test_agenda_page_lists_what_is_untold(
    asked: list[object], case: Case, client_for: ClientFor, kam: User, operativ: User
) -> None:
    url = reverse("dialogue:crisis", args=[case.number])
    page = client_for(kam).get(url).content.decode()
    assert "F-0001 · Fluchtweg verstellt." in page
    assert 'href="/offenlegung/"' in page
    assert reverse("dialogue:crisis_record", args=[case.number]) in page
    assert all(part in page for part in parts())
    reader = client_for(operativ).get(url).content.decode()
    assert "F-0001" in reader
    assert 'href="/offenlegung/"' not in reader
    assert "Krisengespräch eintragen" not in reader


def test_agenda_page_says_when_the_client_knows_everything(
    nothing: None, case: Case, client_for: ClientFor, kam: User
) -> None:
    page = client_for(kam).get(reverse("dialogue:crisis", args=[case.number]))
    assert "Der Kunde kennt jede Feststellung von uns." in page.content.decode()


def test_crisis_talk_is_recorded_along_its_agenda(
    asked: list[object], case: Case, client_for: ClientFor, kam: User
) -> None:
    client, url = client_for(kam), reverse("dialogue:crisis_record", args=[case.number])
    form = client.get(url).context["form"]
    assert form["kind"].value() == InteractionKind.CRISIS
    assert form["subject"].value() == "Krisengespräch"
    text = form["agenda"].value()
    assert "F-0001" in text
    data = {
        "kind": "crisis", "subject": "Krisengespräch", "held_on": "20.11.2026",
        "channel": "on_site", "is_two_sided": "on", "others": "Herr Brandt",
        "summary": "Alles gesagt.", "agenda": f"{text}\nFragen des Kunden",
    }  # fmt: skip
    refused = client.post(url, data | {"summary": ""})
    assert refused.status_code == 422
    assert "Fragen des Kunden" in refused.content.decode()
    client.post(url, data)
    talk = Interaction.objects.get()
    assert talk.agenda.replace("\r\n", "\n") == data["agenda"]
    assert talk.is_crisis_talk


def test_talks_warn_while_something_is_untold(
    asked: list[object], case: Case, client_for: ClientFor, kam: User
) -> None:
    page = client_for(kam).get(reverse("dialogue:talks", args=[case.number])).content.decode()
    assert "Der Kunde weiß von 1 Feststellung noch nicht durch uns." in page
    assert reverse("dialogue:crisis", args=[case.number]) in page


def test_talks_are_quiet_when_everything_is_told(
    nothing: None, case: Case, client_for: ClientFor, kam: User
) -> None:
    page = client_for(kam).get(reverse("dialogue:talks", args=[case.number])).content.decode()
    assert "noch nicht durch uns" not in page


@pytest.mark.parametrize(
    ("kind", "offered"), [(InteractionKind.CRISIS, True), (InteractionKind.CALL, False)]
)
def test_record_of_a_crisis_talk_leads_to_what_was_told_in_it(
    asked: list[tuple[object, dt.date | None]],
    case: Case,
    client_for: ClientFor,
    kam: User,
    kind: str,
    offered: bool,
) -> None:
    talk = InteractionFactory(case=case, kind=kind)
    page = client_for(kam).get(talk.get_absolute_url()).content.decode()
    assert ("Offenlegung in diesem Gespräch eintragen" in page) is offered
    assert asked == ([(talk.case, DAY)] if offered else [])


def test_reader_of_a_crisis_talk_is_not_asked_to_record_anything(
    asked: list[object], case: Case, client_for: ClientFor, operativ: User
) -> None:
    page = client_for(operativ).get(InteractionFactory(case=case).get_absolute_url())
    assert "Offenlegung in diesem Gespräch" not in page.content.decode()
