"""What is asked for: a new owner, or days or a date with a reason."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from winback.bulk.forms import DateForm, OwnerForm, form_for
from winback.cases.bulk import KIND as CASES
from winback.common.bulk import DATE, OWNER


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "note"),
        ({"note": "Urlaub"}, "days"),
        ({"note": "Urlaub", "days": "7", "due_on": "30.11.2026"}, "days"),
        ({"note": "Urlaub", "days": "0"}, "days"),
        ({"note": "Urlaub", "days": "366"}, "days"),
        ({"note": "Urlaub", "days": "sieben"}, "days"),
        ({"note": "Urlaub", "due_on": "20.11.2026"}, "due_on"),
        ({"note": "Urlaub", "due_on": "31.02.2027"}, "due_on"),
        ({"note": "x" * 251, "days": "7"}, "note"),
    ],
)
def test_date_form_names_the_field(typed: dict[str, str], field: str, today: dt.date) -> None:
    assert field in DateForm(typed, kind=CASES).errors


@pytest.mark.parametrize("typed", [{"days": "-7"}, {"due_on": "24.11."}, {"due_on": "+14"}])
def test_date_form_takes_days_or_a_date(typed: dict[str, str], today: dt.date) -> None:
    assert DateForm({"note": "Urlaub", **typed}, kind=CASES).is_valid()


def test_owner_form_offers_those_who_can_own_a_case(
    kam: User, qm: User, leitung: User, operativ: User, auditor: User
) -> None:
    offered = set(OwnerForm(kind=CASES).fields["owner"].queryset)  # type: ignore[attr-defined]  # a model choice
    assert offered == {kam, leitung}
    assert "owner" in OwnerForm({"owner": str(qm.pk)}, kind=CASES).errors


def test_each_step_has_its_form() -> None:
    assert (form_for(DATE), form_for(OWNER)) == (DateForm, OwnerForm)
