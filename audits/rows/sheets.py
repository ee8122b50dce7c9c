"""One audit as lines of a spreadsheet: its questions with their results, and its findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audits.models import Answer, Audit, Finding, Question
from audits.rows.findings import FINDING_COLUMNS, finding_record
from audits.rules import MAX_POINTS, POINTS
from winback.common.forms import in_words

#: Heads of the exported columns.
QUESTION_COLUMNS = (
    gettext_lazy("Group"),
    gettext_lazy("Question"),
    gettext_lazy("What is asked"),
    gettext_lazy("Weight"),
    pgettext_lazy("question", "Critical"),
    gettext_lazy("Answer"),
    gettext_lazy("Points reached"),
    gettext_lazy("Points possible"),
    gettext_lazy("Note"),
    gettext_lazy("Answered by"),
    gettext_lazy("Answered on"),
    gettext_lazy("Findings"),
)
AUDIT_FINDING_COLUMNS = (
    *FINDING_COLUMNS,
    gettext_lazy("Question"),
    gettext_lazy("Containment action"),
    gettext_lazy("Correction or decision"),
)


def question_records(audit: Audit) -> list[list[Any]]:
    """Every question in its order, answered or not; three statements."""
    answers = {each.question_id: each for each in audit.answers.select_related("answered_by")}
    numbers: dict[int | None, list[str]] = defaultdict(list)
    for finding in audit.findings.founded().order_by("pk"):
        numbers[finding.question_id].append(finding.number)
    return [
        _record(question, answers.get(question.pk), numbers[question.pk])
        for question in audit.questions()
    ]


def _record(question: Question, answer: Answer | None, numbers: Iterable[str]) -> list[Any]:
    """Points stand where the question counts: neither unanswered nor not applicable."""
    points = POINTS.get(answer.result) if answer else None
    counts = points is not None
    return [
        question.group.name,
        question.code,
        question.text,
        question.weight,
        in_words(question.is_critical),
        answer.get_result_display() if answer else _("not assessed"),
        points * question.weight if points is not None else None,
        MAX_POINTS * question.weight if counts else None,
        answer.note if answer else "",
        answer.answered_by.short_name if answer else "",
        timezone.localdate(answer.answered_at) if answer else None,
        ", ".join(numbers),
    ]


def audit_finding_record(finding: Finding, today: date) -> list[Any]:
    """One line below ``AUDIT_FINDING_COLUMNS``; needs ``with_audit()``."""
    code = finding.question.code if finding.question else ""
    return [*finding_record(finding, today), code, finding.containment, finding.resolution]
