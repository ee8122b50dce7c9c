"""State, kept ratio, lateness and weight: pure rules with their edges."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from winback.common.health import AT_RISK, CRITICAL
from winback.dialogue import rules
from winback.dialogue.enums import CommitmentState
from winback.dialogue.rules import (
    KeptRatio,
    kept_ratio,
    median_lateness,
    state,
    weighs_since,
    weight,
)

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)


def state_of(
    due_on: dt.date = TODAY,
    *,
    done_on: dt.date | None = None,
    broken_on: dt.date | None = None,
    released_on: dt.date | None = None,
) -> CommitmentState:
    return state(
        due_on=due_on,
        original_due_on=due_on,
        done_on=done_on,
        broken_on=broken_on,
        released_on=released_on,
        today=TODAY,
    )


def test_state_due_today_is_still_open() -> None:
    assert state_of(TODAY) == CommitmentState.OPEN


def test_state_open_after_its_date_counts_as_broken() -> None:
    assert state_of(TODAY - DAY) == CommitmentState.BROKEN


def test_state_kept_on_the_last_day_is_on_time() -> None:
    assert state_of(TODAY, done_on=TODAY) == CommitmentState.KEPT


def test_state_kept_one_day_late_is_late() -> None:
    assert state_of(TODAY - DAY, done_on=TODAY) == CommitmentState.KEPT_LATE


def test_state_declared_broken_before_its_date_is_broken() -> None:
    assert state_of(TODAY + DAY, broken_on=TODAY) == CommitmentState.BROKEN


def test_state_released_stays_released_after_its_date() -> None:
    assert state_of(TODAY - DAY, released_on=TODAY) == CommitmentState.RELEASED


def test_kept_late_is_judged_by_the_original_date() -> None:
    judged = state(
        due_on=TODAY + DAY,
        original_due_on=TODAY - DAY,
        done_on=TODAY,
        broken_on=None,
        released_on=None,
        today=TODAY,
    )
    assert judged == CommitmentState.KEPT_LATE


def test_kept_ratio_of_the_practice_case() -> None:
    ratio = kept_ratio({"kept": 13, "kept_late": 1, "broken": 2, "open": 3, "released": 1})
    assert ratio.due == 16
    assert ratio.percent == Decimal("81.25")
    assert ratio.percent_with_late == Decimal("87.5")


def test_kept_ratio_leaves_out_what_is_released_or_not_yet_due() -> None:
    ratio = kept_ratio({"open": 9, "released": 9})
    assert ratio == KeptRatio(0, 0, 0)
    assert ratio.due == 0


@pytest.mark.parametrize(("kept", "percent"), [(0, None), (4, None), (5, Decimal(100))])
def test_kept_ratio_shows_no_percentage_below_five(kept: int, percent: Decimal | None) -> None:
    ratio = kept_ratio({"kept": kept})
    assert ratio.percent == percent
    assert ratio.percent_with_late == percent


def test_kept_ratio_of_nothing_kept_is_zero_not_empty() -> None:
    assert kept_ratio({"broken": 5}).percent == 0


def test_median_lateness_counts_working_days() -> None:
    friday, monday, wednesday = dt.date(2026, 11, 13), dt.date(2026, 11, 16), dt.date(2026, 11, 18)
    assert median_lateness([(friday, monday)], "HE") == 1
    assert median_lateness([(friday, monday), (friday, wednesday)], "HE") == 2


def test_median_lateness_knows_the_holidays_of_the_land() -> None:
    """Day of Repentance, 2026-11-18, is a holiday in Saxony alone."""
    dates = [(dt.date(2026, 11, 17), dt.date(2026, 11, 19))]
    assert (median_lateness(dates, "HE"), median_lateness(dates, "SN")) == (2, 1)


def test_median_lateness_of_nothing_is_none() -> None:
    assert median_lateness([], "HE") is None


@pytest.mark.parametrize(
    ("broken", "level"), [(0, None), (1, AT_RISK), (2, CRITICAL), (7, CRITICAL)]
)
def test_weight_of_broken_commitments(broken: int, level: str | None) -> None:
    assert weight(broken) == level


def test_a_declared_break_weighs_sixty_days() -> None:
    assert weighs_since(TODAY) == dt.date(2026, 9, 24)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ((20, 9, 0), (20, 11, 30), 2.5),
        ((20, 16, 0), (23, 9, 0), 2),
        ((20, 18, 0), (21, 12, 0), 0),
        ((20, 7, 0), (20, 20, 0), 9),
        ((23, 9, 0), (20, 9, 0), 0),
        ((18, 12, 0), (20, 12, 0), 18),
    ],
    ids=["same day", "over the weekend", "weekend", "whole day", "backwards", "two days"],
)
def test_working_hours_count_office_hours_only(
    start: tuple[int, int, int], end: tuple[int, int, int], hours: float
) -> None:
    first, last = (dt.datetime(2026, 11, *moment) for moment in (start, end))  # noqa: DTZ001  # local times of one place
    assert rules.working_hours_between(first, last, "HE") == hours


def test_next_meeting_falls_on_a_working_day() -> None:
    assert rules.next_meeting(dt.date(2026, 12, 11), 14, "HE") == dt.date(2026, 12, 28)
    assert rules.next_meeting(dt.date(2026, 11, 23), 7, "HE") == dt.date(2026, 11, 30)
