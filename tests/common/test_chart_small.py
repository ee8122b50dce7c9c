"""Sparkline, bullet graph and commitment ledger."""

from decimal import Decimal

import pytest

from tests.common.drawing import Drawing, number, path_points
from winback.common.charts import (
    Bullet,
    Ledger,
    PromiseState,
    Spark,
    Unit,
    bullet,
    ledger,
    sparkline,
)
from winback.common.charts.text import text_width

pytestmark = pytest.mark.usefixtures("english")

UP = Unit(higher_is_better=True)
MINUTES = Unit("min", 0, higher_is_better=False)


def spark(*values: float | None, baseline: float | None = None, **more: float) -> Drawing:
    return Drawing(sparkline(Spark("s", "SLA", values, baseline, more.get("target"), UP)))


def test_spark_without_values_says_so() -> None:
    drawing = spark(None, None)
    assert drawing.title == "SLA: no data"
    assert drawing.texts == ["no data"]
    assert not drawing.marks("ac-line")


def test_spark_gap_interrupts_the_line() -> None:
    drawing = spark(1, 2, None, 3, 4)
    first, second = (path_points(mark) for mark in drawing.marks("ac-line"))
    assert len(first) == len(second) == 2
    assert "1 period without a value" in drawing.title


def test_spark_lone_value_between_gaps_is_a_point() -> None:
    drawing = spark(None, 5, None, 6, 7)
    assert drawing.values("point", "r") == [1.6, 3]


def test_spark_draws_higher_values_higher() -> None:
    (line,) = spark(10, 20, 15).marks("ac-line")
    (_, low), (_, high), (_, middle) = path_points(line)
    assert high < middle < low


def test_spark_marks_the_last_known_value() -> None:
    drawing = spark(1, 2, 3, None)
    last = drawing.marks("point")[-1]
    line_end = path_points(drawing.mark("ac-line"))[-1]
    assert (number(last, "cx"), number(last, "cy")) == line_end


def test_spark_scale_holds_baseline_and_target() -> None:
    drawing = spark(80, 81, baseline=60, target=95)
    assert 0 <= number(drawing.mark("target-line"), "y1") < drawing.height / 2
    assert drawing.height / 2 < number(drawing.mark("base-line"), "y1") <= drawing.height


def test_spark_of_equal_values_lies_in_the_middle() -> None:
    drawing = spark(5, 5)
    assert {y for _, y in path_points(drawing.mark("ac-line"))} == {drawing.height / 2}


def test_spark_takes_decimals_and_says_the_finding() -> None:
    values = [Decimal("78.0"), Decimal("91.2")]
    drawing = Drawing(sparkline(Spark("s", "SLA", values, Decimal(78), Decimal(95), UP)))
    assert drawing.title.replace("\u00a0", " ") == (
        "SLA: 2 values, latest 91.2%, baseline 78.0%, target 95.0%, "
        "+13.2 points against the baseline, better, target not reached"
    )


def graph(actual: float | None, unit: Unit = UP, **more: object) -> Drawing:
    fields = {"target": 95, "baseline": 78, "axis_max": 100, **more}
    return Drawing(bullet(Bullet("b", "SLA", actual, unit=unit, **fields)))  # type: ignore[arg-type]  # fields vary per test


def test_bullet_without_value_says_so() -> None:
    assert graph(None).title == "SLA: no data"


def test_bullet_bar_is_proportional_and_starts_at_zero() -> None:
    half, full = graph(50).mark("ac"), graph(100).mark("ac")
    assert number(half, "x") == number(full, "x") == 4
    assert number(half, "width") * 2 == pytest.approx(number(full, "width"), abs=0.1)


def test_bullet_target_lies_where_its_value_does() -> None:
    drawing = graph(95, target=95)
    bar, target = drawing.mark("ac"), drawing.mark("target-mark")
    end = number(bar, "x") + number(bar, "width")
    assert number(target, "x") + number(target, "width") / 2 == pytest.approx(end, abs=0.1)


def test_bullet_weak_range_lies_left_when_higher_is_better() -> None:
    weak = graph(90, ranges=(70, 90)).mark("band2")
    assert number(weak, "x") == 4
    assert number(weak, "width") == pytest.approx(0.7 * 202, abs=0.1)


def test_bullet_weak_range_lies_right_when_lower_is_better() -> None:
    drawing = graph(90, MINUTES, ranges=(60, 180), axis_max=300)
    weak = drawing.mark("band2")
    assert number(weak, "x") + number(weak, "width") == pytest.approx(drawing.width - 4, abs=0.1)
    assert number(weak, "width") == pytest.approx(0.4 * 202, abs=0.1)


def test_bullet_without_ranges_has_one_band() -> None:
    assert not graph(50).marks("band2")


def test_bullet_beyond_the_axis_has_an_arrow_and_the_true_number() -> None:
    drawing = graph(131)
    assert len(drawing.marks("ac", "path")) == 1
    assert "actual 131.0%" in drawing.title
    assert drawing.title.endswith("value beyond the axis")


def test_bullet_below_the_axis_points_left() -> None:
    drawing = graph(-150, axis_min=-100)
    (back, _), (tip, _), _ = path_points(drawing.mark("ac", "path"))
    assert tip < back


def test_bullet_negative_value_grows_from_zero_to_the_left() -> None:
    drawing = graph(-50, axis_min=-100)
    bar, zero = drawing.mark("ac"), number(drawing.mark("axis"), "x1")
    assert number(bar, "x") + number(bar, "width") == pytest.approx(zero, abs=0.1)


def test_bullet_without_baseline_or_target_says_so() -> None:
    drawing = graph(50, baseline=None, target=None)
    assert drawing.title == "SLA: actual 50.0%, no baseline, no target"
    assert not drawing.marks("ring")
    assert not drawing.texts


def test_bullet_single_label_stays_inside() -> None:
    drawing = graph(50, baseline=None, target=100)
    assert drawing.texts == ["Target 100.0"]
    assert number(drawing.text("Target 100.0"), "x") < drawing.width - 40


@pytest.mark.parametrize(("baseline", "target"), [(94, 95), (99, 100), (0, 1), (60, 20)])
def test_bullet_labels_never_overlap(baseline: float, target: float) -> None:
    drawing = graph(50, baseline=baseline, target=target)
    placed = sorted((number(drawing.text(word), "x"), word) for word in drawing.texts)
    (first, left), (second, right) = placed
    assert first >= 0
    assert first + text_width(left, 10) < second
    assert second + text_width(right, 10) <= drawing.width + 0.1


def test_bullet_labels_can_be_left_to_the_table() -> None:
    assert not graph(50, labels=False).texts


def book(*states: PromiseState, width: float = 330) -> Drawing:
    return Drawing(ledger(Ledger("l", "Commitments", states, width)))


def test_ledger_without_commitments_says_so() -> None:
    assert book().title == "Commitments: no commitments yet"


def test_ledger_has_one_shape_per_state() -> None:
    drawing = book("kept", "kept_late", "broken", "open", "released")
    shapes = [len(drawing.marks(n)) for n in ("good", "warn-box", "bad", "open-box", "axis")]
    assert shapes == [1, 1, 1, 1, 1]
    assert drawing.title == "Commitments: 1 kept, 1 kept late, 1 broken, 1 open, 1 released"


def test_ledger_names_only_states_that_occur() -> None:
    assert book("kept", "kept").title == "Commitments: 2 kept"


def test_ledger_late_box_is_half_as_high_as_a_kept_one() -> None:
    drawing = book("kept", "kept_late")
    assert number(drawing.mark("warn"), "height") * 2 == number(drawing.mark("good"), "height")


def test_ledger_keeps_the_order_and_wraps_into_rows() -> None:
    states: list[PromiseState] = ["kept"] * 12
    drawing = book(*states, width=165)
    assert drawing.values("good", "x")[:2] == [1, 17.5]
    assert drawing.values("good", "y") == [2] * 10 + [22] * 2
    assert drawing.height == 40


def test_ledger_narrower_than_a_box_still_shows_all() -> None:
    assert len(book("kept", "kept", width=5).marks("good")) == 2
