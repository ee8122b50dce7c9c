"""States of deadlines, amendments and cooperation: computed, never typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from winback.common.duties import Duty
from winback.common.health import AT_RISK, CRITICAL
from winback.contracts.enums import (
    DERIVED,
    AmendmentState,
    Bound,
    CooperationState,
    DeadlineKind,
    DeadlineState,
)

#: A deadline is due soon within so many calendar days, and then weighs on the case.
NEAR_DAYS = 7
#: Notice and option dates weigh on the case within so many calendar days.
TERM_NEAR_DAYS = 30
#: A duty of ours is about to slip within so many calendar days: the last reminder of a measure.
SLIP_DAYS = 2


def deadline_state(
    *,
    due_on: date,
    done_on: date | None,
    ended_on: date | None,
    is_paused: bool,
    today: date,
) -> DeadlineState:
    """Done, ended, suspended, overdue, due soon or open, in this order."""
    if done_on is not None:
        return DeadlineState.DONE if done_on <= due_on else DeadlineState.DONE_LATE
    if ended_on is not None:
        return DeadlineState.ENDED
    if is_paused:
        return DeadlineState.PAUSED
    if due_on < today:
        return DeadlineState.OVERDUE
    near = due_on <= today + timedelta(days=NEAR_DAYS)
    return DeadlineState.NEAR if near else DeadlineState.OPEN


def cooperation_state(
    *, due_on: date | None, since: date | None, until: date | None, today: date
) -> CooperationState:
    """Given, given late, missing since a day or overdue, or still owed."""
    late = since is not None or (due_on is not None and (until or today) > due_on)
    if until is not None:
        return CooperationState.GIVEN_LATE if late else CooperationState.GIVEN
    return CooperationState.MISSING if late else CooperationState.OWED


def has_slipped(duty: Duty, today: date) -> bool:
    """Open after its date, or moved behind the date first agreed."""
    return duty.is_open and (duty.due_on < today or duty.due_on > duty.original_due_on)


def is_about_to_slip(duty: Duty, today: date) -> bool:
    """Open and blocked, or due within the last days before its date."""
    near = duty.due_on <= today + timedelta(days=SLIP_DAYS)
    return duty.is_open and not has_slipped(duty, today) and (duty.is_blocked or near)


def endangering(duties: Iterable[Duty], today: date) -> list[Duty]:
    """Our duties that have slipped or are about to: what puts the suspension at risk."""
    return [each for each in duties if has_slipped(each, today) or is_about_to_slip(each, today)]


def amendment_state(
    *, until: date | None, broken_on: date | None, duties: Collection[Duty], today: date
) -> AmendmentState:
    """Broken, expired after its last day, at risk by a duty of ours, or in force."""
    if broken_on is not None:
        return AmendmentState.BROKEN
    if until is not None and until < today:
        return AmendmentState.EXPIRED
    return AmendmentState.AT_RISK if endangering(duties, today) else AmendmentState.IN_FORCE


@dataclass(frozen=True, slots=True)
class Weight:
    """How many deadlines weigh on the case, and how heavily."""

    overdue: int
    near: int

    @property
    def level(self) -> str | None:
        """An overdue deadline of ours is critical; one that is due soon a risk."""
        if self.overdue:
            return CRITICAL
        return AT_RISK if self.near else None


def weigh(deadlines: Iterable[tuple[str, str, date]], today: date) -> Weight:
    """Weigh open deadlines given as (kind, bound, due on).

    What binds us is critical when overdue. Dates of the contract are a risk when near or passed;
    the check of the contract weighs nothing.
    """
    overdue = near = 0
    for kind, bound, due_on in deadlines:
        if kind in DERIVED:
            span = timedelta(days=TERM_NEAR_DAYS)
            near += kind != DeadlineKind.CHECK and due_on <= today + span
        elif bound == Bound.US:
            overdue += due_on < today
            near += today <= due_on <= today + timedelta(days=NEAR_DAYS)
    return Weight(overdue, near)
