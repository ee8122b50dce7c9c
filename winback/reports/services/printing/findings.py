"""Findings, their measures and the answers behind them, as the audit report prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from audits.enums import NONCONFORMITIES, FindingStatus, Grade, Result
from audits.rules import DUE_DAYS
from winback.common.formats import days_phrase, format_date
from winback.reports.rules.facts import AuditFacts, FindingFacts, GroupFacts, QuestionFacts
from winback.reports.rules.words import headline
from winback.reports.services.printing.measures import MeasureLine, measure_line
from winback.reports.services.printing.photos import Photo, photo_rows


@dataclass(frozen=True, slots=True)
class GradeLook:
    """How a grade is drawn and what its chapter is called."""

    shape: str
    title: Promise
    days: int | None

    @property
    def term(self) -> str:
        """``14 Tage``; a dash where nothing is owed."""
        if self.days is None:
            return "–"
        return ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days}


_LOOKS = {
    Grade.MAJOR: ("crit", gettext_lazy("Major nonconformities")),
    Grade.MINOR: ("warn", gettext_lazy("Minor nonconformities")),
    Grade.OBSERVATION: ("na", pgettext_lazy("print", "Observations")),
    Grade.IMPROVEMENT: ("open", gettext_lazy("Opportunities for improvement")),
    Grade.STRENGTH: ("ok", gettext_lazy("Good practice")),
}
GRADES = {
    grade: GradeLook(shape, title, DUE_DAYS[grade]) for grade, (shape, title) in _LOOKS.items()
}
STATUS_SHAPE: dict[str, str] = {
    FindingStatus.OPEN: "open",
    FindingStatus.IN_PROGRESS: "run",
    FindingStatus.DONE: "done",
    FindingStatus.EFFECTIVE: "ok",
}
ANSWER_SHAPE: dict[str, str] = {
    Result.MET: "ok",
    Result.PARTLY: "warn",
    Result.NOT_MET: "crit",
    Result.NOT_APPLICABLE: "na",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One finding: its head, its title, and what is known about it."""

    number: str
    css: str
    shape: str
    grade: str
    question: str
    due: str
    late: str
    owner: str
    status_shape: str
    status: str
    title: str
    rows: list[tuple[str, str]]
    photos: list[tuple[Photo, ...]]


def card(finding: FindingFacts, today: date) -> Card:
    """The first sentence is the title; the whole text follows where there is more of it."""
    title = headline(finding.statement)
    whole = "" if finding.statement.strip().removesuffix(".") == title else finding.statement
    rows = [
        (_("Question"), " ".join(filter(None, (finding.question_code, finding.question)))),
        (_("Requirement"), finding.criterion),
        (pgettext("print", "What was found"), whole),
        (_("Made of these minors"), "\n".join(finding.parts)),
        (_("Why one major"), finding.why_one),
        (_("Place"), finding.place),
        (_("Containment"), finding.containment),
        (_("Measures"), _measures(finding)),
    ]
    shape, status = _status(finding)
    return Card(
        number=finding.number,
        css=finding.grade,
        shape=GRADES[Grade(finding.grade)].shape,
        grade=str(Grade(finding.grade).label),
        question=finding.question_code,
        due=format_date(finding.due_on),
        late=days_phrase(today, finding.due_on) if finding.is_overdue(today) else "",
        owner=finding.owner,
        status_shape=shape,
        status=status,
        title=title,
        rows=[(label, value) for label, value in rows if value],
        photos=photo_rows(finding, title),
    )


def _measures(finding: FindingFacts) -> str:
    if finding.measures:
        return "; ".join(f"{each.code} {each.title}" for each in finding.measures)
    if finding.grade in NONCONFORMITIES and finding.is_open:
        return _("No measure is set yet.")
    return ""


def _status(finding: FindingFacts) -> tuple[str, str]:
    word = str(FindingStatus(finding.status).label)
    if finding.done_on is not None:
        word = f"{word}, {format_date(finding.done_on)}"
    return STATUS_SHAPE[finding.status], word


@dataclass(frozen=True, slots=True)
class FindingSection:
    """The findings of one grade."""

    anchor: str
    number: str
    title: str
    cards: list[Card]


def finding_sections(facts: AuditFacts, chapter: str) -> list[FindingSection]:
    """Worst grade first; a grade without a finding has no section. Strengths stand elsewhere."""
    sections: list[FindingSection] = []
    for grade in Grade:
        found = facts.graded(grade)
        if grade == Grade.STRENGTH or not found:
            continue
        sections.append(
            FindingSection(
                anchor=f"grade-{grade.value}",
                number=f"{chapter}.{len(sections) + 1}",
                title=str(GRADES[grade].title),
                cards=[card(each, facts.today) for each in found],
            )
        )
    return sections


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """What answers one finding; without rows the gap is named."""

    title: str
    rows: list[MeasureLine]


def measure_groups(facts: AuditFacts) -> list[MeasureGroup]:
    """The catalogue of measures in the order of the findings; bare improvements are left out."""
    return [
        MeasureGroup(
            f"{each.number} {headline(each.statement)}",
            [measure_line(measure, facts.today) for measure in each.measures],
        )
        for each in facts.findings
        if each.measures or (each.grade in NONCONFORMITIES and each.is_open)
    ]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with its answer."""

    code: str
    text: str
    note: str
    is_critical: bool
    weight: str
    shape: str
    answer: str
    points: str
    findings: str


def answer_groups(facts: AuditFacts) -> list[tuple[str, list[AnswerLine]]]:
    """Title with the points of the group, and its questions."""
    return [
        (_group_title(group), [_answer(question) for question in group.questions])
        for group in facts.groups
    ]


def _group_title(group: GroupFacts) -> str:
    points = _("%(points)d of %(possible)d points")
    return f"{group.name}: {points % {'points': group.points, 'possible': group.possible}}"


def _answer(question: QuestionFacts) -> AnswerLine:
    points = f"{question.points} / {question.possible}" if question.is_rated else "–"
    known = question.result in Result
    return AnswerLine(
        code=question.code,
        text=question.text,
        note=question.note,
        is_critical=question.is_critical,
        weight=str(question.weight),
        shape=ANSWER_SHAPE.get(question.result, "na"),
        answer=str(Result(question.result).label) if known else _("not assessed"),
        points=points,
        findings=", ".join(question.findings) or "–",
    )
