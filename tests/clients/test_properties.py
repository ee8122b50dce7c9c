"""Rules that hold for any input: the gate never opens by accident, the tree is never lost."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from accounts import rules as trees
from winback.clients.enums import NEEDS_CONSENT, Barrier, ConsentState, Purpose
from winback.clients.rules import Addressee, Given, barrier, consent_state

DAY = dt.date(2026, 11, 23)
days = st.integers(-40, 10).map(lambda offset: DAY + dt.timedelta(days=offset))
consents = st.lists(
    st.builds(
        lambda given_on, lasts, proved: Given(
            given_on, None if lasts is None else given_on + dt.timedelta(days=lasts), proved
        ),
        days,
        st.none() | st.integers(0, 60),
        st.booleans(),
    ),
    max_size=4,
)
objections = st.lists(days, max_size=3)
parents = st.lists(st.integers(0, 30), max_size=12).map(
    # Each region lies under an earlier one or at the top: a tree by construction.
    lambda picks: {
        key: (None if pick % key == 0 else pick % key) for key, pick in enumerate(picks, 1)
    }
)


@given(consents, objections)
def test_live_needs_a_proved_consent_after_every_objection(
    rows: list[Given], stops: list[dt.date]
) -> None:
    live = consent_state(rows, stops, DAY) == ConsentState.LIVE
    past = [day for day in stops if day <= DAY]
    expected = any(
        row.is_proved
        and row.given_on <= DAY
        and (row.withdrawn_on is None or row.withdrawn_on > DAY)
        and all(row.given_on > stop for stop in past)
        for row in rows
    )
    assert live is expected


@given(consents, objections, days)
def test_an_objection_of_today_ends_everything(
    rows: list[Given], stops: list[dt.date], day: dt.date
) -> None:
    state = consent_state(rows, [*stops, day], day)
    assert state == ConsentState.OBJECTED


@given(consents, objections)
def test_order_and_doubles_do_not_matter(rows: list[Given], stops: list[dt.date]) -> None:
    state = consent_state(rows, stops, DAY)
    assert consent_state(rows[::-1] * 2, stops[::-1] * 2, DAY) == state


@given(
    st.sampled_from(Purpose),
    st.sampled_from(ConsentState),
    st.booleans(),
    st.booleans(),
    st.none() | days,
    st.integers(0, 60),
)
def test_gate_opens_for_advertising_only_with_all_it_needs(
    purpose: Purpose,
    consent: ConsentState,
    has_address: bool,
    has_left: bool,
    last_on: dt.date | None,
    pause_days: int,
) -> None:
    asked = Addressee(has_address, has_left, consent, last_on)
    found = barrier(asked, purpose=purpose, on=DAY, pause_days=pause_days)
    if has_left or not has_address:
        assert found in {Barrier.LEFT, Barrier.NO_ADDRESS}
    elif purpose not in NEEDS_CONSENT:
        assert found is None
    else:
        rested = last_on is None or (DAY - last_on).days >= pause_days
        assert (found is None) is (consent == ConsentState.LIVE and rested)


@given(parents)
def test_walking_the_tree_names_every_region_once(tree: dict[int, int | None]) -> None:
    walked = trees.in_order(tree, list(tree))
    assert sorted(key for key, _depth in walked) == sorted(tree)
    depths = dict(walked)
    for key, parent in tree.items():
        assert depths[key] == (0 if parent is None else depths[parent] + 1)


@given(parents)
def test_subtrees_hold_their_children_and_no_parent(tree: dict[int, int | None]) -> None:
    for key in tree:
        below = trees.subtree(tree, key)
        assert {child for child, parent in tree.items() if parent == key} <= below
        assert tree[key] not in below
