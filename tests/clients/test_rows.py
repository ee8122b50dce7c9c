"""What the client pages show, as strings: every state has its word and shape."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from accounts.models import User
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    LookFactory,
    MessageFactory,
    ObjectionFactory,
    proved,
)
from tests.conftest import ClientFor
from winback.clients.enums import Channel, ConsentState, LookResult, Purpose
from winback.clients.models import Contact, DormantLook, OutwardMessage, Recipient
from winback.clients.rows.client import contact_row
from winback.clients.rows.consents import SHAPE, consent_row, mail_states, objection_row
from winback.clients.rows.contact import person_facts, wish_facts
from winback.clients.rows.dormancy import dormant_row, look_row
from winback.clients.rows.dormancy import standing as look_standing
from winback.clients.rows.messages import mail_link, message_row, permits, recipient_rows
from winback.common.templatetags.ui import STATUS

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 11, 27)


def listed(message: OutwardMessage) -> OutwardMessage:
    return OutwardMessage.objects.with_row().get(pk=message.pk)


# --- people -----------------------------------------------------------------------------------


def test_contact_row_says_who_left_and_who_is_to_come(today: dt.date) -> None:
    there = contact_row(ContactFactory(phone="089 1", email="a@b.example"), today)
    assert (there.reach, there.left, there.wishes) == ("089 1 · a@b.example", "", "–")
    leaving = contact_row(ContactFactory(left_on=today + dt.timedelta(days=1)), today)
    assert (leaving.left, leaving.reach) == ("", "–")
    gone = contact_row(ContactFactory(left_on=today), today)
    assert gone.left == "ausgeschieden am 23.11.2026"


@pytest.mark.parametrize(
    ("left_on", "fact"),
    [
        (None, None),
        (dt.date(2026, 11, 1), ("01.11.2026", "")),
        (dt.date(2026, 12, 1), ("01.12.2026", "steht noch bevor")),
    ],
)
def test_person_facts_tell_a_leaving_date(
    left_on: dt.date | None, fact: tuple[str, str] | None, today: dt.date
) -> None:
    facts = {label: (value, note) for label, value, note in person_facts(
        Contact(function="Einkauf", is_decision_maker=True, left_on=left_on), today
    )}  # fmt: skip
    assert facts.get("Ausgeschieden am") == fact
    assert facts["Funktion"] == ("Einkauf", "Entscheider")


def test_wish_facts_name_language_and_meetings() -> None:
    facts = {label: (value, note) for label, value, note in wish_facts(
        Contact(language="en", meeting_form="virtual", rhythm_days=14, preferred_time="abends")
    )}  # fmt: skip
    assert facts["Sprache"][0] == "English"
    assert facts["Besprechungen"][0] == "per Video"
    assert facts["Rhythmus"] == ("alle 14 Tage", "abends")


# --- consents ---------------------------------------------------------------------------------


def test_every_state_has_a_shape_of_its_own() -> None:
    assert set(SHAPE) == set(ConsentState)
    assert len(set(SHAPE.values())) == len(ConsentState)
    assert set(SHAPE.values()) <= set(STATUS)


@pytest.mark.parametrize(
    ("facts", "word", "withdrawn"),
    [
        ({}, "Einwilligung ohne Nachweis", ""),
        (
            {"withdrawn_on": dt.date(2026, 11, 2)},
            "Widerrufen",
            "widerrufen am 02.11.2026",
        ),
        (
            {"withdrawn_on": dt.date(2026, 11, 2), "withdrawn_note": "am Telefon"},
            "Widerrufen",
            "widerrufen am 02.11.2026: am Telefon",
        ),
    ],
)
def test_consent_row_tells_its_end(
    facts: dict[str, object], word: str, withdrawn: str, kam: User
) -> None:
    row = consent_row(ConsentFactory(recorded_by=kam, **facts))
    assert (row.word, row.withdrawn, row.has_proof) == (word, withdrawn, False)
    assert row.is_live is not bool(withdrawn)
    assert row.what == "Informationen über Verbesserungen · E-Mail"
    assert row.given == "01.10.2026 · Unterschriebenes Formular oder Brief"
    assert row.recorded == "erfasst von A. Kaya"


def test_proved_consent_row_is_good() -> None:
    row = consent_row(proved(ContactFactory()))
    assert (row.shape, row.word, row.has_proof) == ("ok", "Einwilligung nachgewiesen", True)


def test_objection_row_names_what_it_covers(kam: User) -> None:
    everything = objection_row(ObjectionFactory(recorded_by=kam))
    assert (everything.covers, everything.note) == ("alle Wege", "erfasst von A. Kaya")
    mail = objection_row(ObjectionFactory(recorded_by=kam, channel="mail", note="Antwort"))
    assert (mail.covers, mail.note) == ("E-Mail", "Antwort · erfasst von A. Kaya")


def test_mail_states_follow_the_order_of_purposes(today: dt.date) -> None:
    contact = ContactFactory()
    proved(contact, purpose=Purpose.SURVEY)
    ConsentFactory(contact=contact, purpose=Purpose.ADVERTISING, channel=Channel.PHONE)
    shapes = [shape for shape, _word in mail_states(contact, today)]
    assert shapes == ["open", "open", "ok"]
    table = permits([contact], today)
    assert [cell[0] for _label, cell in table.rows[0][1]] == shapes
    assert table.purposes[2] == "Zufriedenheitsbefragung"


# --- mails ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "shape", "word"),
    [
        ({}, "open", "Entwurf"),
        ({"discarded_on": FRIDAY}, "na", "Verworfen"),
    ],
)
def test_message_row_tells_its_state(
    facts: dict[str, object], shape: str, word: str, kam: User
) -> None:
    row = message_row(listed(MessageFactory(drafted_by=kam, **facts)))
    assert (row.shape, row.word, row.people) == (shape, word, "0 Personen")
    assert row.when.startswith("entworfen 20.11.2026, 10:00")
    assert row.when.endswith("von A. Kaya")


def test_sent_message_names_day_and_sender(kam: User) -> None:
    message = MessageFactory(sent_on=FRIDAY, sent_by=kam)
    Recipient.objects.create(message=message, contact=ContactFactory())
    row = message_row(listed(message))
    assert (row.shape, row.word, row.people) == ("done", "Versendet", "1 Person")
    assert row.when == "versendet am 27.11.2026 von A. Kaya"


def test_recipients_say_on_what_ground(today: dt.date) -> None:
    message = MessageFactory()
    consent = proved(ContactFactory(last_name="Adam"))
    Recipient.objects.create(
        message=message, contact=consent.contact, consent=consent, email="a@b.example"
    )
    Recipient.objects.create(message=message, contact=ContactFactory(last_name="Zorn"))
    grounds = [(row.name, row.ground) for row in recipient_rows(message)]
    assert grounds == [
        ("Bernd Adam", "Einwilligung vom 01.10.2026"),
        ("Bernd Zorn", "Vertragskommunikation: keine Einwilligung nötig"),
    ]


@pytest.mark.parametrize("text", ["50 % & mehr?", "Zeile 1\nZeile 2", "Größe „A“", "a+b=c#d"])
def test_mail_link_carries_any_text_unharmed(text: str) -> None:
    message = MessageFactory(subject="S", body=text)
    Recipient.objects.create(message=message, contact=ContactFactory(), email="a@b.example")
    link = mail_link(message)
    assert link.count("&") == 1
    assert not set(' \n"<>#+') & set(link)


# --- dormant clients --------------------------------------------------------------------------


def finished(**facts: object) -> DormantLook:
    return LookFactory(**{"done_on": FRIDAY, "result": "gone", "reason": "Neuer Anbieter", **facts})


def test_every_result_has_a_shape(kam: User) -> None:
    shapes = {look_standing(finished(result=result, examined_by=kam))[0] for result in LookResult}
    assert len(shapes) == len(LookResult)
    assert shapes <= set(STATUS)
    assert look_standing(None) == ("open", "Noch nicht geprüft")


def test_dormant_row_without_any_look_names_the_reason(kam: User, today: dt.date) -> None:
    row = dormant_row(ClientFactory(), kam, today, may_edit=True)
    assert (row.why, row.examined, row.next_on, row.owner) == (
        "Kein laufender Vertrag und kein laufender Fall.", "–", "–", "",
    )  # fmt: skip
    assert row.look_url.endswith("/pruefung/")
    assert row.actions == []


def test_dormant_row_shows_last_result_and_next_look(kam: User, today: dt.date) -> None:
    client = ClientFactory()
    finished(client=client, examined_by=kam, result="pausing", reason="Umbau", without_notice=True)
    LookFactory(client=client, owner=kam, due_on=today - dt.timedelta(days=1))
    row = dormant_row(client, kam, today, may_edit=False)
    assert (row.word, row.why) == ("Pausiert nur", "Umbau · ohne ein Wort gegangen")
    assert (row.examined, row.next_on, row.late) == ("27.11.2026, A. Kaya", "22.11.2026", True)
    assert (row.owner, row.look_url) == ("A. Kaya", "")


def test_gone_client_with_a_planned_look_is_no_case_yet(kam: User, today: dt.date) -> None:
    client = ClientFactory()
    finished(client=client, examined_by=kam)
    assert [label for label, _url in dormant_row(client, kam, today, may_edit=True).actions] == [
        "Fall eröffnen"
    ]
    LookFactory(client=client)
    again = type(client).objects.get(pk=client.pk)
    assert dormant_row(again, kam, today, may_edit=True).actions == []


def test_look_row_tells_planned_from_finished(kam: User) -> None:
    planned = look_row(LookFactory(owner=kam))
    assert (planned.word, planned.when) == ("Prüfung vorgemerkt", "A. Kaya prüft bis 27.11.2026")
    done = look_row(finished(examined_by=kam, unspoken="Ton am Empfang"))
    assert (done.word, done.unspoken) == ("Wirklich weg", "Ton am Empfang")


# --- language ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "ansprechpartner/{contact}/", "mitteilungen/neu/"])
def test_pages_speak_english_to_who_wants_it(
    path: str, kam: User, client_for: ClientFor, today: dt.date
) -> None:
    User.objects.filter(pk=kam.pk).update(language="en")
    contact = ContactFactory(influence="high", attitude="critical", rhythm_days=7)
    proved(contact)
    url = contact.client.get_absolute_url() + path.format(contact=contact.pk)
    page = client_for(kam).get(url).content.decode()
    assert 'lang="en"' in page
    for german in ("Einwilligung", "Ansprechpartner", "Werbung", "wöchentlich"):
        assert german not in page


def test_barriers_read_as_sentences_in_both_languages(today: dt.date) -> None:
    with override("en"):
        assert mail_states(ContactFactory(), today)[0] == ("open", "No consent")
