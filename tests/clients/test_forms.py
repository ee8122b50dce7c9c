"""Forms about people, mails and quiet clients: what they refuse and what they keep."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    LookFactory,
    MessageFactory,
    proved,
)
from tests.conftest import ClientFor
from tests.factories import UserFactory
from winback.clients import forms
from winback.clients.models import Contact, DormantLook, Objection, OutwardMessage

pytestmark = pytest.mark.django_db
LONG = "x" * 251


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def refused(desk: Browser, url: str, data: dict[str, object], field: str) -> str:
    """The page that sends the form back; ``field`` carries the message."""
    response = desk.post(url, data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"withdrawn_on": ""}, "withdrawn_on"),
        ({"withdrawn_on": "30.09.2026"}, "withdrawn_on"),
        ({"withdrawn_on": "morgen"}, "withdrawn_on"),
        ({"withdrawn_on": "24.11.2026"}, "withdrawn_on"),
        ({"note": LONG}, "note"),
    ],
    ids=str,
)
def test_withdrawal_refuses_bad_input(
    bad: dict[str, object], field: str, desk: Browser, today: dt.date
) -> None:
    consent = ConsentFactory()
    contact = consent.contact
    url = reverse("clients:consent_withdraw", args=[contact.client_id, contact.pk, consent.pk])
    refused(desk, url, {"version": "1", "withdrawn_on": "heute", "note": "", **bad}, field)
    consent.refresh_from_db()
    assert not consent.is_withdrawn


def test_withdrawal_notices_who_was_quicker(desk: Browser, today: dt.date) -> None:
    consent = ConsentFactory()
    contact = consent.contact
    url = reverse("clients:consent_withdraw", args=[contact.client_id, contact.pk, consent.pk])
    data = {"version": "7", "withdrawn_on": "heute", "note": "per Mail"}
    response = desk.post(url, data)
    assert response.status_code == 409
    assert "per Mail" in response.content.decode()


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"objected_on": ""}, "objected_on"),
        ({"objected_on": "24.11.2026"}, "objected_on"),
        ({"channel": "video"}, "channel"),
        ({"note": LONG}, "note"),
    ],
    ids=str,
)
def test_objection_refuses_bad_input(
    bad: dict[str, object], field: str, desk: Browser, today: dt.date
) -> None:
    contact = ContactFactory()
    url = reverse("clients:objection_create", args=[contact.client_id, contact.pk])
    refused(desk, url, {"channel": "", "objected_on": "heute", "note": "", **bad}, field)
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    ("query", "channel", "purpose"),
    [
        ("kanal=mail&zweck=survey", "mail", "survey"),
        ("kanal=video&zweck=contract", "", ""),
        ("kanal=<script>", "", ""),
        ("", "", ""),
    ],
)
def test_consent_form_takes_the_cell_it_was_called_from(
    query: str, channel: str, purpose: str, desk: Browser, today: dt.date
) -> None:
    contact = ContactFactory()
    url = reverse("clients:consent_create", args=[contact.client_id, contact.pk])
    form = desk.get(f"{url}?{query}").context["form"]
    assert (form["channel"].value(), form["purpose"].value()) == (channel, purpose)
    assert form["given_on"].value() == today


def test_consent_form_asks_for_no_proof_of_a_written_one(today: dt.date) -> None:
    contact = ContactFactory()
    data = {
        "channel": "mail",
        "purpose": "survey",
        "wording": "Ja.",
        "source": "written",
        "given_on": "22.11.2026",
    }
    form = forms.ConsentForm(data, contact=contact)
    assert form.is_valid()
    assert form.warned == []
    assert "proof" not in form.facts
    assert form.facts["given_on"] == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"occasion": ""}, "occasion"),
        ({"occasion": LONG}, "occasion"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "22.11.2026"}, "due_on"),
        ({"owner": "0"}, "owner"),
    ],
    ids=str,
)
def test_planned_look_refuses_bad_input(
    bad: dict[str, object], field: str, desk: Browser, kam: User, today: dt.date
) -> None:
    url = reverse("clients:look_plan", args=[ClientFactory().pk])
    data = {"occasion": "Still", "owner": str(kam.pk), "due_on": "heute", **bad}
    refused(desk, url, data, field)
    assert not DormantLook.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_looks_are_owed_by_those_who_see_clients(role: Role) -> None:
    person = UserFactory(role=role)
    offered = forms.LookPlanForm().fields["owner"].queryset  # type: ignore[attr-defined]
    assert (person in offered) is (role not in {Role.OPERATIONS, Role.EXTERNAL_AUDITOR})


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"result": ""}, "result"),
        ({"result": "weg"}, "result"),
        ({"reason": ""}, "reason"),
        ({"result": "unknown"}, "next_on"),
        ({"result": "unknown", "next_on": "23.11.2026"}, "next_on"),
        ({"next_on": "irgendwann"}, "next_on"),
    ],
    ids=str,
)
def test_look_refuses_bad_input_and_keeps_the_words(
    bad: dict[str, object], field: str, desk: Browser, today: dt.date
) -> None:
    look = LookFactory()
    data = {"result": "gone", "reason": "Neuer Anbieter", "unspoken": "Ton", "version": "1", **bad}
    page = refused(desk, look.get_absolute_url(), data, field)
    assert "Ton" in page
    look.refresh_from_db()
    assert look.is_open


def test_look_notices_who_was_quicker(desk: Browser, today: dt.date) -> None:
    look = LookFactory()
    data = {"result": "gone", "reason": "Neuer Anbieter", "version": "4"}
    assert desk.post(look.get_absolute_url(), data).status_code == 409


@pytest.mark.parametrize("day", ["", "24.11.2026", "gestern?", "31.02.2026"])
def test_sending_refuses_a_bad_day(day: str, desk: Browser, today: dt.date) -> None:
    message = MessageFactory()
    url = reverse("clients:message_send", args=[message.client_id, message.pk])
    refused(desk, url, {"version": "1", "sent_on": day}, "sent_on")
    message.refresh_from_db()
    assert message.is_draft


def test_blocked_sending_names_the_person_on_the_page(
    desk: Browser, kam: User, today: dt.date
) -> None:
    contact = ContactFactory(last_name="Brandt", email="b@norhagen.example")
    proved(contact)
    create = reverse("clients:message_create", args=[contact.client_id])
    data = {
        "purpose": "improvements",
        "contacts": [str(contact.pk)],
        "subject": "Plan",
        "body": "Guten Tag",
    }
    desk.post(create, data)
    message = OutwardMessage.objects.get()
    Contact.objects.filter(pk=contact.pk).update(email="")
    url = reverse("clients:message_send", args=[contact.client_id, message.pk])
    response = desk.post(url, {"version": "1", "sent_on": "heute"})
    assert response.status_code == 422
    assert "Brandt hat hier keine E-Mail-Adresse" in response.content.decode()


def test_mail_offers_only_people_who_are_there(desk: Browser, today: dt.date) -> None:
    client = ClientFactory()
    ContactFactory(client=client, last_name="Da", first_name="", function="Einkauf")
    ContactFactory(client=client, last_name="Weg", first_name="", left_on=today)
    ContactFactory(last_name="Fremd", first_name="")
    form = desk.get(reverse("clients:message_create", args=[client.pk])).context["form"]
    labels = [label for _key, label in form.fields["contacts"].choices]
    assert labels == ["Da, Einkauf"]


def test_contact_conflict_shows_both(desk: Browser, kollegin: User, today: dt.date) -> None:
    contact = ContactFactory(last_name="Brandt")
    url = reverse("clients:contact_edit", args=[contact.client_id, contact.pk])
    data = {"salutation": "mr", "last_name": "Brand", "language": "de", "version": "1"}
    desk.post(url, data)
    response = desk.post(url, {**data, "last_name": "Brant"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Brand" in page
    assert "Brant" in page
