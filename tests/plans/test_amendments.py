"""Measures that serve an amendment: chosen in the form, shown on its page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.factories import AmendmentFactory
from tests.plans.factories import MeasureFactory, plan_of
from winback.common import duties
from winback.contracts.models import Amendment
from winback.plans import services
from winback.plans.models import Measure, RecoveryPlan, amendments_of
from winback.plans.rows.measures import sources
from winback.plans.services import PlanError

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(kam: User) -> RecoveryPlan:
    return plan_of(active_case(owner=kam))


@pytest.fixture
def amendment(plan: RecoveryPlan) -> Amendment:
    found: Amendment = AmendmentFactory(contract=plan.case.contract)
    return found


@pytest.fixture
def desk(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def facts(plan: RecoveryPlan, **changes: object) -> dict[str, object]:
    return {
        "title": "Grundreinigung Haus B",
        "phase": plan.phases.get(number="3"),
        "owner": plan.case.owner,
        "due_on": dt.date(2026, 11, 30),
        **changes,
    }


def test_amendments_are_those_of_the_contract(plan: RecoveryPlan, amendment: Amendment) -> None:
    AmendmentFactory()
    assert amendments_of(plan.case) == [amendment]
    plan.case.contract_id = None
    assert amendments_of(plan.case) == []


def test_measure_serves_an_amendment_of_its_case(plan: RecoveryPlan, amendment: Amendment) -> None:
    measure = services.add_measure(
        plan=plan, actor=plan.case.owner, today=TODAY, changes=facts(plan, amendment=amendment)
    )
    assert measure.amendment == amendment
    assert sources(measure) == [("Nachtrag", amendment.get_absolute_url())]


def test_measure_refuses_a_foreign_amendment(plan: RecoveryPlan, amendment: Amendment) -> None:
    foreign = AmendmentFactory()
    with pytest.raises(PlanError, match="anderen Vertrag") as refused:
        services.add_measure(
            plan=plan, actor=plan.case.owner, today=TODAY, changes=facts(plan, amendment=foreign)
        )
    assert refused.value.field == "amendment"
    measure = MeasureFactory(plan=plan, amendment=amendment)
    with pytest.raises(PlanError, match="anderen Vertrag"):
        services.change_measure(
            measure=measure,
            version=1,
            actor=plan.case.owner,
            today=TODAY,
            changes={"amendment": foreign},
        )


def create_url(plan: RecoveryPlan) -> str:
    return reverse("plans:measure_create", args=[plan.case.number])


def data(plan: RecoveryPlan, **changes: str) -> dict[str, str]:
    return {
        "title": "Grundreinigung Haus B",
        "phase": str(plan.phases.get(number="3").pk),
        "owner": str(plan.case.owner_id),
        "due_on": "27.11.2026",
        **changes,
    }


def test_form_offers_amendments_only_where_there_are_some(plan: RecoveryPlan, desk: Client) -> None:
    assert "Pflicht aus Nachtrag" not in desk.get(create_url(plan)).content.decode()
    amendment = AmendmentFactory(contract=plan.case.contract)
    page = desk.get(f"{create_url(plan)}?nachtrag={amendment.pk}").content.decode()
    assert "Pflicht aus Nachtrag" in page
    assert f'<option value="{amendment.pk}" selected>' in page


@pytest.mark.parametrize("nonsense", ["abc", "-1", "99999999999999999999"])
def test_nonsense_in_the_address_chooses_nothing(
    nonsense: str, plan: RecoveryPlan, amendment: Amendment, desk: Client
) -> None:
    response = desk.get(f"{create_url(plan)}?nachtrag={nonsense}")
    assert response.status_code == 200
    assert f"selected>{amendment}" not in response.content.decode()


def test_measure_is_added_and_changed_with_its_amendment(
    plan: RecoveryPlan, amendment: Amendment, desk: Client
) -> None:
    desk.post(create_url(plan), data(plan, amendment=str(amendment.pk)))
    measure = Measure.objects.get()
    assert measure.amendment == amendment
    page = desk.get(measure.get_absolute_url()).content.decode()
    assert amendment.get_absolute_url() in page
    desk.post(measure.url("edit"), data(plan, amendment="", version="1"))
    measure.refresh_from_db()
    assert measure.amendment is None


def test_foreign_choice_is_refused_at_the_field(plan: RecoveryPlan, desk: Client) -> None:
    AmendmentFactory(contract=plan.case.contract)
    foreign = AmendmentFactory()
    response = desk.post(create_url(plan), data(plan, amendment=str(foreign.pk)))
    assert response.status_code == 422
    assert not Measure.objects.exists()


def test_duties_are_read_for_all_amendments_at_once(
    plan: RecoveryPlan, amendment: Amendment
) -> None:
    other = AmendmentFactory(contract=plan.case.contract)
    open_one = MeasureFactory(plan=plan, amendment=amendment, title="Offen")
    MeasureFactory(plan=plan, amendment=amendment, status="dropped", status_note="entfällt")
    MeasureFactory(plan=plan, amendment=other, status="blocked", status_note="Teil fehlt")
    MeasureFactory(plan=plan)
    found = duties.answering("amendment", [amendment.pk, other.pk], TODAY)
    assert [duty.title for duty in found[amendment.pk]] == ["Offen"]
    assert found[amendment.pk][0].url == open_one.get_absolute_url()
    assert [(duty.is_open, duty.is_blocked) for duty in found[other.pk]] == [(True, True)]


def test_no_amendment_no_statement() -> None:
    assert duties.answering("amendment", [], TODAY) == {}
    assert duties.answering("unknown", [1], TODAY) == {}
