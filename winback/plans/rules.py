"""Pure rules of the plan: dates, recurrence, ratios, health. No database, no clock."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from winback.cases.enums import Phase
from winback.common import health
from winback.common.workdays import next_working_day
from winback.plans.enums import Lack, Recurrence

#: Below this number a percentage says nothing (domain model, "Time, money, numbers").
SMALLEST_N = 5
#: From here on a case is critical: so many mandatory measures overdue, or one for so many days.
CRITICAL_COUNT = 5
CRITICAL_DAYS = 14
#: Earlier phases find the major nonconformities; from this one on they must be remedied.
MAJORS_COUNT_FROM = Phase.IMMEDIATE
_MONTHS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3}


def phase_span(start: date, offset_days: int, duration_days: int) -> tuple[date, date]:
    """First and last day of a phase; ``duration_days`` counts both."""
    first = start + timedelta(days=offset_days)
    return first, first + timedelta(days=max(duration_days, 1) - 1)


def due_date(phase_start: date, offset_days: int, land: str) -> date:
    """Calendar days from the phase start, moved to the next working day of the Bundesland."""
    return next_working_day(phase_start + timedelta(days=offset_days), land)


def _nominal(first: date, recurrence: str, index: int) -> date:
    """The ``index``-th round before holidays; the 31st becomes the last day of a shorter month."""
    if recurrence == Recurrence.WEEKLY:
        return first + timedelta(weeks=index)
    months = first.month - 1 + index * _MONTHS[Recurrence(recurrence)]
    year, month = first.year + months // 12, months % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def next_round(first: date, recurrence: str, after: date, land: str) -> date:
    """The first due date of the series that lies after ``after``, on a working day.

    Counted from ``first``, so that one holiday does not shift the whole series.
    """
    index = 1
    while (due := next_working_day(_nominal(first, recurrence, index), land)) <= after:
        index += 1
    return due


def rounds(first: date, recurrence: str, end: date, land: str) -> int:
    """How many rounds a series has until the end of its phase; at least one."""
    index = 1
    while next_working_day(_nominal(first, recurrence, index), land) <= end:
        index += 1
    return index


def current_phase(phases: Iterable[tuple[str, bool]]) -> str:
    """The lowest phase not passed, of (number, passed) pairs; the last one when all are passed."""
    ordered = sorted(phases)
    return next((number for number, passed in ordered if not passed), ordered[-1][0])


def percent(part: int, whole: int) -> int | None:
    """Whole percent, rounded half up; None where ``whole`` is too small to say anything."""
    return None if whole < SMALLEST_N else (200 * part + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Tally:
    """How a set of measures stands. ``total`` leaves dropped ones out.

    ``on_time`` are the done ones closed on or before their *original* due date: moves do not make
    a late measure punctual, they are counted in ``moved`` (formulas, "Action on-time ratio").
    """

    total: int = 0
    done: int = 0
    on_time: int = 0
    overdue: int = 0
    moved: int = 0

    @property
    def open(self) -> int:
        return self.total - self.done

    @property
    def on_time_percent(self) -> int | None:
        """Closed on time of all closed; None below five closed ones."""
        return percent(self.on_time, self.done)


@dataclass(frozen=True, slots=True)
class Effects:
    """How many checks were made, how many of these found it effective, how many are overdue."""

    checked: int = 0
    effective: int = 0
    overdue: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.checked or self.overdue)

    @property
    def effective_percent(self) -> int | None:
        """Effective of all checked; None below five checked ones."""
        return percent(self.effective, self.checked)


@dataclass(frozen=True, slots=True)
class Answered:
    """What has been done about a finding. ``asks_proof``: a nonconformity, not just a decision."""

    asks_proof: bool
    is_resolved: bool
    has_cause: bool = False
    has_measure: bool = False
    is_done: bool = False
    is_proved: bool = False

    @property
    def steps(self) -> list[tuple[Lack, bool]]:
        """Everything the closing asks for, in its order, and whether it is there."""
        if not self.asks_proof:
            return [(Lack.DECISION, self.is_resolved)]
        return [
            (Lack.CORRECTION, self.is_resolved),
            (Lack.CAUSE, self.has_cause),
            (Lack.MEASURE, self.has_measure),
            (Lack.DONE, self.is_done),
            (Lack.PROOF, self.is_proved),
        ]

    @property
    def lacks(self) -> list[Lack]:
        """What keeps the finding from being closed."""
        return [step for step, is_met in self.steps if not is_met]


def overdue_level(overdue_days: Sequence[int]) -> str | None:
    """The health that overdue mandatory measures give, by their calendar days of lateness."""
    if not overdue_days:
        return None
    if len(overdue_days) >= CRITICAL_COUNT or max(overdue_days) > CRITICAL_DAYS:
        return health.CRITICAL
    return health.AT_RISK


def majors_count(number: str) -> bool:
    """Whether open major nonconformities stand against closing this phase."""
    return number >= MAJORS_COUNT_FROM


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that came of a talk: a promise to the client, or a measure of our own.

    ``changes`` are the facts of the row it becomes.
    """

    is_commitment: bool
    changes: dict[str, Any]
