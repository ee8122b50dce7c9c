"""Bad input at every form: the message stands at the field, in German."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.utils import translation

from accounts.forms import (
    AbsenceForm,
    DeactivateForm,
    PasswordForm,
    ProfileForm,
    SignInForm,
    UserForm,
)
from accounts.models import User
from tests.accounts.owing import Ledger
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
GOOD_USER = {
    "salutation": "ms",
    "first_name": "Nele",
    "last_name": "Brunner",
    "email": "nele.brunner@provider.example",
    "role": "kam",
    "language": "de",
}
GOOD_PASSWORD = {
    "current": PASSWORD,
    "new": "Neun-Kraniche-ziehen",
    "repeated": "Neun-Kraniche-ziehen",
}
GOOD_PROFILE = {"language": "en", "theme": "dark", "digest": "none", "version": "1"}


def errors(form: forms.BaseForm) -> dict[str, list[str]]:
    with translation.override("de"):
        return {name: [str(text) for text in found] for name, found in form.errors.items()}


def user_form(**changed: Any) -> UserForm:
    return UserForm({**GOOD_USER, **changed})


def test_user_form_lowers_the_email() -> None:
    form = user_form(email=" Nele.Brunner@Provider.Example ")
    assert form.is_valid()
    assert form.changes["email"] == "nele.brunner@provider.example"


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "role", "language"])
def test_user_form_missing_value(field: str) -> None:
    assert errors(user_form(**{field: ""})) == {field: ["Dieses Feld ist zwingend erforderlich."]}


@pytest.mark.parametrize(("field", "limit"), [("first_name", 80), ("last_name", 80)])
def test_user_form_too_long(field: str, limit: int) -> None:
    assert user_form(**{field: "x" * limit}).is_valid()
    found = errors(user_form(**{field: "x" * (limit + 1)}))
    assert list(found) == [field]
    assert str(limit) in found[field][0]


def test_user_form_email_too_long() -> None:
    found = errors(user_form(email=f"{'x' * 250}@provider.example"))
    assert list(found) == ["email"]


@pytest.mark.parametrize("email", ["nele", "nele@", "@provider.example", "a b@provider.example"])
def test_user_form_email_in_the_wrong_format(email: str) -> None:
    assert errors(user_form(email=email)) == {"email": ["Bitte gültige E-Mail-Adresse eingeben."]}


@pytest.mark.parametrize("field", ["role", "salutation", "language"])
def test_user_form_unknown_choice(field: str) -> None:
    assert list(errors(user_form(**{field: "owner"}))) == [field]


def test_user_form_taken_email_in_other_case(kam: User) -> None:
    assert errors(user_form(email=kam.email.upper())) == {
        "email": ["Ein anderes Konto verwendet diese E-Mail-Adresse bereits."]
    }


def test_user_form_external_administrator_contradicts() -> None:
    assert errors(user_form(role="auditor", is_administrator="on")) == {
        "is_administrator": ["Ein externer Auditor kann nicht Administrator sein."]
    }


def test_user_form_leaves_the_row_alone(kam: User) -> None:
    form = UserForm({**GOOD_USER, "version": "1"}, instance=kam)
    assert form.is_valid()
    assert kam.first_name == "Aylin"
    assert form.changes["first_name"] == "Nele"


@pytest.mark.parametrize("version", ["", "x"])
def test_user_form_without_a_version_is_refused(kam: User, version: str) -> None:
    form = UserForm({**GOOD_USER, "version": version}, instance=kam)
    assert list(errors(form)) == ["version"]


def password_form(user: User, **changed: str) -> PasswordForm:
    return PasswordForm({**GOOD_PASSWORD, **changed}, user=user)


def test_password_form_accepts_a_long_sentence(kam: User) -> None:
    assert password_form(kam).is_valid()


def test_password_form_keeps_blanks_at_the_ends(kam: User) -> None:
    new = "  Neun Kraniche ziehen "
    form = password_form(kam, new=new, repeated=new)
    assert form.is_valid()
    assert form.cleaned_data["new"] == new


@pytest.mark.parametrize("field", ["current", "new", "repeated"])
def test_password_form_missing_value(kam: User, field: str) -> None:
    assert errors(password_form(kam, **{field: ""})) == {
        field: ["Dieses Feld ist zwingend erforderlich."]
    }


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("Kurz-12", "Dieses Passwort ist zu kurz."),
        ("administrator", "Dieses Passwort ist zu üblich."),
        ("aylin.kaya@provider", "Das Passwort ist zu ähnlich"),
        (PASSWORD, "Wählen Sie ein anderes Passwort als das bisherige."),
        ("x" * 257, "höchstens 256 Zeichen"),
    ],
)
def test_password_form_weak_new_password(kam: User, new: str, message: str) -> None:
    kam.email = "aylin.kaya@provider.example"
    found = errors(password_form(kam, new=new, repeated=new))
    assert message in found["new"][0]


def test_password_form_wrong_current_password(kam: User) -> None:
    assert errors(password_form(kam, current="geraten")) == {
        "current": ["Das ist nicht Ihr aktuelles Passwort."]
    }


def test_password_form_two_new_passwords_that_differ(kam: User) -> None:
    assert errors(password_form(kam, repeated="Neun-Kraniche-zogen")) == {
        "repeated": ["Die beiden neuen Passwörter stimmen nicht überein."]
    }


def test_password_form_after_a_start_password_does_not_ask_for_it() -> None:
    user = UserFactory(must_change_password=True)
    assert list(PasswordForm(user=user).fields) == ["new", "repeated"]


@pytest.mark.parametrize("user_exists", [True, False])
def test_sign_in_form_says_nothing_about_the_account(kam: User, user_exists: bool) -> None:
    email = kam.email if user_exists else "niemand@provider.example"
    form = SignInForm({"email": email.upper(), "password": "geraten"})
    assert form.is_valid()
    assert form.cleaned_data["email"] == email


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "", "password": "x"}, "email"),
        ({"email": "a@b.example", "password": ""}, "password"),
        ({"email": "kein at", "password": "x"}, "email"),
        ({"email": "a@b.example", "password": "x" * 257}, "password"),
    ],
)
def test_sign_in_form_bad_input(typed: dict[str, str], field: str) -> None:
    assert list(errors(SignInForm(typed))) == [field]


def test_profile_form_offers_the_registered_kinds(kam: User, ledger: Ledger) -> None:
    form = ProfileForm({**GOOD_PROFILE, "muted_kinds": ["test"]}, instance=kam)
    assert form.is_valid()
    assert form.changes == {
        "language": "en",
        "theme": "dark",
        "roomy": False,
        "digest": "none",
        "muted_kinds": ["test"],
        "shortcuts": False,
    }


def test_profile_form_without_kinds_does_not_ask(kam: User, no_kinds: None) -> None:
    assert "muted_kinds" not in ProfileForm(instance=kam).fields


@pytest.mark.parametrize(
    ("field", "value"),
    [("language", "fr"), ("theme", "pink"), ("digest", "hourly"), ("muted_kinds", "rumour")],
)
def test_profile_form_unknown_choice(kam: User, ledger: Ledger, field: str, value: str) -> None:
    form = ProfileForm({**GOOD_PROFILE, field: [value]}, instance=kam)
    assert list(errors(form)) == [field]


@pytest.mark.parametrize("field", ["language", "theme", "digest"])
def test_profile_form_missing_value(kam: User, ledger: Ledger, field: str) -> None:
    form = ProfileForm({**GOOD_PROFILE, field: ""}, instance=kam)
    assert errors(form) == {field: ["Dieses Feld ist zwingend erforderlich."]}


def absence_form(user: User, deputy: User | None, start: str, end: str) -> AbsenceForm:
    data = {"deputy": deputy.pk if deputy else "", "starts_on": start, "ends_on": end}
    return AbsenceForm(data, user=user)


def test_absence_form_reads_german_dates(kam: User, kollegin: User) -> None:
    form = absence_form(kam, kollegin, "21.12.2026", "31.12.2026")
    assert form.is_valid()
    assert form.changes == {
        "starts_on": dt.date(2026, 12, 21),
        "ends_on": dt.date(2026, 12, 31),
        "deputy": kollegin,
    }


def test_absence_form_missing_values(kam: User) -> None:
    assert list(errors(absence_form(kam, None, "", ""))) == ["starts_on", "ends_on", "deputy"]


@pytest.mark.parametrize("typed", ["31.11.2026", "morgen früh", "9" * 200])
def test_absence_form_date_in_the_wrong_format(kam: User, kollegin: User, typed: str) -> None:
    assert list(errors(absence_form(kam, kollegin, typed, "31.12.2026"))) == ["starts_on"]


def test_absence_form_end_before_start_contradicts(kam: User, kollegin: User) -> None:
    assert errors(absence_form(kam, kollegin, "31.12.2026", "21.12.2026")) == {
        "ends_on": ["Das Ende liegt vor dem Beginn."]
    }


def test_absence_form_offers_only_active_colleagues(kam: User, auditor: User) -> None:
    gone = UserFactory(is_active=False)
    for other in (kam, auditor, gone):
        form = absence_form(kam, other, "21.12.2026", "31.12.2026")
        assert list(errors(form)) == ["deputy"]


def test_deactivate_form_asks_for_a_colleague(kam: User, kollegin: User, auditor: User) -> None:
    assert list(errors(DeactivateForm({"version": 1}, instance=kam, is_owing=True))) == [
        "new_owner"
    ]
    for refused in (kam, auditor):
        data = {"version": 1, "new_owner": refused.pk}
        assert not DeactivateForm(data, instance=kam, is_owing=True).is_valid()
    form = DeactivateForm({"version": 1, "new_owner": kollegin.pk}, instance=kam, is_owing=True)
    assert form.is_valid()
    assert form.taker == kollegin


def test_deactivate_form_without_debts_asks_nothing(kam: User) -> None:
    form = DeactivateForm({"version": 1}, instance=kam, is_owing=False)
    assert form.is_valid()
    assert form.taker is None
