"""What the reports say, as data. Texts of catalogues stand in the language of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.enums import Grade
from audits.rules import MAX_POINTS, POINTS, score
from winback.plans.enums import MEASURE_ENDED, MeasureStatus


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure that is not dropped. ``moves`` counts how often its date was moved."""

    code: str
    title: str
    owner: str
    due_on: date
    original_due_on: date
    status: str
    done_on: date | None = None
    moves: int = 0
    finding: str = ""
    note: str = ""
    times_done: int = 0
    recurrence: str = ""

    @property
    def is_open(self) -> bool:
        return self.status not in MEASURE_ENDED

    @property
    def is_done(self) -> bool:
        return self.status == MeasureStatus.DONE

    @property
    def was_on_time(self) -> bool:
        """Done by the *original* due date."""
        return self.done_on is not None and self.done_on <= self.original_due_on

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A stored picture: its file never changes. ``taken`` says when and by whom."""

    version: int
    taken: str


@dataclass(frozen=True, slots=True)
class FindingFacts:
    number: str
    grade: str
    criterion: str
    statement: str
    owner: str
    due_on: date
    status: str
    audit: str = ""
    question_code: str = ""
    question: str = ""
    place: str = ""
    containment: str = ""
    done_on: date | None = None
    is_open: bool = True
    withdrawn_reason: str = ""
    #: number and statement of the minors a major was made of, and why they are one
    parts: tuple[str, ...] = ()
    why_one: str = ""
    photos: tuple[PhotoFacts, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    code: str
    text: str
    weight: int
    result: str
    note: str = ""
    is_critical: bool = False
    findings: tuple[str, ...] = ()

    @property
    def is_rated(self) -> bool:
        """Whether it counts: neither "not applicable" nor left out."""
        return self.result in POINTS

    @property
    def points(self) -> int:
        return self.weight * POINTS.get(self.result, 0)

    @property
    def possible(self) -> int:
        return self.weight * MAX_POINTS if self.is_rated else 0


@dataclass(frozen=True, slots=True)
class GroupFacts:
    name: str
    questions: tuple[QuestionFacts, ...]

    @property
    def points(self) -> int:
        return sum(question.points for question in self.questions)

    @property
    def possible(self) -> int:
        return sum(question.possible for question in self.questions)

    @property
    def percent(self) -> Decimal | None:
        return score((question.weight, question.result) for question in self.questions)


@dataclass(frozen=True, slots=True)
class ComparedFacts:
    """One question in both audits, in the words of the report."""

    code: str
    text: str
    before: str
    after: str
    shape: str
    word: str
    recurs: bool = False
    found: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """The audit against its predecessor."""

    number: str
    date: str
    score: Decimal | None
    majors: int
    message: str
    rows: tuple[ComparedFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """A finished audit with its findings; ``today`` is the day of the report."""

    provider: str
    today: date
    number: str
    template: str
    template_version: int
    kind: str
    case_number: str
    client: str
    site: str
    lead: str
    done_on: date
    score: Decimal | None
    site_address: str = ""
    objective: str = ""
    participants: str = ""
    conclusion: str = ""
    started_on: date | None = None
    team: tuple[str, ...] = ()
    groups: tuple[GroupFacts, ...] = ()
    findings: tuple[FindingFacts, ...] = ()
    withdrawn: tuple[FindingFacts, ...] = ()
    comparison: ComparisonFacts | None = None
    #: who released it when; nobody while it is a draft
    released_by: str = ""
    released_on: date | None = None

    def graded(self, *grades: Grade) -> list[FindingFacts]:
        """The findings of these grades, in the order of the audit."""
        return [finding for finding in self.findings if finding.grade in grades]

    @property
    def majors(self) -> list[FindingFacts]:
        return self.graded(Grade.MAJOR)

    @property
    def points(self) -> int:
        return sum(group.points for group in self.groups)

    @property
    def possible(self) -> int:
        return sum(group.possible for group in self.groups)

    @property
    def measures(self) -> list[MeasureFacts]:
        return [measure for finding in self.findings for measure in finding.measures]
