"""What a value is worth: every direction, every edge."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
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
TODAY = dt.date(2026, 11, 23)
OCTOBER = dt.date(2026, 10, 31)
UP = Course(Direction.UP, 1, D(78), dt.date(2026, 8, 31), D(95), due_on=dt.date(2027, 2, 28))
DOWN = Course(Direction.DOWN, 0, D(176), dt.date(2026, 8, 31), D(120), due_on=dt.date(2027, 2, 28))
BAND = Course(Direction.RANGE, 1, D(26), dt.date(2026, 8, 31), D(21), D(24), dt.date(2027, 2, 28))


def test_progress_is_the_share_of_the_way() -> None:
    share = progress(UP, D("91.2"))
    assert share is not None
    assert round(share, 4) == D("0.7765")


def test_progress_of_less_is_better_uses_the_same_formula() -> None:
    assert progress(DOWN, D(148)) == D("0.5")


def test_progress_is_not_cut_below_zero_or_above_one() -> None:
    assert progress(UP, D("74.6")) == D("-0.2")
    assert progress(UP, D("98.4")) == D("1.2")
    assert progress(DOWN, D(204)) == D("-0.5")


def test_progress_to_a_band_counts_the_distance() -> None:
    assert progress(BAND, D(25)) == D("0.5")
    assert progress(BAND, D(22)) == 1
    assert progress(BAND, D(28)) == -1
    assert progress(BAND, D(20)) == D("0.5")  # as far below as 25 is above


def test_progress_of_a_value_to_hold_is_undefined() -> None:
    assert progress(replace(UP, target=D(78)), D(80)) is None
    assert progress(replace(BAND, baseline=D(22)), D(25)) is None


@pytest.mark.parametrize("missing", ["baseline", "target"])
def test_progress_without_an_agreement_is_undefined(missing: str) -> None:
    assert progress(replace(UP, **{missing: None}), D(80)) is None


@always(
    baseline=st.decimals(-1000, 1000, places=3),
    target=st.decimals(-1000, 1000, places=3),
    value=st.decimals(-1000, 1000, places=3),
)
def test_progress_is_the_written_formula_for_both_directions(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    for direction in (Direction.UP, Direction.DOWN):
        share = progress(Course(direction, 3, baseline, None, target), value)
        if target == baseline:
            assert share is None
        else:
            assert share is not None
            assert abs(share - (value - baseline) / (target - baseline)) < D("1e-9")


def test_gain_is_positive_when_better_in_either_direction() -> None:
    assert gain(UP, D("91.2")) == D("13.2")
    assert gain(DOWN, D(152)) == 24
    assert gain(UP, D("75.1")) == D("-2.9")
    assert gain(DOWN, D(180)) == -4
    assert gain(BAND, D(25)) == 1
    assert gain(BAND, D(30)) == -4


def test_gain_that_is_not_visible_is_none_at_all() -> None:
    assert gain(UP, D("78.04")) == 0
    assert gain(UP, D("77.95")) == D("-0.1")


def test_gain_needs_a_baseline_and_a_band_its_ends() -> None:
    assert gain(replace(UP, baseline=None), D(80)) is None
    assert gain(replace(BAND, target=None, upper=None), D(22)) is None


@pytest.mark.parametrize(
    ("course", "value", "reached"),
    [
        (UP, "95", True),
        (UP, "94.9", False),
        (DOWN, "120", True),
        (DOWN, "121", False),
        (BAND, "21", True),
        (BAND, "24", True),
        (BAND, "24.1", False),
        (BAND, "20.9", False),
        (replace(BAND, upper=None), "21", True),
        (replace(BAND, upper=None), "21.1", False),
        (replace(UP, target=None), "99", False),
    ],
)
def test_target_is_reached_at_its_value_and_inside_the_band(
    course: Course, value: str, reached: bool
) -> None:
    assert is_reached(course, D(value)) is reached


def test_nearest_edge_of_a_band() -> None:
    assert nearest_edge(BAND, D(26)) == 24
    assert nearest_edge(BAND, D(20)) == 21
    assert nearest_edge(BAND, D(22)) == 22
    assert nearest_edge(UP, D(20)) == 95
    assert nearest_edge(replace(BAND, target=None), D(20)) is None


def test_path_runs_straight_from_the_window_to_the_date() -> None:
    wanted = expected(UP, OCTOBER)
    assert wanted is not None
    assert round(wanted, 1) == D("83.7")
    assert expected(UP, dt.date(2026, 8, 31)) == 78
    assert expected(UP, dt.date(2026, 1, 1)) == 78
    assert expected(UP, dt.date(2027, 2, 28)) == 95
    assert expected(UP, dt.date(2028, 1, 1)) == 95


def test_path_to_a_band_leads_to_its_near_end() -> None:
    middle = replace(BAND, due_on=dt.date(2026, 9, 10))
    assert expected(middle, dt.date(2026, 9, 5)) == 25
    assert expected(middle, dt.date(2026, 9, 10)) == 24


def test_path_of_a_date_before_the_window_is_the_target() -> None:
    assert expected(replace(UP, due_on=dt.date(2026, 8, 1)), OCTOBER) == 95


@pytest.mark.parametrize("missing", ["baseline", "begins_on", "target", "due_on"])
def test_path_needs_both_ends(missing: str) -> None:
    assert expected(replace(UP, **{missing: None}), OCTOBER) is None


@pytest.mark.parametrize(
    ("course", "value", "standing"),
    [
        (UP, "95", Standing.REACHED),
        (UP, "91.2", Standing.ON_PATH),
        (UP, "83.7", Standing.ON_PATH),
        (UP, "83.6", Standing.BEHIND),
        (UP, "78", Standing.BEHIND),
        (UP, "77.9", Standing.WORSE),
        (DOWN, "120", Standing.REACHED),
        (DOWN, "150", Standing.ON_PATH),
        (DOWN, "170", Standing.BEHIND),
        (DOWN, "177", Standing.WORSE),
        (BAND, "22", Standing.REACHED),
        (BAND, "24.5", Standing.ON_PATH),
        (BAND, "25.9", Standing.BEHIND),
        (BAND, "26.5", Standing.WORSE),
        (BAND, "18", Standing.WORSE),
    ],
)
def test_standing_against_the_path(course: Course, value: str, standing: Standing) -> None:
    assert judge(course, D(value), OCTOBER) == standing


def test_standing_looks_at_the_path_and_not_at_last_month() -> None:
    """68 against a path of 60 is good even if last month was 70."""
    course = replace(UP, baseline=D(50), target=D(70), due_on=dt.date(2026, 12, 31))
    assert expected(course, OCTOBER) == D(60)
    assert judge(course, D(68), OCTOBER) == Standing.ON_PATH


def test_standing_without_a_value_is_no_data() -> None:
    assert judge(UP, None, OCTOBER) == Standing.NO_DATA


def test_standing_of_a_value_to_hold() -> None:
    hold = replace(UP, target=D(78))
    assert judge(hold, D(78), OCTOBER) == Standing.REACHED
    assert judge(hold, D("77.9"), OCTOBER) == Standing.WORSE


def test_reached_outweighs_worse_than_the_baseline() -> None:
    assert judge(replace(UP, baseline=D(99)), D(96), OCTOBER) == Standing.REACHED


def test_standing_without_a_target_says_worse_or_nothing() -> None:
    course = replace(UP, target=None, due_on=None)
    assert judge(course, D(70), OCTOBER) == Standing.WORSE
    assert judge(course, D(90), OCTOBER) == Standing.UNJUDGED


def test_standing_without_a_baseline_is_judged_at_the_date_only() -> None:
    course = replace(UP, baseline=None, begins_on=None)
    assert judge(course, D(90), OCTOBER) == Standing.UNJUDGED
    assert judge(course, D(90), dt.date(2027, 2, 28)) == Standing.BEHIND
    assert judge(course, D(95), OCTOBER) == Standing.REACHED


def test_standing_after_the_date_needs_the_whole_target() -> None:
    assert judge(UP, D("94.9"), dt.date(2027, 3, 31)) == Standing.BEHIND


@pytest.mark.parametrize(
    ("due", "fresh", "standing"),
    [
        (TODAY, TODAY, Standing.ON_PATH),
        (TODAY - dt.timedelta(days=1), TODAY, Standing.STALE),
        (TODAY, TODAY - dt.timedelta(days=1), Standing.NO_DATA),
        (TODAY - dt.timedelta(days=1), TODAY - dt.timedelta(days=1), Standing.STALE),
        (None, None, Standing.ON_PATH),
    ],
)
def test_an_overdue_value_is_stale_and_never_good(
    due: dt.date | None, fresh: dt.date | None, standing: Standing
) -> None:
    assert standing_on(TODAY, Standing.ON_PATH, due, fresh) == standing


def test_needed_pace_is_what_is_left_per_month() -> None:
    pace = needed_pace(UP, D("91.2"), OCTOBER)
    assert pace is not None
    assert round(pace, 2) == D("0.96")  # 3.8 points in 120 days
    down = needed_pace(DOWN, D(160), OCTOBER)
    assert down is not None
    assert round(down) == 10


def test_needed_pace_ends_with_target_date_or_success() -> None:
    assert needed_pace(UP, D(95), OCTOBER) is None
    assert needed_pace(UP, D(90), dt.date(2027, 2, 28)) is None
    assert needed_pace(replace(UP, target=None), D(90), OCTOBER) is None
    assert needed_pace(replace(UP, due_on=None), D(90), OCTOBER) is None


def test_pace_so_far_may_be_negative_and_needs_time() -> None:
    pace = pace_so_far(UP, D("91.2"), OCTOBER)
    assert pace is not None
    assert round(pace, 2) == D("6.59")
    worse = pace_so_far(UP, D(70), OCTOBER)
    assert worse is not None
    assert worse < 0
    assert pace_so_far(UP, D(90), dt.date(2026, 8, 31)) is None
    assert pace_so_far(replace(UP, baseline=None), D(90), OCTOBER) is None
    assert pace_so_far(replace(UP, begins_on=None), D(90), OCTOBER) is None
