"""Forms of clients, sites, people, consents, mails and looks: each refusal in German."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

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
)
from tests.dialogue.refusals import FUTURE, NO_NUMBER, REQUIRED, no_choice, refusals, too_long
from tests.factories import UserFactory
from winback.clients import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CLIENT = {"name": "Norhagen Bau AG", "segment": "industry"}
BELOW, ABOVE = "Dieser Wert muss größer oder gleich", "Dieser Wert muss kleiner oder gleich"


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"name": ""}, "name", REQUIRED),
        ({"name": "x" * 201}, "name", too_long(200, 201)),
        ({"number": "x" * 41}, "number", too_long(40, 41)),
        ({"segment": "raumfahrt"}, "segment", no_choice("raumfahrt")),
        ({"industry": "x" * 121}, "industry", too_long(120, 121)),
        ({"since": "24.11.2026"}, "since", FUTURE),
        ({"revenue_share": "-0,1"}, "revenue_share", f"{BELOW} 0 sein."),
        ({"revenue_share": "100,1"}, "revenue_share", f"{ABOVE} 100 sein."),
        ({"result_share": "100,1"}, "result_share", f"{ABOVE} 100 sein."),
    ],
)
def test_client_refuses(wrong: dict[str, str], field: str, message: str) -> None:
    assert refusals(forms.ClientForm(CLIENT | wrong)) == {field: [message]}


def test_client_refuses_a_number_that_is_taken() -> None:
    ClientFactory(number="K-7")
    found = refusals(forms.ClientForm(CLIENT | {"number": "K-7"}))
    assert found == {
        "number": ["Kunde mit diesem Wert für das Feld Kundennummer existiert bereits."]
    }


@pytest.mark.parametrize("name", ["Norhagen Bau AG", "norhagen bau ag", "NORHAGEN BAU AG"])
def test_client_of_the_same_name_is_doubted_not_refused(name: str) -> None:
    ClientFactory(name="Norhagen Bau AG")
    form = forms.ClientForm(CLIENT | {"name": name})
    assert not form.is_valid()
    assert (dict(form.errors), form.warned) == ({}, ["name"])
    assert form.fields["name"].warning == "Es gibt bereits einen Kunden dieses Namens."  # type: ignore[attr-defined]  # set by warn()
    assert forms.ClientForm(CLIENT | {"name": name, "warning_reason": "Tochter"}).is_valid()


def test_client_is_not_doubted_for_its_own_name() -> None:
    client = ClientFactory(name="Norhagen Bau AG")
    assert forms.ClientForm(CLIENT | {"version": "1"}, instance=client).is_valid()


@pytest.mark.parametrize(("written", "value"), [("0", "0"), ("12,5", "12.5"), ("100", "100")])
def test_share_is_read_as_people_write_it(written: str, value: str) -> None:
    form = forms.ClientForm(CLIENT | {"revenue_share": written, "result_share": written})
    assert form.is_valid()
    shares = (form.changes["revenue_share"], form.changes["result_share"])
    assert shares == (Decimal(value), Decimal(value))


SITE = {"name": "Haus B", "kind": "office", "bundesland": "HE"}
POSTCODE = "Eine deutsche Postleitzahl hat fünf Ziffern."


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"name": ""}, "name", REQUIRED),
        ({"name": "x" * 201}, "name", too_long(200, 201)),
        ({"name": "Haus A"}, "name", "Der Kunde hat bereits ein Objekt dieses Namens."),
        ({"kind": "schloss"}, "kind", no_choice("schloss")),
        ({"bundesland": ""}, "bundesland", REQUIRED),
        ({"bundesland": "XX"}, "bundesland", no_choice("XX")),
        ({"postcode": "6031"}, "postcode", POSTCODE),
        ({"postcode": "603110"}, "postcode", POSTCODE),
        ({"postcode": "6O311"}, "postcode", POSTCODE),
        ({"area": "0"}, "area", "Die Fläche muss größer als null sein."),
        ({"area": "-5"}, "area", "Die Fläche muss größer als null sein."),
        ({"lots": "x" * 121}, "lots", too_long(120, 121)),
        ({"area_norm": "x" * 81}, "area_norm", too_long(80, 81)),
    ],
)
def test_site_refuses(wrong: dict[str, str], field: str, message: str) -> None:
    client = ClientFactory()
    SiteFactory(client=client, name="Haus A")
    found = refusals(forms.SiteForm(SITE | wrong, client=client, site=None))
    assert [text for texts in found.values() for text in texts] == [message]
    assert set(found) <= {field, "__all__"}


def test_site_may_keep_its_name_and_another_client_may_use_it() -> None:
    site = SiteFactory(name="Haus B")
    kept = forms.SiteForm(SITE | {"version": "1"}, client=site.client, site=site)
    assert kept.is_valid()
    assert forms.SiteForm(SITE, client=ClientFactory(), site=None).is_valid()


CONTACT = {"salutation": "ms", "last_name": "Heller", "language": "de"}


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"last_name": ""}, "last_name", REQUIRED),
        ({"last_name": "x" * 81}, "last_name", too_long(80, 81)),
        ({"first_name": "x" * 81}, "first_name", too_long(80, 81)),
        ({"salutation": "dr"}, "salutation", no_choice("dr")),
        ({"function": "x" * 121}, "function", too_long(120, 121)),
        ({"email": "heller"}, "email", "Bitte gültige E-Mail-Adresse eingeben."),
        ({"phone": "0" * 41}, "phone", too_long(40, 41)),
        ({"influence": "riesig"}, "influence", no_choice("riesig")),
        ({"attitude": "sauer"}, "attitude", no_choice("sauer")),
        ({"channel": "fax"}, "channel", no_choice("fax")),
        ({"rhythm_days": "0"}, "rhythm_days", f"{BELOW} 1 sein."),
        ({"rhythm_days": "367"}, "rhythm_days", f"{ABOVE} 366 sein."),
        ({"rhythm_days": "oft"}, "rhythm_days", NO_NUMBER),
        ({"preferred_time": "x" * 121}, "preferred_time", too_long(120, 121)),
        ({"meeting_form": "post"}, "meeting_form", no_choice("post")),
        ({"language": "fr"}, "language", no_choice("fr")),
        ({"language": ""}, "language", REQUIRED),
    ],
)
def test_contact_refuses(wrong: dict[str, str], field: str, message: str) -> None:
    form = forms.ContactForm(CONTACT | wrong, client=ClientFactory(), contact=None)
    assert refusals(form) == {field: [message]}


def test_person_who_is_to_leave_may_be_recorded_ahead() -> None:
    form = forms.ContactForm(
        CONTACT | {"left_on": "31.12.2026"}, client=ClientFactory(), contact=None
    )
    assert form.is_valid()
    assert form.changes["left_on"] == dt.date(2026, 12, 31)


CONSENT = {
    "channel": "mail", "purpose": "advertising", "wording": "Ja, gern.", "source": "written",
    "given_on": "20.11.2026",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"channel": ""}, "channel", REQUIRED),
        ({"channel": "video"}, "channel", no_choice("video")),
        ({"purpose": "contract"}, "purpose", no_choice("contract")),
        ({"wording": " "}, "wording", REQUIRED),
        ({"source": "gehört"}, "source", no_choice("gehört")),
        ({"given_on": ""}, "given_on", REQUIRED),
    ],
)
def test_consent_refuses(wrong: dict[str, str], field: str, message: str) -> None:
    form = forms.ConsentForm(CONSENT | wrong, contact=ContactFactory())
    assert refusals(form) == {field: [message]}


@pytest.mark.parametrize(
    ("source", "objected", "warned"),
    [
        ("written", None, []),
        ("spoken", None, ["source"]),
        ("written", "2026-11-19", []),
        ("written", "2026-11-20", ["given_on"]),
        ("written", "2026-11-21", ["given_on"]),
        ("spoken", "2026-11-21", ["source", "given_on"]),
    ],
)
def test_consent_is_doubted_where_it_may_not_hold(
    source: str, objected: str | None, warned: list[str]
) -> None:
    contact = ContactFactory()
    if objected:
        ObjectionFactory(contact=contact, objected_on=dt.date.fromisoformat(objected))
    form = forms.ConsentForm(CONSENT | {"source": source}, contact=contact)
    assert form.is_valid() is not bool(warned)
    assert sorted(form.warned) == sorted(warned)
    reasoned = CONSENT | {"source": source, "warning_reason": "Zeuge: Herr Ott"}
    assert forms.ConsentForm(reasoned, contact=contact).is_valid()


def test_proof_must_be_a_file() -> None:
    form = forms.ProofForm({"version": "1"}, instance=ConsentFactory())
    assert refusals(form) == {"proof": [REQUIRED]}


@pytest.mark.parametrize(
    ("form_class", "data", "expected"),
    [
        (forms.WithdrawalForm, {"withdrawn_on": ""}, {"withdrawn_on": [REQUIRED]}),
        (
            forms.WithdrawalForm, {"withdrawn_on": "heute", "note": "x" * 251},
            {"note": [too_long(250, 251)]},
        ),
        (forms.WithdrawalForm, {"withdrawn_on": "heute", "version": ""}, {"version": [REQUIRED]}),
    ],
)  # fmt: skip
def test_withdrawal_refuses(
    form_class: type[Any], data: dict[str, str], expected: dict[str, list[str]]
) -> None:
    form = form_class({"version": "1"} | data, instance=ConsentFactory())
    assert refusals(form) == expected


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"objected_on": ""}, "objected_on", REQUIRED),
        ({"channel": "personal"}, "channel", no_choice("personal")),
        ({"note": "x" * 251}, "note", too_long(250, 251)),
    ],
)
def test_objection_refuses(wrong: dict[str, str], field: str, message: str) -> None:
    form = forms.ObjectionForm({"objected_on": "heute"} | wrong)
    assert refusals(form) == {field: [message]}


@pytest.mark.parametrize("channel", ["", "mail", "phone", "letter"])
def test_objection_needs_no_channel(channel: str) -> None:
    form = forms.ObjectionForm({"objected_on": "heute", "channel": channel})
    assert form.is_valid()
    assert form.changes == {
        "channel": channel, "objected_on": dt.date(2026, 11, 23), "note": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"purpose": ""}, "purpose", REQUIRED),
        ({"purpose": "spam"}, "purpose", no_choice("spam")),
        ({"contacts": []}, "contacts", "Wählen Sie mindestens eine Person."),
        ({"contacts": ["99999"]}, "contacts", no_choice("99999")),
        ({"subject": ""}, "subject", REQUIRED),
        ({"subject": "x" * 201}, "subject", too_long(200, 201)),
        ({"body": ""}, "body", REQUIRED),
        ({"body": "x" * 5001}, "body", too_long(5000, 5001)),
    ],
)
def test_message_refuses(wrong: dict[str, Any], field: str, message: str) -> None:
    contact = ContactFactory()
    data = {
        "purpose": "contract", "contacts": [str(contact.pk)], "subject": "Termin", "body": "Text",
    } | wrong  # fmt: skip
    assert refusals(forms.MessageForm(data, contacts=[contact])) == {field: [message]}


def test_message_names_people_with_their_function() -> None:
    one = ContactFactory(first_name="Carla", last_name="Heller", function="Leitung FM")
    other = ContactFactory(first_name="", last_name="Brandt")
    choices = forms.MessageForm(contacts=[one, other]).fields["contacts"].choices  # type: ignore[attr-defined]  # a choice field
    assert [label for _key, label in choices] == ["Carla Heller, Leitung FM", "Brandt"]


@pytest.mark.parametrize("day", ["", "gestern abend", "32.11.2026"])
def test_sending_needs_a_day(day: str) -> None:
    form = forms.SentForm({"version": "1", "sent_on": day}, instance=MessageFactory())
    assert list(refusals(form)) == ["sent_on"]


LOOK = {"result": "gone", "reason": "Neuer Dienstleister seit Oktober"}


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"result": ""}, "result", REQUIRED),
        ({"result": "weg"}, "result", no_choice("weg")),
        ({"reason": " "}, "reason", REQUIRED),
    ],
)
def test_look_refuses(wrong: dict[str, str], field: str, message: str) -> None:
    form = forms.LookForm({"version": "1"} | LOOK | wrong, instance=LookFactory())
    assert refusals(form) == {field: [message]}


def test_look_asks_for_its_occasion_where_nobody_planned_it() -> None:
    assert refusals(forms.LookForm(LOOK)) == {"occasion": [REQUIRED]}
    assert "occasion" not in forms.LookForm(instance=LookFactory()).fields


@pytest.mark.parametrize("role", Role)
def test_planned_look_is_offered_to_roles_that_see_every_client(kam: User, role: Role) -> None:
    user = UserFactory(role=role)
    data = {"occasion": "Keine Bestellung", "owner": str(user.pk), "due_on": "30.11.2026"}
    seeing = {Role.KEY_ACCOUNT_MANAGER, Role.QUALITY_MANAGER, Role.MANAGEMENT}
    form = forms.LookPlanForm(data)
    assert form.is_valid() is (role in seeing)
    assert set(form.errors) == (set() if role in seeing else {"owner"})
