"""The form of a case itself: refusals, doubts, what it offers to whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.cases.messages import (
    FUTURE,
    NO_DATE,
    NO_ROW,
    NUMBER,
    PAST,
    REQUIRED,
    WHOLE,
    decimals,
    digits,
    no_choice,
    too_long,
)
from tests.clients.factories import ClientFactory, SiteFactory
from tests.contracts.factories import ContractFactory
from tests.factories import UserFactory
from winback.cases import forms
from winback.cases.models import Case
from winback.clients.models import Client

pytestmark = pytest.mark.usefixtures("today")

STEP_ALONE = "Ein nächster Schritt braucht ein Datum und ein Datum einen Schritt."


@pytest.fixture
def client(kam: User) -> Client:
    """A client the key account manager sees."""
    client: Client = ClientFactory()
    return client


def filled(user: User, of: Client, /, **typed: str) -> forms.CaseForm:
    """A new case as the browser sends it."""
    data = {
        "client": str(of.pk),
        "trigger": "threat",
        "loss_kind": "endangered",
        "value_at_stake": "1.250.000,00",
        "owner": str(user.pk),
        **typed,
    }
    return forms.CaseForm(data, user=user, client=None)


REFUSED = [
    ("client", "", REQUIRED),
    ("client", "0", NO_ROW),
    ("trigger", "", REQUIRED),
    ("trigger", "laune", no_choice("laune")),
    ("loss_kind", "ganz", no_choice("ganz")),
    ("loss_kind", "", REQUIRED),
    ("value_at_stake", "", REQUIRED),
    ("value_at_stake", "viel", NUMBER),
    ("value_at_stake", "1,005", decimals(2)),
    ("value_at_stake", "1234567890123", digits(12)),
    ("first_sign_on", "24.11.2026", FUTURE),
    ("first_sign_on", "vor langem", NO_DATE),
    ("lost_on", "24.11.2026", FUTURE),
    ("new_provider", "x" * 201, too_long(200)),
    ("owner", "", REQUIRED),
    ("owner", "0", NO_ROW),
    ("deputy", "0", NO_ROW),
    ("next_step", "x" * 201, too_long(200)),
    ("next_step_on", "bald", NO_DATE),
]


@pytest.mark.parametrize(("field", "typed", "message"), REFUSED)
def test_field_refuses_with_its_words_and_keeps_what_was_typed(
    field: str, typed: str, message: str, kam: User, client: Client
) -> None:
    form = filled(kam, client, **{field: typed})
    assert not form.is_valid()
    assert message in [str(each) for each in form.errors[field]]
    assert form[field].value() == typed


TOGETHER: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"next_step": "Anruf"}, {"__all__": STEP_ALONE}),
    ({"next_step_on": "+3"}, {"__all__": STEP_ALONE}),
    ({"value_at_stake": "-1"}, {"__all__": "Der Wert darf nicht negativ sein."}),
    (
        {"first_sign_on": "02.10.2026", "lost_on": "01.10.2026"},
        {"__all__": "Der Verlust liegt vor dem ersten Anzeichen."},
    ),
]


@pytest.mark.parametrize(("typed", "expected"), TOGETHER, ids=str)
def test_facts_contradict_each_other(
    typed: dict[str, str], expected: dict[str, str], kam: User, client: Client
) -> None:
    form = filled(kam, client, **typed)
    assert not form.is_valid()
    assert {name: str(found[0]) for name, found in form.errors.items()} == expected


def test_deputy_is_somebody_else(kam: User, kollegin: User, client: Client) -> None:
    form = filled(kam, client, deputy=str(kam.pk))
    assert not form.is_valid()
    assert form.errors == {
        "deputy": ["Die Vertretung muss eine andere Person sein als die verantwortliche."]
    }
    assert filled(kam, client, deputy=str(kollegin.pk)).is_valid()


DOUBTED = [
    (
        {"value_at_stake": "0"},
        "value_at_stake",
        "Es steht nichts auf dem Spiel? Dann gibt dem Fall niemand Vorrang.",
    ),
    ({"next_step": "Anruf", "next_step_on": "22.11.2026"}, "next_step_on", PAST),
]


@pytest.mark.parametrize(("typed", "field", "message"), DOUBTED, ids=lambda each: str(each)[:20])
def test_doubt_is_told_at_its_field_and_lifted_by_a_reason(
    typed: dict[str, str], field: str, message: str, kam: User, client: Client
) -> None:
    form = filled(kam, client, **typed)
    assert not form.is_valid()
    assert (form.errors, form.warned) == ({}, [field])
    assert form.fields[field].warning == message  # type: ignore[attr-defined]  # set by warn()
    insisted = filled(kam, client, **typed, warning_reason="Vom Kunden so gesagt")
    assert insisted.is_valid()
    assert insisted.reason == "Vom Kunden so gesagt"


EDGES: list[dict[str, str]] = [
    {"value_at_stake": "0,01"},
    {"value_at_stake": "999.999.999.999,99"},
    {"first_sign_on": "heute", "lost_on": "heute"},
    {"first_sign_on": "01.10.2026"},
    {"lost_on": "01.10.2026"},
    {"next_step": "Anruf", "next_step_on": "heute"},
    {"new_provider": "x" * 200},
]


@pytest.mark.parametrize("typed", EDGES, ids=lambda each: str(each)[:40])
def test_value_on_the_edge_is_still_taken(typed: dict[str, str], kam: User, client: Client) -> None:
    form = filled(kam, client, **typed)
    assert form.is_valid(), (form.errors, form.warned)


def test_input_is_read_the_german_way(kam: User, client: Client) -> None:
    form = filled(kam, client, lost_on="01.10.", next_step="Anruf", next_step_on="+14")
    assert form.is_valid(), form.errors
    assert form.changes["value_at_stake"] == Decimal("1250000.00")
    assert form.changes["lost_on"] == dt.date(2026, 10, 1)
    assert form.changes["next_step_on"] == dt.date(2026, 12, 7)


# What is offered


def test_contract_and_sites_are_those_of_the_client(kam: User, client: Client) -> None:
    contract, foreign = ContractFactory(client=client), ContractFactory()
    site, elsewhere = SiteFactory(client=client), SiteFactory()
    fields: Any = forms.CaseForm(user=kam, client=client).fields
    assert list(fields["contract"].queryset) == [contract]
    assert foreign not in fields["contract"].queryset
    assert list(fields["sites"].queryset) == [site]
    assert elsewhere not in fields["sites"].queryset
    assert fields["client"].disabled


def test_without_a_client_there_is_no_contract_to_choose(kam: User) -> None:
    assert {"contract", "sites"}.isdisjoint(forms.CaseForm(user=kam, client=None).fields)


def test_client_of_a_known_case_cannot_be_typed_over(kam: User) -> None:
    case, other = active_case(owner=kam), ClientFactory()
    data = {
        "client": str(other.pk),
        "trigger": "threat",
        "loss_kind": "endangered",
        "value_at_stake": "1",
        "owner": str(kam.pk),
        "version": "1",
    }
    form = forms.CaseForm(data, instance=case, user=kam, client=case.client)
    assert form.is_valid(), form.errors
    assert form.changes["client"] == case.client


OFFERED = [
    ("owner", {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT}),
    ("deputy", set(Role) - {Role.EXTERNAL_AUDITOR}),
]


@pytest.mark.parametrize(("field", "roles"), OFFERED)
def test_people_are_offered_by_role(field: str, roles: set[Role], kam: User) -> None:
    people = {role: UserFactory(role=role) for role in Role}
    offered: Any = forms.CaseForm(user=kam, client=None).fields[field]
    assert {role for role, person in people.items() if person in offered.queryset} == roles


def test_groups_of_the_case_hold_every_field_once(kam: User, client: Client) -> None:
    form = forms.CaseForm(user=kam, client=client)
    grouped = [name for _legend, names in form.groups for name in names]
    assert sorted(grouped) == sorted(field.name for field in form.visible_fields())
    assert [str(legend) for legend, _names in form.groups] == [
        "Kunde und Vertrag",
        "Anlass und Verlust",
        "Verantwortung",
        "Nächster Schritt",
    ]


# The small forms


STEPS = [
    ({"next_step": "Anruf", "next_step_on": "+1"}, {}),
    ({"next_step": "", "next_step_on": ""}, {}),
    ({"next_step": "Anruf", "next_step_on": ""}, {"__all__": [STEP_ALONE]}),
    ({"next_step": "", "next_step_on": "+1"}, {"__all__": [STEP_ALONE]}),
    (
        {"next_step": "Anruf", "next_step_on": "31.6."},
        {"next_step_on": ["Der Juni hat 30 Tage. Meinten Sie 30.06.2026?"]},
    ),
]


@pytest.mark.parametrize(("typed", "errors"), STEPS, ids=str)
def test_next_step_has_both_or_neither(
    typed: dict[str, str], errors: dict[str, list[str]], kam: User
) -> None:
    form = forms.NextStepForm({**typed, "version": "1"}, instance=active_case(owner=kam))
    form.is_valid()
    assert form.errors == errors


def test_next_step_in_the_past_is_doubted_only_when_it_is_new(kam: User) -> None:
    late = dt.date(2026, 11, 20)
    case = CaseFactory(owner=kam, next_step="Anruf", next_step_on=late)
    same = {"next_step": "Anruf beim Einkauf", "next_step_on": "20.11.2026", "version": "1"}
    assert forms.NextStepForm(same, instance=case).is_valid()
    other = {**same, "next_step_on": "19.11.2026"}
    form = forms.NextStepForm(other, instance=case)
    assert not form.is_valid()
    assert form.warned == ["next_step_on"]


def test_form_leaves_the_row_it_was_made_from_alone(kam: User) -> None:
    """The service compares with what stood there: the form must not have written into it."""
    case = CaseFactory(owner=kam, situation="alt")
    form = forms.SituationForm({"situation": "neu", "version": "1"}, instance=case)
    assert form.is_valid()
    assert (case.situation, form.changes) == ("alt", {"situation": "neu"})
    assert Case.objects.get().situation == "alt"


@pytest.mark.parametrize(("version", "message"), [("", REQUIRED), ("eins", WHOLE)])
def test_known_case_is_saved_under_a_version_only(version: str, message: str, kam: User) -> None:
    form = forms.SituationForm(
        {"situation": "neu", "version": version}, instance=active_case(owner=kam)
    )
    assert not form.is_valid()
    assert form.errors == {"version": [message]}


def test_situation_says_what_to_write() -> None:
    assert (
        str(forms.SituationForm()["situation"].help_text)
        == "Zwei oder drei Sätze: Wie steht es, was entscheidet, was folgt?"
    )
