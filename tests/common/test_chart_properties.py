"""Whatever the data, a chart is a valid picture whose marks and texts stay inside it."""

import datetime as dt
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.common.drawing import Drawing, number
from winback.common.charts import (
    Bar,
    Bars,
    Bone,
    Bullet,
    Columns,
    Event,
    Fishbone,
    Gantt,
    GanttRow,
    KpiLine,
    Ledger,
    Pareto,
    ParetoBar,
    PromiseState,
    Spark,
    TaskState,
    Twig,
    Unit,
    bars,
    bullet,
    columns,
    fishbone,
    gantt,
    kpi_line,
    ledger,
    pareto,
    sparkline,
)

VALUES = st.one_of(st.none(), st.integers(-500, 500), st.decimals(-99, 999, places=2))
SERIES = st.lists(VALUES, min_size=1, max_size=14)
UNITS = st.sampled_from([Unit(), Unit("min", 0, False), Unit("Anzahl", 0, True)])
LABELS = st.text(alphabet="aäß Mit-/\u00ad<&\"'", max_size=40)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))
TASK_STATES: list[TaskState] = ["done", "active", "open", "late", "milestone"]
PROMISES: list[PromiseState] = ["kept", "kept_late", "broken", "open", "released"]
SLACK = 8.0
"""Points, arrow heads and letters may reach a little over the edge of the axis."""


@pytest.fixture(autouse=True, params=["de", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    with translation.override(request.param):
        yield


def assert_sound(svg: str) -> Drawing:
    """Parse the picture and check every position and size in it."""
    drawing = Drawing(svg)
    assert drawing.title
    assert "nan" not in svg.lower().split("</title>")[1]
    for mark in drawing.root.iter():
        assert_inside(mark, drawing)
    return drawing


def assert_inside(mark: Element, drawing: Drawing) -> None:
    for attribute in ("x", "x1", "x2", "cx"):
        if mark.get(attribute):
            assert -SLACK <= number(mark, attribute) <= drawing.width + SLACK, mark.attrib
    for attribute in ("y", "y1", "y2", "cy"):
        if mark.get(attribute):
            assert -SLACK <= number(mark, attribute) <= drawing.height + SLACK, mark.attrib
    if mark.get("width") and mark is not drawing.root:
        assert 0 <= number(mark, "x") + number(mark, "width") <= drawing.width + SLACK, mark.attrib


@given(SERIES, VALUES, VALUES, UNITS, LABELS)
def test_spark_is_sound(
    values: list[float | None], base: float | None, goal: float | None, unit: Unit, label: str
) -> None:
    assert_sound(sparkline(Spark("u", f"x{label}", values, base, goal, unit)))


@given(VALUES, VALUES, VALUES, st.sampled_from([(0, 100), (-100, 100), (-50, 0)]), UNITS)
def test_bullet_is_sound(
    actual: float | None,
    goal: float | None,
    base: float | None,
    axis: tuple[int, int],
    unit: Unit,
) -> None:
    low, high = axis
    assert_sound(bullet(Bullet("u", "x", actual, goal, base, high, low, (low + 10, high), unit)))


@given(SERIES, VALUES, VALUES, UNITS, st.lists(st.integers(0, 13), max_size=4))
def test_kpi_line_is_sound(
    values: list[float | None],
    base: float | None,
    goal: float | None,
    unit: Unit,
    slots: list[int],
) -> None:
    months = [f"M{n}" for n in range(len(values))]
    events = [Event(min(slot, len(values)), f"Event {slot}") for slot in slots]
    chart = KpiLine(
        "u", "x", months, values, unit, base, "note", (0, 0), goal, "note", 0, 1, ["F"], events
    )
    drawing = assert_sound(kpi_line(chart))
    missing = sum(value is None for value in values)
    known = len(values) - missing
    assert len(drawing.marks("point", "circle")) == known


@given(SERIES, st.data(), UNITS)
def test_columns_are_sound(values: list[float | None], data: st.DataObject, unit: Unit) -> None:
    plan = data.draw(st.lists(VALUES, min_size=len(values), max_size=len(values)))
    months = [f"M{n}" for n in range(len(values))]
    drawing = assert_sound(columns(Columns("u", "x", months, values, plan, unit)))
    known = sum(value is not None for value in values)
    assert len(drawing.marks("ac", "rect")) == known


@given(st.lists(st.tuples(LABELS, VALUES, VALUES), max_size=8), st.booleans(), UNITS)
def test_bars_are_sound(
    rows: list[tuple[str, float | None, float | None]], delta: bool, unit: Unit
) -> None:
    items = [Bar(label, ac, py) for label, ac, py in rows]
    drawing = assert_sound(bars(Bars("u", "x", items, unit, delta)))
    assert len(drawing.marks("ac")) == sum(ac is not None for _, ac, _ in rows)


@given(
    st.lists(
        st.tuples(LABELS, DAYS, st.integers(0, 400), st.sampled_from(TASK_STATES)), max_size=9
    ),
    DAYS,
    st.integers(0, 700),
    DAYS,
    st.one_of(st.none(), DAYS),
)
def test_gantt_is_sound(
    rows: list[tuple[str, dt.date, int, TaskState]],
    start: dt.date,
    days: int,
    today: dt.date,
    deadline: dt.date | None,
) -> None:
    tasks = [
        GanttRow(label, first, first + dt.timedelta(days=length), state, 0.5, note="note")
        for label, first, length, state in rows
    ]
    end = start + dt.timedelta(days=days)
    drawing = assert_sound(gantt(Gantt("u", "x", tasks, start, end, today, deadline)))
    assert len(drawing.marks("today-line")) == bool(tasks)


@given(st.lists(st.sampled_from(PROMISES), max_size=80), st.integers(20, 400))
def test_ledger_is_sound(states: list[PromiseState], width: int) -> None:
    assert_sound(ledger(Ledger("u", "x", states, width)))


@given(st.lists(st.tuples(LABELS, st.integers(0, 100), st.booleans()), max_size=18))
def test_pareto_is_sound(rows: list[tuple[str, int, bool]]) -> None:
    bars = [ParetoBar(label, "9", share, share, is_vital) for label, share, is_vital in rows]
    drawing = assert_sound(pareto(Pareto("u", "x", bars)))
    assert len(drawing.marks("point", "circle")) == len(rows)


@given(st.lists(st.lists(st.tuples(LABELS, st.booleans()), max_size=6), max_size=11), LABELS)
def test_fishbone_is_sound(axes: list[list[tuple[str, bool]]], effect: str) -> None:
    bones = [Bone("Axis", [Twig(label, is_main=main) for label, main in twigs]) for twigs in axes]
    drawing = assert_sound(fishbone(Fishbone("u", "x", effect, bones)))
    assert len(drawing.marks("axis")) == sum(len(twigs) for twigs in axes)
