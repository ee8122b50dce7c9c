"""States of deadlines, amendments and cooperation, and what weighs on a case."""

from __future__ import annotations

import datetime as dt

import pytest

from winback.common.duties import Duty
from winback.common.health import AT_RISK, CRITICAL
from winback.contracts.enums import AmendmentState, CooperationState, DeadlineState
from winback.contracts.rules.states import (
    amendment_state,
    cooperation_state,
    deadline_state,
    endangering,
    weigh,
)

TODAY = dt.date(2026, 11, 23)


def later(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("due", "done", "ended", "paused", "state"),
    [
        (8, None, None, False, DeadlineState.OPEN),
        (7, None, None, False, DeadlineState.NEAR),
        (0, None, None, False, DeadlineState.NEAR),
        (-1, None, None, False, DeadlineState.OVERDUE),
        (-1, None, None, True, DeadlineState.PAUSED),
        (-1, None, -1, True, DeadlineState.ENDED),
        (-1, -1, None, True, DeadlineState.DONE),
        (-1, 0, None, False, DeadlineState.DONE_LATE),
    ],
)
def test_deadline_state_follows_from_its_days(
    due: int, done: int | None, ended: int | None, paused: bool, state: DeadlineState
) -> None:
    found = deadline_state(
        due_on=later(due),
        done_on=None if done is None else later(done),
        ended_on=None if ended is None else later(ended),
        is_paused=paused,
        today=TODAY,
    )
    assert found == state


@pytest.mark.parametrize(
    ("due", "since", "until", "state"),
    [
        (0, None, None, CooperationState.OWED),
        (-1, None, None, CooperationState.MISSING),
        (5, -2, None, CooperationState.MISSING),
        (None, -2, None, CooperationState.MISSING),
        (0, None, -1, CooperationState.GIVEN),
        (-2, None, -1, CooperationState.GIVEN_LATE),
        (None, -5, -1, CooperationState.GIVEN_LATE),
    ],
)
def test_cooperation_state_follows_from_its_days(
    due: int | None, since: int | None, until: int | None, state: CooperationState
) -> None:
    days = {
        name: None if value is None else later(value)
        for name, value in (("due_on", due), ("since", since), ("until", until))
    }
    assert cooperation_state(**days, today=TODAY) == state


def duty(due: int, *, original: int | None = None, **facts: bool) -> Duty:
    return Duty(
        title="Grundreinigung",
        url="/",
        owner="R. Ott",
        due_on=later(due),
        original_due_on=later(due if original is None else original),
        shape="open",
        word="Offen",
        is_open=facts.get("is_open", True),
        is_blocked=facts.get("is_blocked", False),
    )


@pytest.mark.parametrize(
    ("owed", "endangers"),
    [
        (duty(3), False),
        (duty(2), True),  # about to slip
        (duty(-1), True),  # slipped
        (duty(30, original=20), True),  # moved behind the date first agreed
        (duty(20, original=30), False),  # done earlier than agreed
        (duty(30, is_blocked=True), True),
        (duty(-1, is_open=False), False),
        (duty(30, original=20, is_open=False), False),
    ],
)
def test_duty_endangers_the_suspension(owed: Duty, endangers: bool) -> None:
    assert endangering([owed], TODAY) == ([owed] if endangers else [])


@pytest.mark.parametrize(
    ("until", "broken", "owed", "state"),
    [
        (10, None, [], AmendmentState.IN_FORCE),
        (0, None, [duty(30)], AmendmentState.IN_FORCE),
        (None, None, [], AmendmentState.IN_FORCE),
        (10, None, [duty(30), duty(-1)], AmendmentState.AT_RISK),
        (None, None, [duty(-1)], AmendmentState.AT_RISK),
        (-1, None, [duty(-1)], AmendmentState.EXPIRED),
        (10, -1, [duty(30)], AmendmentState.BROKEN),
        (-1, -2, [], AmendmentState.BROKEN),
    ],
)
def test_amendment_state_follows_from_its_duties(
    until: int | None, broken: int | None, owed: list[Duty], state: AmendmentState
) -> None:
    found = amendment_state(
        until=None if until is None else later(until),
        broken_on=None if broken is None else later(broken),
        duties=owed,
        today=TODAY,
    )
    assert found == state


@pytest.mark.parametrize(
    ("kind", "bound", "due", "level"),
    [
        ("remedy", "us", -1, CRITICAL),
        ("remedy", "us", 0, AT_RISK),
        ("remedy", "us", 7, AT_RISK),
        ("remedy", "us", 8, None),
        ("remedy", "client", -1, None),
        ("remedy", "subcontractor", 0, None),
        ("notice", "client", 30, AT_RISK),
        ("notice", "client", 31, None),
        ("option", "client", -1, AT_RISK),
        ("suspension", "client", 10, AT_RISK),
        ("check", "us", -10, None),
    ],
)
def test_deadline_weighs_on_the_case(kind: str, bound: str, due: int, level: str | None) -> None:
    assert weigh([(kind, bound, later(due))], TODAY).level == level


def test_weight_counts_overdue_and_near_apart() -> None:
    rows = [("remedy", "us", later(-1)), ("cure", "us", later(1)), ("notice", "client", later(9))]
    found = weigh(rows, TODAY)
    assert (found.overdue, found.near, found.level) == (1, 2, CRITICAL)
    assert weigh([], TODAY).level is None
