"""Pure rules of commitments: their state, the kept ratio, lateness and what weighs on a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median

from winback.common.health import AT_RISK, CRITICAL
from winback.common.workdays import is_working_day, next_working_day, working_days_between
from winback.dialogue.enums import CommitmentState

#: Below so many commitments a percentage says nothing: counts only (formulas, section 1).
LEAST_SHOWN = 5
#: A commitment declared broken weighs on the health of its case for so many calendar days.
BROKEN_WEIGHS_DAYS = 60


def state(
    *,
    due_on: date,
    original_due_on: date,
    done_on: date | None,
    broken_on: date | None,
    released_on: date | None,
    today: date,
) -> CommitmentState:
    """Open, kept, kept late, broken or released; open after its due date counts as broken."""
    if released_on is not None:
        return CommitmentState.RELEASED
    if done_on is not None:
        return CommitmentState.KEPT if done_on <= original_due_on else CommitmentState.KEPT_LATE
    if broken_on is not None or due_on < today:
        return CommitmentState.BROKEN
    return CommitmentState.OPEN


@dataclass(frozen=True, slots=True)
class KeptRatio:
    """Counts of the commitments that were due: kept on time, kept late, broken."""

    on_time: int
    late: int
    broken: int

    @property
    def due(self) -> int:
        """All that count: neither released by the client nor still open before their date."""
        return self.on_time + self.late + self.broken

    @property
    def percent(self) -> Decimal | None:
        """Kept on time in percent of all due; None below five, where only counts are shown."""
        return self._share(self.on_time)

    @property
    def percent_with_late(self) -> Decimal | None:
        """The second figure: kept on time or late in percent of all due."""
        return self._share(self.on_time + self.late)

    def _share(self, count: int) -> Decimal | None:
        return Decimal(100 * count) / self.due if self.due >= LEAST_SHOWN else None


def kept_ratio(counts: Mapping[str, int]) -> KeptRatio:
    """The kept ratio of counted states, as ``CommitmentQuerySet.tally`` or ``Counter`` give them.

    Kept on time / all due in the period; released and not yet due ones are left out, overdue ones
    count as broken (formulas, section 2).
    """
    return KeptRatio(
        on_time=counts.get(CommitmentState.KEPT, 0),
        late=counts.get(CommitmentState.KEPT_LATE, 0),
        broken=counts.get(CommitmentState.BROKEN, 0),
    )


def median_lateness(dates: Iterable[tuple[date, date]], land: str) -> float | None:
    """Median of (due, done) in working days of the Land; None where nothing was late."""
    days = [working_days_between(due_on, done_on, land) for due_on, done_on in dates]
    return median(days) if days else None


def weighs_since(today: date) -> date:
    """The first day whose broken commitments still weigh on the case."""
    return today - timedelta(days=BROKEN_WEIGHS_DAYS)


def weight(broken: int) -> str | None:
    """What broken commitments say about the health of a case: one is a risk, two are critical."""
    if broken == 0:
        return None
    return AT_RISK if broken == 1 else CRITICAL


def contact_due(last_on: date, every_days: int) -> date:
    """The day by which both sides should have spoken again: so many calendar days later."""
    return last_on + timedelta(days=every_days)


#: Office hours in which a response is measured.
OPENS_AT, CLOSES_AT = time(8), time(17)


def working_hours_between(start: datetime, end: datetime, land: str) -> float:
    """Hours between two moments that fall into office hours of working days of the Land.

    Office hours are 8 to 17 o'clock. 0 where ``end`` lies before ``start``.
    """
    hours, day = 0.0, start.date()
    while day <= end.date():
        if is_working_day(day, land):
            first = max(start, datetime.combine(day, OPENS_AT))
            last = min(end, datetime.combine(day, CLOSES_AT))
            hours += max((last - first).total_seconds(), 0) / 3600
        day += timedelta(days=1)
    return hours


def next_meeting(held_on: date, rhythm_days: int, land: str) -> date:
    """The next round after one held: a rhythm later, on a working day of the Land."""
    return next_working_day(held_on + timedelta(days=rhythm_days), land)


#: A promise is about to break when a measure for it has not begun so many working days before.
BREAKS_WITHIN = 5


def about_to_break(
    *,
    promised_for: date,
    measure_due: date,
    has_begun: bool,
    today: date,
    land: str,
) -> bool:
    """Whether an open measure endangers the open promise it belongs to.

    It does when it is overdue, is planned for after the promised day, or has not begun although
    the earlier of both dates is at most five working days away.
    """
    if measure_due < today or measure_due > promised_for:
        return True
    return not has_begun and working_days_between(today, measure_due, land) <= BREAKS_WITHIN
