"""What each role is offered on the client pages, and what hostile text becomes there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    LookFactory,
    MessageFactory,
    SiteFactory,
    proved,
)
from tests.conftest import ClientFor
from tests.statements import statements
from winback.clients.models import Client, Contact
from winback.common.rows import PAGE_SIZE

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


def text(browser: Browser, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def contact(today: dt.date) -> Contact:
    contact = ContactFactory(influence="high")
    proved(contact)
    SiteFactory(client=contact.client)
    return contact


def test_client_page_offers_steps_to_those_who_keep_clients(
    contact: Contact, kam: User, leitung: User, qm: User, client_for: ClientFor
) -> None:
    url = contact.client.get_absolute_url()
    steps = ("Info-Mail schreiben", "Neuer Ansprechpartner", "Neues Objekt", "Als ruhend vormerken")
    for user, offered in ((kam, True), (leitung, True), (qm, False)):
        page = text(client_for(user), url)
        assert {step in page for step in steps} == {offered}


def test_person_page_offers_refusals_to_all_and_requests_to_the_board(
    contact: Contact, kam: User, leitung: User, qm: User, admin_user: User, client_for: ClientFor
) -> None:
    offers = {
        user: tuple(
            word in text(client_for(user), contact.get_absolute_url())
            for word in ("Einwilligung erfassen", "Widerspruch erfassen", "Person löschen")
        )
        for user in (kam, leitung, qm, admin_user)
    }
    assert offers == {
        kam: (True, True, False),
        leitung: (True, True, True),
        qm: (False, True, False),
        admin_user: (False, True, False),
    }


def test_proof_is_handed_to_those_who_keep_clients_only(
    contact: Contact, kam: User, qm: User, client_for: ClientFor
) -> None:
    consent = contact.consents.get()
    url = reverse("clients:consent_file", args=[contact.client_id, contact.pk, consent.pk])
    assert url in text(client_for(kam), contact.get_absolute_url())
    assert url not in text(client_for(qm), contact.get_absolute_url())
    assert client_for(qm).get(url).status_code == 403


def test_draft_is_sent_by_those_who_keep_clients(
    kam: User, qm: User, client_for: ClientFor, today: dt.date
) -> None:
    message = MessageFactory()
    assert "Als versendet vermerken" in text(client_for(kam), message.get_absolute_url())
    assert "Als versendet vermerken" not in text(client_for(qm), message.get_absolute_url())


def test_client_without_people_is_offered_no_mail(
    kam: User, client_for: ClientFor, today: dt.date
) -> None:
    page = text(client_for(kam), ClientFactory().get_absolute_url())
    assert "Info-Mail schreiben" not in page
    assert "Kein Ansprechpartner erfasst" in page


def test_open_look_leads_to_its_result(kam: User, client_for: ClientFor, today: dt.date) -> None:
    look = LookFactory()
    page = text(client_for(kam), look.client.get_absolute_url())
    assert "Ergebnis erfassen" in page
    assert "Als ruhend vormerken" not in page


def test_hostile_words_stay_words(kam: User, client_for: ClientFor, today: dt.date) -> None:
    client = ClientFactory(
        name=f"A {HOSTILE}", business_goals=HOSTILE, operational_problems=HOSTILE
    )
    contact = ContactFactory(
        client=client, last_name=HOSTILE, function=HOSTILE, internal_need=HOSTILE,
        preferred_time=HOSTILE,
    )  # fmt: skip
    ConsentFactory(contact=contact, wording=HOSTILE)
    message = MessageFactory(client=client, subject=HOSTILE, body=f"</textarea>{HOSTILE}")
    LookFactory(client=client, occasion=HOSTILE)
    pages = (
        client.get_absolute_url(),
        contact.get_absolute_url(),
        message.get_absolute_url(),
        reverse("clients:message_create", args=[client.pk]),
        reverse("clients:look", args=[client.pk]),
        reverse("clients:dormant"),
        reverse("dashboards:quality_check", args=["kunden-ohne-entscheider"]),
    )
    for url in pages:
        page = text(client_for(kam), url)
        assert HOSTILE not in page, url
        assert "&lt;script&gt;" in page, url


@pytest.mark.parametrize("bad", ["\x00", "a\x00b"])
def test_zero_bytes_are_refused(bad: str, kam: User, client_for: ClientFor, today: dt.date) -> None:
    contact = ContactFactory()
    url = reverse("clients:objection_create", args=[contact.client_id, contact.pk])
    response = client_for(kam).post(url, {"channel": "", "objected_on": "heute", "note": bad})
    assert response.status_code == 422
    assert not contact.objections.exists()


def test_quiet_clients_come_in_pages_and_parts(
    kam: User, client_for: ClientFor, today: dt.date
) -> None:
    for number in range(PAGE_SIZE + 1):
        ClientFactory(name=f"Still {number:02}")
    desk, url = client_for(kam), reverse("clients:dormant")
    first, second = desk.get(url), desk.get(f"{url}?seite=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (PAGE_SIZE, 1)
    part = desk.get(f"{url}?q=still+07", headers={"HX-Request": "true"}).content.decode()
    assert "Still 07" in part
    assert "<html" not in part
    assert len(statements(desk, url)) <= 8


def test_people_of_a_large_client_cost_the_same(
    kam: User, client_for: ClientFor, today: dt.date
) -> None:
    client = ClientFactory()
    ContactFactory(client=client)
    desk, url = client_for(kam), reverse("clients:message_create", args=[client.pk])
    one = statements(desk, url)
    for _each in range(5):
        proved(ContactFactory(client=client))
    assert len(one) == len(statements(desk, url)) <= 12


def test_nothing_of_a_foreign_client_slips_through_its_address(
    contact: Contact, kam: User, client_for: ClientFor
) -> None:
    other = ClientFactory()
    consent = contact.consents.get()
    message = MessageFactory(client=contact.client)
    desk = client_for(kam)
    for name, arguments in (
        ("contact_detail", [other.pk, contact.pk]),
        ("contact_edit", [other.pk, contact.pk]),
        ("consent_create", [other.pk, contact.pk]),
        ("consent_withdraw", [other.pk, contact.pk, consent.pk]),
        ("consent_file", [other.pk, contact.pk, consent.pk]),
        ("objection_create", [other.pk, contact.pk]),
        ("message_detail", [other.pk, message.pk]),
        ("message_send", [other.pk, message.pk]),
    ):
        assert desk.get(reverse(f"clients:{name}", args=arguments)).status_code == 404, name
    assert Client.objects.count() == 2
