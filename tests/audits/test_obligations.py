"""What audits and findings owe, and what majors say of the case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation

from accounts.models import User
from audits import services
from audits.enums import AuditStatus, FindingStatus, Grade
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import active_case
from winback.cases.models import Case
from winback.cases.services import refresh_health
from winback.common import obligations
from winback.common.health import AT_RISK, CRITICAL, signals

DAY = dt.date(2026, 11, 23)


def owed(**query: object) -> list[tuple[str, int]]:
    items = obligations.find(obligations.Query(**query))  # type: ignore[arg-type]  # as given
    return [(item.kind, item.pk) for item in items if item.kind in {"audit", "finding"}]


def test_open_audits_and_findings_are_owed(audit: Audit, finding: Finding) -> None:
    AuditFactory(case=audit.case, status=AuditStatus.FINISHED)
    AuditFactory(case=audit.case, status=AuditStatus.CANCELLED)
    FindingFactory(audit=audit, grade=Grade.STRENGTH)
    FindingFactory(audit=audit, status=FindingStatus.DONE, done_on=DAY)
    FindingFactory(audit=audit, status=FindingStatus.WITHDRAWN, withdrawn_reason="x")
    assert owed() == [("audit", audit.pk), ("finding", finding.pk)]


def test_query_narrows_by_owner_case_and_date(
    audit: Audit, finding: Finding, qm: User, operativ: User
) -> None:
    AuditFactory(case=active_case(), due_on=DAY)
    assert owed(owner_ids=[qm.pk]) == [("audit", audit.pk)]
    assert owed(owner_ids=[operativ.pk]) == [("finding", finding.pk)]
    assert owed(case_id=audit.case_id) == [("audit", audit.pk), ("finding", finding.pk)]
    assert owed(case_id=audit.case_id, due_until=audit.due_on) == [("audit", audit.pk)]
    assert owed(owner_ids=[]) == []


def test_items_say_what_is_to_do_and_where(audit: Audit, finding: Finding) -> None:
    with translation.override("de"):
        items = obligations.find(obligations.Query(case_id=audit.case_id))
    mine = {item.kind: item for item in items}
    assert mine["audit"].title == "Audit „Internes Service-Audit“ durchführen"
    assert mine["audit"].url == audit.get_absolute_url()
    assert mine["audit"].context == audit.case.title
    assert mine["finding"].title.endswith("“ abstellen")
    assert mine["finding"].context.endswith(finding.number)
    assert mine["finding"].done_url == f"/feststellungen/{finding.number}/erledigung/"


def test_observation_asks_for_a_decision_in_few_words(audit: Audit) -> None:
    FindingFactory(audit=audit, grade=Grade.OBSERVATION, statement="Sehr lang. " * 40)
    with translation.override("de"):
        item = obligations.find(obligations.Query(case_id=audit.case_id))[-1]
    assert item.title.startswith("Über „Sehr lang.")
    assert len(item.title) < 120


def test_registry_hands_over_and_drops(
    audit: Audit, finding: Finding, kam: User, kollegin: User
) -> None:
    obligations.kind("finding").reassign(finding.pk, kam, kam)
    obligations.kind("audit").reassign(audit.pk, kollegin, kam)
    finding.refresh_from_db()
    audit.refresh_from_db()
    assert (finding.owner, audit.owner) == (kam, kollegin)
    drop = obligations.kind("audit").drop
    assert drop is not None
    drop(audit.pk, kam, "Verloren")
    assert owed() == [("finding", finding.pk)]
    assert obligations.kind("finding").drop is None


# --- health ---------------------------------------------------------------------------------


def heard(case: Case) -> list[tuple[str, str]]:
    with translation.override("de"):
        return [
            (each.level, each.reason)
            for each in signals(case.pk, DAY)
            if "Hauptabweichung" in each.reason
        ]


def major(audit: Audit, due_in: int, **more: object) -> Finding:
    return FindingFactory(audit=audit, grade=Grade.MAJOR, due_on=DAY + dt.timedelta(due_in), **more)


def test_open_major_puts_the_case_at_risk(audit: Audit) -> None:
    major(audit, 0)
    assert heard(audit.case) == [(AT_RISK, "1 Hauptabweichung ist offen")]


def test_overdue_major_makes_the_case_critical(audit: Audit) -> None:
    major(audit, -1)
    major(audit, -9)
    major(audit, 3)
    assert heard(audit.case) == [
        (CRITICAL, "2 Hauptabweichungen sind überfällig"),
        (AT_RISK, "1 Hauptabweichung ist offen"),
    ]


def test_settled_majors_and_lesser_grades_say_nothing(audit: Audit) -> None:
    major(audit, -1, status=FindingStatus.DONE, done_on=DAY)
    major(audit, -1, status=FindingStatus.WITHDRAWN, withdrawn_reason="x")
    FindingFactory(audit=audit, due_on=DAY - dt.timedelta(9))
    major(AuditFactory(case=active_case(), status=AuditStatus.IN_PROGRESS), -1)
    assert heard(audit.case) == []


@pytest.mark.parametrize(("due_in", "health"), [(-1, "critical"), (5, "at_risk")])
def test_case_health_follows_its_majors(audit: Audit, qm: User, due_in: int, health: str) -> None:
    finding = major(audit, due_in)
    refresh_health(audit.case_id, today=DAY, now=timezone.now())
    audit.case.refresh_from_db()
    assert audit.case.health == health
    services.finish_finding(finding, qm, DAY)
    refresh_health(audit.case_id, today=DAY, now=timezone.now())
    audit.case.refresh_from_db()
    assert audit.case.health == "on_track"
