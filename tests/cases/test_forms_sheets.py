"""Pages of facts: what each field refuses, in which words, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import SOON
from tests.cases.factories import active_case
from tests.cases.messages import (
    FUTURE,
    NO_DATE,
    NO_ROW,
    NUMBER,
    REQUIRED,
    WHOLE,
    at_least,
    at_most,
    decimals,
    digits,
    no_choice,
    too_long,
)
from winback.cases.forms import sheets
from winback.cases.models import Aftercare, Background, Case, PlanB

pytestmark = pytest.mark.usefixtures("today")

Page = type[sheets.SheetForm]
#: what the pages with a step cannot do without
OWED = {"due_on": "01.12.2026", "every_days": "30"}


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def filled(page: Page, case: Case, **typed: str) -> sheets.SheetForm:
    """The page as the browser sends it for the first time."""
    step = {**OWED, "owner": str(case.owner_id)} if issubclass(page, sheets.OwedForm) else {}
    return page({"version": "0", **step, **typed}, instance=page.sheet_of(case))


def messages(form: sheets.SheetForm) -> dict[str, list[str]]:
    form.is_valid()
    return {name: [str(each) for each in found] for name, found in form.errors.items()}


REFUSED: list[tuple[Page, str, str, str]] = [
    (sheets.RelationshipForm, "revenue_share", "100,1", at_most(100)),
    (sheets.RelationshipForm, "revenue_share", "-1", at_least(0)),
    (sheets.RelationshipForm, "revenue_share", "11,55", decimals(1)),
    (sheets.RelationshipForm, "revenue_share", "viel", NUMBER),
    (sheets.RelationshipForm, "stage", "kalt", no_choice("kalt")),
    (sheets.RelationshipForm, "dependency", "ja", no_choice("ja")),
    (sheets.RelationshipForm, "dispute_risk", "5", no_choice("5")),
    (sheets.RelationshipForm, "strain", "99", no_choice("99")),
    (sheets.RelationshipForm, "version", "x", WHOLE),
    (sheets.RelationshipForm, "version", "", REQUIRED),
    (sheets.LossForm, "provider_since", "24.11.2026", FUTURE),
    (sheets.LossForm, "provider_since", "gestern nachts", NO_DATE),
    (
        sheets.LossForm,
        "provider_since",
        "29.02.2026",
        "Der Februar 2026 hat 28 Tage. Meinten Sie 28.02.2026?",
    ),
    (sheets.LossForm, "went_silently", "vielleicht", no_choice("vielleicht")),
    (sheets.LossForm, "in_absence", "1", no_choice("1")),
    (sheets.AssessmentForm, "controllable", "sehr", no_choice("sehr")),
    (sheets.AssessmentForm, "complaints", "viele", no_choice("viele")),
    (sheets.AssessmentForm, "window", "unknown", no_choice("unknown")),
    (sheets.AssessmentForm, "long_unhappy", "partly", no_choice("partly")),
    (sheets.AssessmentForm, "hopeless", "True", no_choice("True")),
    (sheets.ValueForm, "years", "0", at_least(1)),
    (sheets.ValueForm, "years", "21", at_most(20)),
    (sheets.ValueForm, "years", "2,5", WHOLE),
    (sheets.ValueForm, "survival", "101", at_most(100)),
    (sheets.ValueForm, "interest", "-0,1", at_least(0)),
    (sheets.ValueForm, "contribution", "-0,01", at_least(0)),
    (sheets.ValueForm, "contribution", "1234567890123", digits(12)),
    (
        sheets.ValueForm,
        "care_cost",
        "1.2345,6",
        "Diese Zahl ist nicht eindeutig. Schreiben Sie zum Beispiel 1250,50.",
    ),
    (sheets.PlannedEffortForm, "hours", "-1", at_least(0)),
    (sheets.PlannedEffortForm, "hours", "1000000", digits(6)),
    (sheets.PlannedEffortForm, "hours", "1,25", decimals(1)),
    (sheets.PlannedEffortForm, "rate", "neunzig", NUMBER),
    (sheets.PlannedEffortForm, "goodwill", "-5", at_least(0)),
    (sheets.ActualEffortForm, "audit", "0,001", decimals(2)),
    (sheets.ActualEffortForm, "mediation_cost", "-1", at_least(0)),
    (sheets.ApproachForm, "way", "agentur", no_choice("agentur")),
    (sheets.ApproachForm, "caller", "0", NO_ROW),
    (sheets.MediationForm, "ended_on", "24.11.2026", FUTURE),
    (sheets.MediationForm, "neutral_person", "x" * 201, too_long(200)),
    (sheets.MediationForm, "subject", "wetter", no_choice("wetter")),
    (sheets.MediationForm, "starts_on", "bald", NO_DATE),
    (sheets.FarewellForm, "held_on", "24.11.2026", FUTURE),
    (sheets.FarewellForm, "form", "sms", no_choice("sms")),
    (sheets.FarewellForm, "held_by", "0", NO_ROW),
    (sheets.TeamLoadForm, "briefed_on", "24.11.2026", FUTURE),
    (sheets.TeamLoadForm, "load", "müde", no_choice("müde")),
    (sheets.PlanBForm, "owner", "", REQUIRED),
    (sheets.PlanBForm, "owner", "0", NO_ROW),
    (sheets.PlanBForm, "due_on", "", REQUIRED),
    (sheets.PlanBForm, "revenue_at_risk", "-1", at_least(0)),
    (sheets.AftercareForm, "every_days", "0", at_least(1)),
    (sheets.AftercareForm, "every_days", "-1", at_least(1)),
    (sheets.AftercareForm, "every_days", "", REQUIRED),
    (sheets.AftercareForm, "every_days", "monatlich", WHOLE),
    (
        sheets.AftercareForm,
        "due_on",
        "31.04.2026",
        "Der April hat 30 Tage. Meinten Sie 30.04.2026?",
    ),
]


@pytest.mark.parametrize(("page", "field", "typed", "message"), REFUSED)
def test_field_refuses_with_its_words_and_keeps_what_was_typed(
    page: Page, field: str, typed: str, message: str, case: Case
) -> None:
    form = filled(page, case, **{field: typed})
    assert message in messages(form)[field]
    assert set(form.errors) == {field}
    assert form[field].value() == typed


TOGETHER: list[tuple[Page, dict[str, str], str, str]] = [
    (
        sheets.ValueForm,
        {"belief": "40"},
        "belief_reason",
        "Geben Sie an, worauf diese Zuversicht beruht.",
    ),
    (
        sheets.ValueForm,
        {"belief": "0"},
        "belief_reason",
        "Geben Sie an, worauf diese Zuversicht beruht.",
    ),
    (
        sheets.ApproachForm,
        {"way": "phone"},
        "way_reason",
        "Begründen Sie, warum dieser Weg zu diesem Kunden passt.",
    ),
    (sheets.MediationForm, {"considered": "no"}, "reasons", "Begründen Sie das."),
    (sheets.MediationForm, {"considered": "unknown"}, "reasons", "Begründen Sie das."),
    (
        sheets.MediationForm,
        {"result": "agreed"},
        "ended_on",
        "Zu einem Ergebnis gehört der Tag, an dem es erreicht wurde.",
    ),
    (
        sheets.MediationForm,
        {"starts_on": "20.11.2026", "ended_on": "19.11.2026"},
        "__all__",
        "Die Mediation endet vor ihrem Beginn.",
    ),
]


@pytest.mark.parametrize(("page", "typed", "field", "message"), TOGETHER)
def test_fields_that_belong_together_ask_for_each_other(
    page: Page, typed: dict[str, str], field: str, message: str, case: Case
) -> None:
    assert messages(filled(page, case, **typed)) == {field: [message]}


TAKEN: list[tuple[Page, dict[str, str], dict[str, Any]]] = [
    (sheets.RelationshipForm, {"revenue_share": "100"}, {"revenue_share": Decimal(100)}),
    (sheets.RelationshipForm, {"revenue_share": "0"}, {"revenue_share": Decimal(0)}),
    (sheets.RelationshipForm, {"trust_note": "  Kühl  "}, {"trust_note": "Kühl"}),
    (sheets.LossForm, {"provider_since": "heute"}, {"provider_since": dt.date(2026, 11, 23)}),
    (sheets.LossForm, {"provider_since": "-1"}, {"provider_since": dt.date(2026, 11, 22)}),
    (sheets.ValueForm, {"contribution": "120.000"}, {"contribution": Decimal(120_000)}),
    (sheets.ValueForm, {"contribution": "1250,50"}, {"contribution": Decimal("1250.50")}),
    (sheets.ValueForm, {"years": "20"}, {"years": 20}),
    (sheets.ValueForm, {"belief": "40", "belief_reason": "Anruf"}, {"belief": Decimal(40)}),
    (sheets.PlannedEffortForm, {"hours": "80,5"}, {"hours": Decimal("80.5"), "rate": None}),
    (sheets.ApproachForm, {"conflict": "Provision"}, {"way": "", "caller": None}),
    (sheets.ApproachForm, {"way": "survey", "way_reason": "Viele Nutzer"}, {"way": "survey"}),
    (
        sheets.MediationForm,
        {"starts_on": "20.11.2026", "ended_on": "20.11.2026"},
        {"ended_on": dt.date(2026, 11, 20)},
    ),
    (sheets.MediationForm, {"starts_on": "+30"}, {"starts_on": dt.date(2026, 12, 23)}),
    (sheets.MediationForm, {"is_confidential": "on"}, {"is_confidential": True}),
    (sheets.FarewellForm, {"held_on": "23.11.2026"}, {"held_on": dt.date(2026, 11, 23)}),
    (sheets.TeamLoadForm, {"load": "strained"}, {"load": "strained", "briefed_on": None}),
    (sheets.PlanBForm, {"revenue_at_risk": "1.900.000"}, {"revenue_at_risk": Decimal(1_900_000)}),
    (sheets.AftercareForm, {"every_days": "1"}, {"every_days": 1}),
]


@pytest.mark.parametrize(("page", "typed", "read"), TAKEN)
def test_page_reads_what_is_typed_the_german_way(
    page: Page, typed: dict[str, str], read: dict[str, Any], case: Case
) -> None:
    form = filled(page, case, **typed)
    assert form.is_valid(), form.errors
    assert {name: form.changes[name] for name in read} == read


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (sheets.RelationshipForm, {"dependency_note", "trust_note", "dispute_note"}),
        (sheets.LossForm, {"competitor", "outside_reasons", "unspoken", "absence_note"}),
        (sheets.AssessmentForm, {"note"}),
        (sheets.ValueForm, {"belief_reason"}),
        (sheets.PlannedEffortForm, {"note"}),
        (sheets.ApproachForm, {"way_reason", "suitability", "support", "conflict"}),
        (sheets.MediationForm, {"reasons", "result_note"}),
        (sheets.FarewellForm, {"explanation", "released_capacity"}),
        (sheets.TeamLoadForm, {"note", "support"}),
        (sheets.PlanBForm, {"alternatives", "trigger"}),
        (sheets.AftercareForm, {"topics"}),
    ],
)
def test_texts_of_a_page_begin_with_three_lines(page: Page, names: set[str], case: Case) -> None:
    form = page(instance=page.sheet_of(case))
    rows = {
        name: field.widget.attrs.get("rows")
        for name, field in form.fields.items()
        if "rows" in field.widget.attrs
    }
    assert rows == dict.fromkeys(names, 3)


LABELS: list[tuple[Page, str, str]] = [
    (sheets.PlanBForm, "due_on", "Auslösetermin"),
    (sheets.PlanBForm, "owner", "Verantwortlich"),
    (sheets.AftercareForm, "due_on", "Nächster Kontakt am"),
    (sheets.ValueForm, "belief", "Unsere Zuversicht auf Erfolg in Prozent"),
    (sheets.ValueForm, "survival", "Jährlicher Bestand des Vertrags in Prozent"),
    (sheets.ValueForm, "interest", "Zins in Prozent"),
    (sheets.RelationshipForm, "revenue_share", "Anteil dieses Kunden an unserem Umsatz in Prozent"),
    (sheets.RelationshipForm, "strain", "Belastung des Teams"),
    (sheets.LossForm, "provider_since", "Vom neuen Dienstleister betreut seit"),
    (sheets.LossForm, "in_absence", "Verlust während Abwesenheit der Ansprechperson"),
    (
        sheets.AssessmentForm,
        "long_unhappy",
        "War der Kunde schon lange vor dem Anlass unzufrieden?",
    ),
    (sheets.AssessmentForm, "hopeless", "Ist nichts mehr zu retten?"),
    (sheets.PlannedEffortForm, "goodwill", "Kosten der Kulanz"),
    (sheets.ApproachForm, "caller", "Wer mit dem Kunden spricht"),
    (sheets.MediationForm, "is_confidential", "Vertraulichkeit vereinbart"),
    (sheets.FarewellForm, "released_capacity", "Frei werdende Kapazität"),
    (sheets.TeamLoadForm, "briefed_on", "Team kennt die Anforderungen des Kunden seit"),
]


@pytest.mark.parametrize(("page", "field", "label"), LABELS)
def test_field_is_named_in_german(page: Page, field: str, label: str, case: Case) -> None:
    assert str(page(instance=page.sheet_of(case))[field].label) == label


HELP: list[tuple[Page, str, str]] = [
    (sheets.PlanBForm, "due_on", "Bis dahin ist entschieden, ob Plan B beginnt."),
    (sheets.PlanBForm, "trigger", "Das Ereignis, ab dem wir nicht mehr hoffen."),
    (
        sheets.AftercareForm,
        "topics",
        "Eigene Vorschläge, Ziele des Jahres, Neuigkeiten ohne Anlass.",
    ),
    (sheets.ValueForm, "belief", "Ihre eigene Einschätzung für diesen Fall; nichts ist vorbelegt."),
    (sheets.AssessmentForm, "long_unhappy", "Wenn ja, gilt die Chance als sehr gering."),
    (sheets.AssessmentForm, "hopeless", "Wenn ja: rasch und im Guten gehen."),
    (
        sheets.RelationshipForm,
        "strain",
        "des Teams als Ganzes: „hoch“ heißt Belastungsgrenze erreicht",
    ),
    (
        sheets.LossForm,
        "outside_reasons",
        "Zum Beispiel: Ansprechpartner gegangen, Budget gekürzt, anderswo mehr versprochen.",
    ),
    (sheets.LossForm, "absence_note", "Und ob eine kompetente Ansprechperson fehlte."),
    (
        sheets.PlannedEffortForm,
        "goodwill",
        "Eine kostenlose, befristete Zusatzleistung, kein Preisnachlass.",
    ),
    (
        sheets.ApproachForm,
        "caller",
        "Jemand von uns mit Bindung zum Kunden, nie ein Callcenter oder eine Agentur.",
    ),
    (
        sheets.ApproachForm,
        "conflict",
        "Zum Beispiel: Provision für Neugeschäft verdrängt die Rückgewinnung.",
    ),
    (sheets.FarewellForm, "released_capacity", "Was frei wird und wohin es geht."),
]


@pytest.mark.parametrize(("page", "field", "words"), HELP)
def test_field_explains_itself_in_german(page: Page, field: str, words: str, case: Case) -> None:
    assert str(page(instance=page.sheet_of(case))[field].help_text) == words


# Steps that stand in a page


@pytest.mark.parametrize(
    ("page", "model"), [(sheets.PlanBForm, PlanB), (sheets.AftercareForm, Aftercare)]
)
def test_first_save_claims_version_0_and_a_later_one_the_stored(
    page: Page, model: Any, case: Case
) -> None:
    assert page(instance=model(case=case))["version"].value() == 0
    row = decisions.plan_b(case) if model is PlanB else decisions.aftercare(case)
    form = page(instance=page.sheet_of(case))
    assert form["version"].value() == row.version
    assert form["due_on"].value() == SOON


def test_owner_and_date_never_reach_the_facts_of_a_page(case: Case) -> None:
    form = filled(sheets.AftercareForm, case, topics="Energie")
    assert form.is_valid()
    assert isinstance(form, sheets.OwedForm)
    assert form.facts == {"every_days": 30, "topics": "Energie"}
    assert form.cleaned_data["owner"] == case.owner


def test_page_of_another_case_is_not_taken_for_the_own(case: Case, kam: User) -> None:
    Background.objects.create(case=active_case(owner=kam), stage="warned")
    row = sheets.RelationshipForm.sheet_of(case)
    assert row.is_new
    assert sheets.RelationshipForm(instance=row)["stage"].value() == ""


# Doubts


def test_doubt_about_care_is_told_in_words_and_lifted_by_a_reason(case: Case) -> None:
    costly = {"contribution": "100", "care_cost": "100"}
    form = filled(sheets.ValueForm, case, **costly)
    assert not form.is_valid()
    assert form.errors == {}
    assert form.fields["care_cost"].warning == (  # type: ignore[attr-defined]  # set by warn()
        "Die Betreuung kostet so viel, wie der Vertrag einbringt, oder mehr."
    )
    insisted = filled(sheets.ValueForm, case, **costly, warning_reason="  Einstieg  ")
    assert insisted.is_valid()
    assert insisted.reason == "Einstieg"


def test_reason_alone_does_not_lift_an_error(case: Case) -> None:
    form = filled(sheets.ValueForm, case, years="0", warning_reason="Ich will aber")
    assert not form.is_valid()
    assert form.reason == ""
