"""Checks as ready strings: the gate of a finding, the checks made, the ratio."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from audits.models import Finding
from winback.common.formats import days_phrase, format_date
from winback.plans.enums import Lack
from winback.plans.models import EffectivenessCheck
from winback.plans.rules import Answered, Effects


@dataclass(frozen=True, slots=True)
class GatePoint:
    """One thing the closing of a finding asks for; ``url`` is where it is met."""

    key: Lack
    text: str
    is_met: bool
    url: str
    note: str = ""


def gate_points(finding: Finding, answered: Answered, *, sees_case: bool) -> list[GatePoint]:
    """Everything the closing asks for, in order; what is missing is linked."""
    urls = _urls(finding, sees_case=sees_case)
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


def _urls(finding: Finding, *, sees_case: bool) -> dict[Lack, str]:
    resolve = reverse("audits:finding_resolve", args=[finding.number])
    found = {Lack.DECISION: resolve, Lack.CORRECTION: resolve}
    if sees_case:
        case = [finding.case.number]
        found[Lack.CAUSE] = reverse("causes:list", args=case)
        if finding.case.phase:
            measure = reverse("plans:measure_create", args=case)
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


def effects_phrase(effects: Effects) -> str:
    """``3 von 4 Prüfungen wirksam, 1 überfällig``; a percentage from five checks on."""
    sentences = []
    if effects.checked:
        percent = effects.effective_percent
        text = ngettext(
            "%(effective)d of %(count)d check effective",
            "%(effective)d of %(count)d checks effective",
            effects.checked,
        )
        values = {"effective": effects.effective, "count": effects.checked}
        share = f" ({percent}\u202f%)" if percent is not None else ""
        sentences.append(text % values + share)
    if effects.overdue:
        text = ngettext("%(count)d check overdue", "%(count)d checks overdue", effects.overdue)
        sentences.append(text % {"count": effects.overdue})
    return ", ".join(sentences) or _("No effect has been checked yet")
