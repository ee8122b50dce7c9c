"""What a case itself owes: its next step, its wake-up, its start."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case, give_go
from tests.clients.factories import ClientFactory
from winback.cases.enums import Status
from winback.cases.obligations import START, START_DAYS, find
from winback.common.obligations import Item, Query, kind

TODAY = dt.date(2026, 11, 23)


def items(**query: object) -> list[Item]:
    return list(find(Query(**query)))  # type: ignore[arg-type]  # names of Query's fields


def test_next_step_is_owed_by_the_owner(kam: User, kollegin: User) -> None:
    client = ClientFactory(name="Norhagen Bau AG")
    case = active_case(
        owner=kam, deputy=kollegin, client=client, next_step="Anruf", next_step_on=TODAY
    )
    (item,) = items()
    assert (item.title, item.due_on, item.case_id) == ("Anruf", TODAY, case.pk)
    assert (item.owner_id, item.deputy_id) == (kam.pk, kollegin.pk)
    assert item.context == f"Norhagen Bau AG · {case.number}"
    assert item.url == case.get_absolute_url()
    assert not item.waiting


def test_case_without_a_step_owes_nothing(kam: User) -> None:
    active_case(owner=kam)
    assert items() == []


@pytest.mark.parametrize("status", [Status.WON, Status.LOST, Status.PARTED])
def test_ended_case_owes_nothing(status: Status, kam: User) -> None:
    CaseFactory(owner=kam, status=status, closed_on=TODAY)
    assert items() == []


def test_resting_case_owes_its_wake_up_instead_of_its_step(kam: User) -> None:
    until = dt.date(2027, 2, 1)
    CaseFactory(
        owner=kam,
        status=Status.RESTING,
        resting_until=until,
        next_step="Anruf",
        next_step_on=TODAY,
    )
    (item,) = items()
    assert (item.title, item.due_on) == ("Ruhenden Fall wieder aufnehmen", until)


def test_open_case_owes_decision_then_plan_within_a_week(kam: User) -> None:
    case = CaseFactory(owner=kam, opened_on=TODAY)
    (decision,) = items()
    assert decision.title == "Go-Entscheidung einholen"
    assert decision.due_on == TODAY + dt.timedelta(days=START_DAYS)
    assert decision.waiting
    give_go(case)
    (plan,) = items()
    assert plan.title == "Rückgewinnungsplan starten"
    assert plan.part == START


def test_open_case_with_a_step_owes_both_and_they_differ(kam: User) -> None:
    CaseFactory(owner=kam, next_step="Anruf", next_step_on=TODAY)
    both = items()
    assert len(both) == 2
    assert len({(item.kind, item.pk, item.part) for item in both}) == 2


def test_query_narrows_by_owner_case_and_date(kam: User, kollegin: User) -> None:
    mine = active_case(owner=kam, next_step="A", next_step_on=TODAY)
    active_case(owner=kollegin, next_step="B", next_step_on=TODAY + dt.timedelta(days=30))
    assert [item.title for item in items(owner_ids=[kam.pk])] == ["A"]
    assert [item.title for item in items(owner_ids=User.objects.filter(pk=kollegin.pk))] == ["B"]
    assert [item.title for item in items(case_id=mine.pk)] == ["A"]
    assert [item.title for item in items(due_until=TODAY)] == ["A"]
    assert items(owner_ids=[]) == []


def test_find_is_one_statement(kam: User, django_assert_num_queries: object) -> None:
    for _number in range(3):
        CaseFactory(owner=kam, next_step="A", next_step_on=TODAY)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture that is a function
        assert len(items()) == 6


def test_kind_hands_the_case_over(kam: User, kollegin: User, leitung: User) -> None:
    case = active_case(owner=kam, next_step="A", next_step_on=TODAY)
    kind("case").reassign(case.pk, kollegin, leitung)
    assert [item.owner_id for item in items()] == [kollegin.pk]


def test_kind_ends_with_its_case() -> None:
    assert kind("case").ends_with_case
    assert kind("case").drop is None
