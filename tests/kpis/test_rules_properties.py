"""What must hold for every baseline, target and value, not only for the examples."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from tests.kpis.properties import always
from winback.kpis.enums import Direction, Standing
from winback.kpis.rules import (
    Course,
    expected,
    gain,
    is_reached,
    judge,
    nearest_edge,
    needed_pace,
    pace_so_far,
    progress,
    standing_on,
)

D = Decimal
BEGINS, DUE = dt.date(2026, 8, 31), dt.date(2027, 2, 28)
values = st.decimals(-10_000, 10_000, places=3)
days = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
between = st.dates(BEGINS, DUE)
MIRROR = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}


def course(direction: Direction, baseline: Decimal, target: Decimal) -> Course:
    return Course(direction, 3, baseline, BEGINS, target, due_on=DUE)


def mirrored(one: Course) -> Course:
    """The same story told with the opposite sign."""
    assert one.baseline is not None
    assert one.target is not None
    return replace(
        one,
        direction=MIRROR[Direction(one.direction)],
        baseline=-one.baseline,
        target=-one.target,
    )


@always(baseline=values, target=values, value=values, on=days)
def test_both_directions_tell_the_same_story(
    baseline: Decimal, target: Decimal, value: Decimal, on: dt.date
) -> None:
    up = course(Direction.UP, baseline, target)
    down = mirrored(up)
    assert gain(up, value) == gain(down, -value)
    assert progress(up, value) == progress(down, -value)
    assert is_reached(up, value) == is_reached(down, -value)
    assert judge(up, value, on) == judge(down, -value, on)


@always(
    baseline=values,
    target=values,
    value=values,
    more=st.decimals("0.001", 1000, places=3),
    on=days,
)
def test_a_better_value_never_stands_worse(
    baseline: Decimal, target: Decimal, value: Decimal, more: Decimal, on: dt.date
) -> None:
    better = value + more
    order = [Standing.WORSE, Standing.BEHIND, Standing.ON_PATH, Standing.REACHED]
    up = course(Direction.UP, baseline, target)
    assert order.index(judge(up, better, on)) >= order.index(judge(up, value, on))


@always(baseline=values, target=values, on=between)
def test_the_path_stays_between_its_ends(baseline: Decimal, target: Decimal, on: dt.date) -> None:
    wanted = expected(course(Direction.UP, baseline, target), on)
    assert wanted is not None
    assert min(baseline, target) - D("1e-9") <= wanted <= max(baseline, target) + D("1e-9")


@always(baseline=values, target=values, first=between, later=between)
def test_the_path_only_leads_towards_the_target(
    baseline: Decimal, target: Decimal, first: dt.date, later: dt.date
) -> None:
    assume(first < later)
    one = course(Direction.UP, baseline, target)
    at_first, at_later = expected(one, first), expected(one, later)
    assert at_first is not None
    assert at_later is not None
    assert abs(target - at_later) <= abs(target - at_first) + D("1e-9")


@always(baseline=values, way=st.decimals("0.001", 10_000, places=3), on=between)
def test_who_walks_on_the_path_is_on_it(baseline: Decimal, way: Decimal, on: dt.date) -> None:
    for direction, target in ((Direction.UP, baseline + way), (Direction.DOWN, baseline - way)):
        one = course(direction, baseline, target)
        wanted = expected(one, on)
        assert wanted is not None
        assert judge(one, wanted, on) in (Standing.ON_PATH, Standing.REACHED)


@always(baseline=values, target=values, value=values)
def test_progress_is_zero_at_the_baseline_and_one_at_the_target(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    assume(baseline != target)
    for direction in (Direction.UP, Direction.DOWN):
        one = course(direction, baseline, target)
        assert progress(one, baseline) == 0
        assert progress(one, target) == 1
        share = progress(one, value)
        assert share is not None
        if direction == (Direction.UP if target > baseline else Direction.DOWN):
            assert (share >= 1) == is_reached(one, value)


@always(lower=values, width=st.decimals(0, 100, places=3), baseline=values, value=values)
def test_a_band_is_reached_inside_and_only_there(
    lower: Decimal, width: Decimal, baseline: Decimal, value: Decimal
) -> None:
    band = Course(Direction.RANGE, 3, baseline, BEGINS, lower, lower + width, DUE)
    inside = lower <= value <= lower + width
    assert is_reached(band, value) == inside
    assert (nearest_edge(band, value) == value) == inside
    share = progress(band, value)
    if share is not None:
        assert (share == 1) == inside


@always(lower=values, width=st.decimals(0, 100, places=3), value=values, shift=values)
def test_a_band_may_be_moved_with_everything_in_it(
    lower: Decimal, width: Decimal, value: Decimal, shift: Decimal
) -> None:
    band = Course(Direction.RANGE, 3, D(0), BEGINS, lower, lower + width, DUE)
    moved = replace(band, baseline=shift, target=lower + shift, upper=lower + width + shift)
    assert gain(band, value) == gain(moved, value + shift)
    assert progress(band, value) == progress(moved, value + shift)


@always(baseline=values, target=values, value=values, on=between)
def test_pace_is_needed_exactly_while_the_target_is_ahead(
    baseline: Decimal, target: Decimal, value: Decimal, on: dt.date
) -> None:
    one = course(Direction.UP, baseline, target)
    pace = needed_pace(one, value, on)
    assert (pace is None) == (is_reached(one, value) or on == DUE)
    assert pace is None or pace > 0


@always(baseline=values, value=values, on=between)
def test_pace_so_far_has_the_sign_of_the_gain(
    baseline: Decimal, value: Decimal, on: dt.date
) -> None:
    assume(on > BEGINS)
    one = course(Direction.UP, baseline, baseline + 1)
    pace, better = pace_so_far(one, value, on), gain(one, value)
    assert pace is not None
    assert better is not None
    assert (pace > 0, pace < 0) == (better > 0, better < 0)


@always(
    today=days,
    due=st.none() | days,
    fresh=st.none() | days,
    judgement=st.sampled_from([Standing.REACHED, Standing.ON_PATH, Standing.BEHIND]),
)
def test_nothing_overdue_or_outdated_ever_looks_good(
    today: dt.date, due: dt.date | None, fresh: dt.date | None, judgement: Standing
) -> None:
    standing = standing_on(today, judgement, due, fresh)
    if due is not None and due < today:
        assert standing == Standing.STALE
    elif fresh is not None and fresh < today:
        assert standing == Standing.NO_DATA
    else:
        assert standing == judgement
