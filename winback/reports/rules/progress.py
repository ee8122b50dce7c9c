"""What the progress report says, as data, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from winback.dialogue.enums import CommitmentState
from winback.dialogue.rules import KeptRatio, kept_ratio
from winback.kpis.enums import Standing
from winback.plans.rules import SMALLEST_N, majors_count
from winback.reports.rules.facts import FindingFacts, MeasureFacts

#: Standings that are worse than the target path.
BEHIND = {Standing.WORSE, Standing.BEHIND}
#: Standings that say nothing about the target path because the value is missing or too old.
SILENT = {Standing.STALE, Standing.NO_DATA, Standing.UNJUDGED}


@dataclass(frozen=True, slots=True)
class PointFacts:
    """The value of one period; None is a gap."""

    period: date
    value: Decimal | None
    sample_size: int | None = None


@dataclass(frozen=True, slots=True)
class KpiFacts:
    name: str
    unit: str
    decimals: int
    direction: str
    frequency: str
    owner: str
    standing: str
    value: Decimal | None = None
    period: date | None = None
    answered: date | None = None
    sample_size: int | None = None
    gain: Decimal | None = None
    baseline: Decimal | None = None
    baseline_start: date | None = None
    baseline_end: date | None = None
    agreed_by: str = ""
    discussed_on: date | None = None
    target: Decimal | None = None
    upper: Decimal | None = None
    target_on: date | None = None
    points: tuple[PointFacts, ...] = ()

    @property
    def is_suppressed(self) -> bool:
        """A percentage of fewer than five cases says nothing, so it is not printed."""
        return self.value is not None and self._says_nothing(self.sample_size)

    @property
    def values(self) -> dict[date, Decimal | None]:
        """What was measured by period, without percentages of too few cases."""
        return {
            each.period: each.value
            for each in self.points
            if not self._says_nothing(each.sample_size)
        }

    def _says_nothing(self, sample_size: int | None) -> bool:
        return self.unit == "%" and sample_size is not None and sample_size < SMALLEST_N

    @property
    def judged(self) -> str:
        """The standing as far as the printed value can carry it."""
        return Standing.UNJUDGED if self.is_suppressed else self.standing


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    number: str
    starts_on: date
    ends_on: date
    gate: str = ""
    passed_on: date | None = None
    measures: tuple[MeasureFacts, ...] = ()

    @property
    def open(self) -> list[MeasureFacts]:
        return [measure for measure in self.measures if measure.is_open]

    @property
    def done(self) -> list[MeasureFacts]:
        return [measure for measure in self.measures if measure.is_done]


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    what: str
    to: str
    owner: str
    promised_on: date
    due_on: date
    state: str
    ended_on: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class StepFacts:
    """Something owed that stands in no other table: a date, a verb with its object, a person."""

    on: date
    title: str
    who: str

    def is_overdue(self, today: date) -> bool:
        return self.on < today


@dataclass(frozen=True, slots=True)
class LastAuditFacts:
    number: str
    done_on: date
    score: Decimal | None
    verdict: str


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """A case on ``today``. ``health`` is empty where the case is not judged."""

    provider: str
    today: date
    case_number: str
    client: str
    owner: str
    status: str
    value_at_stake: Decimal
    phase: str = ""
    health: str = ""
    health_reasons: tuple[str, ...] = ()
    situation: str = ""
    situation_by: str = ""
    situation_on: date | None = None
    resting_until: date | None = None
    closed_on: date | None = None
    notice_on: date | None = None
    contract_ends_on: date | None = None
    has_plan: bool = False
    last_audit: LastAuditFacts | None = None
    kpis: tuple[KpiFacts, ...] = ()
    phases: tuple[PhaseFacts, ...] = ()
    commitments: tuple[CommitmentFacts, ...] = ()
    majors: tuple[FindingFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()

    @property
    def measures(self) -> list[MeasureFacts]:
        return [measure for phase in self.phases for measure in phase.measures]

    @property
    def overdue_measures(self) -> list[MeasureFacts]:
        return [measure for measure in self.measures if measure.is_overdue(self.today)]

    @property
    def overdue_commitments(self) -> list[CommitmentFacts]:
        return [each for each in self.commitments if each.is_overdue]

    @property
    def broken(self) -> list[CommitmentFacts]:
        """Declared broken, or overdue and still open."""
        return [each for each in self.commitments if each.state == CommitmentState.BROKEN]

    @property
    def overdue_steps(self) -> list[StepFacts]:
        return [step for step in self.steps if step.is_overdue(self.today)]

    @property
    def behind(self) -> list[KpiFacts]:
        return [kpi for kpi in self.kpis if kpi.judged in BEHIND]

    @property
    def silent(self) -> list[KpiFacts]:
        return [kpi for kpi in self.kpis if kpi.judged in SILENT]

    @property
    def kept(self) -> KeptRatio:
        counts: dict[str, int] = {}
        for each in self.commitments:
            counts[each.state] = counts.get(each.state, 0) + 1
        return kept_ratio(counts)

    def earliest_end(self, phase: PhaseFacts) -> date:
        """The first day on which the phase can be closed: the last date of what is open in it.

        What is overdue cannot be done before today. From the phase of immediate measures on, open
        major nonconformities hold the gate shut as well.
        """
        dates = [measure.due_on for measure in phase.open]
        if majors_count(phase.number):
            dates += [major.due_on for major in self.majors]
        return max([self.today, phase.ends_on, *dates])

    @property
    def late_phases(self) -> list[tuple[PhaseFacts, date]]:
        """Phases that cannot close on their day, with the earliest one; none in an ended case."""
        if self.closed_on is not None:
            return []
        ends = [(each, self.earliest_end(each)) for each in self.phases if each.passed_on is None]
        return [(phase, end) for phase, end in ends if end > phase.ends_on]
