"""The status machine and the judgement of health."""

from __future__ import annotations

import datetime as dt

import pytest

from winback.cases.enums import CLOSED, Health, Status
from winback.cases.rules import (
    case_number,
    judge,
    may_become,
    number_scope,
    results_of,
    worse,
)
from winback.common.health import Signal

LEGAL = {
    (Status.OPEN, Status.ACTIVE),
    (Status.OPEN, Status.LOST),
    (Status.OPEN, Status.PARTED),
    (Status.OPEN, Status.RESTING),
    (Status.ACTIVE, Status.WON),
    (Status.ACTIVE, Status.LOST),
    (Status.ACTIVE, Status.PARTED),
    (Status.ACTIVE, Status.RESTING),
    (Status.RESTING, Status.ACTIVE),
    (Status.RESTING, Status.LOST),
    (Status.RESTING, Status.PARTED),
    (Status.WON, Status.ACTIVE),
    (Status.LOST, Status.ACTIVE),
    (Status.PARTED, Status.ACTIVE),
}


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("target", Status)
def test_transition_is_legal_just_where_the_table_says(source: Status, target: Status) -> None:
    assert may_become(source, target) == ((source, target) in LEGAL)


def test_results_of_an_open_case_hold_no_victory() -> None:
    """Without a plan nothing was won back."""
    assert results_of(Status.OPEN) == [Status.LOST, Status.PARTED]
    assert results_of(Status.ACTIVE) == [Status.WON, Status.LOST, Status.PARTED]


def test_results_of_an_ended_case_are_none() -> None:
    assert [results_of(status) for status in CLOSED] == [[], [], []]


def test_judge_without_signals_is_on_track() -> None:
    assert judge([], []) == Health.ON_TRACK


def test_judge_takes_the_worst_signal() -> None:
    signals = [Signal(Health.AT_RISK, "a"), Signal(Health.CRITICAL, "b")]
    assert judge(signals, []) == Health.CRITICAL


def test_override_makes_worse_but_never_better() -> None:
    critical = [Signal(Health.CRITICAL, "a")]
    assert judge([], [Health.AT_RISK]) == Health.AT_RISK
    assert judge(critical, [Health.AT_RISK]) == Health.CRITICAL


def test_worse_is_symmetric() -> None:
    assert worse(Health.ON_TRACK, Health.AT_RISK) == worse(Health.AT_RISK, Health.ON_TRACK)


@pytest.mark.parametrize(
    ("count", "number"), [(1, "RG-2026-0001"), (9999, "RG-2026-9999"), (10000, "RG-2026-10000")]
)
def test_case_number_has_four_digits_or_more(count: int, number: str) -> None:
    assert case_number(2026, count) == number


def test_number_scope_is_the_year() -> None:
    assert number_scope(dt.date(2027, 1, 1)) == "RG-2027"
