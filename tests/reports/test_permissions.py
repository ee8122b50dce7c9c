"""Who sees which report, and who may ask for one."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from tests.cases.factories import active_case
from tests.reports.factories import finished_audit, made, norhagen
from winback.cases.models import CaseMember
from winback.reports.enums import ReportStatus
from winback.reports.models import LONG_WAIT, Report
from winback.reports.permissions import (
    can_request_audit,
    can_request_progress,
    can_retry,
    get_visible_report,
)


def seen(user: User) -> set[int]:
    return set(Report.objects.visible_to(user).values_list("pk", flat=True))


def test_reports_are_as_visible_as_their_case(
    kam: User, kollegin: User, fremde: User, qm: User, leitung: User, operativ: User
) -> None:
    case = norhagen(kam, team=[kollegin, operativ])
    report, audit_report = made(case, kam), made(finished_audit(case, qm), kam)
    everything = {report.pk, audit_report.pk}
    for user in (kam, kollegin, qm, leitung, operativ):
        assert seen(user) == everything
    assert seen(fremde) == set()


def test_confidential_case_hides_its_reports_from_quality_managers(kam: User, qm: User) -> None:
    made(active_case(owner=kam, is_confidential=True), kam)
    assert seen(qm) == set()


def test_membership_that_ended_shows_no_report(kam: User, kollegin: User) -> None:
    case = norhagen(kam, team=[kollegin])
    made(case, kam)
    CaseMember.objects.filter(user=kollegin).update(left_on=case.opened_on)
    assert seen(kollegin) == set()


def test_external_auditors_see_own_audits_even_as_team(kam: User, auditor: User) -> None:
    case = norhagen(kam)
    lead = made(finished_audit(case, auditor), kam)
    team = made(finished_audit(case, team=[auditor]), kam)
    made(finished_audit(case), kam)
    made(case, kam)
    assert seen(auditor) == {lead.pk, team.pk}


def test_visible_report_is_fetched_without_its_snapshot(kam: User, fremde: User) -> None:
    report = made(norhagen(kam), kam)
    found = get_visible_report(kam, report.token)
    assert found == report
    assert "snapshot" in found.get_deferred_fields()
    for user, token in ((fremde, report.token), (kam, uuid.uuid4())):
        with pytest.raises(Http404):
            get_visible_report(user, token)


def test_who_steers_the_case_asks_for_progress(
    kam: User, qm: User, leitung: User, operativ: User
) -> None:
    case = norhagen(kam, team=[operativ])
    assert all(can_request_progress(user, case) for user in (kam, qm, leitung))
    assert not can_request_progress(operativ, case)


def test_lead_auditor_asks_for_the_audit_report_whatever_the_role(
    kam: User, qm: User, operativ: User, auditor: User
) -> None:
    case = norhagen(kam)
    led = finished_audit(case, operativ)
    assert can_request_audit(operativ, led)
    assert not can_request_audit(operativ, finished_audit(case, qm))
    assert can_request_audit(auditor, finished_audit(case, auditor))


def test_who_may_ask_may_ask_again(kam: User, operativ: User) -> None:
    case = norhagen(kam, team=[operativ])
    progress, audit = made(case, kam), made(finished_audit(case, operativ), kam)
    assert can_retry(kam, progress)
    assert not can_retry(operativ, progress)
    assert can_retry(operativ, audit)


def test_report_knows_its_subject_and_state(kam: User) -> None:
    case = norhagen(kam)
    audit = finished_audit(case)
    report, about_audit = made(case, kam), made(audit, kam)
    assert (report.subject, about_audit.subject) == (case.number, audit.number)
    assert str(about_audit).endswith(f"{audit.number} v1")
    assert report.get_absolute_url() == f"/berichte/{report.token}/"
    for status, facts in (
        (ReportStatus.QUEUED, (True, False, False)),
        (ReportStatus.RENDERING, (True, False, False)),
        (ReportStatus.READY, (False, True, False)),
        (ReportStatus.FAILED, (False, False, True)),
    ):
        report.status = status
        assert (report.is_pending, report.is_ready, report.has_failed) == facts


def test_report_waits_long_only_while_nobody_took_it(kam: User, today: dt.date) -> None:
    report, later = made(norhagen(kam), kam), timezone.now() + LONG_WAIT
    assert not report.waits_long(later)
    assert report.waits_long(later + dt.timedelta(seconds=1))
    report.status = ReportStatus.RENDERING
    assert not report.waits_long(later + dt.timedelta(days=1))
