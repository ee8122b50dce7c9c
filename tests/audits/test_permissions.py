"""Who may do what with audits and findings, role by role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import Http404

from accounts.models import User
from audits import permissions as may
from audits.enums import AuditStatus, FindingStatus, Grade
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory, FindingFactory, photo
from winback.cases.enums import Status
from winback.cases.models import Case

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def people(
    kam: User, kollegin: User, qm: User, operativ: User, leitung: User, auditor: User
) -> dict[str, User]:
    return {
        "kam": kam,
        "kollegin": kollegin,
        "qm": qm,
        "operativ": operativ,
        "leitung": leitung,
        "auditor": auditor,
    }


def allowed(people: dict[str, User], predicate: Any, thing: Any) -> set[str]:
    return {name for name, user in people.items() if predicate(user, thing)}


def test_planning_is_for_those_who_work_on_the_case(people: dict[str, User], case: Case) -> None:
    assert allowed(people, may.can_plan_audit, case) == {"kam", "kollegin", "qm", "leitung"}


def test_editing_is_for_those_who_may_plan(people: dict[str, User], audit: Audit) -> None:
    assert allowed(people, may.can_edit_audit, audit) == {"kam", "kollegin", "qm", "leitung"}


def test_answering_is_for_lead_team_and_quality_managers(
    people: dict[str, User], audit: Audit
) -> None:
    assert allowed(people, may.can_answer, audit) == {"qm", "auditor"}


def test_finishing_is_for_lead_and_quality_managers(people: dict[str, User], audit: Audit) -> None:
    assert allowed(people, may.can_finish, audit) == {"qm"}


def test_external_lead_answers_and_finishes_but_does_not_edit(
    people: dict[str, User], case: Case, auditor: User
) -> None:
    audit = AuditFactory(case=case, owner=auditor)
    assert may.can_answer(auditor, audit)
    assert may.can_finish(auditor, audit)
    assert not may.can_edit_audit(auditor, audit)


@pytest.mark.parametrize("status", [AuditStatus.FINISHED, AuditStatus.CANCELLED])
def test_nobody_touches_a_locked_audit(people: dict[str, User], case: Case, status: str) -> None:
    audit = AuditFactory(case=case, owner=people["qm"], team=[people["auditor"]], status=status)
    for predicate in (may.can_edit_audit, may.can_answer, may.can_finish):
        assert allowed(people, predicate, audit) == set()


def test_nobody_touches_audits_and_findings_of_an_ended_case(
    people: dict[str, User], finding: Finding
) -> None:
    finding.case.status = Status.LOST
    for predicate in (may.can_edit_audit, may.can_answer, may.can_finish):
        assert allowed(people, predicate, finding.audit) == set()
    for step in (may.can_edit_finding, may.can_work_on_finding, may.can_withdraw_finding):
        assert allowed(people, step, finding) == set()
    finding.status = FindingStatus.DONE
    assert allowed(people, may.can_reopen_finding, finding) == set()


def test_finding_steps_role_by_role(people: dict[str, User], finding: Finding) -> None:
    assert allowed(people, may.can_work_on_finding, finding) == {"qm", "operativ"}
    assert allowed(people, may.can_start_finding, finding) == {"qm", "operativ"}
    assert allowed(people, may.can_edit_finding, finding) == {"qm", "auditor"}
    assert allowed(people, may.can_withdraw_finding, finding) == {"qm"}
    assert allowed(people, may.can_reopen_finding, finding) == set()


def test_locked_audit_leaves_only_lead_and_quality_managers_to_edit_findings(
    people: dict[str, User], finding: Finding
) -> None:
    finding.audit.status = AuditStatus.FINISHED
    assert allowed(people, may.can_edit_finding, finding) == {"qm"}


def test_deputy_works_on_the_finding_too(finding: Finding, kollegin: User) -> None:
    finding.deputy = kollegin
    assert may.can_work_on_finding(kollegin, finding)


def test_started_finding_is_not_started_again(finding: Finding, operativ: User) -> None:
    finding.status = FindingStatus.IN_PROGRESS
    assert not may.can_start_finding(operativ, finding)
    assert may.can_work_on_finding(operativ, finding)


def test_settled_finding_is_only_reopened(people: dict[str, User], finding: Finding) -> None:
    finding.status = FindingStatus.DONE
    assert allowed(people, may.can_reopen_finding, finding) == {"qm"}
    for step in (may.can_edit_finding, may.can_work_on_finding, may.can_withdraw_finding):
        assert allowed(people, step, finding) == set()


def test_strength_is_edited_or_withdrawn_but_never_worked_on(audit: Audit, qm: User) -> None:
    strength = FindingFactory(audit=audit, owner=qm, grade=Grade.STRENGTH)
    assert not may.can_work_on_finding(qm, strength)
    assert may.can_withdraw_finding(qm, strength)
    assert may.can_edit_finding(qm, strength)


def test_foreign_audit_and_finding_are_not_found(finding: Finding, fremde: User) -> None:
    with pytest.raises(Http404):
        may.get_visible_audit(fremde, finding.audit.number)
    with pytest.raises(Http404):
        may.get_visible_finding(fremde, finding.number)


def test_own_audit_and_finding_are_found(finding: Finding, auditor: User) -> None:
    assert may.get_visible_audit(auditor, finding.audit.number) == finding.audit
    assert may.get_visible_finding(auditor, finding.number) == finding


def test_evidence_is_found_in_its_own_audit_by_those_who_see_the_audit(
    people: dict[str, User], audit: Audit, fremde: User, today: dt.date
) -> None:
    taken = photo(audit)
    for user in people.values():
        assert may.get_visible_evidence(user, audit.number, taken.key) == taken
    for user, number in ((fremde, audit.number), (people["qm"], "A-9999")):
        with pytest.raises(Http404):
            may.get_visible_evidence(user, number, taken.key)
