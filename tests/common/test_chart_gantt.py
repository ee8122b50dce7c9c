"""The plan over time: positions, window, deadline, notes."""

import datetime as dt
from itertools import pairwise

import pytest

from tests.common.drawing import Drawing, number
from winback.common.charts import Gantt, GanttRow, TaskState, gantt

pytestmark = pytest.mark.usefixtures("english")

D = dt.date
TODAY = D(2026, 11, 23)


def row(start: dt.date, end: dt.date, state: TaskState = "open", **more: object) -> GanttRow:
    return GanttRow("Measure", start, end, state, **more)  # type: ignore[arg-type]  # fields vary per test


def plan(*rows: GanttRow, deadline: dt.date | None = None, **more: object) -> Drawing:
    window = {"start": D(2026, 11, 2), "end": D(2027, 1, 31), "today": TODAY, **more}
    return Drawing(gantt(Gantt("g", "Plan", rows, deadline=deadline, **window)))  # type: ignore[arg-type]  # fields vary per test


def test_plan_without_measures_says_so() -> None:
    assert plan().title == "Plan: no measure planned yet"


def test_bars_lie_between_their_days() -> None:
    drawing = plan(row(D(2026, 11, 2), D(2026, 11, 12)), row(D(2026, 11, 12), D(2026, 12, 2)))
    first, second = drawing.marks("open-box")
    assert number(first, "x") == 208
    assert number(first, "x") + number(first, "width") == pytest.approx(
        number(second, "x"), abs=0.2
    )
    assert number(second, "width") == pytest.approx(2 * number(first, "width"), abs=0.2)


def test_a_measure_of_one_day_is_still_visible() -> None:
    assert number(plan(row(TODAY, TODAY)).mark("open-box"), "width") == 3


@pytest.mark.parametrize(
    ("state", "mark"),
    [("done", "ac"), ("open", "open-box"), ("active", "open-box"), ("late", "late-box")],
)
def test_state_decides_the_mark(state: TaskState, mark: str) -> None:
    drawing = plan(row(D(2026, 11, 2), TODAY, state))
    names = ("ac", "open-box", "late-box")
    assert [name for name in names if drawing.marks(name, "rect")] == [mark]


@pytest.mark.parametrize(("progress", "share"), [(0.25, 0.25), (1, 1), (3, 1)])
def test_progress_fills_the_bar(progress: float, share: float) -> None:
    drawing = plan(row(D(2026, 11, 2), D(2026, 12, 2), "active", progress=progress))
    whole = number(drawing.mark("open-box"), "width")
    assert number(drawing.mark("ac"), "width") == pytest.approx(whole * share, abs=0.2)


def test_milestone_is_filled_when_reached() -> None:
    assert plan(row(TODAY, TODAY, "milestone", progress=1)).marks("point", "path")
    assert plan(row(TODAY, TODAY, "milestone")).marks("ring", "path")


def test_phase_lies_on_a_band_and_is_no_measure() -> None:
    drawing = plan(row(D(2026, 11, 2), TODAY, is_phase=True, progress=0.5), row(TODAY, TODAY))
    assert len(drawing.marks("band1")) == 1
    assert ": 1 measure, 0 done" in drawing.title


def test_finished_phase_keeps_the_shape_of_a_phase() -> None:
    drawing = plan(row(D(2026, 11, 2), TODAY, "done", is_phase=True, progress=1))
    assert number(drawing.mark("open-box"), "height") == 5


def test_row_beyond_the_window_points_over_the_edge() -> None:
    drawing = plan(row(D(2026, 12, 1), D(2027, 6, 1)))
    bar = drawing.mark("open-box")
    assert number(bar, "x") + number(bar, "width") == pytest.approx(632, abs=0.2)
    assert drawing.marks("neutral")


def test_row_before_the_window_starts_at_its_edge() -> None:
    assert number(plan(row(D(2026, 1, 1), TODAY)).mark("open-box"), "x") == 208


def test_today_lies_where_a_bar_of_today_starts() -> None:
    drawing = plan(row(TODAY, D(2026, 12, 24)))
    assert number(drawing.mark("today-line"), "x1") == number(drawing.mark("open-box"), "x")


def test_today_outside_the_window_stays_at_the_edge() -> None:
    drawing = plan(row(D(2026, 11, 2), D(2026, 12, 1)), today=D(2028, 1, 1))
    assert number(drawing.mark("today-line"), "x1") == 632


def test_deadline_inside_is_a_line() -> None:
    drawing = plan(row(TODAY, TODAY), deadline=D(2027, 1, 16), deadline_label="Notice")
    assert drawing.marks("deadline-line")
    assert drawing.title.endswith("Notice 16\u00a0Jan\u00a02027")


def test_deadline_beyond_the_window_is_an_arrow() -> None:
    drawing = plan(row(TODAY, TODAY), deadline=D(2027, 3, 31))
    assert not drawing.marks("deadline-line")
    assert "notice deadline 31\u00a0Mar\u00a02027 →" in drawing.texts


def test_no_deadline_draws_none() -> None:
    drawing = plan(row(TODAY, TODAY))
    assert not drawing.marks("deadline-line")
    assert "deadline" not in drawing.title


def test_labels_of_today_and_deadline_turn_away_from_each_other() -> None:
    near = plan(row(TODAY, TODAY), deadline=D(2026, 12, 5), today=D(2026, 12, 1))
    today, deadline = near.mark("t-target"), near.mark("t-bad")
    assert (today.get("text-anchor"), deadline.get("text-anchor")) == ("end", None)
    far = plan(row(TODAY, TODAY), deadline=D(2027, 1, 29), today=D(2026, 11, 5))
    assert far.mark("t-target").get("text-anchor") is None
    assert far.mark("t-bad").get("text-anchor") == "end"


def test_note_stands_right_of_the_bar_and_left_at_the_edge() -> None:
    early = plan(row(D(2026, 11, 2), D(2026, 11, 20), note="in 4 days"))
    late = plan(row(D(2027, 1, 1), D(2027, 1, 31), note="in 4 days"))
    bar = late.mark("open-box")
    assert number(early.text("in 4 days"), "x") > number(early.mark("open-box"), "x")
    assert number(late.text("in 4 days"), "x") < number(bar, "x")


def test_note_of_a_late_measure_is_red_and_drawn_last() -> None:
    drawing = plan(row(D(2026, 11, 2), D(2026, 11, 20), "late", note="3 days overdue"))
    assert drawing.text("3 days overdue").get("class") == "c-t-bad"
    assert drawing.root[-1].text == "3 days overdue"
    assert "1 overdue" in drawing.title


def test_note_of_a_phase_stands_on_the_band() -> None:
    drawing = plan(row(D(2026, 11, 2), D(2026, 11, 20), is_phase=True, note="closed"))
    assert len(drawing.marks("band1")) == 2


def test_calendar_names_months_and_iso_weeks() -> None:
    drawing = plan(row(TODAY, TODAY))
    assert {"Nov\u00a026", "Dec\u00a026", "Jan\u00a027"} <= set(drawing.texts)
    assert {"45", "53", "1"} <= set(drawing.texts)  # 2026 has 53 weeks


@pytest.mark.parametrize("years", [1, 3, 12])
def test_long_plans_thin_out_the_week_numbers(years: int) -> None:
    drawing = plan(row(TODAY, TODAY), end=D(2026 + years, 11, 2))
    weeks = [number(mark, "x") for mark in drawing.marks("t-muted") if mark.get("y") == "38"]
    positions = sorted(weeks[:-1])  # the last one is the heading of the row
    gaps = [b - a for a, b in pairwise(positions)]
    assert all(gap >= 21.9 for gap in gaps)


def test_a_window_of_one_day_is_drawn() -> None:
    assert plan(row(TODAY, TODAY), start=TODAY, end=TODAY).marks("open-box")
