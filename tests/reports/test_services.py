"""Asking for a report, and who may render it: versions, claims, leases, ends."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from audits.enums import AuditStatus
from tests.audits.factories import AuditFactory
from tests.reports.factories import finished_audit, made, norhagen, queued, with_head
from winback.cases.models import CaseEvent
from winback.common import doorbell
from winback.reports import services
from winback.reports.enums import ReportKind, ReportStatus, Verb
from winback.reports.models import ATTEMPTS, Report
from winback.reports.services import queue

PDF = b"%PDF-1.7 test"
SHA = "a" * 64


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[int | str, ...]]]:
    """What was rung, instead of a broker."""
    rung: list[tuple[str, tuple[int | str, ...]]] = []
    monkeypatch.setattr(doorbell, "_send", lambda task, args: rung.append((task, args)))
    return rung


def verbs() -> list[str]:
    return list(CaseEvent.objects.order_by("pk").values_list("verb", flat=True))


def claimed(report: Report) -> Report:
    taken = queue.claim(report.pk, timezone.now())
    assert taken is not None
    return taken


def test_request_freezes_the_facts_and_rings(
    kam: User,
    today: dt.date,
    bells: list[tuple[str, tuple[int | str, ...]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    case = norhagen(kam)
    with django_capture_on_commit_callbacks(execute=True):
        report = queued(case, kam)
    assert (report.kind, report.number, report.status) == (ReportKind.PROGRESS, 1, "queued")
    assert report.as_of == timezone.now()
    assert report.snapshot["client"] == "Norhagen Bau AG"
    assert bells == [("reports.render", (report.pk,))]
    event = CaseEvent.objects.get(verb=Verb.REQUESTED)
    assert event.actor == kam
    assert case.number in event.data["title"]


def test_snapshot_does_not_follow_the_case(kam: User, today: dt.date) -> None:
    case = norhagen(kam)
    report = queued(case, kam)
    case.client.name = "Umbenannt GmbH"
    case.client.save()
    report.refresh_from_db()
    assert report.snapshot["client"] == "Norhagen Bau AG"


def test_versions_count_per_case_and_per_audit(kam: User, today: dt.date) -> None:
    case, other = norhagen(kam), norhagen(kam)
    audit = finished_audit(case)
    made(case, kam)
    made(audit, kam)
    made(audit, kam)
    later = timezone.now() + dt.timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        assert queued(case, kam).number == 2
        assert queued(audit, kam).number == 3
        assert queued(other, kam).number == 1


def test_same_request_within_seconds_is_one_report(kam: User, qm: User, today: dt.date) -> None:
    case = norhagen(kam, team=[qm])
    first = queued(case, kam)
    assert queued(case, kam) == first
    assert queued(case, kam, "en") != first
    assert queued(case, qm) != first
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=31), tick=False):
        assert queued(case, kam) != first
    assert verbs().count(Verb.REQUESTED) == 4


@pytest.mark.parametrize(
    "status", [AuditStatus.PLANNED, AuditStatus.IN_PROGRESS, AuditStatus.CANCELLED]
)
def test_unfinished_audit_has_no_report(kam: User, today: dt.date, status: AuditStatus) -> None:
    audit = AuditFactory(case=norhagen(kam), status=status)
    with pytest.raises(services.NotReady):
        services.request_report(subject=with_head(audit), language="de", actor=kam)
    assert not Report.objects.exists()


def test_two_reports_never_share_a_version(kam: User) -> None:
    case = norhagen(kam)
    audit = finished_audit(case)
    made(case, kam)
    made(audit, kam)
    for subject in (case, audit):
        with pytest.raises(IntegrityError), transaction.atomic():
            made(subject, kam, number=1)


def test_claim_is_given_once(kam: User, today: dt.date) -> None:
    report = queued(norhagen(kam), kam)
    first = claimed(report)
    assert (first.status, first.attempts) == (ReportStatus.RENDERING, 1)
    assert queue.claim(report.pk, timezone.now()) is None
    assert queue.due(timezone.now()) == []


def test_claim_of_a_missing_report_is_none(db: None) -> None:
    assert queue.claim(4711, timezone.now()) is None


def test_lost_worker_is_replaced_after_its_lease(kam: User, today: dt.date) -> None:
    report = queued(norhagen(kam), kam)
    claimed(report)
    within = timezone.now() + queue.LEASE
    after = within + dt.timedelta(seconds=1)
    assert queue.due(within) == []
    assert queue.due(after) == [report.pk]
    second = queue.claim(report.pk, after)
    assert second is not None
    assert second.attempts == 2


def test_report_that_takes_its_workers_along_ends_as_failed(kam: User, today: dt.date) -> None:
    report = queued(norhagen(kam), kam)
    now = timezone.now()
    for _attempt in range(ATTEMPTS):
        assert queue.claim(report.pk, now) is not None
        now += queue.LEASE + dt.timedelta(seconds=1)
    assert queue.claim(report.pk, now) is None
    report.refresh_from_db()
    assert report.status == ReportStatus.FAILED
    assert report.error
    assert queue.due(now) == []
    assert verbs()[-1] == Verb.FAILED


def test_finish_stores_the_file_once_and_for_good(kam: User, today: dt.date, media: Path) -> None:
    report = claimed(queued(norhagen(kam), kam))
    assert queue.finish(report, pdf=PDF, pages=7, sha256=SHA)
    report.refresh_from_db()
    assert (report.status, report.pages, report.size) == (ReportStatus.READY, 7, len(PDF))
    assert report.ready_at == timezone.now()
    with report.file.open("rb") as stored:
        assert stored.read() == PDF
    assert CaseEvent.objects.get(verb=Verb.READY).actor is None
    assert not queue.finish(report, pdf=b"other", pages=1, sha256=SHA)
    assert not queue.fail(report, "zu spät")
    services.retry_report(report=report, actor=kam)
    report.refresh_from_db()
    assert (report.status, report.pages) == (ReportStatus.READY, 7)
    assert len(list(media.rglob("*.pdf"))) == 1


def test_late_worker_changes_nothing(kam: User, today: dt.date, media: Path) -> None:
    report = queued(norhagen(kam), kam)
    slow = claimed(report)
    quick = queue.claim(report.pk, timezone.now() + queue.LEASE + dt.timedelta(seconds=1))
    assert quick is not None
    assert not queue.finish(slow, pdf=b"old", pages=1, sha256="b" * 64)
    assert not queue.fail(slow, "abgebrochen")
    assert queue.finish(quick, pdf=PDF, pages=7, sha256=SHA)
    report.refresh_from_db()
    assert report.sha256 == SHA
    assert [path.read_bytes() for path in media.rglob("*.pdf")] == [PDF]


def test_file_of_a_killed_worker_is_cleared_away(kam: User, today: dt.date, media: Path) -> None:
    report = queued(norhagen(kam), kam)
    claimed(report)
    left = media / f"reports/2026/{report.token}-1.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    second = queue.claim(report.pk, timezone.now() + queue.LEASE + dt.timedelta(seconds=1))
    assert second is not None
    assert queue.finish(second, pdf=PDF, pages=1, sha256=SHA)
    assert not left.exists()


class FullDisk(FileSystemStorage):
    """Writes half of the file, then the disk is full."""

    def _save(self, name: str, content: object) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PDF[:4])
        raise OSError(28, "No space left on device")


def test_full_disk_leaves_no_half_file(
    kam: User, today: dt.date, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_storage, "_wrapped", FullDisk(location=media))
    report = claimed(queued(norhagen(kam), kam))
    with pytest.raises(OSError, match="No space"):
        queue.finish(report, pdf=PDF, pages=1, sha256=SHA)
    assert not list(media.rglob("*.pdf"))


def test_retry_queues_a_failed_report_with_its_old_figures(kam: User, today: dt.date) -> None:
    report = queued(norhagen(kam), kam)
    before = report.snapshot
    queue.fail(claimed(report), "Datenträger voll")
    report.refresh_from_db()
    assert (report.status, report.error) == (ReportStatus.FAILED, "Datenträger voll")
    services.retry_report(report=report, actor=kam)
    services.retry_report(report=report, actor=kam)
    report.refresh_from_db()
    assert (report.status, report.error, report.snapshot) == (ReportStatus.QUEUED, "", before)
    assert report.attempts_allowed == report.attempts + ATTEMPTS
    assert verbs().count(Verb.RETRIED) == 1


def test_failed_report_is_taken_again_after_a_retry(kam: User, today: dt.date) -> None:
    report = queued(norhagen(kam), kam)
    Report.objects.filter(pk=report.pk).update(
        status=ReportStatus.FAILED, error="x", attempts=ATTEMPTS
    )
    assert queue.claim(report.pk, timezone.now()) is None
    report.refresh_from_db()
    services.retry_report(report=report, actor=kam)
    assert claimed(report).attempts == ATTEMPTS + 1


def test_ready_without_a_file_and_failed_without_a_reason_cannot_be_stored(kam: User) -> None:
    case = norhagen(kam)
    for wrong in ({"status": ReportStatus.READY}, {"status": ReportStatus.FAILED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            made(case, kam, **wrong)


def test_kind_must_fit_what_it_is_about(kam: User) -> None:
    audit = finished_audit(norhagen(kam))
    for subject, kind in ((audit, ReportKind.PROGRESS), (audit.case, ReportKind.AUDIT)):
        with pytest.raises(IntegrityError), transaction.atomic():
            made(subject, kam, kind=kind)


def _claim(report_id: int, now: dt.datetime) -> bool:
    """What one worker does, in a connection of its own."""
    try:
        return queue.claim(report_id, now) is not None
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_at_once_one_gets_the_report(kam: User, postgres: None) -> None:
    report, now = queued(norhagen(kam), kam), timezone.now()
    with ThreadPoolExecutor(8) as workers:
        taken = list(workers.map(lambda _worker: _claim(report.pk, now), range(8)))
    assert sum(taken) == 1
    report.refresh_from_db()
    assert report.attempts == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_requests_at_once_get_different_versions(kam: User, postgres: None) -> None:
    case = norhagen(kam)

    def ask(language: str) -> int:
        try:
            return queued(case, kam, language).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(ask, ("de", "en"))) == [1, 2]
