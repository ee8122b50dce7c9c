"""The habits of every form: soft warnings, row versions, and the one way to submit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.clients.factories import ClientFactory, SiteFactory
from tests.conftest import ClientFor
from winback.cases.enums import LossKind
from winback.cases.models import Case, CaseMember
from winback.clients.models import Client
from winback.common.claims import RuleBroken, StaleVersion, claim
from winback.common.fields import DateField, DecimalField, MoneyField
from winback.common.forms import (
    Conflict,
    ConflictRow,
    WinbackForm,
    WinbackModelForm,
    compare,
    current_value,
    in_words,
    limit,
    submit,
)
from winback.common.widgets import PercentInput

TEMPLATE = "components/form.html"


class ClientForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Client
        fields = ["name", "segment", "since", "is_public_sector"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.islower():
            self.warn("name", "Klein geschrieben?")
        return name


class NoteForm(WinbackForm):
    note = forms.CharField(label="Notiz")


def client_data(**changes: str) -> dict[str, str]:
    return {"name": "Norhagen Bau AG", "segment": "industry", "version": "1", **changes}


@pytest.fixture
def client_row(kam: User) -> Client:
    return ClientFactory(name="Norhagen Bau AG", segment="industry")


# Soft warnings


def test_doubted_input_is_valid_only_with_a_reason() -> None:
    assert ClientForm({"name": "Norhagen", "segment": "other"}).is_valid()
    doubted = ClientForm({"name": "norhagen", "segment": "other"})
    assert not doubted.is_valid()
    assert (doubted.warned, doubted.reason, doubted.errors) == (["name"], "", {})


@pytest.mark.parametrize(("written", "valid"), [("So firmiert sie.", True), ("   ", False)])
def test_reason_makes_a_doubted_input_valid(written: str, valid: bool) -> None:
    form = ClientForm({"name": "norhagen", "segment": "other", "warning_reason": f" {written} "})
    assert form.is_valid() is valid
    assert form.reason == written.strip()


def test_reason_is_empty_when_nothing_was_doubted() -> None:
    form = ClientForm({"name": "Norhagen", "segment": "other", "warning_reason": "Trotzdem"})
    assert form.is_valid()
    assert form.reason == ""


def test_reason_does_not_heal_an_error() -> None:
    form = ClientForm({"name": "norhagen", "segment": "", "warning_reason": "Trotzdem"})
    assert not form.is_valid()


def test_doubt_belongs_to_one_form_not_to_its_class() -> None:
    ClientForm({"name": "norhagen", "segment": "other"}).is_valid()
    assert ClientForm().warned == []


# Model forms


def test_form_never_touches_the_row_it_was_given(client_row: Client) -> None:
    form = ClientForm(client_data(name="Anders AG"), instance=client_row)
    assert form.is_valid()
    assert client_row.name == "Norhagen Bau AG"
    assert form.changes == {
        "name": "Anders AG", "segment": "industry", "since": None, "is_public_sector": False,
    }  # fmt: skip


def test_row_with_a_version_carries_it_hidden(client_row: Client) -> None:
    client_row.version = 4
    form = ClientForm(instance=client_row)
    assert '<input type="hidden" name="version" value="4"' in str(form["version"])
    posted = ClientForm(client_data(version="3"), instance=client_row)
    assert posted.is_valid()
    assert posted.version == 3


class MemberForm(WinbackModelForm):
    """Of a row that one service makes and ends: no two people edit it."""

    class Meta(WinbackModelForm.Meta):
        model = CaseMember
        fields = ["function"]


@pytest.mark.parametrize("version", ["", "drei"])
def test_version_must_come_back(client_row: Client, version: str) -> None:
    form = ClientForm(client_data(version=version), instance=client_row)
    assert "version" in form.errors


@pytest.mark.parametrize(
    "form",
    [
        ClientForm,
        lambda: ClientForm(instance=Client(name="Neu")),
        lambda: MemberForm(instance=CaseMember()),
    ],
    ids=["none", "new row", "row without a version"],
)
def test_what_nobody_else_can_change_has_no_version(db: None, form: Callable[[], Any]) -> None:
    assert "version" not in form().fields


def test_dates_and_amounts_of_a_model_are_read_the_german_way() -> None:
    assert isinstance(ClientForm().fields["since"], DateField)


def test_limit_narrows_what_a_choice_of_rows_offers(db: None) -> None:
    one, _other = ClientFactory(), ClientFactory()

    class Picking(WinbackForm):
        client = forms.ModelChoiceField(queryset=Client.objects.all())

    form = Picking()
    limit(form, "client", Client.objects.filter(pk=one.pk))
    assert list(form.fields["client"].queryset) == [one]  # type: ignore[attr-defined]  # fields are typed as Field


def test_limit_keeps_an_empty_choice_the_form_words_itself(db: None) -> None:
    class Picking(WinbackForm):
        client = forms.ModelChoiceField(queryset=Client.objects.none(), empty_label="alle")

    form = Picking()
    limit(form, "client", Client.objects.all())
    assert form.fields["client"].empty_label == "alle"  # type: ignore[attr-defined]  # fields are typed as Field


def test_limit_is_for_choices_of_rows() -> None:
    with pytest.raises(AssertionError):
        limit(NoteForm(), "note", Client.objects.none())


# Submitting


def request_of(method: str, data: dict[str, str] | None = None, **headers: str) -> HttpRequest:
    request = RequestFactory().generic("GET", "/", headers=headers)
    if method == "POST":
        request = RequestFactory().post("/", data or {}, headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]  # as its middleware does
    return request


def never() -> str:
    raise AssertionError("nothing may be saved")


def submitted(
    data: dict[str, str] | None, save: Callable[[], Any] = never, **headers: str
) -> tuple[HttpResponse, NoteForm]:
    request = request_of("GET" if data is None else "POST", data, **headers)
    form = NoteForm(request.POST or None)
    return submit(request, form=form, template=TEMPLATE, context={}, save=save), form


def breaking(broken: Exception) -> Callable[[], Any]:
    def save() -> Any:
        raise broken

    return save


@pytest.mark.usefixtures("english")
def test_opened_form_is_shown_and_saves_nothing() -> None:
    response, form = submitted(None)
    assert response.status_code == 200
    assert not form.errors
    assert "errsum" not in response.text


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("data", [{}, {"note": ""}, {"other": "x"}])
def test_incomplete_form_is_shown_again_and_saves_nothing(data: dict[str, str]) -> None:
    response, form = submitted(data)
    assert response.status_code == 422
    assert "note" in form.errors
    assert 'href="#id_note"' in response.text


def test_accepted_form_goes_where_the_service_says(db: None) -> None:
    client = ClientFactory()
    for target, location in (("/kunden/", "/kunden/"), (client, f"/kunden/{client.pk}/")):
        response, _form = submitted({"note": "x"}, lambda target=target: target)  # type: ignore[misc]  # a default binds the loop variable
        assert (response.status_code, response.headers["Location"]) == (302, location)


def test_accepted_form_tells_htmx_to_load_the_page() -> None:
    response, _form = submitted({"note": "x"}, lambda: "/kunden/", **{"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/kunden/")


def test_answer_of_the_service_itself_is_passed_on() -> None:
    once = HttpResponse("Startkennwort")
    assert submitted({"note": "x"}, lambda: once)[0] is once


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("field", ["note", None, "elsewhere"])
def test_broken_rule_is_shown_where_it_belongs_with_the_input_kept(field: str | None) -> None:
    response, form = submitted(
        {"note": "Bitte so"}, breaking(RuleBroken("Das geht <nicht>.", field=field))
    )
    place = field if field == "note" else "__all__"
    assert response.status_code == 422
    assert form.errors == {place: ["Das geht <nicht>."]}
    assert 'value="Bitte so"' in response.text
    assert "Das geht &lt;nicht&gt;." in response.text


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        submitted({"note": "x"}, breaking(ZeroDivisionError()))


@pytest.mark.usefixtures("english")
def test_doubted_form_asks_for_a_reason_and_saves_with_it() -> None:
    saved: list[str] = []

    def answer(**more: str) -> HttpResponse:
        request = request_of("POST", {"name": "norhagen", "segment": "other", **more})
        form = ClientForm(request.POST)

        def save() -> str:
            saved.append(form.reason)
            return "/kunden/"

        return submit(request, form=form, template=TEMPLATE, context={}, save=save)

    asking = answer()
    assert asking.status_code == 422
    assert 'name="warning_reason"' in asking.text
    assert "Save with this reason" in asking.text
    assert saved == []
    assert answer(warning_reason="So firmiert sie.").status_code == 302
    assert saved == ["So firmiert sie."]


@pytest.mark.usefixtures("english")
def test_slower_person_sees_both_versions_and_can_save_after_all(
    client_row: Client, kollegin: User
) -> None:
    quicker = Client.objects.get(pk=client_row.pk)
    claim(quicker, version=1, actor=kollegin)
    quicker.segment, quicker.since = "health", dt.date(2020, 4, 1)
    quicker.save()

    def answer(version: str) -> HttpResponse:
        data = client_data(version=version, name="Norhagen Hochbau AG", since="1.5.2021")
        request = request_of("POST", data)
        row = Client.objects.get(pk=client_row.pk)
        form = ClientForm(request.POST, instance=row)

        def save() -> str:
            claim(row, version=form.version, actor=kollegin)
            return "/kunden/"

        return submit(request, form=form, template=TEMPLATE, context={}, save=save)

    stale = answer("1")
    assert stale.status_code == 409
    for kept in ('value="Norhagen Hochbau AG"', 'name="version" value="2"', "Save my entries"):
        assert kept in stale.text
    for word in (
        "Norhagen Bau AG",
        "Health and care",
        "1\u00a0Apr\u00a02020",
        "1\u00a0May\u00a02021",
    ):
        assert word in stale.text
    assert answer("2").status_code == 302


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Browser:
    return client_for(kam)


def test_success_is_told_on_the_next_page(desk: Browser, client_row: Client) -> None:
    response = desk.post(
        f"/kunden/{client_row.pk}/bearbeiten/", client_data(name="Norhagen Hochbau AG"), follow=True
    )
    assert response.redirect_chain == [(f"/kunden/{client_row.pk}/", 302)]
    assert "Gespeichert" in response.text
    assert "Norhagen Hochbau AG" in response.text


def test_ending_a_case_that_changed_meanwhile_works_at_the_second_try(
    desk: Browser, kam: User, today: dt.date
) -> None:
    case = CaseFactory(owner=kam)
    url = f"/faelle/{case.number}/abschluss/"
    Case.objects.filter(pk=case.pk).update(version=2)
    data = {"result": "lost", "ended_on": "20.11.2026", "reasons": "Preis", "lessons": "Messen",
            "warning_reason": "Alles gesagt"}  # fmt: skip
    stale = desk.post(url, {**data, "version": "1"})
    assert stale.status_code == 409
    assert 'name="version" value="2"' in stale.text
    assert 'name="drop_open"' in stale.text
    case.refresh_from_db()
    assert case.is_live


# Comparing


def bound_form(row: Client, **changes: str) -> ClientForm:
    form = ClientForm(request_of("POST", client_data(**changes)).POST, instance=row)
    assert form.is_valid()
    return form


@pytest.mark.usefixtures("english")
def test_conflict_lists_only_what_differs(today: dt.date, client_row: Client) -> None:
    form = bound_form(client_row, name="Norhagen Hochbau AG", is_public_sector="on")
    assert compare(form, client_row) == Conflict(
        changed_by="Somebody",
        changed_at="23\xa0Nov\xa02026, 09:00",
        rows=[
            ConflictRow("name", "Name", "Norhagen Hochbau AG", "Norhagen Bau AG"),
            ConflictRow("is_public_sector", "Public-sector client", "yes", "no"),
        ],
    )


class CaseForm(WinbackModelForm):
    note = forms.CharField(label="Notiz")

    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = ["loss_kind", "value_at_stake", "lost_on", "sites", "owner"]


def case_form(case: Case, **changes: Any) -> CaseForm:
    data = {
        "loss_kind": "endangered", "value_at_stake": "1900000", "owner": case.owner_id,
        "version": 1, "note": "x", **changes,
    }  # fmt: skip
    form = CaseForm(request_of("POST", data).POST, instance=case)
    assert form.is_valid(), form.errors
    return form


def test_conflict_reads_equal_values_as_equal_however_they_were_typed(kam: User) -> None:
    """1900000 was typed, 1900000.00 is stored; the note is no field of the case."""
    case = CaseFactory(owner=kam)
    assert compare(case_form(case), Case.objects.get(pk=case.pk)).rows == []


@pytest.mark.usefixtures("english")
def test_conflict_says_who_changed_the_row_when_and_to_what(
    kam: User, kollegin: User, today: dt.date
) -> None:
    case = CaseFactory(owner=kam)
    house, plant = (SiteFactory(client=case.client, name=name) for name in ("Haus B", "Werk 1"))
    quicker = Case.objects.get(pk=case.pk)
    claim(quicker, version=1, actor=kollegin)
    quicker.loss_kind, quicker.value_at_stake = LossKind.LOST, Decimal("250000.50")
    quicker.owner = kollegin
    quicker.save()
    quicker.sites.set([house, plant])
    form = case_form(case, lost_on="20.11.2026", sites=[plant.pk])
    conflict = compare(form, quicker)
    assert (conflict.changed_by, conflict.changed_at) == (
        "Nele Brunner", "23\u00a0Nov\u00a02026, 09:00",
    )  # fmt: skip
    assert {row.name: (row.mine, row.theirs) for row in conflict.rows} == {
        "loss_kind": ("Endangered, still a client", "Lost, served by somebody else"),
        "value_at_stake": ("1,900,000.00", "250,000.50"),
        "lost_on": ("20\u00a0Nov\u00a02026", "–"),
        "sites": ("Werk 1", "Haus B, Werk 1"),
        "owner": ("Aylin Kaya", "Nele Brunner"),
    }
    assert form["version"].value() == "2"


@pytest.mark.usefixtures("english")
def test_conflict_with_the_product_itself_names_nobody(kam: User) -> None:
    case = CaseFactory(owner=kam)
    conflict = compare(case_form(case), case)
    assert conflict.changed_by == "Somebody"
    assert conflict.changed_at != ""


def test_conflict_keeps_all_values_of_a_multiple_choice(kam: User) -> None:
    case = CaseFactory(owner=kam)
    sites = [SiteFactory(client=case.client).pk for _ in range(2)]
    form = case_form(case, sites=sites)
    compare(form, case)
    assert form["sites"].value() == [str(pk) for pk in sites]


def test_conflict_of_a_form_without_version_compares_all_the_same(client_row: Client) -> None:
    form = NoteForm({"note": "x"})
    assert form.is_valid()
    assert compare(form, client_row).rows == []
    assert "version" not in form.data


def test_stale_row_of_an_empty_post_is_no_second_error(client_row: Client) -> None:
    class Confirm(WinbackForm):
        """Nothing to fill in: the button is the input."""

    request = request_of("POST")
    form = Confirm(request.POST or None)
    response = submit(
        request, form=form, template=TEMPLATE, context={}, save=breaking(StaleVersion(client_row))
    )
    assert response.status_code == 409


# Values in words

CHOICES = forms.ChoiceField(choices=[("a", "Aufzug"), ("Haus", [("d", "Dach")])])
PERCENT = DecimalField(widget=PercentInput(decimals=1))
MONEY = MoneyField(max_digits=12, decimal_places=2)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("value", "control", "words"),
    [
        (None, None, "–"),
        ("", None, "–"),
        ([], None, "–"),
        (True, None, "yes"),
        (False, None, "no"),
        (0, None, "0"),
        (dt.date(2026, 11, 24), None, "24\u00a0Nov\u00a02026"),
        (Decimal("1250.50"), None, "1,250.5"),
        (Decimal("1250.50"), forms.CharField(), "1,250.5"),
        (Decimal("1250"), MONEY, "1,250.00"),
        (Decimal("92.44"), PERCENT, "92.4"),
        ("a", CHOICES, "Aufzug"),
        ("d", CHOICES, "Dach"),
        ("gone", CHOICES, "gone"),
        (["a", "d"], CHOICES, "Aufzug, Dach"),
        (LossKind.LOST, None, "Lost, served by somebody else"),
        (Client(name="Norhagen Bau AG"), forms.ModelChoiceField(Client.objects.none()),
         "Norhagen Bau AG"),
        ("Freitext", forms.CharField(), "Freitext"),
    ],
)  # fmt: skip
def test_value_reads_as_the_user_knows_it(
    value: object, control: forms.Field | None, words: str
) -> None:
    assert in_words(value, control) == words


def test_rows_read_as_a_list(db: None) -> None:
    assert in_words(Client.objects.all()) == "–"
    for name in ("Klinikum Auental", "Hochschule Lindenrode"):
        ClientFactory(name=name)
    assert in_words(Client.objects.all()) == "Hochschule Lindenrode, Klinikum Auental"


def test_current_value_of_what_is_no_field_is_unknown(client_row: Client) -> None:
    assert current_value(client_row, "note", forms.CharField()) is None
    assert current_value(client_row, "name", forms.CharField()) == "Norhagen Bau AG"
