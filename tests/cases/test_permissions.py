"""Who may do what in a case, role by role."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404

from accounts.enums import Role
from accounts.models import User
from tests.cases.factories import CaseFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.permissions import (
    can_edit_case,
    can_lead_case,
    can_list_cases,
    can_open_case,
    can_reopen_case,
    can_work_on_case,
    get_visible_case,
)

KAM, QM, OPERATIONS = Role.KEY_ACCOUNT_MANAGER, Role.QUALITY_MANAGER, Role.OPERATIONS
BOARD, AUDITOR = Role.MANAGEMENT, Role.EXTERNAL_AUDITOR


@pytest.mark.parametrize(
    ("role", "lists", "opens", "leads", "works"),
    [
        (KAM, True, True, True, True),
        (QM, True, False, False, True),
        (OPERATIONS, True, False, False, False),
        (BOARD, True, True, True, True),
        (AUDITOR, False, False, False, False),
    ],
)
def test_role_decides_what_is_done_in_a_live_case(
    role: Role, lists: bool, opens: bool, leads: bool, works: bool
) -> None:
    user, case = User(role=role), Case(status=Status.ACTIVE)
    assert can_list_cases(user) is lists
    assert can_open_case(user) is opens
    assert can_lead_case(user, case) is leads
    assert can_edit_case(user, case) is leads
    assert can_work_on_case(user, case) is works
    assert can_reopen_case(user, case) is False


@pytest.mark.parametrize("status", [Status.WON, Status.LOST, Status.PARTED])
@pytest.mark.parametrize("role", list(Role))
def test_ended_case_is_reopened_and_nothing_else(role: Role, status: Status) -> None:
    user, case = User(role=role), Case(status=status)
    assert can_edit_case(user, case) is False
    assert can_work_on_case(user, case) is False
    assert can_reopen_case(user, case) is (role in {KAM, BOARD})


@pytest.mark.parametrize("status", [Status.OPEN, Status.ACTIVE, Status.RESTING])
def test_live_case_can_be_edited(status: Status) -> None:
    assert can_edit_case(User(role=KAM), Case(status=status)) is True


def test_administrator_flag_gives_no_right_in_a_case() -> None:
    user, case = User(role=OPERATIONS, is_administrator=True), Case(status=Status.ACTIVE)
    assert can_edit_case(user, case) is False
    assert can_open_case(user) is False


def test_get_visible_case_brings_what_the_header_needs(
    kam: User, django_assert_num_queries: object
) -> None:
    number = CaseFactory(owner=kam).number
    case = get_visible_case(kam, number)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture that is a function
        assert case.client.name
        assert case.owner.short_name == "A. Kaya"
        assert case.contract is not None
        assert case.deputy is None


def test_get_visible_case_of_others_is_not_found(kam: User, fremde: User) -> None:
    number = CaseFactory(owner=kam).number
    with pytest.raises(Http404):
        get_visible_case(fremde, number)
    with pytest.raises(Http404):
        get_visible_case(kam, "RG-1999-0001")


def test_membership_of_another_case_opens_only_that_one(kam: User, kollegin: User) -> None:
    mine, other = CaseFactory(owner=kam, team=[kollegin]), CaseFactory(owner=kam)
    assert get_visible_case(kollegin, mine.number) == mine
    with pytest.raises(Http404):
        get_visible_case(kollegin, other.number)


def test_several_functions_do_not_double_the_case(kam: User) -> None:
    case = CaseFactory(owner=kam)
    case.members.create(user=kam, function="legal", joined_on=dt.date(2026, 9, 1))
    assert Case.objects.visible_to(kam).count() == 1
