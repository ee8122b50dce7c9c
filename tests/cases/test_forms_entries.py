"""Forms of steps, tenders, lessons, decisions, people and the end: every refusal in its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
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
    PERIOD,
    REQUIRED,
    WHOLE,
    at_least,
    at_most,
    decimals,
    no_choice,
    too_long,
)
from tests.clients.factories import SiteFactory
from tests.factories import UserFactory
from winback.cases import forms
from winback.cases.enums import Health, Status
from winback.cases.forms.papers import IncidentForm
from winback.cases.models import Case
from winback.common.obligations import Item

pytestmark = pytest.mark.usefixtures("today")

#: what stands for a person or a site until the test knows their keys
OWNER, BOARD, OTHER, OUTSIDE, SITE = "@owner", "@board", "@other", "@outside", "@site"

#: form → what it takes without a word
GOOD: dict[str, dict[str, str]] = {
    "success": {"kind": "team", "happened_on": "23.11.2026", "what": "Lob vom Kunden"},
    "lesson": {"what": "Zu viel zugesagt", "proposal": "Gegenrechnen", "target": "plan"},
    "resources": {
        "conflict": "Zwei Objekte, ein Team",
        "decision": "Springer",
        "decided_by": BOARD,
        "decided_on": "23.11.2026",
    },
    "site": {"site": SITE, "state": "lost"},
    "step": {"title": "Anruf", "level": "1", "owner": OWNER, "due_on": "+1"},
    "tender": {"title": "Los Süd", "result": "lost", "held_on": "23.11.2026"},
    "criterion": {"name": "Preis", "weight": "40"},
    "escalation": {"level": "2", "note": "Ton wird rauer", "version": "1"},
    "duty": {"result": "Gespräch geführt", "version": "1"},
    "verdict": {"state": "accepted", "note": "Trifft zu", "version": "1"},
    "told": {"told_on": "23.11.2026", "told_how": "Besuch", "version": "1"},
    "handover": {
        "successor": OTHER,
        "reason": "Vertrauen verbraucht",
        "fit": "Ingenieurin",
        "due_on": "+5",
        "version": "1",
    },
    "decision": {
        "decision": "go",
        "decided_by": BOARD,
        "decided_on": "23.11.2026",
        "reasons": "Behebbar",
    },
    "health": {"level": "at_risk", "reason": "Bauchgefühl", "until": "+5"},
    "rest": {"until": "24.11.2026", "note": "Kunde bittet um Ruhe", "version": "1"},
    "close": {
        "result": "won",
        "extent": "prolonged",
        "ended_on": "20.11.2026",
        "annual_value_after": "5",
        "reasons": "Vertrauen",
        "lessons": "Früher anrufen",
        "version": "1",
    },
    "reason": {"note": "Kunde ruft an", "version": "1"},
    "member": {"user": OTHER, "function": "technician"},
    "incident": {"happened_on": "23.11.2026", "kind": "mishap", "what": "Schlüssel verlegt"},
}

FORMS: Mapping[str, tuple[Callable[..., Any], dict[str, Any] | None]] = {
    # the second says what the form wants besides its input; None: not even the case
    "success": (forms.SuccessForm, {}),
    "lesson": (forms.LessonForm, {}),
    "resources": (forms.ResourceForm, {}),
    "site": (forms.SiteForm, {}),
    "step": (forms.StepForm, {}),
    "tender": (forms.TenderForm, {}),
    "criterion": (forms.CriterionForm, None),
    "escalation": (forms.EscalationForm, None),
    "duty": (forms.DutyForm, None),
    "verdict": (forms.LessonDecisionForm, None),
    "told": (forms.ToldForm, None),
    "handover": (forms.HandoverForm, {"owed": []}),
    "decision": (forms.DecisionForm, {}),
    "health": (forms.HealthForm, {}),
    "rest": (forms.RestForm, None),
    "close": (forms.CloseForm, {"advice": {}}),
    "reason": (forms.ReasonForm, None),
    "member": (forms.MemberForm, None),
    "incident": (IncidentForm, None),
}


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


@pytest.fixture
def keys(case: Case, kam: User, kollegin: User, leitung: User, auditor: User) -> dict[str, str]:
    """Placeholder → key."""
    site = SiteFactory(client=case.client)
    case.sites.add(site)
    rows: dict[str, Any] = {
        OWNER: kam,
        OTHER: kollegin,
        BOARD: leitung,
        OUTSIDE: auditor,
        SITE: site,
    }
    return {name: str(row.pk) for name, row in rows.items()}


Fill = Callable[..., Any]


@pytest.fixture
def fill(case: Case, keys: dict[str, str]) -> Fill:
    """``fill("step", title="")``: the form with good input, changed by what is named."""

    def make(key: str, **typed: str) -> Any:
        form, extra = FORMS[key]
        data = {name: keys.get(value, value) for name, value in (GOOD[key] | typed).items()}
        return form(data) if extra is None else form(data, case=case, **extra)

    return make


@pytest.mark.parametrize("key", GOOD)
def test_good_input_is_taken_without_a_word(key: str, fill: Fill) -> None:
    form = fill(key)
    assert form.is_valid(), form.errors
    assert form.warned == []


REFUSED = [
    ("success", "kind", "", REQUIRED),
    ("success", "kind", "feier", no_choice("feier")),
    ("success", "happened_on", "24.11.2026", FUTURE),
    ("success", "happened_on", "neulich", NO_DATE),
    ("success", "what", "x" * 251, too_long(250)),
    ("success", "what", " ", REQUIRED),
    ("lesson", "what", "", REQUIRED),
    ("lesson", "proposal", " ", REQUIRED),
    ("lesson", "target", "alle", no_choice("alle")),
    ("resources", "conflict", "", REQUIRED),
    ("resources", "decision", "", REQUIRED),
    ("resources", "decided_by", "", REQUIRED),
    ("resources", "decided_by", OWNER, NO_ROW),
    ("resources", "decided_on", "24.11.2026", FUTURE),
    ("site", "site", "", REQUIRED),
    ("site", "site", "0", NO_ROW),
    ("site", "state", "weg", no_choice("weg")),
    ("site", "annual_value", "-1", at_least(0)),
    ("site", "annual_value", "1,005", decimals(2)),
    ("site", "lots", "x" * 121, too_long(120)),
    ("step", "title", "", REQUIRED),
    ("step", "title", "x" * 201, too_long(200)),
    ("step", "level", "0", no_choice("0")),
    ("step", "level", "4", no_choice("4")),
    ("step", "level", "", REQUIRED),
    ("step", "owner", "", REQUIRED),
    ("step", "owner", OUTSIDE, NO_ROW),
    ("step", "due_on", "bald", NO_DATE),
    ("step", "helper", "x" * 201, too_long(200)),
    ("tender", "title", "", REQUIRED),
    ("tender", "result", "offen", no_choice("offen")),
    ("tender", "held_on", "", REQUIRED),
    ("tender", "held_on", "24.11.2026", FUTURE),
    ("tender", "winner", "x" * 201, too_long(200)),
    ("tender", "lots_before", "-1", at_least(0)),
    ("tender", "lots_after", "zwei", WHOLE),
    ("tender", "owner", OUTSIDE, NO_ROW),
    ("criterion", "name", "", REQUIRED),
    ("criterion", "name", "x" * 121, too_long(120)),
    ("criterion", "weight", "", REQUIRED),
    ("criterion", "weight", "100,1", at_most(100)),
    ("criterion", "weight", "-1", at_least(0)),
    ("criterion", "our_points", "gut", NUMBER),
    ("criterion", "their_points", "1,23", decimals(1)),
    ("escalation", "level", "4", no_choice("4")),
    ("escalation", "level", "", REQUIRED),
    ("escalation", "note", "", REQUIRED),
    ("escalation", "note", "x" * 251, too_long(250)),
    ("escalation", "version", "neu", WHOLE),
    ("duty", "result", " ", REQUIRED),
    ("duty", "result", "x" * 2001, too_long(2000)),
    ("duty", "version", "", REQUIRED),
    ("verdict", "state", "", REQUIRED),
    ("verdict", "state", "proposed", no_choice("proposed")),
    ("verdict", "note", "", REQUIRED),
    ("verdict", "note", "x" * 1001, too_long(1000)),
    ("told", "told_on", "24.11.2026", FUTURE),
    ("told", "told_on", "", REQUIRED),
    ("told", "told_how", "", REQUIRED),
    ("told", "told_how", "x" * 251, too_long(250)),
    ("handover", "successor", "", REQUIRED),
    ("handover", "successor", OWNER, NO_ROW),
    ("handover", "successor", OUTSIDE, NO_ROW),
    ("handover", "reason", "", REQUIRED),
    ("handover", "fit", "", REQUIRED),
    ("handover", "due_on", "", REQUIRED),
    ("handover", "granted_by", OWNER, NO_ROW),
    ("handover", "version", "", REQUIRED),
    ("decision", "decision", "", REQUIRED),
    ("decision", "decision", "vielleicht", no_choice("vielleicht")),
    ("decision", "decided_by", "", REQUIRED),
    ("decision", "decided_by", OWNER, NO_ROW),
    ("decision", "decided_on", "24.11.2026", FUTURE),
    ("decision", "decided_on", "", REQUIRED),
    ("decision", "reasons", "", REQUIRED),
    ("health", "level", "", REQUIRED),
    ("health", "level", "on_track", no_choice("on_track")),
    ("health", "reason", "", REQUIRED),
    ("health", "reason", "x" * 251, too_long(250)),
    ("health", "until", "", REQUIRED),
    ("health", "until", "22.11.2026", PERIOD),
    ("health", "until", "24.02.2027", PERIOD),
    ("rest", "until", "", REQUIRED),
    ("rest", "until", "23.11.2026", "Die Wiedervorlage muss in der Zukunft liegen."),
    ("rest", "note", "", REQUIRED),
    ("rest", "note", "x" * 251, too_long(250)),
    ("rest", "version", "x", WHOLE),
    ("close", "ended_on", "", REQUIRED),
    ("close", "ended_on", "24.11.2026", FUTURE),
    ("close", "ended_on", "30.08.2026", "Das Ende liegt vor der Eröffnung des Falls."),
    ("close", "annual_value_before", "-1", at_least(0)),
    ("close", "annual_value_after", "-0,01", at_least(0)),
    (
        "close",
        "annual_value_after",
        "",
        "Geben Sie an, was der Kunde jetzt pro Jahr wert ist.",
    ),
    ("close", "reasons", "", REQUIRED),
    ("close", "lessons", "", REQUIRED),
    ("close", "extent", "", "Geben Sie an, auf welche Weise der Kunde zurückgewonnen ist."),
    ("close", "extent", "ganz", no_choice("ganz")),
    ("close", "lots_before", "-1", at_least(0)),
    ("reason", "note", "", REQUIRED),
    ("reason", "note", "x" * 251, too_long(250)),
    ("reason", "version", "", REQUIRED),
    ("member", "user", "", REQUIRED),
    ("member", "user", OUTSIDE, NO_ROW),
    ("member", "function", "chef", no_choice("chef")),
    ("member", "specialty", "x" * 121, too_long(120)),
    ("incident", "happened_on", "", REQUIRED),
    ("incident", "happened_on", "24.11.2026", FUTURE),
    ("incident", "kind", "", REQUIRED),
    ("incident", "what", "", REQUIRED),
    ("incident", "what", "x" * 201, too_long(200)),
]


@pytest.mark.parametrize(("key", "field", "typed", "message"), REFUSED)
def test_field_refuses_with_its_words_and_keeps_what_was_typed(
    key: str, field: str, typed: str, message: str, fill: Fill, keys: dict[str, str]
) -> None:
    form = fill(key, **{field: typed})
    assert not form.is_valid()
    assert message in [str(each) for each in form.errors[field]]
    assert form[field].value() == keys.get(typed, typed)
    others = {name for name in GOOD[key] if name != field}
    assert all(form[name].value() for name in others), "nothing typed is lost"


TOGETHER: list[tuple[str, dict[str, str], dict[str, str]]] = [
    (
        "tender",
        {"result": "planned", "held_on": "01.12.2026"},
        dict.fromkeys(
            ("owner", "due_on"),
            "Eine anstehende Ausschreibung bereitet jemand bis zu einem Termin vor.",
        ),
    ),
    (
        "tender",
        {"result": "planned", "held_on": "01.12.2026", "owner": OWNER, "due_on": "02.12.2026"},
        {"due_on": "Die Vorbereitung endet nach der Vergabe."},
    ),
    ("handover", {"resources": "Zeit"}, {"granted_by": "Geben Sie an, wer das gewährt hat."}),
    (
        "decision",
        {"decision": "stay"},
        {"independence": "Beschreiben Sie, wie wir unabhängig werden: Bleiben ist nur vorläufig."},
    ),
    (
        "close",
        {"result": "", "extent": "prolonged"},
        {"result": REQUIRED, "extent": "Nur bei einem zurückgewonnenen Kunden."},
    ),
    ("close", {"result": "parted"}, {"extent": "Nur bei einem zurückgewonnenen Kunden."}),
    (
        "close",
        {"extent": "extended", "lots_before": "2"},
        {"lots_after": "Erweitert heißt: mehr Lose als vorher."},
    ),
    (
        "close",
        {"extent": "extended", "lots_before": "3", "lots_after": "2"},
        {"lots_after": "Erweitert heißt: mehr Lose als vorher."},
    ),
]


@pytest.mark.parametrize(("key", "typed", "expected"), TOGETHER)
def test_fields_that_belong_together_ask_for_each_other(
    key: str, typed: dict[str, str], expected: dict[str, str], fill: Fill
) -> None:
    form = fill(key, **typed)
    assert not form.is_valid()
    assert {name: str(found[0]) for name, found in form.errors.items()} == expected


DOUBTED = [
    ("step", {"due_on": "22.11.2026"}, "due_on", PAST),
    ("handover", {"due_on": "20.11.2026"}, "due_on", PAST),
    ("rest", {"until": "24.11.2028"}, "until", "Mehr als zwei Jahre im Voraus."),
    (
        "decision",
        {"decided_on": "30.08.2026"},
        "decided_on",
        "Die Entscheidung liegt vor der Eröffnung des Falls.",
    ),
]


@pytest.mark.parametrize(("key", "typed", "field", "message"), DOUBTED)
def test_doubt_is_told_at_its_field_and_lifted_by_a_reason(
    key: str, typed: dict[str, str], field: str, message: str, fill: Fill
) -> None:
    form = fill(key, **typed)
    assert not form.is_valid()
    assert form.errors == {}
    assert form.warned == [field]
    assert form.fields[field].warning == message
    assert fill(key, **typed, warning_reason="Nachtrag").is_valid()
    assert not fill(key, **typed, warning_reason="   ").is_valid()


EDGES = [
    ("step", {"due_on": "heute"}),
    ("rest", {"until": "22.11.2028"}),
    ("decision", {"decided_on": "31.08.2026"}),
    ("decision", {"decision": "stay", "independence": "Zwei neue Kunden bis Juni"}),
    ("health", {"until": "heute"}),
    ("health", {"until": "23.02.2027"}),
    ("health", {"level": "critical"}),
    ("close", {"ended_on": "31.08.2026"}),
    ("close", {"ended_on": "heute"}),
    ("close", {"annual_value_after": "0"}),
    ("close", {"result": "lost", "extent": "", "annual_value_after": ""}),
    ("close", {"result": "parted", "extent": "", "annual_value_after": ""}),
    ("close", {"extent": "extended", "lots_before": "0", "lots_after": "1"}),
    ("tender", {"result": "planned", "held_on": "+8", "owner": OTHER, "due_on": "+8"}),
    ("tender", {"result": "won", "held_on": "01.01.2020"}),
    ("criterion", {"weight": "0"}),
    ("criterion", {"weight": "100", "our_points": "", "their_points": "99,9"}),
    ("escalation", {"level": "0"}),
    ("handover", {"resources": "Zeit", "granted_by": BOARD}),
    ("handover", {"successor": BOARD}),
    ("member", {"specialty": "x" * 120}),
    ("incident", {"happened_on": "01.01.1999"}),
    ("site", {"annual_value": "0", "lots": "1 bis 3"}),
]


@pytest.mark.parametrize(("key", "typed"), EDGES)
def test_value_on_the_edge_is_still_taken(key: str, typed: dict[str, str], fill: Fill) -> None:
    form = fill(key, **typed)
    assert form.is_valid(), (form.errors, form.warned)


def test_critical_case_is_not_judged_better_by_hand(kam: User) -> None:
    case = active_case(owner=kam, health=Health.CRITICAL)
    form = forms.HealthForm(GOOD["health"], case=case)
    assert not form.is_valid()
    assert form.errors["level"] == [
        "Die Tatsachen sagen bereits Schlechteres: Der Fall ist kritisch."
    ]
    assert forms.HealthForm(GOOD["health"] | {"level": "critical"}, case=case).is_valid()


# What is offered


ROLES = [
    ("decision", "decided_by", {Role.MANAGEMENT}),
    ("resources", "decided_by", {Role.MANAGEMENT}),
    ("handover", "granted_by", {Role.MANAGEMENT}),
    ("handover", "successor", {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT}),
    ("step", "owner", set(Role) - {Role.EXTERNAL_AUDITOR}),
    ("tender", "owner", set(Role) - {Role.EXTERNAL_AUDITOR}),
    ("member", "user", set(Role) - {Role.EXTERNAL_AUDITOR}),
]


@pytest.mark.parametrize(("key", "field", "roles"), ROLES)
def test_people_are_offered_by_role(key: str, field: str, roles: set[Role], fill: Fill) -> None:
    people = {role: UserFactory(role=role) for role in Role}
    offered = set(fill(key).fields[field].queryset)
    assert {role for role, person in people.items() if person in offered} == roles


@pytest.mark.parametrize("field", ["owner", "user", "successor", "decided_by"])
def test_people_who_left_are_offered_nowhere(field: str, fill: Fill) -> None:
    key = {"owner": "step", "user": "member", "successor": "handover", "decided_by": "decision"}
    gone = UserFactory(role=Role.MANAGEMENT, is_active=False)
    assert gone not in fill(key[field]).fields[field].queryset


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.OPEN, ["Bitte wählen", "Verloren", "Einvernehmlich beendet"]),
        (Status.ACTIVE, ["Bitte wählen", "Gewonnen", "Verloren", "Einvernehmlich beendet"]),
        (Status.RESTING, ["Bitte wählen", "Verloren", "Einvernehmlich beendet"]),
    ],
)
def test_closing_offers_the_results_its_status_allows(
    status: Status, words: list[str], kam: User
) -> None:
    until = dt.date(2027, 1, 1) if status == Status.RESTING else None
    case = CaseFactory(owner=kam, status=status, resting_until=until)
    result: Any = forms.CloseForm(case=case, advice={}).fields["result"]
    assert [str(label) for _key, label in result.choices] == words


def test_decision_has_no_empty_radio(case: Case) -> None:
    decision: Any = forms.DecisionForm(case=case).fields["decision"]
    assert [key for key, _label in decision.choices] == ["go", "no_go", "stay"]


def test_new_member_contributes_unless_said_otherwise() -> None:
    assert forms.MemberForm()["function"].value() == "contributor"


def test_verdict_offers_no_way_back_to_proposed() -> None:
    state: Any = forms.LessonDecisionForm().fields["state"]
    assert [str(label) for _key, label in state.choices] == ["Angenommen", "Abgelehnt"]


def test_obligation_of_somebody_else_cannot_be_moved(case: Case, keys: dict[str, str]) -> None:
    owed = [Item("measure", 7, "Lüftung prüfen", 1, None, dt.date(2026, 12, 1), 1, "", "/")]
    data = GOOD["handover"] | {"successor": keys[OTHER]}
    form = forms.HandoverForm({**data, "moving": ["measure:8"]}, case=case, owed=owed)
    assert not form.is_valid()
    assert form.errors["moving"] == [no_choice("measure:8")]
    moving: Any = form.fields["moving"]
    assert moving.choices == [("measure:7", "Lüftung prüfen")]


# What the services get


def test_amounts_of_the_end_are_read_the_german_way(fill: Fill) -> None:
    form = fill("close", annual_value_before="1.900.000,00", annual_value_after="2.050.000,5")
    assert form.is_valid(), form.errors
    assert form.changes["annual_value_before"] == Decimal("1900000.00")
    assert form.changes["annual_value_after"] == Decimal("2050000.50")
    assert form.version == 1


def test_tender_parts_its_facts_from_the_preparation(fill: Fill) -> None:
    form = fill("tender", result="planned", held_on="+30", owner=OTHER, due_on="+20")
    assert form.is_valid(), form.errors
    assert "owner" not in form.facts
    assert "due_on" not in form.facts
    assert form.facts["held_on"] == dt.date(2026, 12, 23)
    assert form.cleaned_data["due_on"] == dt.date(2026, 12, 13)


@pytest.mark.parametrize(("typed", "level"), [("0", 0), ("3", 3)])
def test_level_is_a_number_for_the_service(typed: str, level: int, fill: Fill) -> None:
    form = fill("escalation", level=typed)
    assert form.is_valid()
    assert form.cleaned_data["level"] == level
