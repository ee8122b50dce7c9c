"""What holds for every consent, objection and mail: the states, the gate and its pause."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winback.clients.enums import NEEDS_CONSENT, Barrier, ConsentState, Purpose
from winback.clients.rules import Addressee, Given, barrier, consent_state

DAY = dt.date(2026, 11, 23)
quick = settings(max_examples=60, deadline=None)
OFFSETS = st.integers(-60, 60)


def day(offset: int) -> dt.date:
    return DAY + dt.timedelta(days=offset)


@st.composite
def consents(draw: st.DrawFn) -> Given:
    """Any consent; a withdrawal is never before it was given, as the database holds."""
    at = draw(OFFSETS)
    until = draw(st.none() | st.integers(at, at + 60))
    return Given(day(at), None if until is None else day(until), draw(st.booleans()))


MANY = st.lists(consents(), max_size=5)
DAYS = st.lists(OFFSETS.map(day), max_size=3)


@quick
@given(MANY, DAYS)
def test_live_needs_a_proved_consent_of_today(rows: list[Given], stops: list[dt.date]) -> None:
    found = consent_state(rows, stops, DAY)
    proved = [row for row in rows if row.is_proved and row.is_live(DAY)]
    if found == ConsentState.LIVE:
        assert proved
    if not proved:
        assert found != ConsentState.LIVE


@quick
@given(MANY)
def test_objection_of_today_ends_everything(rows: list[Given]) -> None:
    assert consent_state(rows, [DAY], DAY) == ConsentState.OBJECTED


@quick
@given(MANY, DAYS)
def test_order_of_the_rows_does_not_matter(rows: list[Given], stops: list[dt.date]) -> None:
    found = consent_state(rows, stops, DAY)
    assert found == consent_state(rows[::-1], stops[::-1], DAY)


@quick
@given(MANY, DAYS, st.integers(1, 60))
def test_what_is_still_to_come_changes_nothing(
    rows: list[Given], stops: list[dt.date], ahead: int
) -> None:
    later = Given(day(ahead), None, is_proved=True)
    found = consent_state(rows, stops, DAY)
    assert found == consent_state([*rows, later], [*stops, day(ahead)], DAY)


@quick
@given(MANY, DAYS)
def test_fresh_proved_consent_counts_whatever_was_before(
    rows: list[Given], stops: list[dt.date]
) -> None:
    """Agreed today after every earlier no; a no of the same day is stronger."""
    earlier = [stop for stop in stops if stop != DAY]
    fresh = Given(DAY, None, is_proved=True)
    assert consent_state([*rows, fresh], earlier, DAY) == ConsentState.LIVE


@quick
@given(MANY)
def test_without_objection_nobody_has_objected(rows: list[Given]) -> None:
    assert consent_state(rows, [], DAY) != ConsentState.OBJECTED


@quick
@given(consents())
def test_consent_is_live_from_its_day_until_before_its_withdrawal(row: Given) -> None:
    assert not row.is_live(row.given_on - dt.timedelta(days=1))
    if row.withdrawn_on is None:
        assert row.is_live(row.given_on)
        return
    assert not row.is_live(row.withdrawn_on)
    before = row.withdrawn_on - dt.timedelta(days=1)
    assert row.is_live(before) == (before >= row.given_on)


STATES = st.sampled_from(list(ConsentState))
ADDRESSEES = st.builds(
    Addressee,
    has_address=st.booleans(),
    has_left=st.booleans(),
    consent=STATES,
    last_on=st.none() | st.integers(-60, 0).map(day),
)
PURPOSES = st.sampled_from([purpose.value for purpose in Purpose])


def ask(person: Addressee, purpose: str, pause: int = 30) -> Barrier | None:
    return barrier(person, purpose=purpose, on=DAY, pause_days=pause)


@quick
@given(ADDRESSEES, PURPOSES, st.integers(0, 60))
def test_gate_opens_to_people_there_with_an_address_only(
    person: Addressee, purpose: str, pause: int
) -> None:
    if ask(person, purpose, pause) is None:
        assert person.has_address
        assert not person.has_left


@quick
@given(ADDRESSEES, st.sampled_from(NEEDS_CONSENT), st.integers(0, 60))
def test_gate_opens_advertising_to_live_consents_only(
    person: Addressee, purpose: str, pause: int
) -> None:
    if ask(person, purpose, pause) is None:
        assert person.consent == ConsentState.LIVE


@quick
@given(ADDRESSEES, PURPOSES, st.integers(0, 60))
def test_longer_pause_never_opens_the_gate(person: Addressee, purpose: str, pause: int) -> None:
    if ask(person, purpose, pause) is not None:
        assert ask(person, purpose, pause + 1) is not None


@quick
@given(ADDRESSEES)
def test_contract_communication_is_never_stopped_by_consent(person: Addressee) -> None:
    assert ask(person, Purpose.CONTRACT) in {None, Barrier.LEFT, Barrier.NO_ADDRESS}


@quick
@given(ADDRESSEES, PURPOSES)
def test_who_has_left_hears_nothing(person: Addressee, purpose: str) -> None:
    if person.has_left:
        assert ask(person, purpose) == Barrier.LEFT


def someone(
    consent: ConsentState = ConsentState.LIVE,
    *,
    address: bool = True,
    left: bool = False,
    last: int | None = None,
) -> Addressee:
    return Addressee(address, left, consent, None if last is None else day(last))


@pytest.mark.parametrize("purpose", NEEDS_CONSENT)
@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (someone(), None),
        (someone(last=-30), None),
        (someone(last=-29), Barrier.TOO_SOON),
        (someone(last=0), Barrier.TOO_SOON),
        (someone(ConsentState.UNPROVED), Barrier.UNPROVED),
        (someone(ConsentState.WITHDRAWN), Barrier.WITHDRAWN),
        (someone(ConsentState.OBJECTED), Barrier.OBJECTED),
        (someone(ConsentState.NONE), Barrier.NO_CONSENT),
        (someone(ConsentState.OBJECTED, last=0), Barrier.OBJECTED),
        (someone(address=False), Barrier.NO_ADDRESS),
        (someone(ConsentState.NONE, address=False), Barrier.NO_ADDRESS),
        (someone(ConsentState.NONE, address=False, left=True), Barrier.LEFT),
        (someone(left=True), Barrier.LEFT),
    ],
    ids=[
        "live",
        "after the pause",
        "last day of the pause",
        "written today",
        "unproved",
        "withdrawn",
        "objected",
        "never asked",
        "objection before pause",
        "no address",
        "no address before no consent",
        "left before all",
        "left",
    ],
)
def test_gate_names_the_first_reason(
    purpose: Purpose, person: Addressee, reason: Barrier | None
) -> None:
    assert ask(person, purpose) == reason


@pytest.mark.parametrize(
    ("rows", "stops", "expected"),
    [
        ([Given(day(-9), None, True)], [day(-9)], ConsentState.OBJECTED),
        ([Given(day(-8), None, True)], [day(-9)], ConsentState.LIVE),
        ([Given(day(-8), None, False)], [day(-9)], ConsentState.UNPROVED),
        ([Given(day(-8), day(-8), True)], [], ConsentState.WITHDRAWN),
        ([Given(day(-8), day(-1), True)], [day(-9)], ConsentState.OBJECTED),
        ([Given(day(-8), day(1), True)], [day(1)], ConsentState.LIVE),
        ([Given(day(-8), day(-1), True), Given(day(-3), None, False)], [], ConsentState.UNPROVED),
        ([Given(day(1), None, True)], [day(2)], ConsentState.NONE),
    ],
    ids=[
        "no and yes on one day",
        "agreed after the no",
        "agreed after the no without proof",
        "given and withdrawn on one day",
        "withdrawn after an old no",
        "ends tomorrow",
        "a new one without proof",
        "everything lies ahead",
    ],
)
def test_state_of_special_days(
    rows: list[Given], stops: list[dt.date], expected: ConsentState
) -> None:
    assert consent_state(rows, stops, DAY) == expected
