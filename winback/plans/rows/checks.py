"""Checks made and to be made, as ready strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from winback.common.formats import days_phrase, format_date
from winback.plans.models import EffectivenessCheck


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
