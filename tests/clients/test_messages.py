"""The gate in front of advertising, and the mails that pass it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import unquote

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    MessageFactory,
    ObjectionFactory,
    proved,
)
from tests.conftest import ClientFor
from tests.statements import statements
from winback.clients.enums import Barrier, Purpose
from winback.clients.models import Client, Contact, OutwardMessage, Recipient
from winback.clients.permissions import get_visible_message
from winback.clients.rows.messages import mail_link, message_row
from winback.clients.services import (
    MessageBlocked,
    MessageEnded,
    NotThisMessage,
    discard_message,
    draft_message,
    mark_sent,
    withdraw_consent,
)
from winback.common.claims import StaleVersion

pytestmark = pytest.mark.django_db

NEWS = Purpose.IMPROVEMENTS


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def person(client: Client | None = None, **facts: object) -> Contact:
    facts.setdefault("email", "henrik.brandt@norhagen-bau.example")
    return ContactFactory(client=client or ClientFactory(), **facts)


def draft(
    people: list[Contact], actor: User, today: dt.date, purpose: str = NEWS
) -> OutwardMessage:
    return draft_message(
        client=people[0].client,
        actor=actor,
        today=today,
        purpose=purpose,
        subject="Neuer Reinigungsplan",
        body="Guten Tag,\nder Plan steht.",
        contacts=people,
    )


def test_advertising_without_consent_is_blocked_and_says_why(kam: User, today: dt.date) -> None:
    client = ClientFactory()
    asked = person(client, last_name="Brandt")
    unproved = person(client, last_name="Heller")
    ConsentFactory(contact=unproved)
    fine = person(client, last_name="Weidner")
    proved(fine)
    with pytest.raises(MessageBlocked) as blocked:
        draft([asked, unproved, fine], kam, today)
    assert blocked.value.barriers == [(asked, Barrier.NO_CONSENT), (unproved, Barrier.UNPROVED)]
    assert "Brandt hat" in blocked.value.message
    assert "Weidner" not in blocked.value.message
    assert not OutwardMessage.objects.exists()


def test_contract_communication_passes_even_an_objection(kam: User, today: dt.date) -> None:
    contact = person()
    ObjectionFactory(contact=contact)
    message = draft([contact], kam, today, Purpose.CONTRACT)
    assert message.body == "Guten Tag,\nder Plan steht."
    assert message.recipients.get().consent is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"email": ""}, Barrier.NO_ADDRESS),
        ({"left_on": dt.date(2026, 11, 23)}, Barrier.LEFT),
    ],
)
def test_contract_communication_needs_somebody_there(
    facts: dict[str, object], reason: Barrier, kam: User, today: dt.date
) -> None:
    with pytest.raises(MessageBlocked) as blocked:
        draft([person(**facts)], kam, today, Purpose.CONTRACT)
    assert [each for _who, each in blocked.value.barriers] == [reason]


def test_message_keeps_the_consent_and_tells_how_to_object(kam: User, today: dt.date) -> None:
    contact = person()
    consent = proved(contact)
    message = draft([contact], kam, today)
    row = message.recipients.get()
    assert (row.consent, row.email) == (consent, contact.email)
    assert str(row).endswith("Neuer Reinigungsplan")
    assert "jederzeit widersprechen" in message.body


@pytest.mark.parametrize(
    ("languages", "words"),
    [(["en"], "You can object"), (["en", "de"], "jederzeit"), (["de"], "jederzeit")],
)
def test_notice_speaks_the_language_of_all(
    languages: list[str], words: str, kam: User, today: dt.date
) -> None:
    client = ClientFactory()
    people = [person(client, language=language) for language in languages]
    for each in people:
        proved(each)
    assert words in draft(people, kam, today).body


def test_message_needs_people_of_the_client(kam: User, today: dt.date) -> None:
    facts = {"purpose": Purpose.CONTRACT, "subject": "A", "body": "B"}
    for people in ([], [person()]):
        with pytest.raises(NotThisMessage):
            draft_message(client=ClientFactory(), actor=kam, today=today, contacts=people, **facts)


def test_sent_message_opens_the_pause(kam: User, today: dt.date, settings: Settings) -> None:
    settings.ADVERTISING_PAUSE_DAYS = 10
    contact = person()
    proved(contact)
    first, second = draft([contact], kam, today), draft([contact], kam, today)
    sent = mark_sent(message=first, version=1, actor=kam, today=today, on=today)
    assert (sent.sent_on, sent.sent_by) == (today, kam)
    same = mark_sent(message=sent, version=1, actor=kam, today=today, on=today)
    assert same.version == 2
    with pytest.raises(MessageBlocked) as blocked:
        mark_sent(message=second, version=1, actor=kam, today=today, on=today)
    assert blocked.value.barriers == [(contact, Barrier.TOO_SOON)]
    later = today + dt.timedelta(days=10)
    assert mark_sent(message=second, version=1, actor=kam, today=later, on=later).sent_on == later
    draft([contact], kam, today, Purpose.CONTRACT)


def test_gate_is_asked_again_when_sending(kam: User, today: dt.date) -> None:
    contact = person()
    consent = proved(contact)
    message = draft([contact], kam, today)
    withdraw_consent(consent=consent, version=1, actor=kam, today=today, on=today)
    with pytest.raises(MessageBlocked) as blocked:
        mark_sent(message=message, version=1, actor=kam, today=today, on=today)
    assert blocked.value.barriers == [(contact, Barrier.WITHDRAWN)]
    message.refresh_from_db()
    assert message.is_draft
    # Sent the day before: it was allowed then.
    before = today - dt.timedelta(days=1)
    sent = mark_sent(message=message, version=1, actor=kam, today=today, on=before)
    assert sent.recipients.get().consent == consent


def test_sending_needs_a_day_that_was_and_the_version(kam: User, today: dt.date) -> None:
    message = draft([person()], kam, today, Purpose.CONTRACT)
    tomorrow = today + dt.timedelta(days=1)
    with pytest.raises(NotThisMessage) as refused:
        mark_sent(message=message, version=1, actor=kam, today=today, on=tomorrow)
    assert refused.value.field == "sent_on"
    with pytest.raises(StaleVersion):
        mark_sent(message=message, version=9, actor=kam, today=today, on=today)


def test_draft_is_discarded_once(kam: User, today: dt.date) -> None:
    message = draft([person()], kam, today, Purpose.CONTRACT)
    done = discard_message(message=message, version=1, actor=kam, today=today)
    assert done.discarded_on == today
    assert discard_message(message=done, version=1, actor=kam, today=today).version == 2
    with pytest.raises(MessageEnded):
        mark_sent(message=done, version=2, actor=kam, today=today, on=today)
    sent = MessageFactory(sent_on=today, sent_by=kam)
    with pytest.raises(MessageEnded):
        discard_message(message=sent, version=1, actor=kam, today=today)


@pytest.mark.parametrize(
    "broken",
    [
        {"sent_on": dt.date(2026, 11, 23)},
        {"purpose": "spam"},
        {"discarded_on": dt.date(2026, 11, 23), "sent_on": dt.date(2026, 11, 23)},
    ],
    ids=str,
)
def test_database_refuses_contradictions_in_a_message(broken: dict[str, object], db: None) -> None:
    message = MessageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutwardMessage.objects.filter(pk=message.pk).update(**broken)


def test_database_refuses_a_person_twice(db: None) -> None:
    contact, message = ContactFactory(), MessageFactory()
    Recipient.objects.create(message=message, contact=contact)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recipient.objects.create(message=message, contact=contact)


def test_message_is_seen_with_its_client(kam: User, operativ: User) -> None:
    message = MessageFactory()
    assert get_visible_message(kam, message.client_id, message.pk) == message
    for user, client_pk in ((operativ, message.client_id), (kam, ClientFactory().pk)):
        with pytest.raises(Http404):
            get_visible_message(user, client_pk, message.pk)


def test_mail_link_hides_several_people_from_each_other(kam: User, today: dt.date) -> None:
    client = ClientFactory()
    people = [person(client, email=f"{name}@norhagen.example") for name in ("a", "b")]
    alone = mail_link(draft(people[:1], kam, today, Purpose.CONTRACT))
    assert alone.startswith("mailto:a%40norhagen.example?subject=Neuer%20Reinigungsplan&body=")
    both = unquote(mail_link(draft(people, kam, today, Purpose.CONTRACT)))
    assert both.startswith("mailto:?bcc=a@norhagen.example,b@norhagen.example&subject=")


# --- pages ------------------------------------------------------------------------------------


def typed(*people: Contact, **changes: object) -> dict[str, object]:
    return {
        "purpose": "improvements",
        "contacts": [str(each.pk) for each in people],
        "subject": "Neuer Plan",
        "body": "Guten Tag",
        **changes,
    }


def test_blocked_form_names_the_person_and_keeps_the_text(desk: Browser, today: dt.date) -> None:
    contact = person(last_name="Brandt")
    target = reverse("clients:message_create", args=[contact.client_id])
    response = desk.post(target, typed(contact))
    assert response.status_code == 422
    page = response.content.decode()
    assert "hat keine Einwilligung" in response.context["form"].errors["contacts"][0]
    assert "Guten Tag" in page
    assert "§ 7 Abs. 3 UWG" in page.replace("\u00a0", " ")
    proved(contact)
    passed = desk.post(target, typed(contact))
    message = OutwardMessage.objects.get()
    assert passed["Location"] == message.get_absolute_url()


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"contacts": []}, "contacts"),
        ({"contacts": ["0"]}, "contacts"),
        ({"purpose": "spam"}, "purpose"),
        ({"subject": ""}, "subject"),
        ({"body": "x" * 5001}, "body"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_form_refuses_bad_input(
    bad: dict[str, object], field: str, desk: Browser, today: dt.date
) -> None:
    contact = person()
    target = reverse("clients:message_create", args=[contact.client_id])
    response = desk.post(target, typed(contact, **bad))
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_page_shows_text_ground_and_ways_on(desk: Browser, kam: User, today: dt.date) -> None:
    contact = person(last_name="Brandt")
    proved(contact)
    message = draft([contact], kam, today)
    page = desk.get(message.get_absolute_url()).content.decode()
    for text in ("Brandt", "Einwilligung vom 01.10.2026", "Entwurf", "mailto:", "widersprechen"):
        assert text in page
    one = statements(desk, message.get_absolute_url())
    Recipient.objects.create(message=message, contact=ContactFactory(client=contact.client))
    assert len(one) == len(statements(desk, message.get_absolute_url())) <= 12


def test_sending_and_discarding_by_form(desk: Browser, kam: User, today: dt.date) -> None:
    contact = person()
    first = draft([contact], kam, today, Purpose.CONTRACT)
    second = draft([contact], kam, today, Purpose.CONTRACT)
    send = reverse("clients:message_send", args=[contact.client_id, first.pk])
    assert desk.get(send).status_code == 200
    assert desk.post(send, {"version": "1", "sent_on": "+1"}).status_code == 422
    desk.post(send, {"version": "1", "sent_on": "heute"})
    drop = reverse("clients:message_discard", args=[contact.client_id, second.pk])
    assert desk.post(drop, {"version": "9"}).status_code == 409
    desk.post(drop, {"version": "1"})
    page = desk.get(contact.client.get_absolute_url()).content.decode()
    assert "versendet am 23.11.2026 von A. Kaya" in page
    second = OutwardMessage.objects.with_row().get(pk=second.pk)
    assert message_row(second).word == "Verworfen"
    assert "mailto:" not in desk.get(second.get_absolute_url()).content.decode()
