"""Cases in bulk: as many as asked for, the same every time, their stored copies as services say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from pytest_django import DjangoDbBlocker

from accounts.enums import Role
from accounts.models import Region, User
from audits import rules as audit_rules
from audits.models import Answer, Audit, Finding
from tests.plugins import MONDAY
from winback.cases.enums import CLOSED, LIVE, Health, Status
from winback.cases.models import Case, CaseEvent, NumberRange, Outcome
from winback.cases.services import next_number, refresh_health
from winback.clients.models import Client, Site
from winback.demo import services
from winback.demo.services.mass.crowd import address
from winback.dialogue.models import Commitment
from winback.kpis.models import CaseKpi, Measurement
from winback.kpis.services import refresh_kpis
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, PlanPhase
from winback.plans.rules import current_phase

CASES = 40
TODAY = MONDAY.date()
COPIES = ("answered", "value_period", "value", "due_on", "fresh_until", "gain", "judgement")


def fill(cases: int = CASES) -> services.Filled:
    return services.fill(cases=cases, today=TODAY, now=MONDAY)


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[services.Filled]:
    """Forty cases for the whole module, rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


def test_load_has_the_asked_cases_users_and_regions(filled: services.Filled, db: None) -> None:
    assert (filled.cases, filled.people) == (CASES, 200)
    assert Case.objects.count() == CASES
    assert User.objects.count() == 200
    assert Region.objects.count() == 20
    assert filled.events == CaseEvent.objects.count()
    assert (Client.objects.count(), Site.objects.count()) == (CASES // 2, CASES)


@pytest.mark.usefixtures("filled", "db")
@pytest.mark.parametrize(
    ("model", "about"),
    [(Measure, 10), (Finding, 4), (Measurement, 12), (Commitment, 3), (CaseEvent, 15)],
)
def test_a_case_holds_about_so_many(model: type[Any], about: int) -> None:
    assert model.objects.count() / CASES == pytest.approx(about, rel=0.15)


@pytest.mark.usefixtures("filled", "db")
def test_history_spans_two_years_up_to_today() -> None:
    opened = [case.opened_on for case in Case.objects.order_by("opened_on")]
    assert opened[-1] == TODAY
    assert 650 < (TODAY - opened[0]).days <= 730
    assert not CaseEvent.objects.filter(at__gt=MONDAY).exists()


@pytest.mark.usefixtures("filled", "db")
def test_every_state_that_lists_tell_apart_is_there() -> None:
    found = set(Case.objects.values_list("status", flat=True))
    assert {Status.OPEN, Status.ACTIVE, Status.WON, Status.LOST} <= found
    assert Case.objects.exclude(health=Health.ON_TRACK).exists()
    assert Measure.objects.overdue(TODAY).exists()
    assert Commitment.objects.filter(done_on=None, broken_on=None).exists()


@pytest.mark.usefixtures("filled", "db")
def test_stored_phase_is_what_the_plan_says() -> None:
    for case in Case.objects.all():
        states = PlanPhase.objects.filter(plan__case=case).values_list("number", "passed_on")
        said = current_phase((number, on is not None) for number, on in states) if states else ""
        assert case.phase == said, case


@pytest.mark.usefixtures("filled", "db")
def test_stored_health_is_what_the_service_computes() -> None:
    live = Case.objects.live().order_by("pk")
    stored = list(live.values_list("pk", "health", "health_reasons"))
    for pk, _, _ in stored:
        refresh_health(pk, today=TODAY, now=MONDAY)
    assert list(live.values_list("pk", "health", "health_reasons")) == stored


@pytest.mark.usefixtures("filled", "db")
def test_stored_standing_of_kpis_is_what_the_service_computes() -> None:
    stored = list(CaseKpi.objects.order_by("pk").values_list("pk", *COPIES))
    refresh_kpis([pk for pk, *_ in stored])
    assert list(CaseKpi.objects.order_by("pk").values_list("pk", *COPIES)) == stored
    assert all(value is not None for _, _, _, value, *_ in stored)


@pytest.mark.usefixtures("filled", "db")
def test_score_of_an_audit_follows_from_its_answers() -> None:
    audits = Audit.objects.exclude(score=None)
    assert audits.exists()
    for audit in audits:
        answers = Answer.objects.filter(audit=audit).values_list("question__weight", "result")
        assert audit.score == audit_rules.score(answers)
        assert len(answers) == audit.questions().count()


@pytest.mark.usefixtures("filled", "db")
def test_an_ended_case_owes_nothing_and_has_its_outcome() -> None:
    ended = Case.objects.filter(status__in=CLOSED)
    assert ended.exists()
    assert Outcome.objects.count() == ended.count()
    assert not Measure.objects.filter(plan__case__in=ended).open().exists()
    assert not Finding.objects.filter(audit__case__in=ended).open().exists()
    assert not Commitment.objects.filter(case__in=ended, done_on=None, broken_on=None).exists()
    assert not Measure.objects.filter(status=MeasureStatus.DONE, done_on__gt=TODAY).exists()


@pytest.mark.usefixtures("filled", "db")
def test_the_next_numbers_are_free() -> None:
    assert f"A-{next_number('A'):04d}" not in set(Audit.objects.values_list("number", flat=True))
    assert f"F-{next_number('F'):04d}" not in set(Finding.objects.values_list("number", flat=True))
    for scope, last in NumberRange.objects.filter(scope__startswith="RG").values_list():
        assert Case.objects.filter(number=f"{scope}-{last:04d}").exists()


@pytest.mark.usefixtures("filled", "db", "today")
def test_pages_of_a_case_can_be_read() -> None:
    browser = Browser()
    user = User.objects.get(email=address(Role.KEY_ACCOUNT_MANAGER, 1))
    browser.force_login(user)
    case = Case.objects.filter(owner=user, status__in=LIVE).first() or Case.objects.get(owner=user)
    for page in ("", "plan/", "verlauf/", "team/", "audits/", "kennzahlen/"):
        answer = browser.get(f"/faelle/{case.number}/{page}")
        assert answer.status_code == 200, page
