"""Who renders which report: claims that work on SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from winback.cases.services import record
from winback.reports.enums import ReportStatus, Verb
from winback.reports.models import Report
from winback.reports.services.requests import title_of

#: Longer than the hard time limit of a task (300 s): a worker that lives has answered by then.
LEASE = timedelta(minutes=6)


def due(now: datetime) -> list[int]:
    """What nobody renders just now, oldest first."""
    return list(Report.objects.due(now).order_by("pk").values_list("pk", flat=True))


def claim(report_id: int, now: datetime) -> Report | None:
    """Take one report for rendering; None when somebody else has it or it is not owed.

    A conditional update: of several workers at once exactly one wins. The number of the attempt
    is what ``finish`` and ``fail`` compare, so a worker that was given up can change nothing.
    A report that took several workers with it ends as failed instead.
    """
    rows = Report.objects.due(now).filter(pk=report_id)
    taken = rows.filter(attempts__lt=F("attempts_allowed")).update(
        status=ReportStatus.RENDERING,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
    )
    report = Report.objects.select_related("case", "audit", "requested_by").filter(pk=report_id)
    if taken:
        return report.get()
    if (lost := report.filter(pk__in=rows).first()) is not None:
        fail(lost, _("The work on it broke off several times. Please try again later."))
    return None


def finish(report: Report, *, pdf: bytes, pages: int, sha256: str) -> bool:
    """Store the file and mark the report ready; False when the report is no longer ours.

    The name holds the attempt, so that a late worker cannot touch the file of its successor. No
    half-written file stays behind. Raises OSError when it cannot be stored.
    """
    try:
        name = default_storage.save(_path(report, report.attempts), ContentFile(pdf))
    except OSError:
        default_storage.delete(_path(report, report.attempts))
        raise
    if not _mark_ready(report, name=name, size=len(pdf), pages=pages, sha256=sha256):
        default_storage.delete(name)
        return False
    for attempt in range(1, report.attempts):  # what a killed worker may have left
        default_storage.delete(_path(report, attempt))
    return True


@transaction.atomic
def _mark_ready(report: Report, *, name: str, size: int, pages: int, sha256: str) -> bool:
    marked = _ours(report).update(
        status=ReportStatus.READY,
        file=name,
        size=size,
        pages=pages,
        sha256=sha256,
        ready_at=timezone.now(),
        lease_until=None,
        error="",
    )
    if marked:
        record(report.case, None, Verb.READY, title=title_of(report))
    return bool(marked)


@transaction.atomic
def fail(report: Report, reason: str) -> bool:
    """Say why there is no report; False when it is no longer ours."""
    marked = _ours(report).update(status=ReportStatus.FAILED, error=reason, lease_until=None)
    if marked:
        record(report.case, None, Verb.FAILED, title=title_of(report), reason=reason)
    return bool(marked)


def _ours(report: Report) -> models.QuerySet[Report]:
    """The row as long as this attempt is the one that counts."""
    return Report.objects.filter(
        pk=report.pk, status=ReportStatus.RENDERING, attempts=report.attempts
    )


def _path(report: Report, attempt: int) -> str:
    return f"reports/{report.as_of:%Y}/{report.token}-{attempt}.pdf"
