"""Ask for a report, or ask again after a failure. Each is one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Audit
from winback.cases.models import Case
from winback.cases.services import record
from winback.common.claims import RuleBroken
from winback.common.doorbell import ring
from winback.reports.enums import ReportKind, ReportStatus, Verb
from winback.reports.models import ATTEMPTS, Report
from winback.reports.rules.freezing import freeze
from winback.reports.services.assembly import assemble_audit, assemble_concept, assemble_progress

RENDER = "reports.render"
#: The same report asked for twice within this time is one: somebody clicked twice.
DOUBLE_CLICK = timedelta(seconds=30)


class NotReady(RuleBroken):
    """What the report is about is not finished yet."""


@transaction.atomic
def request_report(
    *,
    subject: Case | Audit,
    language: str,
    actor: User,
    kind: ReportKind = ReportKind.PROGRESS,
) -> Report:
    """Take down what stands now and have it printed; the next version of this report.

    The figures are those of this moment, whatever changes until it is printed. Effects: writes the
    event and rings for a worker. The same request within seconds gives the same report.
    ``subject`` comes with its header: a case from ``with_header()``, an audit ``with_head()``;
    ``kind`` says which report of a case. Raises NotReady for an audit that is not finished.
    """
    audit = subject if isinstance(subject, Audit) else None
    case = subject.case if isinstance(subject, Audit) else subject
    if audit is not None and audit.status != AuditStatus.FINISHED:
        raise NotReady(_("The report can be made once the audit is finished."))
    Case.objects.select_for_update().get(pk=case.pk)  # one at a time counts the versions
    kind = ReportKind.AUDIT if audit else kind
    versions = Report.objects.filter(kind=kind, case=case, audit=audit)
    twin = versions.filter(
        language=language, requested_by=actor, as_of__gt=timezone.now() - DOUBLE_CLICK
    ).first()
    if twin is not None:
        return twin
    report = Report.objects.create(
        kind=kind,
        case=case,
        audit=audit,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=language,
        snapshot=_snapshot(case, audit, kind, language),
        as_of=timezone.now(),
        requested_by=actor,
    )
    record(case, actor, Verb.REQUESTED, title=title_of(report))
    ring(RENDER, report.pk)
    return report


def _snapshot(case: Case, audit: Audit | None, kind: ReportKind, language: str) -> dict[str, Any]:
    today = timezone.localdate()
    assemble = assemble_concept if kind == ReportKind.CONCEPT else assemble_progress
    with translation.override(language):
        return freeze(assemble_audit(audit, today) if audit else assemble(case, today))


def title_of(report: Report) -> str:
    """``Befundbericht A-0107, Version 2``, for the history of the case."""
    return _("%(kind)s %(subject)s, version %(number)s") % {
        "kind": report.get_kind_display(),
        "subject": report.subject,
        "number": report.number,
    }


@transaction.atomic
def retry_report(*, report: Report, actor: User) -> Report:
    """Queue a failed report again, with the figures it was asked for with.

    Doing it twice changes nothing, and a ready report stays as it is.
    """
    failed = Report.objects.filter(pk=report.pk, status=ReportStatus.FAILED)
    if failed.update(
        status=ReportStatus.QUEUED, error="", attempts_allowed=F("attempts") + ATTEMPTS
    ):
        record(report.case, actor, Verb.RETRIED, title=title_of(report))
        ring(RENDER, report.pk)
    report.refresh_from_db(fields=["status", "error", "attempts_allowed"])
    return report
