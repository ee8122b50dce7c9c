"""Pages of talks, meetings and call-backs: what they show, save and refuse at the field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.clients.factories import ContactFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import (
    TODAY,
    CommitmentFactory,
    FollowUpFactory,
    InteractionFactory,
    MeetingSeriesFactory,
)
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.dialogue.models import FollowUp, Interaction, MeetingSeries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST, DETAIL, WRITE = 8, 12, 10


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def below(case: Case, path: str) -> str:
    return f"/faelle/{case.number}/{path}"


def said(case: Case, **more: Any) -> dict[str, Any]:
    return {
        "kind": "call",
        "subject": "Rückfrage",
        "held_on": "23.11.2026",
        "starts_at": "14:30",
        "channel": "phone",
        "is_two_sided": "on",
        "others": "Herr Brandt",
        "summary": "Geklärt.",
        "mood": "4",
        **more,
    }


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422, response.content.decode()[:500]
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def test_empty_list_offers_the_first_talk(browser: Client, case: Case) -> None:
    page = browser.get(below(case, "gespraeche/")).content.decode()
    assert "Hier stehen alle Gespräche" in page
    assert "Noch kein Gespräch erfasst." in page
    assert below(case, "gespraeche/neu/") in page


def test_talk_is_recorded_and_shown(browser: Client, case: Case, kam: User) -> None:
    contact = ContactFactory(client=case.client, first_name="Carla", last_name="Heller")
    data = said(case, contacts=[contact.pk], our_people=[kam.pk])
    response = browser.post(below(case, "gespraeche/neu/"), data)
    talk = Interaction.objects.get()
    assert response["Location"] == talk.get_absolute_url()
    assert talk.starts_at == dt.time(14, 30)
    page = browser.get(below(case, "gespraeche/")).content.decode()
    assert "Carla Heller, A. Kaya, Herr Brandt" in page
    assert "Letzter beidseitiger Kontakt: 23.11.2026, heute" in page
    assert "4\u00a0offen" in page


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"held_on": "24.11.2026"}, "held_on", "Das Datum liegt in der Zukunft."),
        ({"others": ""}, "contacts", "Nennen Sie mindestens eine Person des Kunden."),
        ({"summary": ""}, "summary", "Dieses Feld ist zwingend erforderlich."),
        ({"contacts": ["99999"]}, "contacts", "keine gültige Auswahl"),
        ({"starts_at": "25:00"}, "starts_at", "Bitte eine gültige Uhrzeit eingeben."),
    ],
)
def test_talk_form_names_what_is_wrong(
    browser: Client, case: Case, wrong: dict[str, Any], field: str, message: str
) -> None:
    response = browser.post(below(case, "gespraeche/neu/"), said(case, **wrong))
    assert message in errors(response)[field][0]
    assert "Rückfrage" in response.content.decode()
    assert not Interaction.objects.exists()


def test_list_filters_by_kind_and_contact(browser: Client, case: Case) -> None:
    contact = ContactFactory(client=case.client)
    InteractionFactory(case=case, kind="call", subject="Anruf")
    InteractionFactory(case=case, subject="Krise").contacts.add(contact)

    def subjects(query: str) -> list[str]:
        response = browser.get(below(case, f"gespraeche/?{query}"))
        return [row.subject for row in response.context["rows"]]

    assert subjects("") == ["Krise", "Anruf"]
    assert subjects("art=call") == ["Anruf"]
    assert subjects(f"kontakt={contact.pk}") == ["Krise"]
    assert subjects("art=nonsense&kontakt=x") == ["Krise", "Anruf"]


def test_mood_is_drawn_from_two_judgements_on(browser: Client, case: Case) -> None:
    InteractionFactory(case=case, mood=1, held_on=dt.date(2026, 11, 2))
    InteractionFactory(case=case)
    assert browser.get(below(case, "gespraeche/")).context["mood"] is None
    InteractionFactory(case=case, mood=4)
    mood = browser.get(below(case, "gespraeche/")).context["mood"]
    assert mood.message == "Stimmung des Kunden: von 1\u00a0feindselig auf 4\u00a0offen"
    assert [row[0] for row in mood.rows] == ["16.11.2026", "02.11.2026"]


def test_detail_of_a_crisis_talk_says_what_is_missing(browser: Client, case: Case) -> None:
    talk = InteractionFactory(case=case, minutes="Zeile eins\nZeile zwei", moderator="Frau Adler")
    CommitmentFactory(case=case, interaction=talk, what="Messwerte vorlegen")
    FollowUpFactory(case=case, interaction=talk)
    page = browser.get(talk.get_absolute_url()).content.decode()
    for text in (
        "Im Protokoll des Krisengesprächs fehlt noch:",
        "wer sich in welcher Form entschuldigt hat",
        "Zeile eins<br>Zeile zwei",
        "Messwerte vorlegen",
        "Rückruf: Rückfrage zur Rechnung",
        "Frau Adler",
        "intern",
    ):
        assert text in page


ADMITTED = {
    "failures_admitted": "Besetzung",
    "takes_responsibility": "on",
    "apology_form": "personal",
    "solutions_offered": "Zwei Techniker",
    "make_good_asked": "on",
    "make_good_answer": "Gutschrift",
}


def test_minutes_and_admission_complete_the_record(browser: Client, case: Case, kam: User) -> None:
    talk = InteractionFactory(case=case)
    url = talk.get_absolute_url()
    minutes = {"version": 1, "minutes": "Protokoll", "decisions": "Plan bis Freitag"}
    assert browser.post(f"{url}protokoll/", minutes).status_code == 302
    admitted = {"version": 2, "apologised_by": kam.pk, **ADMITTED}
    assert browser.post(f"{url}wiedergutmachung/", admitted).status_code == 302
    page = browser.get(url).content.decode()
    assert "fehlt noch" not in page
    assert "übernommen, ohne Ausflüchte" in page
    assert "2-mal geändert" in page
    again = browser.post(f"{url}protokoll/", minutes)
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"apologised_by": ""}, "apologised_by"),
        ({"apology_form": ""}, "apology_form"),
        ({"make_good_asked": ""}, "make_good_asked"),
    ],
)
def test_half_an_apology_is_refused(
    browser: Client, case: Case, kam: User, wrong: dict[str, str], field: str
) -> None:
    talk = InteractionFactory(case=case)
    data = {"version": 1, "apologised_by": kam.pk, **ADMITTED, **wrong}
    data = {name: value for name, value in data.items() if value}
    response = browser.post(f"{talk.get_absolute_url()}wiedergutmachung/", data)
    assert field in errors(response)


def test_correcting_keeps_people_who_have_left(browser: Client, case: Case) -> None:
    gone = ContactFactory(client=case.client, left_on=dt.date(2026, 11, 1))
    talk = InteractionFactory(case=case)
    talk.contacts.add(gone)
    url = f"{talk.get_absolute_url()}bearbeiten/"
    assert f'value="{gone.pk}" id="id_contacts_0" checked' in browser.get(url).content.decode()
    data = said(case, version=1, contacts=[gone.pk], subject="Berichtigt", others="")
    assert browser.post(url, data).status_code == 302
    talk.refresh_from_db()
    assert (talk.subject, list(talk.contacts.all())) == ("Berichtigt", [gone])


def test_sharing_has_its_own_page_and_a_way_back(browser: Client, case: Case) -> None:
    talk = InteractionFactory(case=case)
    url = talk.get_absolute_url()
    assert (
        "dürfen dieses Protokoll ab jetzt zeigen" in browser.get(f"{url}freigabe/").content.decode()
    )
    browser.post(f"{url}freigabe/", {"version": 1})
    assert "am 23.11.2026 für den Kunden freigegeben" in browser.get(url).content.decode()
    assert browser.post(f"{url}freigabe/", {"version": 2}).status_code == 422
    data = {"version": 2, "reason_text": "Enthält Namen"}
    assert browser.post(f"{url}freigabe/ruecknahme/", data).status_code == 302
    talk.refresh_from_db()
    assert not talk.is_shared


def test_ended_case_takes_a_talk_but_nothing_else(browser: Client, case: Case) -> None:
    talk = InteractionFactory(case=case)
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    assert browser.post(below(case, "gespraeche/neu/"), said(case)).status_code == 302
    page = browser.get(talk.get_absolute_url()).content.decode()
    assert "Protokoll schreiben" in page
    assert "Zusagen und Maßnahmen erfassen" not in page
    assert browser.get(below(case, "rueckrufe/neu/")).status_code == 403


def test_series_is_agreed_recorded_edited_and_ended(browser: Client, case: Case, kam: User) -> None:
    data = {
        "kind": "regular",
        "title": "Jour fixe Süd",
        "rhythm_days": "14",
        "next_on": "25.11.2026",
        "channel": "video",
        "agenda": "Messwerte\n\nZusagen",
        "owner": kam.pk,
    }
    assert browser.post(below(case, "gespraechsreihen/neu/"), data).status_code == 302
    series = MeetingSeries.objects.get()
    page = browser.get(below(case, "gespraeche/")).content.decode()
    assert "Messwerte<br>Zusagen" in page
    form = browser.get(series.url("record")).context["form"]
    assert form.initial["subject"] == "Jour fixe Süd"
    browser.post(series.url("record"), said(case, kind="regular"))
    talk = Interaction.objects.get()
    assert (talk.series, talk.agenda) == (series, series.agenda)
    series.refresh_from_db()
    assert series.next_on == dt.date(2026, 12, 7)
    browser.post(series.url("edit"), {**data, "version": 1, "title": "Jour fixe Nord"})
    browser.post(series.url("end"), {"version": 2, "reason_text": "Kunde ging"})
    series.refresh_from_db()
    assert (series.title, series.ended_on) == ("Jour fixe Nord", TODAY)


@pytest.mark.parametrize(
    ("wrong", "field", "part"),
    [
        ({"next_on": "20.11.2026"}, "next_on", "Das Datum liegt in der Vergangenheit."),
        ({"deputy": "same"}, "deputy", "Vertretung"),
    ],
)
def test_series_form_doubts_and_refuses(
    browser: Client, case: Case, kam: User, wrong: dict[str, str], field: str, part: str
) -> None:
    data = {
        "kind": "regular", "title": "Jour fixe", "rhythm_days": "7", "next_on": "25.11.2026",
        "channel": "video", "owner": kam.pk, **wrong,
    }  # fmt: skip
    if data.get("deputy"):
        data["deputy"] = kam.pk
    response = browser.post(below(case, "gespraechsreihen/neu/"), data)
    assert response.status_code == 422
    assert part in response.content.decode()
    assert not MeetingSeries.objects.exists()


def test_call_back_from_a_talk_leads_back_to_it(browser: Client, case: Case, kam: User) -> None:
    talk = InteractionFactory(case=case)
    url = below(case, f"rueckrufe/neu/?gespraech={talk.pk}")
    form = browser.get(url).context["form"]
    assert form.initial["due_on"] == dt.date(2026, 11, 24)
    data = {"what": "Preis", "due_on": "24.11.2026", "owner": kam.pk}
    response = browser.post(url, data)
    assert response["Location"] == talk.get_absolute_url()
    call = FollowUp.objects.get()
    assert call.interaction == talk
    edited = {**data, "version": 1, "due_on": "20.11.2026"}
    assert browser.post(call.url("edit"), edited).status_code == 422
    edited["warning_reason"] = "Nachgetragen"
    assert browser.post(call.url("edit"), edited).status_code == 302
    assert browser.post(call.url("done"), {"version": 2, "done_on": "heute"}).status_code == 302
    call.refresh_from_db()
    assert call.done_on == TODAY


@pytest.mark.parametrize("query", ["x", "99999", "9" * 30])
def test_talk_named_by_nonsense_is_not_found(browser: Client, case: Case, query: str) -> None:
    for page in ("rueckrufe/neu/", "zusagen/neu/"):
        assert browser.get(below(case, f"{page}?gespraech={query}")).status_code == 404


def test_operations_call_back_what_they_owe(
    client_for: ClientFor, case: Case, operativ: User, kam: User
) -> None:
    own, other = FollowUpFactory(case=case, owner=operativ), FollowUpFactory(case=case, owner=kam)
    browser = client_for(operativ)
    assert browser.get(own.url("done")).status_code == 200
    assert browser.get(other.url("done")).status_code == 403
    page = browser.get(below(case, "gespraeche/")).content.decode()
    assert page.count("Zurückgerufen") == 1


def test_pages_ask_the_same_for_one_and_three_rows(browser: Client, case: Case, kam: User) -> None:
    counts = []
    for more in (1, 2):
        for _n in range(more):
            talk = InteractionFactory(case=case, mood=3)
            talk.contacts.add(ContactFactory(client=case.client))
            talk.our_people.add(kam)
            CommitmentFactory(case=case, interaction=talk)
            MeetingSeriesFactory(case=case)
            FollowUpFactory(case=case, interaction=talk)
        pages = (below(case, "gespraeche/"), talk.get_absolute_url())
        counts.append([len(statements(browser, page)) for page in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= DETAIL


def test_recording_stays_within_the_budget(browser: Client, case: Case, kam: User) -> None:
    contacts = ContactFactory.create_batch(2, client=case.client)
    people = {"contacts": [each.pk for each in contacts], "our_people": [kam.pk]}
    asked = statements(browser, below(case, "gespraeche/neu/"), said(case, **people))
    assert len(asked) <= WRITE, "\n".join(asked)
