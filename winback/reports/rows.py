"""Reports as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Audit
from winback.cases.models import Case
from winback.common.formats import format_date, format_datetime, format_number
from winback.reports.enums import ReportKind, ReportStatus
from winback.reports.models import Report
from winback.reports.permissions import (
    can_release,
    can_request_audit,
    can_request_progress,
    can_retry,
)

SHAPE: dict[str, str] = {
    ReportStatus.QUEUED: "wait",
    ReportStatus.RENDERING: "run",
    ReportStatus.READY: "done",
    ReportStatus.FAILED: "late",
}
_LANGUAGES = dict(settings.LANGUAGES)
_KIBI = 1024
_PAIRS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}


@dataclass(frozen=True, slots=True)
class ReportState:
    """The part of a row that changes while the report is made."""

    token: str
    shape: str
    word: str
    note: str
    error: str
    pending: bool
    announce: str
    status_url: str
    download_url: str
    retry_url: str
    release_url: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One version of one report."""

    title: str
    url: str
    version: str
    language: str
    as_of: str
    by: str
    client: str
    subject: str
    subject_url: str
    state: ReportState
    #: shape and word of the release; empty where nothing is released
    release: tuple[str, str]


def report_row(report: Report, user: User, now: datetime) -> ReportRow:
    """Needs ``with_row()``; no further statement."""
    return ReportRow(
        title=title(report),
        url=report.get_absolute_url(),
        version=str(report.number),
        language=str(_LANGUAGES[report.language]),
        as_of=format_datetime(report.as_of),
        by=report.requested_by.short_name,
        client=report.case.client.name,
        subject=report.case.number,
        subject_url=home(report, user),
        state=report_state(report, user, now),
        release=_release(report),
    )


def _release(report: Report) -> tuple[str, str]:
    """Who signed for it; a draft of an audit report says that it is one."""
    if report.released_by is not None:
        text = _("released by %(person)s") % {"person": report.released_by.short_name}
        return "lock", text
    return ("open", pgettext("report", "draft")) if report.is_draft else ("", "")


def title(report: Report) -> str:
    """``Befundbericht A-0107``; the progress report needs no number beside its case."""
    kind = report.get_kind_display()
    return f"{kind} {report.audit.number}" if report.audit else kind


def home(report: Report, user: User) -> str:
    """Where the versions of the report are listed; external auditors see no case."""
    if user.is_external and report.audit:
        return reverse("reports:audit_reports", args=[report.audit.number])
    return reverse("reports:case_reports", args=[report.case.number])


def report_state(report: Report, user: User, now: datetime) -> ReportState:
    """How far it is, and what can be done about it."""
    may_retry = report.has_failed and can_retry(user, report)
    return ReportState(
        token=str(report.token),
        shape=SHAPE[report.status],
        word=report.get_status_display(),
        note=_note(report, now),
        error=report.error,
        pending=report.is_pending,
        announce="" if report.is_pending else f"{title(report)}: {report.get_status_display()}",
        status_url=report.get_absolute_url(),
        download_url=reverse("reports:download", args=[report.token]) if report.is_ready else "",
        retry_url=reverse("reports:retry", args=[report.token]) if may_retry else "",
        release_url=(
            reverse("reports:release", args=[report.token]) if can_release(user, report) else ""
        ),
    )


def _note(report: Report, now: datetime) -> str:
    if report.is_ready:
        pages = ngettext("%(count)d page", "%(count)d pages", report.pages)
        size = format_number(max(1, round(report.size / _KIBI)))
        return f"{pages % {'count': report.pages}}, {size}\u00a0KB"
    if report.waits_long(now):
        return _("No worker has taken it yet. It will be made as soon as one runs.")
    return _("This takes a few seconds.") if report.is_pending else ""


def file_name(report: Report) -> str:
    """``Fortschrittsbericht_RG-2026-0042_Norhagen-Bau-AG_Version-3_2026-11-23.pdf``.

    In the language of the report and in plain letters, so that every mail program keeps it.
    """
    with override(report.language):
        kind, version = str(report.get_kind_display()), _("Version")
    parts = [
        _plain(kind),
        report.subject,
        _plain(report.case.client.name),
        f"{version}-{report.number}",
        timezone.localdate(report.as_of).isoformat(),
    ]
    return "_".join(part for part in parts if part) + ".pdf"


def _plain(text: str) -> str:
    """Letters and digits with hyphens between; German letters as pairs, not as bare vowels."""
    paired = "".join(_PAIRS.get(letter, letter) for letter in text)
    bare = unicodedata.normalize("NFKD", paired).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A report that can be asked for now, and where that is done."""

    title: str
    note: str
    url: str
    languages: list[tuple[str, str]]


def case_requests(case: Case, user: User) -> list[RequestRow]:
    """The progress report and one audit report per finished audit; one statement."""
    rows = []
    if can_request_progress(user, case):
        for kind, name, note in (
            (ReportKind.PROGRESS, "reports:request_progress",
             _("KPIs, plan, commitments and open major nonconformities as of now")),
            (ReportKind.CONCEPT, "reports:request_concept",
             _("Plants, norms, intervals and dates at the sites of the case, for the client")),
        ):  # fmt: skip
            url = reverse(name, args=[case.number])
            rows.append(RequestRow(str(kind.label), note, url, _languages(user)))
    audits = Audit.objects.filter(case=case, status=AuditStatus.FINISHED)
    audits = audits.select_related("version_used__template").order_by("-done_on", "-pk")
    return rows + [
        _audit_request(audit, user, back="?zurueck=fall")
        for audit in audits
        if can_request_audit(user, audit)
    ]


def audit_requests(audit: Audit, user: User) -> list[RequestRow]:
    """The report of the audit, once it is finished."""
    may = audit.status == AuditStatus.FINISHED and can_request_audit(user, audit)
    return [_audit_request(audit, user)] if may else []


def _audit_request(audit: Audit, user: User, back: str = "") -> RequestRow:
    note = _("%(template)s, finished on %(day)s")
    return RequestRow(
        title=f"{ReportKind.AUDIT.label} {audit.number}",
        note=note % {"template": audit.template.name, "day": format_date(audit.done_on)},
        url=reverse("reports:request_audit", args=[audit.number]) + back,
        languages=_languages(user),
    )


def _languages(user: User) -> list[tuple[str, str]]:
    """Key and label of the buttons; the language of the user comes first."""
    labels = {"de": _("Create in German"), "en": _("Create in English")}
    return sorted(labels.items(), key=lambda each: each[0] != user.language)


def rows_of(reports: Any, user: User) -> list[ReportRow]:
    """Rows for the reports of a query set or a page of one."""
    now = timezone.now()
    return [report_row(report, user, now) for report in reports]
