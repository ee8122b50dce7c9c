"""Audits as ready strings: lists and the head of every page of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from audits.enums import AuditStatus, Verdict
from audits.models import Audit
from audits.permissions import can_answer, can_edit_audit, can_finish
from winback.common.formats import DASH, days_phrase, format_date, format_day, format_percent

STATUS_SHAPE: Mapping[str, str] = {
    AuditStatus.PLANNED: "open",
    AuditStatus.IN_PROGRESS: "run",
    AuditStatus.FINISHED: "lock",
    AuditStatus.CANCELLED: "na",
}
VERDICT_SHAPE = {Verdict.PASSED: "ok", Verdict.NOT_PASSED: "no"}


def progress(audit: Audit) -> str:
    """``12 von 17``; needs ``with_head()``."""
    return _("%(answered)s of %(asked)s") % {"answered": audit.answered, "asked": audit.asked}


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line of a list of audits."""

    number: str
    url: str
    template: str
    client: str
    site: str
    date: str
    late: bool
    lead: str
    shape: str
    status: str
    progress: str
    score: str
    verdict_shape: str
    verdict: str
    findings: str


def audit_row(audit: Audit, today: date) -> AuditRow:
    """Needs ``with_head()``; no further statement."""
    verdict = audit.verdict
    return AuditRow(
        number=audit.number,
        url=audit.get_absolute_url(),
        template=audit.template.name,
        client=audit.case.client.name,
        site=audit.site.name,
        date=format_date(audit.due_on),
        late=audit.is_overdue(today),
        lead=audit.owner.short_name,
        shape=STATUS_SHAPE[audit.status],
        status=audit.get_status_display(),
        progress=progress(audit),
        score=format_percent(audit.score),
        verdict_shape=VERDICT_SHAPE[verdict] if verdict else "",
        verdict=str(verdict.label) if verdict else "",
        findings=str(audit.open_findings) if audit.open_findings else DASH,
    )


#: Heads of the exported columns.
AUDIT_COLUMNS = (
    gettext_lazy("Audit"),
    gettext_lazy("Audit template"),
    gettext_lazy("Client"),
    gettext_lazy("Site"),
    gettext_lazy("Audit date"),
    gettext_lazy("Lead auditor"),
    pgettext_lazy("audit", "Status"),
    gettext_lazy("Answered"),
    gettext_lazy("Score in percent"),
    pgettext_lazy("audit", "Result"),
    gettext_lazy("Open findings"),
)


def audit_record(audit: Audit, today: date) -> list[Any]:
    """One exported line below ``AUDIT_COLUMNS``; numbers and dates as such."""
    row = audit_row(audit, today)
    return [
        row.number,
        row.template,
        row.client,
        row.site,
        audit.due_on,
        row.lead,
        row.status,
        row.progress,
        audit.score,
        row.verdict,
        audit.open_findings,
    ]


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The head of every page of an audit; shows an external auditor nothing else of the case."""

    template: str
    client: str
    case_number: str
    case_url: str
    site: str
    shape: str
    status: str
    date: str
    date_note: str
    late: bool
    lead: str
    progress: str
    score: str
    verdict_shape: str
    verdict: str
    may_answer: bool
    primary: tuple[str, str] | None
    actions: list[tuple[str, str]]


def audit_head(audit: Audit, user: User, today: date) -> AuditHead:
    """Needs ``with_head()``; at most one further statement, whether the user is in the team."""
    row = audit_row(audit, today)
    may_answer = can_answer(user, audit)
    links = _audit_actions(audit, user, may_answer=may_answer)
    return AuditHead(
        template=row.template,
        client=row.client,
        case_number=audit.case.number,
        case_url="" if user.is_external else audit.case.get_absolute_url(),
        site=row.site,
        shape=row.shape,
        status=row.status,
        date=format_day(audit.done_on or audit.due_on),
        date_note=days_phrase(today, audit.due_on) if audit.is_open else "",
        late=row.late,
        lead=row.lead,
        progress=row.progress,
        score=row.score if audit.score is not None else "",
        verdict_shape=row.verdict_shape,
        verdict=row.verdict,
        may_answer=may_answer,
        primary=links[0] if links else None,
        actions=links[1:],
    )


def _audit_actions(audit: Audit, user: User, *, may_answer: bool) -> list[tuple[str, str]]:
    """Label and address of what the user may do now; the first one is the next sensible step."""
    number, steps = audit.number, []
    if may_answer:
        word = _("Continue audit") if audit.answered else _("Begin audit")
        steps.append((word, reverse("audits:entry", args=[number])))
        steps.append((_("Record finding"), reverse("audits:finding_create", args=[number])))
    if can_finish(user, audit):
        check = (_("Check and finish"), reverse("audits:check", args=[number]))
        steps.insert(0 if audit.answered == audit.asked else len(steps), check)
    if audit.open_findings > 1 and can_finish(user, audit):
        steps.append((_("Make minors one major"), reverse("audits:aggregate", args=[number])))
    if audit.previous_id and not user.is_external:
        word = _("Compare with the previous audit")
        steps.append((word, reverse("audits:comparison", args=[number])))
    if can_edit_audit(user, audit):
        steps.append((_("Edit audit"), reverse("audits:edit", args=[number])))
        steps.append((_("Cancel audit"), reverse("audits:cancel", args=[number])))
    return steps


def audit_context(audit: Audit, user: User, today: date, **extra: Any) -> dict[str, Any]:
    """The context of every page of an audit; ``title`` names a sub page."""
    return {"audit": audit, "head": audit_head(audit, user, today), **extra}
