"""A plan and its template."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.cases.factories import active_case
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.plans.template import template_data
from winback.cases.models import Case
from winback.plans.models import Measure, RecoveryPlan
from winback.plans.services import load_plan_template


@pytest.fixture
def case(kam: User, kollegin: User, operativ: User) -> Case:
    """A live case of ``kam`` with ``kollegin`` and ``operativ`` in the team."""
    return active_case(owner=kam, team=[kollegin, operativ])


@pytest.fixture
def plan(case: Case) -> RecoveryPlan:
    """Phases 1 and 2 are closed, phase 3 runs."""
    return PlanFactory(case=case, passed=2)


@pytest.fixture
def measure(plan: RecoveryPlan, operativ: User) -> Measure:
    """An open mandatory measure of ``operativ``, due in a week."""
    return MeasureFactory(plan=plan, owner=operativ, is_mandatory=True)


@pytest.fixture
def template_loaded(db: None) -> None:
    """The shipped template is loaded."""
    load_plan_template(data=template_data())
