"""Consents and objections: recorded, proved, taken back, never deleted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    ObjectionFactory,
    paper,
    proved,
)
from tests.conftest import ClientFor
from tests.documents.files import PDF, checked
from tests.statements import statements
from winback.clients.enums import Channel, ConsentState, Purpose
from winback.clients.models import Consent, Contact, Objection
from winback.clients.permissions import (
    can_record_refusals,
    get_visible_consent,
    get_visible_contact,
)
from winback.clients.rows.consents import mail_summary, matrix
from winback.clients.services import (
    AlreadyProved,
    WrongDay,
    give_consent,
    prove_consent,
    record_objection,
    withdraw_consent,
)
from winback.common.claims import StaleVersion

pytestmark = pytest.mark.django_db

FILE = checked("ja.pdf")


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Browser:
    return client_for(kam)


def facts(**changes: object) -> dict[str, object]:
    return {
        "channel": Channel.MAIL,
        "purpose": Purpose.IMPROVEMENTS,
        "wording": "Ja, bitte.",
        "source": "written",
        "given_on": dt.date(2026, 11, 1),
        **changes,
    }


def mail_state(contact: Contact, on: dt.date) -> ConsentState:
    contact = Contact.objects.with_consents().get(pk=contact.pk)
    return contact.consent_state(Channel.MAIL, Purpose.IMPROVEMENTS, on)


def test_consent_with_proof_is_live_until_withdrawn(kam: User, today: dt.date) -> None:
    contact = ContactFactory()
    consent = give_consent(contact=contact, actor=kam, today=today, changes=facts(), proof=FILE)
    assert consent.proof is not None
    assert "Brandt" in consent.proof.title
    assert mail_state(contact, today) == ConsentState.LIVE
    done = withdraw_consent(
        consent=consent, version=1, actor=kam, today=today, on=today, note="am Telefon"
    )
    assert mail_state(contact, today) == ConsentState.WITHDRAWN
    assert [row.withdrawn_on for row in consent.history.all()] == [today, None]
    again = withdraw_consent(consent=done, version=1, actor=kam, today=today, on=today)
    assert again.withdrawn_note == "am Telefon"


def test_consent_without_proof_waits_for_it(kam: User, today: dt.date) -> None:
    contact = ContactFactory()
    consent = give_consent(contact=contact, actor=kam, today=today, changes=facts())
    assert mail_state(contact, today) == ConsentState.UNPROVED
    prove_consent(consent=consent, version=1, actor=kam, proof=FILE)
    assert mail_state(contact, today) == ConsentState.LIVE
    with pytest.raises(AlreadyProved):
        prove_consent(consent=consent, version=2, actor=kam, proof=FILE)


def test_consent_covers_its_channel_and_purpose_only(today: dt.date) -> None:
    contact = ContactFactory()
    proved(contact, purpose=Purpose.SURVEY)
    proved(contact, channel=Channel.PHONE)
    assert mail_state(contact, today) == ConsentState.NONE


@pytest.mark.parametrize("offset", [1, 30])
def test_days_to_come_are_refused(offset: int, kam: User, today: dt.date) -> None:
    later = today + dt.timedelta(days=offset)
    consent = ConsentFactory()
    with pytest.raises(WrongDay) as refused:
        give_consent(contact=consent.contact, actor=kam, today=today, changes=facts(given_on=later))
    assert refused.value.field == "given_on"
    with pytest.raises(WrongDay):
        withdraw_consent(consent=consent, version=1, actor=kam, today=today, on=later)
    with pytest.raises(WrongDay):
        record_objection(
            contact=consent.contact, actor=kam, today=today, changes={"objected_on": later}
        )
    assert (Consent.objects.count(), Objection.objects.count()) == (1, 0)


def test_withdrawal_before_the_consent_is_refused(kam: User, today: dt.date) -> None:
    consent = ConsentFactory(given_on=today)
    before = today - dt.timedelta(days=1)
    with pytest.raises(WrongDay) as refused:
        withdraw_consent(consent=consent, version=1, actor=kam, today=today, on=before)
    assert refused.value.field == "withdrawn_on"


def test_changes_need_the_current_version(kam: User, today: dt.date) -> None:
    consent = ConsentFactory()
    with pytest.raises(StaleVersion):
        withdraw_consent(consent=consent, version=3, actor=kam, today=today, on=today)
    with pytest.raises(StaleVersion):
        prove_consent(consent=consent, version=3, actor=kam, proof=FILE)


@pytest.mark.parametrize(
    ("channel", "state"),
    [("", ConsentState.OBJECTED), ("mail", ConsentState.OBJECTED), ("phone", ConsentState.LIVE)],
)
def test_objection_blocks_its_channel(
    channel: str, state: ConsentState, kam: User, today: dt.date
) -> None:
    contact = ContactFactory()
    proved(contact)
    changes = {"objected_on": today, "channel": channel, "note": "Antwort auf die letzte Mail"}
    record_objection(contact=contact, actor=kam, today=today, changes=changes)
    assert mail_state(contact, today) == state


def test_newest_usable_consent_is_named(today: dt.date) -> None:
    contact = ContactFactory()
    proved(contact, given_on=dt.date(2025, 1, 1))
    newest = proved(contact, given_on=dt.date(2026, 1, 1))
    ConsentFactory(contact=contact, given_on=dt.date(2026, 5, 1))
    proved(contact, given_on=dt.date(2026, 6, 1), withdrawn_on=today)
    assert contact.usable_consent(Channel.MAIL, Purpose.IMPROVEMENTS, today) == newest
    assert contact.usable_consent(Channel.MAIL, Purpose.SURVEY, today) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"purpose": "contract"},
        {"channel": "video"},
        {"wording": ""},
        {"withdrawn_on": dt.date(2026, 9, 30)},
    ],
    ids=str,
)
def test_database_refuses_contradictions_in_a_consent(broken: dict[str, object], db: None) -> None:
    consent = ConsentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**broken)


def test_database_refuses_an_objection_by_another_way(db: None) -> None:
    objection = ObjectionFactory()
    assert "2026" in str(objection)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(channel="video")


def test_persons_and_consents_are_seen_with_their_client(kam: User, operativ: User) -> None:
    consent = ConsentFactory()
    contact, client = consent.contact, consent.contact.client
    assert get_visible_contact(kam, client.pk, contact.pk) == contact
    assert get_visible_consent(kam, client.pk, consent.pk) == consent
    other = ClientFactory().pk
    for user, client_pk in ((operativ, client.pk), (kam, other)):
        with pytest.raises(Http404):
            get_visible_contact(user, client_pk, contact.pk)
        with pytest.raises(Http404):
            get_visible_consent(user, client_pk, consent.pk)


def test_refusals_are_recorded_by_whoever_sees_the_client(qm: User, operativ: User) -> None:
    assert can_record_refusals(qm)
    assert not can_record_refusals(operativ)


def test_matrix_names_every_purpose_and_channel(today: dt.date) -> None:
    contact = ContactFactory()
    proved(contact)
    ConsentFactory(contact=contact, channel=Channel.PHONE)
    ObjectionFactory(contact=contact, channel=Channel.LETTER)
    found = matrix(contact, today)
    assert found.channels == ["E-Mail", "Telefon", "Brief"]
    words = {purpose: [status[0] for _label, status in cells] for purpose, cells in found.rows}
    assert words == {
        "Informationen über Verbesserungen": ["ok", "warn", "lock"],
        "Werbung und Angebote": ["open", "open", "lock"],
        "Zufriedenheitsbefragung": ["open", "open", "lock"],
    }


def test_summary_says_the_worst_or_what_is_open(today: dt.date) -> None:
    contact = ContactFactory()
    assert mail_summary(contact, today) == ("lock", "gesperrt: keine Einwilligung")
    ConsentFactory(contact=contact)
    assert mail_summary(contact, today) == ("warn", "Einwilligung ohne Nachweis")
    proved(contact)
    assert mail_summary(contact, today) == ("ok", "Informationen über Verbesserungen")
    for purpose in (Purpose.ADVERTISING, Purpose.SURVEY):
        proved(contact, purpose=purpose)
    assert mail_summary(contact, today) == ("ok", "erlaubt")
    ObjectionFactory(contact=contact, objected_on=today)
    assert mail_summary(contact, today) == ("lock", "Widersprochen")


# --- pages ------------------------------------------------------------------------------------


def url(name: str, contact: Contact, *more: int) -> str:
    return reverse(f"clients:{name}", args=[contact.client_id, contact.pk, *more])


def form(**changes: object) -> dict[str, object]:
    return {
        "channel": "mail",
        "purpose": "improvements",
        "wording": "Ja, bitte.",
        "source": "written",
        "given_on": "01.11.2026",
        **changes,
    }


def test_page_of_a_person_shows_all_in_few_statements(desk: Browser, today: dt.date) -> None:
    contact = ContactFactory(
        function="Leiter FM",
        rhythm_days=14,
        preferred_time="werktags 9–16 Uhr",
        internal_need="Kosten vor dem Vorstand",
        left_on=dt.date(2027, 1, 1),
    )
    consent = proved(contact, withdrawn_on=today, withdrawn_note="per Mail")
    ConsentFactory(contact=contact)
    ObjectionFactory(contact=contact, note="Anruf")
    page = desk.get(url("contact_detail", contact)).content.decode()
    for text in ("alle 14 Tage", "werktags 9–16 Uhr", "Kosten vor dem Vorstand", "alle Wege"):
        assert text in page
    assert "widerrufen am 23.11.2026: per Mail" in page
    assert url("consent_file", contact, consent.pk) in page
    one = statements(desk, url("contact_detail", contact))
    ConsentFactory(contact=contact)
    ObjectionFactory(contact=contact)
    assert len(one) == len(statements(desk, url("contact_detail", contact))) <= 12


def test_consent_with_file_is_recorded(desk: Browser, today: dt.date) -> None:
    contact = ContactFactory()
    upload = SimpleUploadedFile("ja.pdf", PDF, "application/pdf")
    response = desk.post(url("consent_create", contact), {**form(), "proof": upload})
    assert response["Location"] == contact.get_absolute_url()
    consent = contact.consents.get()
    assert consent.is_proved
    got = desk.get(url("consent_file", contact, consent.pk))
    assert got.content == PDF
    assert "attachment" in got["Content-Disposition"]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"wording": ""}, "wording"),
        ({"channel": "video"}, "channel"),
        ({"purpose": "contract"}, "purpose"),
        ({"given_on": "24.11.2026"}, "given_on"),
        ({"given_on": ""}, "given_on"),
    ],
    ids=str,
)
def test_consent_refuses_bad_input(
    bad: dict[str, str], field: str, desk: Browser, today: dt.date
) -> None:
    contact = ContactFactory()
    response = desk.post(url("consent_create", contact), form(**bad))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not contact.consents.exists()


def test_consent_refuses_a_hostile_file(desk: Browser, today: dt.date) -> None:
    contact = ContactFactory()
    upload = SimpleUploadedFile("ja.pdf", b"<html><script>", "application/pdf")
    response = desk.post(url("consent_create", contact), {**form(), "proof": upload})
    assert response.status_code == 422
    assert "proof" in response.context["form"].errors


def test_spoken_consent_is_doubted(desk: Browser, today: dt.date) -> None:
    contact = ContactFactory()
    ObjectionFactory(contact=contact, objected_on=dt.date(2026, 11, 5))
    response = desk.post(url("consent_create", contact), form(source="spoken"))
    assert set(response.context["form"].warned) == {"source", "given_on"}
    desk.post(
        url("consent_create", contact), form(source="spoken", warning_reason="Zeugin Fr. Heller")
    )
    assert contact.consents.count() == 1


def test_proof_is_added_later(desk: Browser, today: dt.date) -> None:
    consent = ConsentFactory()
    contact = consent.contact
    assert desk.get(url("consent_file", contact, consent.pk)).status_code == 404
    upload = SimpleUploadedFile("ja.pdf", PDF, "application/pdf")
    desk.post(url("consent_proof", contact, consent.pk), {"version": "1", "proof": upload})
    consent.refresh_from_db()
    assert consent.is_proved
    again = SimpleUploadedFile("nein.pdf", PDF, "application/pdf")
    late = desk.post(url("consent_proof", contact, consent.pk), {"version": "2", "proof": again})
    assert late.status_code == 422


def test_withdrawal_is_one_form(qm: User, client_for: ClientFor, today: dt.date) -> None:
    consent = ConsentFactory(proof=paper())
    target = url("consent_withdraw", consent.contact, consent.pk)
    data = {"version": "1", "withdrawn_on": "heute", "note": ""}
    client_for(qm).post(target, data)
    consent.refresh_from_db()
    assert consent.withdrawn_on == today


def test_objection_is_one_form(qm: User, client_for: ClientFor, today: dt.date) -> None:
    contact = ContactFactory()
    data = {"channel": "", "objected_on": "22.11.2026", "note": "mündlich"}
    client_for(qm).post(url("objection_create", contact), data)
    assert contact.objections.get().objected_on == dt.date(2026, 11, 22)
    response = client_for(qm).post(url("objection_create", contact), {"objected_on": "+1"})
    assert response.status_code == 422
