"""Forms of the steps of a promise: each refusal in German."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from tests.dialogue.factories import (
    CommitmentFactory,
)
from tests.dialogue.refusals import (
    BEFORE_PROMISE,
    FUTURE,
    REQUIRED,
    refusals,
    too_long,
)
from winback.cases.models import Case
from winback.dialogue import forms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.mark.parametrize(
    ("form_class", "data", "wrong", "field", "message"),
    [
        (forms.KeepForm, {"done_on": "heute"}, {"version": ""}, "version", REQUIRED),
        (forms.KeepForm, {"done_on": "heute"}, {"done_on": "1.11.2026"}, "done_on", BEFORE_PROMISE),
        (
            forms.BreakForm, {"note": "Kein Personal"}, {"note": "x" * 251}, "note",
            too_long(250, 251),
        ),
        (
            forms.ForewarnForm, {"on": "heute", "words": "Zwei Tage später"}, {"words": ""},
            "words", REQUIRED,
        ),
        (
            forms.ForewarnForm, {"on": "heute", "words": "Zwei Tage später"},
            {"on": "24.11.2026"}, "on", FUTURE,
        ),
        (
            forms.ForewarnForm, {"on": "heute", "words": "Zwei Tage später"},
            {"on": "1.11.2026"}, "on", BEFORE_PROMISE,
        ),
        (forms.TellForm, {"on": "heute", "how": "Telefon"}, {"how": " "}, "how", REQUIRED),
        (forms.TellForm, {"on": "heute", "how": "Telefon"}, {"on": "+1"}, "on", FUTURE),
        (
            forms.TellForm, {"on": "heute", "how": "Telefon"}, {"how": "x" * 251}, "how",
            too_long(250, 251),
        ),
        (
            forms.ReleaseForm, {"released_on": "heute", "proof": "Mail"}, {"proof": "x" * 251},
            "proof", too_long(250, 251),
        ),
    ],
)  # fmt: skip
def test_step_of_a_commitment_refuses(
    case: Case,
    form_class: type[Any],
    data: dict[str, str],
    wrong: dict[str, str],
    field: str,
    message: str,
) -> None:
    row = CommitmentFactory(case=case)
    assert form_class({"version": "1"} | data, commitment=row).is_valid()
    posted = {"version": "1"} | data | wrong
    assert refusals(form_class(posted, commitment=row)) == {field: [message]}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("heute", dt.date(2026, 11, 23)),
        ("20.11.", dt.date(2026, 11, 20)),
        ("20.11.2026", dt.date(2026, 11, 20)),
        ("2.11.2026", dt.date(2026, 11, 2)),
    ],
)
def test_day_of_a_step_is_read_as_people_write_it(case: Case, written: str, day: dt.date) -> None:
    form = forms.KeepForm(
        {"version": "1", "done_on": written}, commitment=CommitmentFactory(case=case)
    )
    assert form.is_valid()
    assert form.cleaned_data["done_on"] == day


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {},
            {
                "confirmed_on": ["Geben Sie an, wann bestätigt wurde."],
                "feasibility": ["Geben Sie die Grundlage an."],
            },
        ),
        ({"confirmed_on": "20.11.2026"}, {"feasibility": ["Geben Sie die Grundlage an."]}),
        ({"feasibility": "Budget"}, {"confirmed_on": ["Geben Sie an, wann bestätigt wurde."]}),
        ({"feasibility": "Budget", "confirmed_on": "+1"}, {"confirmed_on": [FUTURE]}),
    ],
)
def test_confirmation_needs_its_day_and_its_basis(
    case: Case, kam: User, given: dict[str, str], expected: dict[str, list[str]]
) -> None:
    data = {
        "what": "Messwerte", "promised_on": "20.11.2026", "due_on": "30.11.2026",
        "owner": str(kam.pk), "confirmed_by": str(kam.pk),
    }  # fmt: skip
    assert refusals(forms.CommitmentForm(data | given, case=case)) == expected
