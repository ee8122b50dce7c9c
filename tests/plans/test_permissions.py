"""Who may do what with a plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.plans import permissions
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, RecoveryPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(
    kam: User, kollegin: User, qm: User, leitung: User, operativ: User, admin_user: User
) -> dict[str, User]:
    return {
        "kam": kam,
        "kollegin": kollegin,
        "qm": qm,
        "leitung": leitung,
        "operativ": operativ,
        "admin": admin_user,
    }


PLANNERS = {"kam", "kollegin", "qm", "leitung"}


def end(case: Case) -> None:
    case.status, case.closed_on = Status.LOST, dt.date(2026, 11, 1)
    case.save()


def test_key_account_quality_and_management_plan(
    plan: RecoveryPlan, everybody: dict[str, User]
) -> None:
    case = plan.case
    assert {n for n, user in everybody.items() if permissions.can_plan(user, case)} == PLANNERS
    may_add = {n for n, user in everybody.items() if permissions.can_add_measure(user, case)}
    assert may_add == PLANNERS


def test_plan_is_started_once(plan: RecoveryPlan, kam: User, operativ: User) -> None:
    fresh = CaseFactory(owner=kam)
    assert permissions.can_start_plan(kam, fresh)
    assert not permissions.can_add_measure(kam, fresh)
    assert not permissions.can_start_plan(operativ, fresh)
    assert not permissions.can_start_plan(kam, plan.case)


def test_plan_is_resumed_while_the_case_rests(plan: RecoveryPlan, kam: User) -> None:
    case = plan.case
    assert not permissions.can_resume_plan(kam, case)
    case.status = Status.RESTING
    assert permissions.can_resume_plan(kam, case)
    case.phase = ""
    assert not permissions.can_resume_plan(kam, case)


def test_owner_and_deputy_do_their_own_measure(
    plan: RecoveryPlan, everybody: dict[str, User]
) -> None:
    admin, operativ = everybody["admin"], everybody["operativ"]
    own = MeasureFactory(plan=plan, owner=operativ, deputy=admin)
    other = MeasureFactory(plan=plan)

    def doers(measure: Measure) -> set[str]:
        return {n for n, u in everybody.items() if permissions.can_do_measure(u, measure)}

    assert doers(own) == PLANNERS | {"operativ", "admin"}
    assert doers(other) == PLANNERS


def test_only_planners_change_a_measure(plan: RecoveryPlan, kam: User, operativ: User) -> None:
    own = MeasureFactory(plan=plan, owner=operativ)
    assert not permissions.can_change_measure(operativ, own)
    assert permissions.can_change_measure(kam, own)


def test_ended_measure_is_reopened_before_anything_else(
    plan: RecoveryPlan, kam: User, operativ: User
) -> None:
    done = MeasureFactory(plan=plan, owner=operativ, status=MeasureStatus.DONE)
    assert not permissions.can_do_measure(kam, done)
    assert not permissions.can_change_measure(kam, done)
    assert permissions.can_reopen_measure(kam, done)
    assert not permissions.can_reopen_measure(operativ, done)
    assert permissions.takes_part(operativ, done)


def test_ended_case_is_read_only(plan: RecoveryPlan, kam: User, operativ: User) -> None:
    measure = MeasureFactory(plan=plan, owner=operativ)
    end(plan.case)
    for user in (kam, operativ):
        assert not permissions.takes_part(user, measure)
        assert not permissions.can_do_measure(user, measure)
        assert not permissions.can_change_measure(user, measure)
    assert not permissions.can_plan(kam, plan.case)
    measure.status = MeasureStatus.DROPPED
    assert not permissions.can_reopen_measure(kam, measure)


def test_visible_measure_comes_with_its_case_in_one_statement(measure: Measure, kam: User) -> None:
    with CaptureQueriesContext(connection) as captured:
        row = permissions.get_visible_measure(kam, measure.case.number, measure.number)
        assert row.case.client.name
        assert row.case.owner.full_name
        assert row.phase.number == "3"
    assert len(captured) == 1


@pytest.mark.parametrize("who", ["fremde", "auditor"])
def test_foreign_measure_is_not_found(
    who: str, measure: Measure, request: pytest.FixtureRequest
) -> None:
    user: User = request.getfixturevalue(who)
    with pytest.raises(Http404):
        permissions.get_visible_measure(user, measure.case.number, measure.number)


def test_measure_is_found_below_its_own_case_only(measure: Measure, kam: User) -> None:
    other = PlanFactory(case=CaseFactory(owner=kam))
    with pytest.raises(Http404):
        permissions.get_visible_measure(kam, other.case.number, measure.number)
    with pytest.raises(Http404):
        permissions.get_visible_measure(kam, measure.case.number, 99)
