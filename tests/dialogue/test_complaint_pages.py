"""Pages of complaints, expectations and contact rules."""

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
    ComplaintFactory,
    ContactRhythmFactory,
    ExpectationFactory,
    InteractionFactory,
    WayFactory,
    proved_release,
)
from tests.dialogue.test_talk_pages import below, errors
from tests.statements import statements
from winback.cases.models import Case
from winback.dialogue.models import CommunicationWay, Complaint, ContactRhythm, Expectation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST, DETAIL, WRITE = 9, 12, 10


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def entry(owner: User, **more: Any) -> dict[str, Any]:
    return {
        "received_on": "23.11.2026",
        "channel": "mail",
        "what": "Sanitärräume nicht gereinigt",
        "severity": "medium",
        "due_on": "25.11.2026",
        "owner": owner.pk,
        **more,
    }


def test_complaint_is_received_within_the_budget(browser: Client, case: Case, kam: User) -> None:
    assert "Hier steht jede Beschwerde" in browser.get(below(case, "beschwerden/")).content.decode()
    form = browser.get(below(case, "beschwerden/neu/")).context["form"]
    assert form.initial["due_on"] == dt.date(2026, 11, 25)
    asked = statements(browser, below(case, "beschwerden/neu/"), entry(kam))
    # Four of them count up a new number range.
    assert len(asked) <= WRITE + 4, "\n".join(asked)
    assert Complaint.objects.get().number == "C-2026-0001"


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"is_safety": "on"}, "immediate_action", "Geben Sie an, was sofort getan wird."),
        ({"due_on": "20.11.2026"}, "due_on", "Das Datum liegt vor dem Eingang der Beschwerde."),
        ({"received_on": "24.11.2026"}, "received_on", "Das Datum liegt in der Zukunft."),
    ],
)
def test_receipt_names_what_is_wrong(
    browser: Client, case: Case, kam: User, wrong: dict[str, str], field: str, message: str
) -> None:
    response = browser.post(below(case, "beschwerden/neu/"), entry(kam, **wrong))
    assert errors(response)[field] == [message]
    assert not Complaint.objects.exists()


def test_every_step_of_a_complaint_by_its_pages(browser: Client, case: Case, kam: User) -> None:
    complaint = ComplaintFactory(case=case)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("acknowledge", {"on": "23.11.2026", "at": "09:15"}),
        ("core", {"core": "tactical", "core_reason": "Preisverhandlung steht an"}),
        ("edit", entry(kam, received_on="20.11.2026", severity="high")),
        ("answer", {"text": "Sonderreinigung", "on": "23.11.2026", "ask_on": "30.11.2026"}),
        ("close", {"done_on": "23.11.2026", "content": "yes"}),
        ("reopen", {"due_on": "25.11.2026", "reason_text": "Wieder nicht gereinigt"}),
    ]
    for version, (name, data) in enumerate(steps, start=1):
        assert browser.get(complaint.url(name)).status_code == 200
        response = browser.post(complaint.url(name), {"version": version, **data})
        assert response.status_code == 302, (name, response.content.decode()[:300])
    complaint.refresh_from_db()
    assert complaint.awaits_answer
    page = browser.get(complaint.get_absolute_url()).content.decode()
    assert "Wieder aufgenommen am" in page
    assert "Preisverhandlung steht an" in page


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("acknowledge", {"on": "19.11.2026"}, "on"),
        ("answer", {"text": "x", "on": "19.11.2026", "ask_on": "30.11.2026"}, "on"),
        ("answer", {"text": "x", "on": "23.11.2026", "ask_on": "19.11.2026"}, "ask_on"),
        ("answer", {"text": "", "on": "23.11.2026", "ask_on": "30.11.2026"}, "text"),
        ("close", {"done_on": "19.11.2026", "content": "yes"}, "done_on"),
        ("close", {"done_on": "23.11.2026", "content": "no"}, "closing_note"),
        ("core", {"core": "real"}, "core_reason"),
        ("reopen", {"due_on": "20.11.2026", "reason_text": "x"}, "due_on"),
    ],
)
def test_step_names_what_is_wrong(
    browser: Client, case: Case, step: str, data: dict[str, str], field: str
) -> None:
    complaint = ComplaintFactory(case=case)
    response = browser.post(complaint.url(step), {"version": 1, **data})
    assert field in errors(response)


def test_register_over_all_cases_filters_and_exports(
    browser: Client, case: Case, kam: User, fremde: User
) -> None:
    late = ComplaintFactory(case=case, due_on=dt.date(2026, 11, 20), severity="high")
    safe = ComplaintFactory(case=case, is_safety=True, immediate_action="gesperrt")
    done = ComplaintFactory(
        case=case, answered_on=TODAY, answer="x", done_on=TODAY, content=True, acknowledged_on=TODAY
    )
    ComplaintFactory(what="GEHEIM")

    def numbers(query: str) -> set[str]:
        rows = browser.get(f"/beschwerden/?{query}").context["rows"]
        return {row.number for row in rows}

    assert numbers("") == {late.number, safe.number}
    assert numbers("ansicht=ueberfaellig") == {late.number}
    assert numbers("ansicht=unbeantwortet&schwere=sicherheit") == {safe.number}
    assert numbers("ansicht=erledigt") == {done.number}
    assert numbers("ansicht=alle") == {late.number, safe.number, done.number}
    assert numbers("schwere=high") == {late.number}
    assert numbers(f"kern=unclear&verantwortlich={kam.pk}&q={safe.number}") == {safe.number}
    assert numbers("kern=real") == set()
    assert numbers("sort=-eingang&schwere=nonsense") == {late.number, safe.number}
    text = browser.get("/beschwerden/export.csv?ansicht=erledigt").content.decode("utf-8-sig")
    assert text.startswith("Nummer;Beschwerde;Kunde;")
    assert done.number in text
    assert late.number not in text


def test_lists_ask_the_same_for_one_and_three_rows(browser: Client, case: Case) -> None:
    pages = ("/beschwerden/", below(case, "beschwerden/"), below(case, "erwartungen/"))
    counts = []
    for more in (1, 2):
        contact = ContactFactory(client=case.client)
        ComplaintFactory.create_batch(more, case=case, contact=contact)
        ExpectationFactory.create_batch(more, case=case, contact=contact)
        WayFactory.create_batch(more, case=case)
        for _n in range(more):
            ContactRhythmFactory(case=case)
        complaint = Complaint.objects.first()
        assert complaint is not None
        asked = (*pages, below(case, "kontaktregeln/"), complaint.get_absolute_url())
        counts.append([len(statements(browser, page)) for page in asked])
    assert counts[0] == counts[1]
    assert counts[0][0] <= LIST
    assert max(counts[0]) <= DETAIL


def test_expectation_is_recorded_judged_and_decided(browser: Client, case: Case, kam: User) -> None:
    assert (
        "Hier steht, was der Kunde erwartet"
        in browser.get(below(case, "erwartungen/")).content.decode()
    )
    data = {"kind": "change", "what": "Tagesreinigung", "since": "heute", "realistic": "no"}
    response = browser.post(below(case, "erwartungen/neu/"), data)
    assert errors(response)["assessment"] == ["Geben Sie die sachlichen Gründe an."]
    data["assessment"] = "Kein Personal am Tag"
    assert browser.post(below(case, "erwartungen/neu/"), data).status_code == 302
    page = browser.get(below(case, "erwartungen/")).content.decode()
    assert "1 Erwartung ist nicht realistisch" in page
    row = Expectation.objects.get()
    data |= {"version": "1", "alternative": "Ab Januar"}
    assert browser.post(row.url("edit"), data).status_code == 302
    told = {
        "version": 2, "told_on": "heute", "decision": "alternative", "decided_on": "heute",
        "disappointed_on": "heute", "disappointment": "Dauert zu lange",
    }  # fmt: skip
    assert browser.post(row.url("decide"), told).status_code == 302
    page = browser.get(below(case, "erwartungen/")).content.decode()
    assert "wählt die Alternative" in page
    assert "enttäuscht am 23.11.2026" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decision": "insists", "decided_on": "heute"}, "told_on"),
        ({"decision": "insists", "told_on": "heute"}, "decided_on"),
        ({"decision": "pending", "decided_on": "heute"}, "decision"),
        ({"decision": "pending", "disappointed_on": "heute"}, "disappointment"),
    ],
)
def test_client_decides_only_what_was_told(
    browser: Client, case: Case, wrong: dict[str, str], field: str
) -> None:
    row = ExpectationFactory(case=case)
    response = browser.post(row.url("decide"), {"version": 1, **wrong})
    assert field in errors(response)


def test_rhythm_is_agreed_shown_changed_and_ended(browser: Client, case: Case, kam: User) -> None:
    data = {
        "every_days": "7",
        "channel": "phone",
        "wish": "dienstags",
        "agreed_on": "02.11.2026",
        "owner": kam.pk,
    }
    assert browser.post(below(case, "kontaktrhythmus/neu/"), data).status_code == 302
    again = browser.post(below(case, "kontaktrhythmus/neu/"), data)
    assert "schon ein Rhythmus vereinbart" in errors(again)["contact"][0]
    InteractionFactory(case=case)
    page = browser.get(below(case, "kontaktregeln/")).content.decode()
    assert "alle 7 Tage" in page
    assert "16.11.2026, vor 7 Tagen" in page
    rhythm = ContactRhythm.objects.get()
    changed = {**data, "version": 1, "every_days": "0"}
    assert "every_days" in errors(browser.post(rhythm.url("edit"), changed))
    changed["every_days"] = "14"
    assert browser.post(rhythm.url("edit"), changed).status_code == 302
    ended = {"version": 2, "reason_text": "Kunde verzichtet"}
    assert browser.post(rhythm.url("end"), ended).status_code == 302
    assert (
        "Kein Rhythmus ist vereinbart."
        in browser.get(below(case, "kontaktregeln/")).content.decode()
    )


def test_contact_rules_tell_whether_advertising_is_allowed(browser: Client, case: Case) -> None:
    ContactFactory(client=case.client, left_on=dt.date(2026, 11, 1), last_name="Weggegangen")
    ContactFactory(client=case.client, rhythm_days=14, preferred_time="vormittags")
    page = browser.get(below(case, "kontaktregeln/")).content.decode()
    assert "Keine Einwilligung" in page
    assert "vormittags" in page
    assert "Weggegangen" not in page


def test_way_is_agreed_changed_and_removed(browser: Client, case: Case) -> None:
    data = {
        "topic": "Störung",
        "sender": "Bereitschaft",
        "recipient": "Kunde",
        "occasion": "sofort",
        "channel": "phone",
    }
    assert browser.post(below(case, "kommunikationswege/neu/"), data).status_code == 302
    way = CommunicationWay.objects.get()
    browser.post(way.url("edit"), {**data, "version": 1, "occasion": "binnen 1 Stunde"})
    assert "binnen 1 Stunde" in browser.get(below(case, "kontaktregeln/")).content.decode()
    browser.post(way.url("end"), {"version": 2, "reason_text": "entfällt"})
    assert (
        "Noch ist kein Kommunikationsweg"
        in browser.get(below(case, "kontaktregeln/")).content.decode()
    )


def test_promise_is_doubted_until_somebody_confirms_it(
    browser: Client, case: Case, kam: User
) -> None:
    talk = InteractionFactory(case=case)
    url = below(case, f"zusagen/neu/?gespraech={talk.pk}")
    data = {
        "what": "Messwerte",
        "promised_on": "16.11.2026",
        "due_on": "30.11.2026",
        "owner": kam.pk,
    }
    response = browser.post(url, data)
    assert response.status_code == 422
    assert "Niemand hat bestätigt, dass wir sie halten können." in response.content.decode()
    half = browser.post(url, {**data, "confirmed_by": kam.pk})
    assert {"confirmed_on", "feasibility"} <= set(errors(half))
    response = browser.post(url, {**data, "warning_reason": "Der Kunde drängte"})
    assert response["Location"] == talk.get_absolute_url()
    given = talk.commitments.get()
    assert given.unconfirmed_reason == "Der Kunde drängte"
    page = browser.get(given.get_absolute_url()).content.decode()
    assert "nicht bestätigt" in page
    assert talk.subject in page


def test_word_before_and_result_after_are_recorded(browser: Client, case: Case) -> None:
    given = CommitmentFactory(case=case)
    url = given.get_absolute_url()
    data = {"version": 1, "on": "heute", "words": "Drei Tage später, Teil fehlt"}
    assert browser.post(f"{url}vorabinformation/", data).status_code == 302
    assert "Drei Tage später, Teil fehlt" in browser.get(url).content.decode()
    early = {"version": 2, "on": "heute", "how": "Telefon"}
    assert browser.post(f"{url}mitteilung/", early).status_code == 422
    browser.post(f"{url}einloesung/", {"version": 2, "done_on": "heute"})
    assert "Mitteilung des Ergebnisses erfassen" in browser.get(url).content.decode()
    assert browser.post(f"{url}mitteilung/", {**early, "version": 3}).status_code == 302
    assert "Ergebnis mitgeteilt am" in browser.get(url).content.decode()


def test_proof_of_a_release_is_handed_out(browser: Client, case: Case) -> None:
    given = proved_release(case)
    response = browser.get(f"{given.get_absolute_url()}nachweis/")
    assert response.status_code == 200
    assert "erlass.txt" in response["Content-Disposition"]
    other = CommitmentFactory(case=case)
    assert browser.get(f"{other.get_absolute_url()}nachweis/").status_code == 404
