"""What the rows of clients say in German, what the registry owes, and what the database refuses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client as Browser

from accounts.enums import Role
from accounts.models import User
from tests.clients.factories import (
    ClientFactory,
    ConsentFactory,
    ContactFactory,
    LookFactory,
    MessageFactory,
    ObjectionFactory,
    SiteFactory,
    proved,
)
from tests.conftest import ClientFor
from tests.factories import UserFactory
from winback.clients import permissions, quality, services
from winback.clients.enums import Channel, ConsentState, Purpose
from winback.clients.models import Client, Contact
from winback.clients.obligations import KIND, find
from winback.clients.rows.client import client_facts, contact_row, site_row
from winback.clients.rows.consents import mail_summary, matrix, objection_row
from winback.clients.rows.contact import person_facts, wish_facts
from winback.common import obligations
from winback.common.obligations import Query
from winback.common.quality import Gap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("since", "years"),
    [
        (None, ""),
        (dt.date(2026, 11, 23), "0 Jahre bei uns"),
        (dt.date(2025, 11, 24), "0 Jahre bei uns"),
        (dt.date(2025, 11, 23), "1 Jahr bei uns"),
        (dt.date(2016, 12, 1), "9 Jahre bei uns"),
        (dt.date(2016, 2, 29), "10 Jahre bei uns"),
    ],
)
def test_relationship_in_words(since: dt.date | None, years: str) -> None:
    fact = client_facts(Client(since=since), TODAY)[1]
    assert fact[0] == "Kunde seit"
    assert fact[2] == years


@pytest.mark.parametrize(
    ("share", "hard", "shown", "note"),
    [
        (None, False, "", ""),
        (Decimal("0"), False, "0,0\u202f%", ""),
        (Decimal("12.5"), True, "12,5\u202f%", "kurzfristig nicht ersetzbar"),
        (Decimal("100"), False, "100,0\u202f%", ""),
    ],
)
def test_share_of_revenue_in_words(
    share: Decimal | None, hard: bool, shown: str, note: str
) -> None:
    client = Client(revenue_share=share, result_share=share, is_hard_to_replace=hard)
    facts = client_facts(client, TODAY)
    assert facts[2] == ("Anteil an unserem Umsatz", shown, note)
    assert facts[3] == ("Anteil an unserem Ergebnis", shown, "")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("–", "–", "–", "–")),
        ({"city": "Hanau"}, ("Hanau", "–", "–", "–")),
        ({"street": "Am Werk 1", "postcode": "63450", "city": "Hanau"},
         ("Am Werk 1, 63450 Hanau", "–", "–", "–")),
        ({"area": Decimal("12500"), "lots": "Los 2"}, ("–", "–", "Los 2", "12.500\u00a0m²")),
        ({"area": Decimal("900"), "area_norm": "DIN 277 NUF"},
         ("–", "–", "–", "900\u00a0m² DIN 277 NUF")),
    ],
)  # fmt: skip
def test_site_row_of_what_is_known(
    given: dict[str, Any], expected: tuple[str, str, str, str]
) -> None:
    row = site_row(SiteFactory.build(client=Client(), **given))
    assert (row.address, row.region, row.lots, row.area) == expected
    assert (row.land, row.kind) == ("Hessen", "Sonstiges")


@pytest.mark.parametrize(
    ("given", "reach", "wishes"),
    [
        ({}, "–", "–"),
        ({"phone": "069 123"}, "069 123", "–"),
        ({"email": "c.heller@norhagen.example"}, "c.heller@norhagen.example", "–"),
        (
            {"phone": "069 123", "email": "c@norhagen.example", "channel": "phone"},
            "069 123 · c@norhagen.example",
            "Telefon",
        ),
        ({"rhythm_days": 7}, "–", "wöchentlich"),
        ({"rhythm_days": 1, "channel": "personal"}, "–", "Persönlich · täglich"),
        (
            {"rhythm_days": 14, "channel": "video", "preferred_time": "vormittags"},
            "–",
            "Videogespräch · alle 14 Tage · vormittags",
        ),
    ],
)
def test_contact_row_of_what_is_known(given: dict[str, Any], reach: str, wishes: str) -> None:
    contact = ContactFactory(first_name="Carla", last_name="Heller", **given)
    row = contact_row(contact, TODAY)
    assert (row.name, row.reach, row.wishes, row.left) == ("Carla Heller", reach, wishes, "")
    assert row.mail == ("lock", "gesperrt: keine Einwilligung")


@pytest.mark.parametrize(
    ("left_on", "left", "note"),
    [
        (dt.date(2026, 11, 22), "ausgeschieden am 22.11.2026", ""),
        (dt.date(2026, 11, 23), "ausgeschieden am 23.11.2026", ""),
        (dt.date(2026, 11, 24), "", "steht noch bevor"),
    ],
)
def test_leaving_is_told_from_its_day_on(left_on: dt.date, left: str, note: str) -> None:
    contact = ContactFactory(left_on=left_on)
    assert contact_row(contact, TODAY).left == left
    assert person_facts(contact, TODAY)[-1] == ("Ausgeschieden am", f"{left_on:%d.%m.%Y}", note)
    there = Contact.objects.there(TODAY).filter(pk=contact.pk)
    assert there.exists() is (left == "")


def test_facts_of_a_person_and_the_wishes() -> None:
    contact = ContactFactory.build(
        client=Client(), function="Leitung FM", is_decision_maker=True, phone="069 123",
        email="c@norhagen.example", influence="high", attitude="critical", channel="mail",
        rhythm_days=21, preferred_time="montags", meeting_form="both", language="en",
    )  # fmt: skip
    assert person_facts(contact, TODAY) == [
        ("Funktion", "Leitung FM", "Entscheider"),
        ("Telefon", "069 123", ""),
        ("E-Mail", "c@norhagen.example", ""),
        ("Einfluss", "hoch", ""),
        ("Haltung", "kritisch", ""),
    ]
    assert wish_facts(contact)[:3] == [
        ("Bevorzugter Weg", "E-Mail", ""),
        ("Rhythmus", "alle 21 Tage", "montags"),
        ("Besprechungen", "beides, je nach Anlass", ""),
    ]


STATES: list[tuple[ConsentState, tuple[str, str]]] = [
    (ConsentState.LIVE, ("ok", "Einwilligung nachgewiesen")),
    (ConsentState.UNPROVED, ("warn", "Einwilligung ohne Nachweis")),
    (ConsentState.WITHDRAWN, ("no", "Widerrufen")),
    (ConsentState.OBJECTED, ("lock", "Widersprochen")),
    (ConsentState.NONE, ("open", "Keine Einwilligung")),
]


@pytest.mark.parametrize(("state", "status"), STATES)
def test_cell_of_the_matrix_per_state(state: ConsentState, status: tuple[str, str]) -> None:
    contact = ContactFactory()
    if state == ConsentState.LIVE:
        proved(contact)
    elif state != ConsentState.NONE:
        withdrawn = {"withdrawn_on": TODAY} if state == ConsentState.WITHDRAWN else {}
        ConsentFactory(contact=contact, **withdrawn)
    if state == ConsentState.OBJECTED:
        ObjectionFactory(contact=contact, channel=Channel.MAIL)
    assert contact.consent_state(Channel.MAIL, Purpose.IMPROVEMENTS, TODAY) == state
    found = matrix(contact, TODAY)
    assert found.channels == ["E-Mail", "Telefon", "Brief"]
    label, cells = found.rows[0]
    assert (label, cells[0]) == ("Informationen über Verbesserungen", ("E-Mail", status))
    others = [cell for _label, row in found.rows for channel, cell in row if channel != "E-Mail"]
    assert set(others) == {("open", "Keine Einwilligung")}


def test_summary_names_the_purposes_that_are_open() -> None:
    contact = ContactFactory()
    proved(contact, purpose=Purpose.SURVEY)
    assert mail_summary(contact, TODAY) == ("ok", "Zufriedenheitsbefragung")
    proved(contact, purpose=Purpose.ADVERTISING)
    proved(contact)
    assert mail_summary(Contact.objects.get(pk=contact.pk), TODAY) == ("ok", "erlaubt")


@pytest.mark.parametrize(
    ("channel", "covers"),
    [("", "alle Wege"), ("mail", "E-Mail"), ("phone", "Telefon"), ("letter", "Brief")],
)
def test_objection_row_and_what_it_forbids(kam: User, channel: str, covers: str) -> None:
    objection = ObjectionFactory(channel=channel, recorded_by=kam, note="am Telefon")
    row = objection_row(objection)
    assert (row.day, row.covers) == ("02.11.2026", covers)
    assert row.note == "am Telefon · erfasst von A. Kaya"
    forbidden = {each for each in ("mail", "phone", "letter") if objection.covers(each)}
    assert forbidden == ({channel} if channel else {"mail", "phone", "letter"})


def test_look_is_owed_with_its_words_owner_deputy_and_page(kam: User, kollegin: User) -> None:
    client = ClientFactory(name="Norhagen Bau AG")
    look = LookFactory(client=client, owner=kam, deputy=kollegin)
    [item] = find(Query())
    assert item.title == "Ruhenden Kunden „Norhagen Bau AG“ prüfen"
    assert (item.kind, item.pk, item.case_id) == (KIND, look.pk, None)
    assert (item.owner_id, item.deputy_id) == (kam.pk, kollegin.pk)
    assert (item.due_on, item.context) == (look.due_on, "Kein Auftrag seit dem Frühjahr")
    assert item.url == item.done_url == f"/kunden/{client.pk}/pruefung/"
    kind = obligations.kind(KIND)
    assert (kind.lead_days, kind.drop) == ((2,), None)
    assert str(kind.label) == "Prüfung ruhender Kunden"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), 1),
        (Query(due_until=dt.date(2026, 11, 27)), 1),
        (Query(due_until=dt.date(2026, 11, 26)), 0),
        (Query(case_id=1), 0),
        (Query(owner_ids=[]), 0),
    ],
    ids=["all", "on its day", "before its day", "of a case", "of nobody"],
)
def test_looks_are_narrowed(kam: User, query: Query, found: int) -> None:
    LookFactory(owner=kam)
    LookFactory(owner=kam, done_on=TODAY, result="gone", reason="x", examined_by=kam)
    assert len(list(find(query))) == found


#: role → sees clients, keeps them, answers requests of people, takes refusals down
ROLES: list[tuple[Role, tuple[bool, bool, bool, bool]]] = [
    (Role.KEY_ACCOUNT_MANAGER, (True, True, False, True)),
    (Role.QUALITY_MANAGER, (True, False, False, True)),
    (Role.MANAGEMENT, (True, True, True, True)),
    (Role.OPERATIONS, (False, False, False, False)),
    (Role.EXTERNAL_AUDITOR, (False, False, False, False)),
]


@pytest.mark.parametrize(("role", "may"), ROLES)
def test_role_by_predicate(role: Role, may: tuple[bool, bool, bool, bool]) -> None:
    user = UserFactory(role=role)
    assert may == (
        permissions.can_list_clients(user),
        permissions.can_edit_clients(user),
        permissions.can_answer_data_requests(user),
        permissions.can_record_refusals(user),
    )
    ClientFactory()
    assert Client.objects.visible_to(user).exists() is may[0]


@pytest.mark.parametrize(("role", "may"), ROLES)
def test_role_by_page(
    client_for: ClientFor, role: Role, may: tuple[bool, bool, bool, bool]
) -> None:
    sees, keeps, answers, refuses = may
    contact = ContactFactory()
    base = f"/kunden/{contact.client_id}/"
    person = f"{base}ansprechpartner/{contact.pk}/"
    browser: Browser = client_for(UserFactory(role=role))
    lists = 200 if sees else 403
    assert browser.get("/kunden/").status_code == lists
    assert browser.get("/kunden/ruhende/").status_code == lists
    assert browser.get(base).status_code == (200 if sees else 404)
    assert browser.get(person).status_code == (200 if sees else 404)
    forms = ("bearbeiten/", "objekte/neu/", "ansprechpartner/neu/", "mitteilungen/neu/", "ruhend/")
    for page in forms:
        assert browser.get(f"{base}{page}").status_code == (200 if keeps else 403), page
    assert browser.get(f"{person}einwilligungen/neu/").status_code == (200 if keeps else 403)
    assert browser.get(f"{person}widersprueche/neu/").status_code == (200 if refuses else 403)
    assert browser.get(f"{person}auskunft/").status_code == (200 if answers else 403)
    assert browser.get(f"{person}loeschung/").status_code == (200 if answers else 403)


@pytest.mark.parametrize(
    ("area", "note"),
    [
        (None, "Norhagen · keine Fläche · keine Region"),
        (Decimal("10"), "Norhagen · keine Region"),
    ],
)
def test_incomplete_site_says_what_lacks(kam: User, area: Decimal | None, note: str) -> None:
    site = SiteFactory(client=ClientFactory(name="Norhagen"), name="Haus B", area=area)
    check = {each.key: each for each in quality.CHECKS}["objekte-unvollstaendig"]
    assert str(check.label) == "Objekte ohne Fläche oder Region"
    [found] = check.rows(kam, TODAY)
    url = f"/kunden/{site.client_id}/objekte/{site.pk}/"
    assert check.gap(found) == Gap("Haus B", url, note)


def test_people_nobody_asked_and_nobody_reaches(kam: User, operativ: User) -> None:
    asked, objected = ContactFactory(email="a@norhagen.example"), ContactFactory(phone="069 1")
    ConsentFactory(contact=asked)
    ObjectionFactory(contact=objected)
    forgotten = ContactFactory()
    ContactFactory(left_on=TODAY)
    assert list(quality.without_consent_status(kam, TODAY)) == [forgotten]
    assert list(quality.out_of_reach(kam, TODAY)) == [forgotten]
    assert not quality.out_of_reach(operativ, TODAY).exists()


def test_client_needs_a_decision_maker_who_is_still_there(kam: User) -> None:
    with_one, without, gone = ClientFactory(), ClientFactory(), ClientFactory()
    ContactFactory(client=with_one, is_decision_maker=True)
    ContactFactory(client=without)
    ContactFactory(client=gone, is_decision_maker=True, left_on=TODAY)
    assert set(quality.without_decision_maker(kam, TODAY)) == {without, gone}


REFUSED: list[tuple[Any, dict[str, Any]]] = [
    (ConsentFactory, {"wording": ""}),
    (ConsentFactory, {"purpose": "contract"}),
    (ConsentFactory, {"channel": "video"}),
    (ConsentFactory, {"withdrawn_on": dt.date(2026, 9, 30)}),
    (ObjectionFactory, {"channel": "personal"}),
    (LookFactory, {"done_on": TODAY}),
    (LookFactory, {"result": "gone", "reason": "weg"}),
    (MessageFactory, {"purpose": "spam"}),
    (MessageFactory, {"sent_on": TODAY}),
    (MessageFactory, {"sent_on": TODAY, "discarded_on": TODAY}),
    (SiteFactory, {"area": Decimal("0")}),
    (SiteFactory, {"area": Decimal("-1")}),
]


@pytest.mark.parametrize(("make", "wrong"), REFUSED)
def test_database_refuses(make: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        make(**wrong)


SAID: list[tuple[str, Any, str]] = [
    (
        "given_on",
        lambda contact, by, day: services.give_consent(
            contact=contact, actor=by, today=TODAY,
            changes={
                "channel": "mail", "purpose": "survey", "wording": "Ja", "source": "mail",
                "given_on": day,
            },
        ),
        "Das Datum liegt in der Zukunft.",
    ),
    (
        "objected_on",
        lambda contact, by, day: services.record_objection(
            contact=contact, actor=by, today=TODAY, changes={"objected_on": day}
        ),
        "Das Datum liegt in der Zukunft.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("field", "act", "message"), SAID)
def test_service_refuses_a_day_to_come_at_its_field(
    kam: User, field: str, act: Any, message: str
) -> None:
    contact = ContactFactory()
    with pytest.raises(services.WrongDay) as refused:
        act(contact, kam, dt.date(2026, 11, 24))
    assert (str(refused.value), refused.value.field) == (message, field)
    act(contact, kam, TODAY)
    assert contact.consents.count() + contact.objections.count() == 1


LOOKS: list[tuple[str, dt.date | None, str]] = [
    ("pausing", None, "Wann wird erneut geprüft? Sonst gerät der Kunde in Vergessenheit."),
    ("unknown", None, "Wann wird erneut geprüft? Sonst gerät der Kunde in Vergessenheit."),
    ("pausing", TODAY, "Die nächste Prüfung muss in der Zukunft liegen."),
    ("gone", TODAY, "Die nächste Prüfung muss in der Zukunft liegen."),
]


@pytest.mark.parametrize(("result", "next_on", "message"), LOOKS)
def test_look_is_refused_at_its_next_day(
    kam: User, result: str, next_on: dt.date | None, message: str
) -> None:
    look = LookFactory(owner=kam)
    with pytest.raises(services.LookRefused) as refused:
        services.finish_look(
            look=look, version=1, actor=kam, today=TODAY, result=result, reason="x",
            next_on=next_on,
        )  # fmt: skip
    assert (str(refused.value), refused.value.field) == (message, "next_on")
    look.refresh_from_db()
    assert look.is_open


@pytest.mark.parametrize(("result", "again"), [("gone", 0), ("active", 0), ("pausing", 1)])
def test_finished_look_leads_to_the_next_where_one_is_named(
    kam: User, kollegin: User, result: str, again: int
) -> None:
    look = LookFactory(owner=kollegin)
    next_on = dt.date(2027, 2, 1) if again else None
    services.finish_look(
        look=look, version=1, actor=kam, today=TODAY, result=result, reason="Frau Heller",
        next_on=next_on,
    )  # fmt: skip
    assert (look.done_on, look.examined_by, look.result) == (TODAY, kam, result)
    planned = look.client.looks.filter(done_on=None)
    assert planned.count() == again
    for each in planned:
        assert (each.owner, each.due_on, each.occasion) == (kollegin, next_on, look.occasion)
