"""Who may be written to on a day, as tables."""

from __future__ import annotations

import datetime as dt

import pytest

from winback.clients.enums import Barrier, ConsentState, Purpose
from winback.clients.rules import Addressee, Given, barrier, consent_state

DAY = dt.date(2026, 11, 23)


def day(offset: int) -> dt.date:
    return DAY + dt.timedelta(days=offset)


def given(at: int, *, until: int | None = None, proved: bool = True) -> Given:
    return Given(day(at), None if until is None else day(until), proved)


STATES = [
    ([], [], ConsentState.NONE),
    ([given(-10)], [], ConsentState.LIVE),
    ([given(0)], [], ConsentState.LIVE),
    ([given(1)], [], ConsentState.NONE),  # to come: nobody has agreed yet
    ([given(-10, proved=False)], [], ConsentState.UNPROVED),
    ([given(-10, proved=False), given(-9)], [], ConsentState.LIVE),
    ([given(-10, until=-1)], [], ConsentState.WITHDRAWN),
    ([given(-10, until=0)], [], ConsentState.WITHDRAWN),  # from its own day on
    ([given(-10, until=1)], [], ConsentState.LIVE),
    ([given(-10, until=-5), given(-2)], [], ConsentState.LIVE),  # agreed anew
    ([given(-10)], [-3], ConsentState.OBJECTED),
    ([given(-10)], [0], ConsentState.OBJECTED),
    ([given(-10)], [1], ConsentState.LIVE),
    ([given(-3)], [-3], ConsentState.OBJECTED),  # the same day: the no counts
    ([given(-2)], [-3], ConsentState.LIVE),  # agreed after the no
    ([given(-2)], [-3, -1], ConsentState.OBJECTED),
    ([given(-2, until=-1)], [-3], ConsentState.OBJECTED),
    ([given(-2, proved=False)], [-3], ConsentState.UNPROVED),
    ([], [-3], ConsentState.OBJECTED),
]


@pytest.mark.parametrize(("consents", "objections", "state"), STATES)
def test_consent_state_on_the_day(
    consents: list[Given], objections: list[int], state: ConsentState
) -> None:
    assert consent_state(consents, [day(each) for each in objections], DAY) == state


def addressee(
    consent: ConsentState = ConsentState.LIVE,
    *,
    has_address: bool = True,
    has_left: bool = False,
    last: int | None = None,
) -> Addressee:
    return Addressee(has_address, has_left, consent, None if last is None else day(last))


@pytest.mark.parametrize("state", list(ConsentState))
def test_contract_communication_needs_no_consent(state: ConsentState) -> None:
    asked = addressee(state, last=0)
    assert barrier(asked, purpose=Purpose.CONTRACT, on=DAY, pause_days=30) is None


@pytest.mark.parametrize("purpose", [Purpose.IMPROVEMENTS, Purpose.ADVERTISING, Purpose.SURVEY])
@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (ConsentState.LIVE, None),
        (ConsentState.NONE, Barrier.NO_CONSENT),
        (ConsentState.UNPROVED, Barrier.UNPROVED),
        (ConsentState.WITHDRAWN, Barrier.WITHDRAWN),
        (ConsentState.OBJECTED, Barrier.OBJECTED),
    ],
)
def test_advertising_needs_a_proved_consent(
    purpose: Purpose, state: ConsentState, reason: Barrier | None
) -> None:
    assert barrier(addressee(state), purpose=purpose, on=DAY, pause_days=30) == reason


@pytest.mark.parametrize("purpose", list(Purpose))
def test_nobody_is_written_to_without_address_or_after_leaving(purpose: Purpose) -> None:
    nowhere, gone = addressee(has_address=False), addressee(has_left=True, has_address=False)
    assert barrier(nowhere, purpose=purpose, on=DAY, pause_days=30) == Barrier.NO_ADDRESS
    assert barrier(gone, purpose=purpose, on=DAY, pause_days=30) == Barrier.LEFT


@pytest.mark.parametrize(
    ("last", "reason"),
    [(-31, None), (-30, None), (-29, Barrier.TOO_SOON), (0, Barrier.TOO_SOON), (None, None)],
)
def test_advertising_keeps_its_pause(last: int | None, reason: Barrier | None) -> None:
    asked = addressee(last=last)
    assert barrier(asked, purpose=Purpose.SURVEY, on=DAY, pause_days=30) == reason


def test_a_pause_of_nothing_stops_nobody() -> None:
    asked = addressee(last=0)
    assert barrier(asked, purpose=Purpose.SURVEY, on=DAY, pause_days=0) is None
