"""Forms of expectations, rhythms and ways: each refusal in German."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.dialogue.factories import (
    ExpectationFactory,
)
from tests.dialogue.refusals import (
    FUTURE,
    NO_NUMBER,
    REQUIRED,
    no_choice,
    refusals,
    too_long,
)
from winback.cases.models import Case
from winback.dialogue import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

EXPECTATION = {
    "kind": "expectation", "what": "Rückruf binnen einer Stunde", "since": "02.11.2026",
    "realistic": "yes",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"what": ""}, "what", REQUIRED),
        ({"what": "x" * 251}, "what", too_long(250, 251)),
        ({"kind": ""}, "kind", REQUIRED),
        ({"kind": "wunsch"}, "kind", no_choice("wunsch")),
        ({"since": ""}, "since", REQUIRED),
        ({"since": "24.11.2026"}, "since", FUTURE),
        ({"realistic": "vielleicht"}, "realistic", no_choice("vielleicht")),
        ({"realistic": "no"}, "assessment", "Geben Sie die sachlichen Gründe an."),
        ({"realistic": "partly"}, "assessment", "Geben Sie die sachlichen Gründe an."),
        ({"precondition": "x" * 2001}, "precondition", too_long(2000, 2001)),
        ({"alternative": "x" * 2001}, "alternative", too_long(2000, 2001)),
        ({"assessment": "x" * 2001}, "assessment", too_long(2000, 2001)),
        ({"contact": "77777"}, "contact", no_choice("77777")),
    ],
)
def test_expectation_refuses(case: Case, wrong: dict[str, str], field: str, message: str) -> None:
    form = forms.ExpectationForm(EXPECTATION | wrong, case=case)
    assert refusals(form) == {field: [message]}


@pytest.mark.parametrize("realistic", ["yes", "unclear"])
def test_expectation_without_doubt_needs_no_reason(case: Case, realistic: str) -> None:
    form = forms.ExpectationForm(EXPECTATION | {"realistic": realistic}, case=case)
    assert form.is_valid()
    assert form.changes["assessment"] == ""
    assert form.changes["contact"] is None


DECIDED = {"told_on": "10.11.2026", "decision": "accepts", "decided_on": "20.11.2026"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"decision": ""}, {"decision": [REQUIRED]}),
        ({"decision": "ja"}, {"decision": [no_choice("ja")]}),
        (
            {"told_on": ""},
            {"told_on": ["Der Kunde kann nur entscheiden, was ihm mitgeteilt wurde."]},
        ),
        ({"decided_on": ""}, {"decided_on": ["Geben Sie an, wann der Kunde entschieden hat."]}),
        ({"decision": "pending"}, {"decision": ["Geben Sie an, wie der Kunde entschieden hat."]}),
        ({"told_on": "24.11.2026"}, {"told_on": [FUTURE]}),
        ({"decided_on": "24.11.2026"}, {"decided_on": [FUTURE]}),
        ({"disappointed_on": "24.11.2026"}, {"disappointed_on": [FUTURE]}),
        (
            {"disappointed_on": "20.11.2026"},
            {"disappointment": ["Geben Sie an, wie sie enttäuscht wurde."]},
        ),
        ({"decision_note": "x" * 2001}, {"decision_note": [too_long(2000, 2001)]}),
    ],
)
def test_decision_refuses(
    case: Case, given: dict[str, str], expected: dict[str, list[str]]
) -> None:
    row = ExpectationFactory(case=case)
    form = forms.DecisionForm({"version": "1"} | DECIDED | given, case=case, row=row)
    assert refusals(form) == expected


def test_decision_still_to_come_needs_no_day(case: Case) -> None:
    row = ExpectationFactory(case=case)
    form = forms.DecisionForm({"version": "1", "decision": "pending"}, case=case, row=row)
    assert form.is_valid()
    assert (form.changes["told_on"], form.changes["decided_on"]) == (None, None)


RHYTHM = {"every_days": "14", "channel": "phone", "agreed_on": "02.11.2026"}


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"every_days": ""}, "every_days", REQUIRED),
        ({"every_days": "0"}, "every_days", "Dieser Wert muss größer oder gleich 1 sein."),
        ({"every_days": "366"}, "every_days", "Dieser Wert muss kleiner oder gleich 365 sein."),
        ({"every_days": "oft"}, "every_days", NO_NUMBER),
        ({"channel": "rauch"}, "channel", no_choice("rauch")),
        ({"agreed_on": "24.11.2026"}, "agreed_on", FUTURE),
        ({"agreed_on": ""}, "agreed_on", REQUIRED),
        ({"owner": ""}, "owner", REQUIRED),
        ({"wish": "x" * 251}, "wish", too_long(250, 251)),
    ],
)
def test_rhythm_refuses(
    case: Case, kam: User, wrong: dict[str, str], field: str, message: str
) -> None:
    form = forms.RhythmForm({"owner": str(kam.pk)} | RHYTHM | wrong, case=case)
    assert refusals(form) == {field: [message]}


@pytest.mark.parametrize("days", ["1", "365"])
def test_rhythm_takes_both_ends_of_a_year(case: Case, kam: User, days: str) -> None:
    form = forms.RhythmForm({"owner": str(kam.pk)} | RHYTHM | {"every_days": days}, case=case)
    assert form.is_valid()
    assert form.changes["every_days"] == int(days)
    assert form.changes["owner"] == kam


WAY = {
    "topic": "Wochenbericht", "sender": "Objektleitung", "recipient": "Leitung FM",
    "occasion": "freitags", "channel": "mail",
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "limit"), [("topic", 150), ("sender", 120), ("recipient", 120), ("occasion", 120)]
)
def test_way_keeps_each_part_short_and_asks_for_it(case: Case, field: str, limit: int) -> None:
    assert refusals(forms.WayForm(WAY | {field: " "}, case=case)) == {field: [REQUIRED]}
    long = forms.WayForm(WAY | {field: "x" * (limit + 1)}, case=case)
    assert refusals(long) == {field: [too_long(limit, limit + 1)]}
    assert forms.WayForm(WAY | {field: "x" * limit}, case=case).is_valid()
