"""Who may plan and judge checks, what the database holds, and what the finding keeps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from audits import services as audits
from audits.enums import FindingStatus, Grade
from audits.models import Finding
from audits.permissions import can_report_done, can_resolve_finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.papers import paper_in
from tests.conftest import ClientFor
from tests.contracts.factories import LineFactory
from tests.plans.factories import MeasureFactory, check_of
from winback.cases.enums import Status
from winback.common.claims import StaleVersion
from winback.dashboards.rows.finding import finding_page
from winback.plans.enums import CheckResult, MeasureStatus
from winback.plans.models import EffectivenessCheck, RecoveryPlan
from winback.plans.permissions import can_judge, can_plan_check

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def done(plan: RecoveryPlan, operativ: User, qm: User) -> Finding:
    """A minor of ``operativ``, done today; ``qm`` leads its audit."""
    row: Finding = FindingFactory(audit=AuditFactory(case=plan.case, owner=qm), owner=operativ)
    audits.finish_finding(row, operativ, TODAY)
    return row


# Rights


@pytest.mark.parametrize(
    ("status", "grade", "may"),
    [
        (FindingStatus.OPEN, Grade.MINOR, False),
        (FindingStatus.IN_PROGRESS, Grade.MAJOR, False),
        (FindingStatus.DONE, Grade.MINOR, True),
        (FindingStatus.DONE, Grade.MAJOR, True),
        (FindingStatus.DONE, Grade.OBSERVATION, False),
        (FindingStatus.DONE, Grade.IMPROVEMENT, False),
        (FindingStatus.EFFECTIVE, Grade.MAJOR, False),
        (FindingStatus.WITHDRAWN, Grade.MAJOR, False),
    ],
)
def test_only_what_is_done_and_asks_for_proof_is_checked(
    done: Finding, qm: User, status: str, grade: str, may: bool
) -> None:
    done.status, done.grade = status, grade
    assert can_plan_check(qm, done) is may


@pytest.mark.parametrize(
    ("status", "grade", "resolution", "resolves", "reports"),
    [
        (FindingStatus.OPEN, Grade.MAJOR, "", True, True),
        (FindingStatus.IN_PROGRESS, Grade.MINOR, "", True, True),
        (FindingStatus.DONE, Grade.MINOR, "", True, False),
        (FindingStatus.EFFECTIVE, Grade.MINOR, "", False, False),
        (FindingStatus.WITHDRAWN, Grade.MINOR, "", False, False),
        (FindingStatus.OPEN, Grade.OBSERVATION, "", True, False),
        (FindingStatus.OPEN, Grade.OBSERVATION, "Bleibt so", True, True),
        (FindingStatus.DONE, Grade.OBSERVATION, "Bleibt so", False, False),
        (FindingStatus.OPEN, Grade.STRENGTH, "", False, False),
    ],
)
def test_correction_or_decision_can_be_recorded_as_long_as_it_matters(
    done: Finding,
    operativ: User,
    status: str,
    grade: str,
    resolution: str,
    resolves: bool,
    reports: bool,
) -> None:
    done.status, done.grade, done.resolution = status, grade, resolution
    assert can_resolve_finding(operativ, done) is resolves
    assert can_report_done(operativ, done) is reports


def test_after_the_end_of_the_case_nobody_plans_resolves_or_judges(
    done: Finding, qm: User, operativ: User
) -> None:
    check = check_of(done, qm)
    check.case.status = done.audit.case.status = Status.LOST
    assert not can_judge(qm, check)
    assert not can_plan_check(qm, done)
    assert not can_resolve_finding(operativ, done)


def test_doer_never_judges_even_as_deputy(done: Finding, qm: User, operativ: User) -> None:
    check = check_of(done, qm)
    check.deputy = operativ
    assert not can_judge(operativ, check)


# What the database holds


@pytest.mark.parametrize(
    "facts",
    [
        {"done_on": TODAY},
        {"result": CheckResult.EFFECTIVE},
        {"evidence": "Begehung"},
        {"done_on": TODAY, "result": CheckResult.EFFECTIVE, "evidence": "Begehung"},
    ],
)
def test_half_a_verdict_is_impossible(done: Finding, qm: User, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        check_of(done, qm, **facts)


def test_doer_cannot_be_stored_as_judge(done: Finding, qm: User, operativ: User) -> None:
    facts = {"done_on": TODAY, "result": CheckResult.EFFECTIVE, "evidence": "Begehung"}
    with pytest.raises(IntegrityError), transaction.atomic():
        check_of(done, qm, judged_by=operativ, **facts)


def test_check_judges_one_thing(done: Finding, plan: RecoveryPlan, qm: User) -> None:
    measure = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        check_of(done, qm, measure=measure)


def test_one_check_is_open_at_a_time(done: Finding, plan: RecoveryPlan, qm: User) -> None:
    measure = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    for thing in (done, measure):
        check_of(thing, qm)
        with pytest.raises(IntegrityError), transaction.atomic():
            check_of(thing, qm)
    assert EffectivenessCheck.objects.count() == 2


def test_day_of_containment_without_an_action_is_impossible(done: Finding) -> None:
    done.contained_on = TODAY
    with pytest.raises(IntegrityError), transaction.atomic():
        done.save()


# The finding


def test_slower_correction_is_shown_the_other(done: Finding, qm: User) -> None:
    with pytest.raises(StaleVersion):
        audits.resolve_finding(
            finding=done, version=done.version - 1, actor=qm, today=TODAY, resolution="Geräumt"
        )


def test_finding_offers_planning_first_then_judging(
    done: Finding, qm: User, kam: User, operativ: User
) -> None:
    def keys(user: User) -> list[str]:
        return [action.key for action in finding_page(done, user, TODAY).actions]

    assert keys(qm) == ["check_plan", "resolve", "reopen", "disclose"]
    check_of(done, qm)
    assert keys(qm) == ["check", "check_plan", "resolve", "reopen", "disclose"]
    assert keys(kam) == ["check_plan", "disclose"]
    assert keys(operativ) == ["resolve"]


def test_strength_and_withdrawn_finding_have_no_gate(plan: RecoveryPlan, qm: User) -> None:
    audit = AuditFactory(case=plan.case, owner=qm)
    strength = FindingFactory(audit=audit, grade=Grade.STRENGTH)
    withdrawn = FindingFactory(
        audit=audit, status=FindingStatus.WITHDRAWN, withdrawn_reason="Doppelt"
    )
    for row in (strength, withdrawn):
        assert finding_page(row, qm, TODAY).gate == []
    assert [step.label for step in finding_page(strength, qm, TODAY).steps] == ["Erfasst"]


def test_page_shows_what_belongs_to_the_finding(
    client_for: ClientFor, done: Finding, qm: User, auditor: User
) -> None:
    line = LineFactory(position="2.1", title="Sanitärreinigung")
    done.service_line, done.norm_code = line, "DIN 13549"
    done.containment, done.contained_on = "Flur gesperrt", TODAY
    done.client_severity, done.resolution = "severe", "Nachgereinigt"
    done.save()
    url = done.get_absolute_url()
    text = client_for(qm).get(url).content.decode()
    for words in ("2.1 Sanitärreinigung", "DIN 13549", "Flur gesperrt", "schwer", "Nachgereinigt"):
        assert words in text
    contract = reverse("contracts:detail", args=[line.contract_id])
    assert contract in text
    done.audit.team.add(auditor)
    assert contract not in client_for(auditor).get(url).content.decode()


def test_external_reader_sees_the_check_but_not_the_document(
    client_for: ClientFor, done: Finding, qm: User, auditor: User
) -> None:
    check_of(
        done,
        qm,
        done_on=TODAY,
        judged_by=qm,
        result=CheckResult.EFFECTIVE,
        evidence="Begehung mit Protokoll",
        paper=paper_in(done.case),
    )
    done.audit.team.add(auditor)
    text = client_for(auditor).get(done.get_absolute_url()).content.decode()
    assert "Begehung mit Protokoll" in text
    assert "/dokumente/" not in text


def test_form_of_a_finding_offers_the_positions_of_the_contract(
    client_for: ClientFor, plan: RecoveryPlan, qm: User
) -> None:
    audit = AuditFactory(case=plan.case, owner=qm)
    own, foreign = LineFactory(contract=plan.case.contract), LineFactory()
    page = client_for(qm).get(reverse("audits:finding_create", args=[audit.number]))
    offered = set(page.context["form"].fields["service_line"].queryset)
    assert own in offered
    assert foreign not in offered


@pytest.mark.parametrize(
    ("result", "status", "finding_status"),
    [
        (CheckResult.EFFECTIVE, MeasureStatus.DONE, FindingStatus.DONE),
        (CheckResult.NOT_EFFECTIVE, MeasureStatus.OPEN, FindingStatus.DONE),
    ],
)
def test_check_of_a_measure_leaves_other_things_alone(
    client_for: ClientFor,
    done: Finding,
    plan: RecoveryPlan,
    qm: User,
    result: str,
    status: str,
    finding_status: str,
) -> None:
    measure = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    check_of(measure, qm)
    data = {"version": "1", "result": result, "evidence": "Begehung"}
    answer = client_for(qm).post(measure.url("check"), data)
    assert answer.status_code == 302
    measure.refresh_from_db()
    done.refresh_from_db()
    assert (measure.status, done.status) == (status, finding_status)


def test_planning_again_of_somebody_quicker_keeps_one_check(
    client_for: ClientFor, done: Finding, qm: User, kam: User
) -> None:
    url = reverse("plans:finding_check_plan", args=[done.number])
    for owner, day in ((qm, "01.02.2027"), (kam, "01.03.2027")):
        data = {"owner": owner.pk, "due_on": day}
        assert client_for(qm).post(url, data).status_code == 302
    check = EffectivenessCheck.objects.get()
    assert (check.owner, check.due_on) == (kam, dt.date(2027, 3, 1))
    assert check.original_due_on == dt.date(2027, 2, 1)
    page = client_for(kam).get(url).context["form"]
    assert page["owner"].value() == kam.pk
    assert page["due_on"].value() == dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("grade", "days"),
    [
        (Grade.MAJOR, 60),
        (Grade.MINOR, 90),
    ],
)
def test_plan_proposes_the_term_of_the_grade_and_the_lead(
    client_for: ClientFor, plan: RecoveryPlan, qm: User, kam: User, grade: str, days: int
) -> None:
    row = FindingFactory(audit=AuditFactory(case=plan.case, owner=qm), grade=grade)
    audits.finish_finding(row, row.owner, TODAY)
    url = reverse("plans:finding_check_plan", args=[row.number])
    form = client_for(kam).get(url).context["form"]
    assert form["owner"].value() == qm.pk
    assert form["due_on"].value() == TODAY + dt.timedelta(days)
    offered = dict(form.fields["owner"].choices)
    assert str(row.owner_id) not in offered
    assert str(kam.pk) in offered


@pytest.mark.parametrize("which", ["finding_check", "finding_check_plan"])
def test_pages_of_a_check_name_the_finding(
    client_for: ClientFor, done: Finding, qm: User, which: str
) -> None:
    check_of(done, qm)
    page = client_for(qm).get(reverse(f"plans:{which}", args=[done.number]))
    assert done.number in page.context["title"]
    assert page.context["cancel_url"] == done.get_absolute_url()
