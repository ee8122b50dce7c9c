"""Facts of one audit or finding, and the words of their querysets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.enums import Role
from accounts.models import User
from audits.enums import AuditStatus, FindingStatus, Grade, Result, Verdict
from audits.models import Audit, Finding
from tests.audits.factories import (
    AuditFactory,
    AuditTemplateFactory,
    FindingFactory,
    answer,
    template_version,
)
from tests.cases.factories import CaseFactory
from tests.factories import UserFactory
from winback.cases.models import Case

DAY = dt.date(2026, 11, 23)


def fresh(audit: Audit) -> Audit:
    counted: Audit = Audit.objects.with_head().get(pk=audit.pk)
    return counted


def test_audit_counts_questions_answers_and_findings_apart(audit: Audit) -> None:
    answer(audit, "S1")
    answer(audit, "P1", Result.NOT_MET)
    FindingFactory(audit=audit, grade=Grade.MAJOR)
    FindingFactory(audit=audit, grade=Grade.MAJOR, status=FindingStatus.DONE, done_on=DAY)
    FindingFactory(audit=audit, grade=Grade.STRENGTH)
    other = AuditFactory(case=audit.case, status=AuditStatus.IN_PROGRESS)
    FindingFactory(audit=other, grade=Grade.MAJOR)
    counted = fresh(audit)
    assert (counted.asked, counted.answered) == (3, 2)
    assert (counted.majors, counted.open_findings) == (2, 1)
    assert (fresh(other).answered, fresh(other).majors) == (0, 1)


def test_audit_without_anything_counts_zero(audit: Audit) -> None:
    counted = fresh(audit)
    assert (counted.answered, counted.majors, counted.open_findings) == (0, 0, 0)


def test_verdict_is_given_only_once_finished(audit: Audit) -> None:
    audit.score = Decimal("100.00")
    audit.save()
    assert fresh(audit).verdict is None
    audit.status, audit.done_on = AuditStatus.FINISHED, DAY
    audit.save()
    assert fresh(audit).verdict == Verdict.PASSED


def test_verdict_with_a_major_is_not_passed_at_full_score(audit: Audit) -> None:
    audit.status, audit.done_on, audit.score = AuditStatus.FINISHED, DAY, Decimal(100)
    audit.save()
    major = FindingFactory(audit=audit, grade=Grade.MAJOR)
    assert fresh(audit).verdict == Verdict.NOT_PASSED
    major.status, major.withdrawn_reason = FindingStatus.WITHDRAWN, "Unbegründet"
    major.save()
    assert fresh(audit).verdict == Verdict.PASSED


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (AuditStatus.PLANNED, True),
        (AuditStatus.IN_PROGRESS, True),
        (AuditStatus.FINISHED, False),
        (AuditStatus.CANCELLED, False),
    ],
)
def test_audit_is_open_or_locked(db: None, status: str, is_open: bool) -> None:
    audit = AuditFactory(status=status)
    assert audit.is_open is is_open
    assert audit.is_locked is not is_open
    assert Audit.objects.open().filter(pk=audit.pk).exists() is is_open


def test_cancelled_audit_is_never_overdue(db: None) -> None:
    audit = AuditFactory(status=AuditStatus.CANCELLED, due_on=DAY - dt.timedelta(9))
    assert not audit.is_overdue(DAY)
    assert not Audit.objects.overdue(DAY).exists()


def test_questions_come_in_the_order_of_the_checklist(audit: Audit) -> None:
    assert [question.code for question in audit.questions()] == ["S1", "S2", "P1"]


def test_questions_are_those_of_the_version_used(audit: Audit) -> None:
    template_version(audit.template, ((("N1", 1, False),),))
    assert [question.code for question in audit.questions()] == ["S1", "S2", "P1"]


@pytest.mark.parametrize(
    "broken",
    [
        {"status": AuditStatus.FINISHED, "done_on": None},
        {"status": AuditStatus.PLANNED, "done_on": DAY},
        {"status": AuditStatus.IN_PROGRESS, "started_on": None},
        {"score": Decimal("100.01")},
        {"score": Decimal("-0.01")},
    ],
)
def test_database_refuses_an_impossible_audit(audit: Audit, broken: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Audit.objects.filter(pk=audit.pk).update(**broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"status": FindingStatus.DONE},
        {"status": FindingStatus.EFFECTIVE},
        {"done_on": DAY},
        {"status": FindingStatus.WITHDRAWN},
    ],
)
def test_database_refuses_an_impossible_finding(
    finding: Finding, broken: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(**broken)


def test_same_question_is_answered_once_per_audit(audit: Audit) -> None:
    answer(audit, "S1")
    with pytest.raises(IntegrityError), transaction.atomic():
        answer(audit, "S1")


# --- who sees what --------------------------------------------------------------------------


def test_audits_of_visible_cases_are_visible(
    audit: Audit, kam: User, kollegin: User, qm: User, leitung: User, operativ: User, fremde: User
) -> None:
    for user in (kam, kollegin, qm, leitung, operativ):
        assert audit in Audit.objects.visible_to(user)
    assert audit not in Audit.objects.visible_to(fremde)


def test_external_auditor_sees_only_audits_they_lead_or_work_on(
    audit: Audit, auditor: User, case: Case
) -> None:
    led = AuditFactory(case=case, owner=auditor)
    AuditFactory(case=case)
    AuditFactory(case=case, team=[UserFactory(role=Role.EXTERNAL_AUDITOR)])
    assert set(Audit.objects.visible_to(auditor)) == {audit, led}


def test_external_lead_who_is_also_in_the_team_sees_the_audit_once(
    case: Case, auditor: User
) -> None:
    AuditFactory(case=case, owner=auditor, team=[auditor, UserFactory()])
    assert Audit.objects.visible_to(auditor).count() == 1


def test_findings_are_visible_with_their_audit(
    finding: Finding, auditor: User, kam: User, fremde: User
) -> None:
    assert finding in Finding.objects.visible_to(auditor)
    assert finding in Finding.objects.visible_to(kam)
    assert finding not in Finding.objects.visible_to(fremde)
    assert not Finding.objects.visible_to(UserFactory(role=Role.EXTERNAL_AUDITOR)).exists()


def test_findings_of_a_confidential_case_are_hidden_from_other_quality_managers(
    db: None, qm: User
) -> None:
    secret = AuditFactory(case=CaseFactory(is_confidential=True), status=AuditStatus.IN_PROGRESS)
    finding = FindingFactory(audit=secret)
    assert finding not in Finding.objects.visible_to(qm)
    assert secret not in Audit.objects.visible_to(qm)


# --- findings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "status", "is_open"),
    [
        (Grade.MAJOR, FindingStatus.OPEN, True),
        (Grade.MAJOR, FindingStatus.IN_PROGRESS, True),
        (Grade.MAJOR, FindingStatus.DONE, False),
        (Grade.MAJOR, FindingStatus.WITHDRAWN, False),
        (Grade.STRENGTH, FindingStatus.OPEN, False),
    ],
)
def test_finding_is_open_while_somebody_owes_it(
    audit: Audit, grade: str, status: str, is_open: bool
) -> None:
    finding = FindingFactory(
        audit=audit,
        grade=grade,
        status=status,
        done_on=DAY if status == FindingStatus.DONE else None,
        withdrawn_reason="x" if status == FindingStatus.WITHDRAWN else "",
    )
    assert finding.is_open is is_open
    assert Finding.objects.open().filter(pk=finding.pk).exists() is is_open


def test_finding_due_today_is_not_overdue(audit: Audit) -> None:
    today = FindingFactory(audit=audit, due_on=DAY)
    late = FindingFactory(audit=audit, due_on=DAY - dt.timedelta(1))
    FindingFactory(audit=audit, due_on=DAY - dt.timedelta(1), grade=Grade.STRENGTH)
    assert not today.is_overdue(DAY)
    assert late.is_overdue(DAY)
    assert list(Finding.objects.overdue(DAY)) == [late]


def test_counting_leaves_withdrawn_findings_out(audit: Audit, finding: Finding) -> None:
    FindingFactory(audit=audit, status=FindingStatus.WITHDRAWN, withdrawn_reason="Unbegründet")
    assert list(audit.findings.counting()) == [finding]


def test_days_open_count_from_the_start_of_the_audit(finding: Finding) -> None:
    assert finding.days_open(DAY) == 7
    finding.audit.started_on = None
    finding.audit.due_on = DAY
    assert finding.days_open(DAY) == 0


def test_was_on_time_is_judged_by_the_original_date(finding: Finding) -> None:
    finding.original_due_on, finding.due_on = DAY, DAY + dt.timedelta(30)
    finding.done_on = DAY + dt.timedelta(1)
    assert not finding.was_on_time


# --- words ----------------------------------------------------------------------------------


def test_catalogue_texts_follow_the_language(audit: Audit) -> None:
    audit.template.purpose_de, audit.template.purpose_en = "Lage feststellen", ""
    question = audit.questions()[0]
    group = question.group
    assert (question.text, group.name) == ("Ist S1 in Ordnung?", "Gruppe 1")
    assert audit.title == f"{audit.number} · Internes Service-Audit"
    with translation.override("en"):
        assert (question.text, group.name) == ("Is S1 in order?", "Group 1")
        assert audit.template.purpose == "Lage feststellen"
        assert question.hint == ""


def test_rows_speak_for_themselves(audit: Audit, finding: Finding) -> None:
    given = answer(audit, "S1")
    assert str(audit) == audit.number
    assert str(finding) == finding.number
    assert str(audit.version_used) == "Internes Service-Audit v1"
    assert str(given) == f"{audit} S1: met"
    assert str(given.question) == "S1 Ist S1 in Ordnung?"
    assert str(given.question.group) == "Gruppe 1"
    assert str(AuditTemplateFactory()) == "Internes Service-Audit"
    assert finding.case == audit.case
    assert finding.get_absolute_url() == f"/feststellungen/{finding.number}/"
    assert audit.get_absolute_url() == f"/audits/{audit.number}/"
