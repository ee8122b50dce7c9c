"""Every form with bad input: 422, German message at the field, input kept, nothing saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.clients.factories import ContactFactory, SiteFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory, overdue
from tests.factories import UserFactory
from winback.cases.models import Case
from winback.dialogue.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FUTURE = "Das Datum liegt in der Zukunft."
BEFORE = "Das Datum liegt vor der Zusage."


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def give_url(case: Case) -> str:
    return f"/faelle/{case.number}/zusagen/neu/"


def entry(case: Case, **more: Any) -> dict[str, Any]:
    return {
        "what": "Messwerte Aufzug vorlegen",
        "promised_on": "20.11.2026",
        "due_on": "30.11.2026",
        "owner": case.owner_id,
        "confirmed_by": case.owner_id,
        "confirmed_on": "20.11.2026",
        "feasibility": "Mit der Objektleitung geklärt",
        **more,
    }


def assert_rejected(response: Any, field: str, message: str) -> None:
    """Shown at the field and in the summary, with what was typed still in the form."""
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [message]
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert page.count(message) >= 2


def test_valid_input_is_saved(browser: Client, case: Case) -> None:
    contact = ContactFactory(client=case.client)
    response = browser.post(give_url(case), entry(case, contact=contact.pk, note="nach Begehung"))
    assert response["Location"] == f"/faelle/{case.number}/kommunikation/"
    given = Commitment.objects.get()
    assert (given.contact, given.owner, given.due_on) == (
        contact,
        case.owner,
        dt.date(2026, 11, 30),
    )


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"what": ""}, "what", "Dieses Feld ist zwingend erforderlich."),
        ({"owner": ""}, "owner", "Dieses Feld ist zwingend erforderlich."),
        ({"due_on": ""}, "due_on", "Dieses Feld ist zwingend erforderlich."),
        ({"promised_on": "24.11.2026"}, "promised_on", FUTURE),
        ({"due_on": "19.11.2026"}, "due_on", BEFORE),
        (
            {"owner": "99999"},
            "owner",
            "Bitte eine gültige Auswahl treffen. 99999 ist keine gültige Auswahl.",
        ),
        (
            {"deputy": "x"},
            "deputy",
            "Bitte eine gültige Auswahl treffen. x ist keine gültige Auswahl.",
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_give_rejects(
    browser: Client, case: Case, wrong: dict[str, str], field: str, message: str
) -> None:
    response = browser.post(give_url(case), entry(case, note="bleibt stehen", **wrong))
    assert_rejected(response, field, message)
    assert "bleibt stehen" in response.content.decode()
    assert not Commitment.objects.exists()


def test_give_rejects_text_that_is_too_long(browser: Client, case: Case) -> None:
    response = browser.post(give_url(case), entry(case, what="x" * 251, note="y" * 2001))
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert "höchstens 250 Zeichen" in errors["what"][0]
    assert "höchstens 2000 Zeichen" in errors["note"][0]
    assert "x" * 251 in response.content.decode()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("written", ["31.02.2026", "bald", "2026/11/30", "13.13."])
def test_give_rejects_what_is_no_date(browser: Client, case: Case, written: str) -> None:
    response = browser.post(give_url(case), entry(case, due_on=written))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["due_on"]
    assert f'value="{written}"' in response.content.decode()
    assert not Commitment.objects.exists()


def test_give_rejects_an_owner_who_is_the_deputy(browser: Client, case: Case) -> None:
    response = browser.post(give_url(case), entry(case, deputy=case.owner_id))
    assert_rejected(
        response, "deputy", "Die Vertretung muss eine andere Person sein als die verantwortliche."
    )


def test_give_rejects_the_contact_of_another_client(browser: Client, case: Case) -> None:
    ContactFactory(client=case.client)
    response = browser.post(give_url(case), entry(case, contact=ContactFactory().pk))
    assert response.status_code == 422
    assert "contact" in response.context["form"].errors


def test_give_wants_to_know_to_whom_where_contacts_exist(browser: Client, case: Case) -> None:
    ContactFactory(client=case.client)
    response = browser.post(give_url(case), entry(case))
    assert_rejected(response, "contact", "Dieses Feld ist zwingend erforderlich.")


def test_give_offers_no_contact_who_has_left(browser: Client, case: Case) -> None:
    gone = ContactFactory(client=case.client, left_on=dt.date(2026, 11, 23))
    leaving = ContactFactory(client=case.client, left_on=dt.date(2026, 11, 24))
    offered = browser.get(give_url(case)).context["form"].fields["contact"].rows
    assert offered == {str(leaving.pk): leaving}
    assert str(gone.pk) not in offered


def test_give_proposes_today_and_oneself(browser: Client, case: Case, kam: User) -> None:
    page = browser.get(give_url(case)).content.decode()
    assert 'value="23.11.2026"' in page
    assert f'<option value="{kam.pk}" selected>' in page


@pytest.mark.parametrize(
    ("due_on", "doubt"),
    [
        ("20.11.2026", "Das Datum liegt in der Vergangenheit."),
        ("28.11.2026", "Sa., 28.11.2026 ist kein Arbeitstag (Hessen)."),
        ("25.12.2026", "Fr., 25.12.2026 ist kein Arbeitstag (Hessen)."),
        (
            "22.11.2026",
            "Das Datum liegt in der Vergangenheit. So., 22.11.2026 ist kein Arbeitstag (Hessen).",
        ),
    ],
)
def test_give_doubts_an_unusual_date_and_takes_it_with_a_reason(
    browser: Client, case: Case, due_on: str, doubt: str
) -> None:
    doubted = browser.post(give_url(case), entry(case, due_on=due_on))
    assert doubted.status_code == 422
    assert doubt in doubted.content.decode()
    assert not Commitment.objects.exists()
    accepted = browser.post(
        give_url(case), entry(case, due_on=due_on, warning_reason="nachgetragen")
    )
    assert accepted.status_code == 302
    event = case.events.first()
    assert event is not None
    assert event.data["reason"] == "nachgetragen"


def test_give_knows_the_holidays_of_the_lead_site(browser: Client, case: Case) -> None:
    """The Day of Repentance, 2026-11-18, is a holiday in Saxony alone."""
    case.sites.add(SiteFactory(client=case.client, bundesland="SN"))
    data = entry(case, promised_on="02.11.2026", due_on="18.11.2026")
    assert "(Sachsen)" in browser.post(give_url(case), data).content.decode()


def edit_url(commitment: Commitment) -> str:
    return f"{commitment.get_absolute_url()}bearbeiten/"


def as_posted(commitment: Commitment, **more: Any) -> dict[str, Any]:
    return {
        "what": commitment.what,
        "promised_on": commitment.promised_on.strftime("%d.%m.%Y"),
        "due_on": commitment.due_on.strftime("%d.%m.%Y"),
        "owner": commitment.owner_id,
        "version": commitment.version,
        **more,
    }


def test_edit_shows_what_stands(browser: Client, case: Case) -> None:
    contact = ContactFactory(client=case.client, left_on=dt.date(2026, 1, 1))
    commitment = CommitmentFactory(case=case, contact=contact, deputy=UserFactory())
    page = browser.get(edit_url(commitment)).content.decode()
    for value in (contact.pk, commitment.owner_id, commitment.deputy_id):
        assert f'<option value="{value}" selected>' in page


def test_edit_of_words_doubts_nothing(browser: Client, case: Case) -> None:
    """A due date on a Saturday was accepted once; it is not asked for again."""
    commitment = CommitmentFactory(case=case, due_on=dt.date(2026, 11, 28))
    response = browser.post(edit_url(commitment), as_posted(commitment, what="Deutlicher"))
    assert response["Location"] == commitment.get_absolute_url()
    commitment.refresh_from_db()
    assert commitment.what == "Deutlicher"


def test_edit_of_the_date_asks_for_a_reason(browser: Client, case: Case) -> None:
    commitment = CommitmentFactory(case=case)
    data = as_posted(commitment, due_on="04.12.2026")
    doubted = browser.post(edit_url(commitment), data)
    assert doubted.status_code == 422
    assert "Bisher: 30.11.2026." in doubted.content.decode()
    accepted = browser.post(edit_url(commitment), data | {"warning_reason": "Zahlendreher"})
    assert accepted.status_code == 302
    commitment.refresh_from_db()
    assert commitment.due_on == dt.date(2026, 12, 4)


def test_edit_leaves_the_dates_of_an_overdue_commitment_alone(browser: Client, case: Case) -> None:
    commitment = overdue(case)
    data = as_posted(commitment, what="Deutlicher", due_on="04.12.2026", warning_reason="x")
    assert browser.post(edit_url(commitment), data).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.what, commitment.due_on) == ("Deutlicher", dt.date(2026, 11, 20))


def test_edit_rejects_due_before_promised(browser: Client, case: Case) -> None:
    commitment = CommitmentFactory(case=case)
    response = browser.post(edit_url(commitment), as_posted(commitment, due_on="01.11.2026"))
    assert_rejected(response, "due_on", BEFORE)
    commitment.refresh_from_db()
    assert commitment.version == 1


STEPS = {
    "einloesung": {"done_on": "23.11.2026"},
    "bruch": {"note": "Kein Personal"},
    "erlass": {"released_on": "23.11.2026", "proof": "E-Mail Brandt vom 23.11."},
    "uebergabe": {"note": "Urlaub"},
}
REQUIRED = "Dieses Feld ist zwingend erforderlich."


@pytest.mark.parametrize(
    ("step", "wrong", "field", "message"),
    [
        ("einloesung", {"done_on": ""}, "done_on", REQUIRED),
        ("einloesung", {"done_on": "24.11.2026"}, "done_on", FUTURE),
        ("einloesung", {"done_on": "01.11.2026"}, "done_on", BEFORE),
        ("bruch", {"note": " "}, "note", REQUIRED),
        ("erlass", {"proof": ""}, "proof", REQUIRED),
        ("erlass", {"released_on": "24.11.2026"}, "released_on", FUTURE),
        ("erlass", {"released_on": "01.11.2026"}, "released_on", BEFORE),
        ("uebergabe", {"owner": ""}, "owner", REQUIRED),
    ],
)
def test_step_rejects(
    browser: Client, case: Case, step: str, wrong: dict[str, str], field: str, message: str
) -> None:
    commitment = CommitmentFactory(case=case)
    data = {"version": 1, **STEPS[step], **wrong}
    assert_rejected(browser.post(f"{commitment.get_absolute_url()}{step}/", data), field, message)
    commitment.refresh_from_db()
    assert (commitment.is_open, commitment.version) == (True, 1)


@pytest.mark.parametrize(("step", "field"), [("bruch", "note"), ("erlass", "proof")])
def test_step_rejects_text_that_is_too_long(
    browser: Client, case: Case, step: str, field: str
) -> None:
    commitment = CommitmentFactory(case=case)
    data = {"version": 1, **STEPS[step], field: "x" * 251}
    response = browser.post(f"{commitment.get_absolute_url()}{step}/", data)
    assert response.status_code == 422
    assert "höchstens 250 Zeichen" in response.context["form"].errors[field][0]
    assert "x" * 251 in response.content.decode()


def test_hand_over_does_not_offer_the_owner(browser: Client, case: Case, kollegin: User) -> None:
    commitment = CommitmentFactory(case=case)
    response = browser.get(f"{commitment.get_absolute_url()}uebergabe/")
    offered = response.context["form"].fields["owner"].rows
    assert str(kollegin.pk) in offered
    assert str(commitment.owner_id) not in offered


def test_step_without_the_version_is_rejected(browser: Client, case: Case) -> None:
    commitment = CommitmentFactory(case=case)
    url = f"{commitment.get_absolute_url()}einloesung/"
    assert browser.post(url, {"done_on": "23.11.2026", "version": "x"}).status_code == 422
