"""Checks as ready strings: the gate of a finding, the checks made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import pgettext

from accounts.models import User
from audits.models import Finding
from audits.permissions import can_resolve_finding
from winback.cases.permissions import can_work_on_case
from winback.common.formats import days_phrase, format_date
from winback.plans.enums import Lack
from winback.plans.models import EffectivenessCheck
from winback.plans.permissions import can_add_measure
from winback.plans.rules import Answered


@dataclass(frozen=True, slots=True)
class GatePoint:
    """One thing the closing of a finding asks for; ``url`` is where it is met."""

    key: Lack
    text: str
    is_met: bool
    url: str
    note: str = ""


def gate_points(finding: Finding, answered: Answered, user: User) -> list[GatePoint]:
    """Everything the closing asks for, in order; what is missing is linked for who may add it."""
    urls = _urls(finding, user)
    return [
        GatePoint(
            key=lack,
            text=str(lack.label),
            is_met=is_met,
            url="" if is_met else urls.get(lack, ""),
            note="" if is_met else pgettext("lack", "missing"),
        )
        for lack, is_met in answered.steps
    ]


def _urls(finding: Finding, user: User) -> dict[Lack, str]:
    """Where this user can add what is missing."""
    case, found = finding.case, {}
    if can_resolve_finding(user, finding):
        resolve = reverse("audits:finding_resolve", args=[finding.number])
        found = {Lack.DECISION: resolve, Lack.CORRECTION: resolve}
    if can_work_on_case(user, case):
        found[Lack.CAUSE] = reverse("causes:list", args=[case.number])
    if can_add_measure(user, case) and finding.is_open:
        measure = reverse("plans:measure_create", args=[case.number])
        found[Lack.MEASURE] = f"{measure}?feststellung={finding.number}"
    return found


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check, made or to be made."""

    due: str
    late: bool
    judge: str
    shape: str
    word: str
    evidence: str
    paper: str
    paper_url: str


def check_rows(checks: Iterable[EffectivenessCheck], today: date) -> list[CheckRow]:
    """Needs ``with_row()``; no further statement."""
    return [_check_row(check, today) for check in checks]


def _check_row(check: EffectivenessCheck, today: date) -> CheckRow:
    is_made = check.done_on is not None
    shape = ("ok" if check.is_effective else "no") if is_made else "open"
    paper = check.paper
    url = reverse("cases:document", args=[check.case.number, paper.pk]) if paper else ""
    return CheckRow(
        due=format_date(check.done_on or check.due_on),
        late=check.is_overdue(today),
        judge=(check.judged_by or check.owner).short_name,
        shape=shape,
        word=check.get_result_display() if is_made else days_phrase(today, check.due_on),
        evidence=check.evidence,
        paper=paper.document.title if paper else "",
        paper_url=url,
    )
