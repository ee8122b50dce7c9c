"""Findings as ready strings: lists, the facts of one, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.models import User
from audits.enums import FindingStatus, Grade
from audits.models import Finding
from audits.permissions import (
    can_edit_finding,
    can_reopen_finding,
    can_report_done,
    can_resolve_finding,
    can_start_finding,
    can_withdraw_finding,
)
from winback.common.formats import DASH, days_phrase, format_date, format_day

GRADE_SHAPE: Mapping[str, str] = {
    Grade.MAJOR: "crit",
    Grade.MINOR: "warn",
    Grade.OBSERVATION: "wait",
    Grade.IMPROVEMENT: "open",
    Grade.STRENGTH: "ok",
}
FINDING_SHAPE: Mapping[str, str] = {
    FindingStatus.OPEN: "open",
    FindingStatus.IN_PROGRESS: "run",
    FindingStatus.DONE: "done",
    FindingStatus.EFFECTIVE: "ok",
    FindingStatus.WITHDRAWN: "na",
    FindingStatus.MERGED: "na",
}
STATEMENT_LENGTH = 90


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One line of a list of findings."""

    pk: int
    number: str
    url: str
    grade: str
    grade_shape: str
    statement: str
    client: str
    audit: str
    audit_url: str
    owner: str
    due: str
    late: bool
    days: str
    shape: str
    status: str


def finding_rows(findings: Iterable[Finding], today: date) -> list[FindingRow]:
    """What is still owed first, the gravest grade on top; otherwise in the given order."""
    ranked = sorted(findings, key=lambda each: (not each.is_open, Grade.values.index(each.grade)))
    return [finding_row(finding, today) for finding in ranked]


def finding_row(finding: Finding, today: date) -> FindingRow:
    """Needs ``with_audit()``; no further statement. A strength owes nothing, so has no date."""
    shape, status = finding_standing(finding)
    is_late = finding.is_overdue(today)
    return FindingRow(
        pk=finding.pk,
        number=finding.number,
        url=finding.get_absolute_url(),
        grade=finding.get_grade_display(),
        grade_shape=GRADE_SHAPE[finding.grade],
        statement=Truncator(finding.statement).chars(STATEMENT_LENGTH),
        client=finding.case.client.name,
        audit=finding.audit.number,
        audit_url=finding.audit.get_absolute_url(),
        owner=DASH if finding.is_strength else finding.owner.short_name,
        due=DASH if finding.is_strength else format_date(finding.due_on),
        late=is_late,
        days=days_phrase(today, finding.due_on) if finding.is_open else "",
        shape=shape,
        status=status,
    )


#: Heads of the exported columns.
FINDING_COLUMNS = (
    gettext_lazy("Finding"),
    gettext_lazy("Grade"),
    gettext_lazy("What was found"),
    gettext_lazy("Criterion"),
    gettext_lazy("Place"),
    gettext_lazy("Client"),
    gettext_lazy("Audit"),
    pgettext_lazy("person", "Owner"),
    gettext_lazy("Due on"),
    pgettext_lazy("finding", "Status"),
    gettext_lazy("Told to the client on"),
)


def finding_record(finding: Finding, today: date) -> list[Any]:
    """One exported line below ``FINDING_COLUMNS``, with the whole wording and a real date."""
    row = finding_row(finding, today)
    return [
        row.number,
        row.grade,
        finding.statement,
        finding.criterion,
        finding.place,
        row.client,
        row.audit,
        row.owner,
        DASH if finding.is_strength else finding.due_on,
        row.status,
        finding.told.told_on if finding.told else None,
    ]


def finding_standing(finding: Finding) -> tuple[str, str]:
    """Shape and word of the workflow; a strength that counts has none to go through."""
    if finding.is_strength and not finding.is_settled:
        return "ok", pgettext("finding", "recorded")
    if finding.part_of:
        word = pgettext("finding", "part of %(number)s") % {"number": finding.part_of.number}
        return FINDING_SHAPE[finding.status], word
    return FINDING_SHAPE[finding.status], finding.get_status_display()


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What ``audits/_finding_facts.html`` shows; ``finding`` gives the wording."""

    finding: Finding
    grade: str
    grade_shape: str
    shape: str
    status: str
    owner: str
    due: str
    due_note: str
    late: bool
    original: str
    done: str
    question: str
    audit: str
    audit_url: str
    contained: str
    line_url: str
    told: str
    major_url: str


def finding_facts(finding: Finding, today: date, *, sees_case: bool = True) -> FindingFacts:
    """Needs ``with_audit()``; no further statement. Without the case, no way to its contract."""
    row = finding_row(finding, today)
    moved = finding.due_on != finding.original_due_on
    question = finding.question
    return FindingFacts(
        finding=finding,
        grade=row.grade,
        grade_shape=row.grade_shape,
        shape=row.shape,
        status=row.status,
        owner=row.owner,
        due=DASH if finding.is_strength else format_day(finding.due_on),
        due_note=row.days,
        late=row.late,
        original=format_date(finding.original_due_on) if moved else "",
        done=format_date(finding.done_on) if finding.done_on else "",
        question=f"{question.code} {question.text}" if question else "",
        audit=f"{finding.audit.number} · {finding.audit.site.name}",
        audit_url=finding.audit.get_absolute_url(),
        contained=format_date(finding.contained_on) if finding.contained_on else "",
        line_url=_line_url(finding) if sees_case else "",
        told=told_phrase(finding),
        major_url=finding.part_of.get_absolute_url() if finding.part_of else "",
    )


def told_phrase(finding: Finding) -> str:
    """``am 24.11.2026 durch A. Kaya``; empty where the client does not know it from us."""
    told = finding.told
    if told is None:
        return ""
    values = {"day": format_date(told.told_on), "person": told.told_by.short_name}
    return _("on %(day)s by %(person)s") % values


def _line_url(finding: Finding) -> str:
    """The contract whose position of the specification the finding hangs on."""
    line = finding.service_line
    return "" if line is None else reverse("contracts:detail", args=[line.contract_id])


@dataclass(frozen=True, slots=True)
class FindingAction:
    """A step the user may take now; one that ``posts`` needs no form."""

    key: str
    label: str
    url: str
    posts: bool


def finding_actions(user: User, finding: Finding) -> list[FindingAction]:
    """What this user may do with the finding now, most likely first."""
    resolve = _("Record correction") if finding.is_nonconformity else _("Record decision")
    steps = [
        ("done", _("Report done"), can_report_done, True),
        ("resolve", resolve, can_resolve_finding, False),
        ("start", _("Start work"), can_start_finding, True),
        ("edit", _("Change finding"), can_edit_finding, False),
        ("reopen", _("Reopen finding"), can_reopen_finding, False),
        ("withdraw", _("Withdraw finding"), can_withdraw_finding, False),
    ]
    return [
        FindingAction(key, label, reverse(f"audits:finding_{key}", args=[finding.number]), posts)
        for key, label, allowed, posts in steps
        if allowed(user, finding)
    ]
