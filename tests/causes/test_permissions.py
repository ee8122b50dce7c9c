"""Who may work on causes."""

from __future__ import annotations

import pytest
from django.http import Http404

from accounts.models import User
from tests.cases.factories import active_case
from tests.causes.factories import CauseFactory
from tests.dialogue.factories import TODAY
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.causes.permissions import can_change, can_confirm, get_visible_cause

pytestmark = pytest.mark.django_db


def test_working_roles_change_causes_and_operations_read(
    case: Case, kam: User, qm: User, leitung: User, operativ: User
) -> None:
    cause = CauseFactory(case=case)
    assert [can_change(user, cause) for user in (kam, qm, leitung, operativ)] == [True] * 3 + [
        False
    ]


def test_ended_case_is_read_only(case: Case, kam: User) -> None:
    case.status, case.closed_on = Status.LOST, TODAY
    assert not can_change(kam, CauseFactory(case=case))


def test_cause_is_found_below_its_own_case_only(case: Case, kam: User, fremde: User) -> None:
    cause = CauseFactory(case=case)
    assert get_visible_cause(kam, case.number, cause.pk) == cause
    other = active_case(owner=kam)
    for user, number in ((kam, other.number), (fremde, case.number)):
        with pytest.raises(Http404):
            get_visible_cause(user, number, cause.pk)


def test_only_quality_management_and_the_board_confirm(
    case: Case, kam: User, kollegin: User, qm: User, leitung: User, operativ: User
) -> None:
    cause = CauseFactory(case=case)
    people = (kam, kollegin, qm, leitung, operativ)
    assert [can_confirm(user, cause) for user in people] == [False, False, True, True, False]
    case.status, case.closed_on = Status.LOST, TODAY
    assert not can_confirm(qm, CauseFactory(case=case))
