"""The questions of an audit as ready strings: one card on site, all of them on the audit's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audits.enums import NEED_JUSTIFICATION, Result
from audits.models import Answer, Audit, Finding, Question
from audits.rows.audits import VERDICT_SHAPE
from audits.rows.findings import GRADE_SHAPE
from audits.rules import proposed_grade, verdict
from audits.services import OpenPoints
from winback.common.formats import format_percent

#: result → (shape, number of the colour class and of the key)
RESULT_SHAPE: Mapping[str, tuple[str, str]] = {
    Result.MET: ("done", "1"),
    Result.PARTLY: ("part", "2"),
    Result.NOT_MET: ("no", "3"),
    Result.NOT_APPLICABLE: ("na", "4"),
}


def question_url(audit: Audit, question: Question) -> str:
    """The card of one question."""
    return reverse("audits:question", args=[audit.number, question.code])


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the four answers."""

    value: str
    label: str
    shape: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class GroupChip:
    """``Organisation 2/4``, leading to the first open question of the group."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """The finding an answer suggests."""

    grade: str
    grade_shape: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One question on site with its way back and on."""

    code: str
    text: str
    hint: str
    weight: int
    critical: bool
    wants_photo: bool
    choices: list[Choice]
    answered: int
    asked: int
    groups: list[GroupChip]
    saved_at: str
    back_url: str
    next_url: str
    next_label: str
    proposal: Proposal | None
    finding_url: str


def entry(
    audit: Audit,
    questions: Sequence[Question],
    answers: Mapping[int, Answer],
    question: Question,
    chosen: str,
) -> Entry:
    """The card of ``question``; ``chosen`` is the answer shown, saved or not. No statement."""
    answer = answers.get(question.pk)
    following = _following(questions, question)
    back_url, next_url = neighbours(audit, questions, question)
    return Entry(
        code=question.code,
        text=question.text,
        hint=question.hint,
        weight=question.weight,
        critical=question.is_critical,
        wants_photo=question.wants_photo,
        choices=[
            Choice(value, str(label), *RESULT_SHAPE[value], value == chosen)
            for value, label in Result.choices
        ],
        answered=len(answers),
        asked=len(questions),
        groups=_chips(audit, questions, answers, question),
        saved_at=saved_at(answer),
        back_url=back_url,
        next_url=next_url,
        next_label=_("On to %(code)s") % {"code": following.code}
        if following
        else pgettext("entry", "Check"),
        proposal=_proposal(audit, question, chosen),
        finding_url=_finding_url(audit, question),
    )


def neighbours(audit: Audit, questions: Sequence[Question], question: Question) -> tuple[str, str]:
    """Where "Back" and "On" lead from the card; past its ends to the audit and to the check."""
    place, following = questions.index(question), _following(questions, question)
    back = question_url(audit, questions[place - 1]) if place else audit.get_absolute_url()
    check = reverse("audits:check", args=[audit.number])
    return back, question_url(audit, following) if following else check


def _following(questions: Sequence[Question], question: Question) -> Question | None:
    rest = questions[questions.index(question) + 1 :]
    return rest[0] if rest else None


def saved_at(answer: Answer | None) -> str:
    """``14:32`` in local time; empty while nothing is saved."""
    return f"{timezone.localtime(answer.answered_at):%H:%M}" if answer else ""


def _chips(
    audit: Audit,
    questions: Sequence[Question],
    answers: Mapping[int, Answer],
    current: Question,
) -> list[GroupChip]:
    chips = []
    for group, members in groupby(questions, key=lambda each: each.group):
        asked = list(members)
        missing = [each for each in asked if each.pk not in answers]
        done = len(asked) - len(missing)
        first = (missing or asked)[0]
        chips.append(
            GroupChip(
                label=f"{group.name} {done}/{len(asked)}",
                url=question_url(audit, first),
                current=group.pk == current.group_id,
            )
        )
    return chips


def _proposal(audit: Audit, question: Question, result: str) -> Proposal | None:
    """Suggested for "partly" and "not met"; anything else can still be recorded by hand."""
    if result not in NEED_JUSTIFICATION:
        return None
    grade = proposed_grade(result, is_critical=question.is_critical)
    if result == Result.PARTLY:
        why = _("Suggested because the question is partly met.")
    elif question.is_critical:
        why = _("Suggested because the question is marked as critical.")
    else:
        why = _("Suggested because the question is not met.")
    return Proposal(str(grade.label), GRADE_SHAPE[grade], why, _finding_url(audit, question))


def _finding_url(audit: Audit, question: Question) -> str:
    return f"{reverse('audits:finding_create', args=[audit.number])}?frage={question.code}"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question on the audit's page."""

    code: str
    text: str
    critical: bool
    url: str
    shape: str
    result: str
    note: str
    findings: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GroupRows:
    name: str
    done: str
    rows: list[QuestionRow]


def checklist(
    audit: Audit,
    questions: Sequence[Question],
    answers: Mapping[int, Answer],
    findings: Sequence[Finding],
) -> list[GroupRows]:
    """All questions by group with what was answered and found. No statement."""
    groups = []
    for group, members in groupby(questions, key=lambda each: each.group):
        rows = [_question_row(audit, each, answers.get(each.pk), findings) for each in members]
        done = sum(1 for row in rows if row.result)
        groups.append(GroupRows(group.name, f"{done}/{len(rows)}", rows))
    return groups


def _question_row(
    audit: Audit, question: Question, answer: Answer | None, findings: Sequence[Finding]
) -> QuestionRow:
    return QuestionRow(
        code=question.code,
        text=question.text,
        critical=question.is_critical,
        url=question_url(audit, question),
        shape=RESULT_SHAPE[answer.result][0] if answer else "open",
        result=answer.get_result_display() if answer else "",
        note=answer.note if answer else "",
        findings=[
            (found.number, found.get_absolute_url())
            for found in findings
            if found.question_id == question.pk
        ],
    )


@dataclass(frozen=True, slots=True)
class CheckPoints:
    """What the check page lists, as (question, address), and how the audit would end now."""

    unanswered: list[tuple[str, str]]
    unjustified: list[tuple[str, str]]
    ready: bool
    score: str
    verdict_shape: str
    verdict: str


def check_points(audit: Audit, points: OpenPoints) -> CheckPoints:
    """Needs ``with_head()``; no statement."""
    would_be = verdict(points.score, has_major=audit.majors > 0)
    return CheckPoints(
        unanswered=[(str(each), question_url(audit, each)) for each in points.unanswered],
        unjustified=[(str(each), question_url(audit, each)) for each in points.unjustified],
        ready=points.is_empty,
        score=format_percent(points.score),
        verdict_shape=VERDICT_SHAPE[would_be] if would_be else "",
        verdict=str(would_be.label) if would_be else "",
    )
