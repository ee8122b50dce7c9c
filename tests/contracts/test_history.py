"""Deadlines and versions of the contract in the history of its case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.models import Case
from winback.cases.rows.history import history_row
from winback.common.claims import sign
from winback.common.history import Topic
from winback.contracts.models import Contract, Deadline
from winback.contracts.rows.history import contract_entries, deadline_entries

pytestmark = pytest.mark.usefixtures("today")
DAY = dt.date(2026, 11, 13)


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def contract_of(case: Case) -> Contract:
    assert case.contract is not None
    return case.contract


def deadline(case: Case, **facts: Any) -> Deadline:
    """Two weeks to remedy, set off by a formal warning."""
    due_on = DAY + dt.timedelta(days=14)
    known: dict[str, Any] = {
        "kind": "remedy",
        "title": "Abhilfe nach Abmahnung",
        "basis": "contract",
        "received_on": DAY,
        "length": 2,
        "bundesland": "HE",
        "owner": case.owner,
        "computed_on": due_on,
        "due_on": due_on,
        "original_due_on": due_on,
    }
    return Deadline.objects.create(contract=contract_of(case), **known | facts)


def test_deadline_stands_where_it_was_set_off_and_met(case: Case, kam: User) -> None:
    row = deadline(case, done_on=DAY + dt.timedelta(days=9))
    first, second = deadline_entries(kam, case)
    assert first.topic == second.topic == Topic.DEADLINES
    assert history_row(first).when == "13.11.2026"
    assert first.text == "Abhilfe nach Abmahnung · bis 27.11.2026"
    assert (history_row(second).when, second.title) == ("22.11.2026", "Frist erledigt")
    assert first.url == second.url == row.get_absolute_url()


def test_deadline_without_a_receipt_is_not_told_before_it_is_done(case: Case, kam: User) -> None:
    deadline(case, unit="fixed", received_on=None, length=None, fixed_on=DAY)
    assert list(deadline_entries(kam, case)) == []


def test_case_without_contract_has_neither(kam: User) -> None:
    bare = active_case(owner=kam, contract=None)
    assert list(deadline_entries(kam, bare)) == []
    assert list(contract_entries(kam, bare)) == []


def change(contract: Contract, actor: User | None, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(contract, name, value)
    if actor:
        sign(contract, actor)
    contract.save()


def test_change_of_the_contract_names_the_fields(case: Case, kam: User) -> None:
    change(contract_of(case), kam, title="Unterhaltsreinigung neu", note="verhandelt")
    (found,) = contract_entries(kam, case)
    assert (found.topic, found.title, found.by) == (
        Topic.CHANGES,
        "Vertrag geändert",
        "A. Kaya",
    )
    assert set(found.text.split(", ")) == {"Bezeichnung", "Notiz"}


def test_version_without_a_change_is_not_told(case: Case, kam: User) -> None:
    contract = contract_of(case)
    contract.version += 1
    change(contract, kam)
    assert list(contract_entries(kam, case)) == []


def test_history_asks_no_more_for_more_versions(
    case: Case, kam: User, client_for: ClientFor
) -> None:
    desk = client_for(kam)
    counts = []
    for number in (1, 2, 3):
        change(contract_of(case), kam, title=f"Vertrag {number}")
        deadline(case, title=f"Frist {number}")
        counts.append(len(statements(desk, reverse("cases:history", args=[case.number]))))
    assert counts[0] == counts[2] <= 12
