"""The overview of a case that has everything keeps to the statements a page may ask."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.audits.factories import FindingFactory
from tests.cases.decisions import assess, plan_b, plan_effort, step
from tests.cases.factories import active_case, give_go
from tests.causes.factories import CauseFactory
from tests.conftest import ClientFor
from tests.contracts.factories import AmendmentFactory, ContractFactory
from tests.dialogue.factories import CommitmentFactory, InteractionFactory
from tests.kpis.factories import measured_kpi
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.statements import statements
from winback.cases.enums import Status
from winback.cases.models import Background, Case, Outcome

pytestmark = pytest.mark.usefixtures("today")
TODAY = dt.date(2026, 11, 23)
MOST = 12


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


@pytest.fixture
def case(kam: User, leitung: User) -> Case:
    """Every page of facts the overview sums up, a decision, a cause and one row of each list."""
    case = active_case(
        owner=kam,
        contract=ContractFactory(),
        situation="Stabil.",
        situation_by=kam,
        situation_at=timezone.now(),
    )
    Background.objects.create(case=case)
    assess(case)
    plan_effort(case)
    plan_b(case)
    step(case, kam)
    give_go(case, leitung)
    CauseFactory(case=case, is_primary=True)
    CauseFactory(case=case, statement="Ein anderer Grund.")
    PlanFactory(case=case)
    more(case)
    return case


def more(case: Case) -> None:
    """One further row of everything the page lists; the measures answer something."""
    finding = FindingFactory(audit__case=case, grade="major")
    promise = CommitmentFactory(case=case, owner=case.owner, due_on=TODAY)
    answers = {
        "finding": finding,
        "commitment": promise,
        "cause": case.causes.first(),
        "interaction": InteractionFactory(case=case),
        "amendment": AmendmentFactory(contract=case.contract),
    }
    for name, thing in answers.items():
        MeasureFactory(plan=case.plan, owner=case.owner, due_on=TODAY, **{name: thing})
    measured_kpi(case.owner, case)


def test_a_case_with_everything_asks_the_same_for_1_and_3_rows(desk: Client, case: Case) -> None:
    one = statements(desk, case.get_absolute_url())
    more(case)
    more(case)
    assert len(one) == len(statements(desk, case.get_absolute_url())) <= MOST


def test_an_ended_case_with_everything_keeps_to_its_statements(
    desk: Client, case: Case, kam: User
) -> None:
    end = {"result": Status.LOST, "ended_on": TODAY, "reasons": "Preis", "lessons": "Früher fragen"}
    Outcome.objects.create(case=case, recorded_by=kam, **end)
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    assert "Früher fragen" in desk.get(case.get_absolute_url()).content.decode()
    assert len(statements(desk, case.get_absolute_url())) <= MOST


def test_the_overview_names_the_primary_cause_and_no_other(desk: Client, case: Case) -> None:
    primary = case.causes.get(is_primary=True)
    page = desk.get(case.get_absolute_url()).content.decode()
    assert primary.statement in page
    assert case.causes.get(is_primary=False).statement not in page
