"""Access and erasure: what a person is told, what goes, what stays, what hinders."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.clients.factories import (
    ConsentFactory,
    ContactFactory,
    MessageFactory,
    ObjectionFactory,
    proved,
)
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from winback.clients.models import Contact, Recipient
from winback.clients.permissions import can_answer_data_requests
from winback.clients.services import (
    ContactErased,
    ErasureRefused,
    erase_contact,
    hindrances,
    save_contact,
)
from winback.common.claims import StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(kam: User) -> Contact:
    """Somebody with all that can be known about a person."""
    contact = ContactFactory(last_name="Brandt", email="henrik@norhagen.example", phone="089 1")
    save_contact(
        client=contact.client,
        actor=kam,
        changes={"attitude": "critical", "internal_need": "Kosten", "rhythm_days": 7},
        contact=contact,
        version=1,
    )
    return contact


def erase(contact: Contact, actor: User, today: dt.date) -> Contact:
    return erase_contact(contact=contact, version=contact.version, actor=actor, today=today)


def test_only_the_board_answers_requests(leitung: User, kam: User, admin_user: User) -> None:
    assert can_answer_data_requests(leitung)
    assert not can_answer_data_requests(kam)
    assert not can_answer_data_requests(admin_user)


def test_erased_person_is_unrecognisable_everywhere(
    contact: Contact, leitung: User, today: dt.date
) -> None:
    consent = proved(contact)
    ObjectionFactory(contact=contact)
    Recipient.objects.create(
        message=MessageFactory(client=contact.client, sent_on=today, sent_by=leitung),
        contact=contact,
        email=contact.email,
    )
    erase(contact, leitung, today)
    contact.refresh_from_db()
    assert contact.is_erased
    assert contact.name == "Gelöschte Person"
    kept = [contact.email, contact.phone, contact.attitude, contact.internal_need]
    assert (kept, contact.rhythm_days) == ([""] * 4, None)
    assert contact.has_left(today)
    assert [row.last_name for row in contact.history.all()] == ["Gelöschte Person"]
    assert Recipient.objects.get(contact=contact).email == ""
    assert (contact.consents.get(), contact.objections.count()) == (consent, 1)


def test_erasing_twice_changes_nothing(contact: Contact, leitung: User, today: dt.date) -> None:
    left = dt.date(2026, 1, 31)
    Contact.objects.filter(pk=contact.pk).update(left_on=left)
    contact.refresh_from_db()
    erased = erase(contact, leitung, today)
    assert erased.left_on == left
    again = erase(erased, leitung, today + dt.timedelta(days=1))
    assert (again.erased_on, again.version) == (today, 3)
    with pytest.raises(ContactErased):
        save_contact(client=contact.client, actor=leitung, changes={}, contact=again, version=3)


def test_open_promise_and_draft_hinder(contact: Contact, leitung: User, today: dt.date) -> None:
    case = active_case(client=contact.client)
    CommitmentFactory(case=case, contact=contact, what="Bericht je Objekt")
    CommitmentFactory(
        case=case, contact=contact, what="gehalten", done_on=today, promised_on=today, due_on=today
    )
    for facts in ({}, {"sent_on": today, "sent_by": leitung}, {"discarded_on": today}):
        message = MessageFactory(client=contact.client, **facts)
        Recipient.objects.create(message=message, contact=contact)
    found = hindrances(contact)
    assert found == ["Zusage „Bericht je Objekt“", "Entwurf „Termin zur Begehung“"]
    with pytest.raises(ErasureRefused) as refused:
        erase(contact, leitung, today)
    assert refused.value.hindrances == found
    contact.refresh_from_db()
    assert contact.last_name == "Brandt"


def test_erasing_needs_the_current_version(contact: Contact, leitung: User, today: dt.date) -> None:
    with pytest.raises(StaleVersion):
        erase_contact(contact=contact, version=9, actor=leitung, today=today)


def test_person_is_told_all_that_is_stored(
    contact: Contact, leitung: User, client_for: ClientFor, today: dt.date
) -> None:
    ConsentFactory(contact=contact, wording="Ja, bitte.")
    ObjectionFactory(contact=contact, note="am Telefon")
    Recipient.objects.create(message=MessageFactory(client=contact.client), contact=contact)
    CommitmentFactory(
        case=active_case(client=contact.client), contact=contact, what="Bericht je Objekt"
    )
    url = reverse("clients:personal_data", args=[contact.client_id, contact.pk])
    response = client_for(leitung).get(url)
    assert f"auskunft-{contact.pk}.json" in response["Content-Disposition"]
    told = json.loads(response.content)
    assert told["Person"]["Nachname"] == "Brandt"
    assert told["Person"]["Haltung zu uns"] == "kritisch"
    assert len(told["Frühere Fassungen"]) == contact.history.count()
    assert told["Einwilligungen"][0]["Wortlaut"] == "Ja, bitte."
    assert told["Widersprüche gegen Werbung"][0]["Notiz"] == "am Telefon"
    assert told["Mails"][0]["Betreff"] == "Termin zur Begehung"
    assert told["Genannt in"][0]["Was"] == "Zusage: Bericht je Objekt"


def test_pages_say_what_goes_and_what_hinders(
    contact: Contact, leitung: User, client_for: ClientFor, today: dt.date
) -> None:
    desk = client_for(leitung)
    url = reverse("clients:contact_erase", args=[contact.client_id, contact.pk])
    assert url in desk.get(contact.get_absolute_url()).content.decode()
    message = MessageFactory(client=contact.client)
    Recipient.objects.create(message=message, contact=contact)
    assert "Entwurf „Termin zur Begehung“" in desk.get(url).content.decode()
    assert desk.post(url, {"version": "2"}).status_code == 422
    message.recipients.all().delete()
    assert desk.post(url, {"version": "2"})["Location"] == contact.get_absolute_url()
    page = desk.get(contact.get_absolute_url()).content.decode()
    assert "Gelöschte Person" in page
    assert "Einwilligung erfassen" not in page
    edit = reverse("clients:contact_edit", args=[contact.client_id, contact.pk])
    data = {"salutation": "mr", "last_name": "Neu", "language": "de", "version": "3"}
    assert desk.post(edit, data).status_code == 422
