"""Forms of the decisions: what they ask, warn about and hand to the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import TODAY, tender
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import SiteFactory
from winback.cases import forms
from winback.cases.enums import Status
from winback.cases.forms import sheets
from winback.cases.models import Aftercare, Background, Case, PlanB
from winback.cases.views.decisions import PAGES
from winback.common.obligations import Item

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def errors(form: Any) -> dict[str, str]:
    """Field → first message."""
    assert not form.is_valid()
    return {name: str(messages[0]) for name, messages in form.errors.items()}


@pytest.mark.parametrize("key", PAGES)
def test_groups_of_a_page_hold_every_field_once(key: str, case: Case) -> None:
    form = PAGES[key].form(instance=PAGES[key].form.sheet_of(case))
    grouped = [name for _legend, names in form.groups for name in names]
    if grouped:
        shown = [field.name for field in form.visible_fields()]
        assert sorted(grouped) == sorted(shown)


ENTRY_FORMS = [forms.TenderForm, forms.CloseForm]


@pytest.mark.parametrize("form_class", ENTRY_FORMS)
def test_groups_of_an_entry_hold_every_field_once(form_class: Any, case: Case) -> None:
    extra = {"advice": {}} if form_class is forms.CloseForm else {}
    form = form_class(case=case, **extra)
    grouped = [name for _legend, names in form.groups for name in names]
    assert sorted(grouped) == sorted(field.name for field in form.visible_fields())


def test_every_page_of_facts_is_saved_empty(case: Case) -> None:
    """Nothing is required for its own sake: half a page is better than none."""
    for key, wanted in PAGES.items():
        if issubclass(wanted.form, sheets.OwedForm):
            continue
        form = wanted.form({"version": "0"}, instance=wanted.form.sheet_of(case))
        assert form.is_valid(), (key, form.errors)
        assert form.version == 0


def test_page_knows_its_version_and_its_case(case: Case) -> None:
    form = sheets.RelationshipForm(instance=sheets.RelationshipForm.sheet_of(case))
    assert form["version"].value() == 0
    Background.objects.create(case=case, stage="warned", version=4)
    row = sheets.RelationshipForm.sheet_of(case)
    form = sheets.RelationshipForm(instance=row)
    assert (form["version"].value(), form["stage"].value()) == (4, "warned")
    assert row.case is case  # so that the header is not read twice


def test_page_without_a_version_is_refused(case: Case) -> None:
    form = sheets.RelationshipForm({}, instance=Background(case=case))
    assert set(errors(form)) == {"version"}


MESSAGES = [
    (sheets.ValueForm, {"belief": "40"}, "belief_reason", "worauf diese Zuversicht beruht"),
    (sheets.ApproachForm, {"way": "phone"}, "way_reason", "warum dieser Weg"),
    (sheets.MediationForm, {"considered": "no"}, "reasons", "Begründen"),
    (sheets.MediationForm, {"result": "agreed"}, "ended_on", "der Tag"),
    (sheets.FarewellForm, {"held_on": "24.11.2026"}, "held_on", "Zukunft"),
    (sheets.RelationshipForm, {"revenue_share": "100,5"}, "revenue_share", "100"),
    (sheets.LossForm, {"provider_since": "31.11."}, "provider_since", "30 Tage"),
    (sheets.PlannedEffortForm, {"rate": "neunzig"}, "rate", "Zahl"),
]


@pytest.mark.parametrize(("form_class", "data", "field", "message"), MESSAGES)
def test_message_stands_at_its_field_in_german(
    form_class: type[sheets.SheetForm],
    data: dict[str, str],
    field: str,
    message: str,
    case: Case,
) -> None:
    form = form_class({"version": "0", **data}, instance=form_class.sheet_of(case))
    assert message in errors(form)[field]


DOUBTS = [("100", "100", True), ("100", "99,99", False), ("", "50", False), ("50", "", False)]


@pytest.mark.parametrize(("brings", "care", "doubted"), DOUBTS)
def test_care_cost_is_doubted_only_against_a_contribution(
    brings: str, care: str, doubted: bool, case: Case
) -> None:
    data = {"version": "0", "contribution": brings, "care_cost": care}
    form = sheets.ValueForm(data, instance=sheets.ValueForm.sheet_of(case))
    assert form.is_valid() is not doubted
    assert form.warned == (["care_cost"] if doubted else [])


def test_owed_pages_suggest_the_owner_but_no_date(case: Case, kam: User) -> None:
    for form_class, sheet in ((sheets.PlanBForm, PlanB), (sheets.AftercareForm, Aftercare)):
        form = form_class(instance=sheet(case=case))
        assert (form["owner"].value(), form["due_on"].value()) == (kam.pk, None)


def test_owed_pages_show_what_is_owed_and_part_it_from_the_facts(
    case: Case, kollegin: User
) -> None:
    row = decisions.plan_b(case, kollegin)
    form = sheets.PlanBForm(instance=row)
    assert (form["owner"].value(), form["due_on"].value()) == (kollegin.pk, row.duty.due_on)
    data = {
        "version": "1",
        "owner": str(kollegin.pk),
        "due_on": "+5",
        "alternatives": "Handel",
        "trigger": "Kündigung",
    }
    form = sheets.PlanBForm(data, instance=row)
    assert form.is_valid()
    assert set(form.facts) == {"revenue_at_risk", "alternatives", "trigger"}


def test_external_people_are_offered_nowhere(case: Case, auditor: User, kam: User) -> None:
    offered = [
        sheets.ApproachForm(instance=sheets.ApproachForm.sheet_of(case)).fields["caller"],
        sheets.FarewellForm(instance=sheets.FarewellForm.sheet_of(case)).fields["held_by"],
        sheets.PlanBForm(instance=PlanB(case=case)).fields["owner"],
        forms.StepForm(case=case).fields["owner"],
        forms.TenderForm(case=case).fields["owner"],
    ]
    for field in offered:
        people = set(field.queryset)  # type: ignore[attr-defined]  # a model choice
        assert kam in people
        assert auditor not in people


def test_site_form_offers_the_sites_of_the_case_only(case: Case) -> None:
    own, other = SiteFactory(client=case.client), SiteFactory(client=case.client)
    case.sites.add(own)
    field: Any = forms.SiteForm(case=case).fields["site"]
    assert list(field.queryset) == [own]
    assert other not in field.queryset


@pytest.mark.parametrize(("level", "suggested"), [(0, 1), (1, 1), (3, 3)])
def test_step_form_suggests_the_level_of_the_case(level: int, suggested: int, kam: User) -> None:
    form = forms.StepForm(case=CaseFactory(owner=kam, escalation_level=level))
    assert form["level"].value() == suggested


def test_step_in_the_past_is_doubted(case: Case, kam: User) -> None:
    data = {"title": "Anruf", "level": "1", "owner": str(kam.pk), "due_on": "20.11.2026"}
    form = forms.StepForm(data, case=case)
    assert not form.is_valid()
    assert form.warned == ["due_on"]
    assert forms.StepForm({**data, "warning_reason": "Nachtrag"}, case=case).is_valid()


TENDERS = [
    ({"result": "planned"}, {"owner", "due_on"}),
    ({"result": "planned", "due_on": "+5"}, {"owner"}),
    ({"result": "planned", "held_on": "25.11.2026", "due_on": "26.11.2026"}, {"owner", "due_on"}),
    ({"result": "lost", "held_on": "24.11.2026"}, {"held_on"}),
    ({"result": "won", "held_on": "23.11.2026"}, set()),
    ({"result": "won", "held_on": "23.11.2026", "lots_after": "-1"}, {"lots_after"}),
    ({"result": ""}, {"result"}),
]


@pytest.mark.parametrize(("data", "fields"), TENDERS, ids=[str(data) for data, _ in TENDERS])
def test_tender_asks_for_what_its_result_needs(
    data: dict[str, str], fields: set[str], case: Case
) -> None:
    form = forms.TenderForm({"title": "Los", "held_on": "01.12.2026", **data}, case=case)
    form.is_valid()
    assert set(form.errors) == fields


def test_tender_shows_its_preparation(case: Case, kam: User) -> None:
    row = tender(case, kam)
    assert row.duty is not None
    form = forms.TenderForm(case=case, instance=row)
    assert (form["owner"].value(), form["due_on"].value()) == (kam.pk, row.duty.due_on)
    assert forms.TenderForm(case=case)["owner"].value() is None


def item(kind: str, pk: int) -> Item:
    return Item(kind, pk, f"{kind} {pk}", 1, None, TODAY, 1, "", "/")


def test_handover_ticks_everything_owed_and_reads_the_choice_back(
    case: Case, kollegin: User
) -> None:
    owed = [item("measure", 7), item("kpi_value", 9)]
    form = forms.HandoverForm(case=case, owed=owed)
    assert form["moving"].value() == ["measure:7", "kpi_value:9"]
    data = {
        "successor": str(kollegin.pk),
        "reason": "Vertrauen",
        "fit": "Ingenieurin",
        "due_on": "+7",
        "moving": ["kpi_value:9"],
        "version": "1",
    }
    form = forms.HandoverForm(data, case=case, owed=owed)
    assert form.is_valid(), form.errors
    assert form.chosen == {("kpi_value", 9)}
    assert set(form.facts) == {"successor", "reason", "fit", "resources", "granted_by"}
    assert form.version == 1


def test_handover_of_nothing_moves_nothing(case: Case, kollegin: User) -> None:
    data = {
        "successor": str(kollegin.pk),
        "reason": "Vertrauen",
        "fit": "Ingenieurin",
        "due_on": "+7",
        "version": "1",
    }
    form = forms.HandoverForm(data, case=case, owed=[])
    assert form.is_valid()
    assert form.chosen == set()


def test_told_and_lesson_forms_ask_for_words(case: Case) -> None:
    told = forms.ToldForm({"told_on": "24.11.2026", "version": "1"})
    assert set(errors(told)) == {"told_on", "told_how"}
    assert set(errors(forms.LessonDecisionForm({"state": "proposed"}))) == {
        "state",
        "note",
        "version",
    }
    assert set(errors(forms.DutyForm({"result": " "}))) == {"result", "version"}
    assert set(errors(forms.EscalationForm({"level": "4"}))) == {"level", "note", "version"}


CLOSING = {
    "result": "won",
    "extent": "prolonged",
    "ended_on": "20.11.2026",
    "annual_value_after": "5",
    "reasons": "Grund",
    "lessons": "Lehre",
    "version": "1",
}
EXTENTS: list[tuple[dict[str, str], set[str]]] = [
    ({}, set()),
    ({"extent": ""}, {"extent"}),
    ({"extent": "extended"}, {"lots_after"}),
    ({"extent": "extended", "lots_before": "2", "lots_after": "2"}, {"lots_after"}),
    ({"extent": "extended", "lots_before": "2", "lots_after": "3"}, set()),
    ({"extent": "extended", "lots_before": "0", "lots_after": "1"}, set()),
    ({"result": "lost", "extent": ""}, set()),
    ({"result": "lost"}, {"extent"}),
]


@pytest.mark.parametrize(("data", "fields"), EXTENTS, ids=str)
def test_extent_fits_the_result(data: dict[str, str], fields: set[str], case: Case) -> None:
    form = forms.CloseForm({**CLOSING, **data}, case=case, advice={})
    form.is_valid()
    assert set(form.errors) == fields


def test_closing_suggests_the_value_before_and_warns_by_result(case: Case) -> None:
    advice = {str(Status.WON): ["Niemand hält Kontakt."], str(Status.LOST): []}
    form = forms.CloseForm(case=case, advice=advice)
    assert form["annual_value_before"].value() == case.value_at_stake
    doubted = forms.CloseForm(CLOSING, case=case, advice=advice)
    assert not doubted.is_valid()
    assert doubted.warned == ["result"]
    lost = {**CLOSING, "result": "lost", "extent": ""}
    assert forms.CloseForm(lost, case=case, advice=advice).is_valid()


def test_due_dates_are_read_the_german_way(case: Case, kam: User) -> None:
    data = {"title": "Anruf", "level": "1", "owner": str(kam.pk), "due_on": "24.11."}
    form = forms.StepForm(data, case=case)
    assert form.is_valid()
    assert form.cleaned_data["due_on"] == dt.date(2026, 11, 24)
