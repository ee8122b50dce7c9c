"""The KPI line: scale, gaps, baseline window, path to the target, labels."""

from dataclasses import replace

import pytest

from tests.common.drawing import Drawing, number, path_points
from winback.common.charts import Event, KpiLine, Unit, kpi_line
from winback.common.charts.kpi_labels import place_events, place_values, pushed_apart
from winback.common.charts.kpi_plot import plan_plot
from winback.common.charts.scale import Scale
from winback.common.charts.text import text_width

pytestmark = pytest.mark.usefixtures("english")

MONTHS = ("Aug", "Sep", "Okt", "Nov")


def chart(*values: float | None, months: tuple[str, ...] = MONTHS, **more: object) -> Drawing:
    return Drawing(kpi_line(KpiLine("k", "SLA", months[: len(values)], values, **more)))  # type: ignore[arg-type]  # fields vary per test


def test_line_without_measurement_says_so() -> None:
    drawing = chart(None, None)
    assert drawing.title == "SLA: no measurement yet"
    assert not drawing.marks("ac-line")


def test_line_gap_is_a_gap_and_says_so() -> None:
    drawing = chart(80, 81, None, 90)
    assert len(drawing.marks("ac-line")) == 1
    assert len(path_points(drawing.mark("ac-line"))) == 2
    assert drawing.texts.count("n/a") == 1
    assert "without a value: Okt" in drawing.title


def test_line_scale_starts_at_zero_unless_told() -> None:
    points = path_points(chart(50, 100).mark("ac-line"))
    bottom = number(chart(50, 100).mark("axis"), "y1") - 2
    (_, half), (_, full) = points
    assert bottom - full == pytest.approx(2 * (bottom - half), abs=0.3)


def test_line_names_a_scale_that_starts_higher() -> None:
    assert "Unit: %; scale starts at 60" in chart(80, 90, y_min=60).texts
    assert "Unit: %" in chart(80, 90).texts


def test_line_of_a_count_names_the_unit() -> None:
    assert "Unit: number" in chart(3, 4, unit=Unit("", 0)).texts


def test_line_scale_follows_a_fixed_maximum() -> None:
    (_, low), (_, high) = path_points(chart(50, 50.1, y_max=100).mark("ac-line"))
    (_, tight), _ = path_points(chart(50, 50.1).mark("ac-line"))
    assert tight < high < low


def test_line_with_negative_values_shows_zero() -> None:
    drawing = chart(-42, -8, target=20)
    zero = number(drawing.mark("rule"), "y1")
    assert all(y > zero for _, y in path_points(drawing.mark("ac-line")))
    assert number(drawing.mark("target-line"), "y1") < zero
    assert "0" in drawing.texts


def test_line_of_zeros_only_still_has_a_scale() -> None:
    points = path_points(chart(0, 0).mark("ac-line"))
    assert points[0][1] == points[1][1] > 0


def test_line_baseline_window_covers_its_slots() -> None:
    drawing = chart(80, 79, 78, 90, baseline=78, baseline_span=(1, 2))
    window = drawing.mark("band1")
    left, right = number(window, "x"), number(window, "x") + number(window, "width")
    xs = [number(drawing.text(month), "x") for month in MONTHS]
    assert xs[0] < left < xs[1]
    assert xs[2] < right < xs[3]


def test_line_target_without_dates_is_level() -> None:
    target = chart(80, 90, target=95).mark("target-line", "line")
    assert number(target, "y1") == number(target, "y2")


def test_line_target_path_leads_from_baseline_to_date() -> None:
    drawing = chart(
        80, 84, baseline=78, target=95, target_from=0, target_slot=3, future=("Okt", "Nov")
    )
    start, goal, end = path_points(drawing.mark("target-line", "path"))
    assert start[1] == number(drawing.mark("base-line"), "y1")
    assert goal[1] == end[1] < start[1]
    assert goal[0] == number(drawing.text("Nov"), "x")


def test_line_months_to_come_are_muted() -> None:
    drawing = chart(80, 84, future=("Okt",))
    assert drawing.text("Okt").get("class") == "c-t-muted"
    assert drawing.text("Sep").get("class") == "c-t"


def test_line_reference_labels_keep_their_distance() -> None:
    drawing = chart(80, 84, baseline=94, target=95, baseline_note="06–08/2026")
    target, baseline = (drawing.text(t) for t in ("Target 95.0%", "Baseline 94.0%"))
    assert number(baseline, "y") - number(target, "y") >= 30
    assert "06–08/2026" in drawing.texts


def test_line_number_on_the_baseline_gets_a_plate() -> None:
    drawing = chart(78, 78, baseline=78, baseline_span=(0, 0), y_min=0, y_max=100)
    plates = len(drawing.marks("plate")) + len(drawing.marks("band1")) - 1
    assert plates == 0  # numbers stand above the line
    crossing = chart(77, 77, baseline=80, y_min=0, y_max=100)
    assert len(crossing.marks("plate")) == 2


def test_line_plate_inside_the_window_has_its_colour() -> None:
    drawing = chart(77, 77, baseline=80, baseline_span=(0, 0), y_min=0, y_max=100)
    assert (len(drawing.marks("plate")), len(drawing.marks("band1"))) == (1, 2)


def test_line_last_value_is_marked_in_size_and_weight() -> None:
    drawing = chart(80, 91.2, None)
    assert drawing.values("point", "r") == [2.6, 4]
    assert drawing.text("91.2").get("font-weight") == "600"


def test_line_events_are_drawn_and_told() -> None:
    events = (Event(0.5, "Fallbeginn 31.08."), Event(0.6, "Krisengespräch 17.09."))
    drawing = chart(80, 90, events=events)
    first, second = (number(drawing.text(event.label), "y") for event in events)
    assert second > first
    assert len(drawing.marks("event-line")) == 2
    assert drawing.title.endswith("; Fallbeginn 31.08.; Krisengespräch 17.09.")


def test_line_alternative_says_the_finding() -> None:
    title = chart(80, 91.2, baseline=78, target=95).title.replace("\u00a0", " ")
    assert title == (
        "SLA: course Aug to Sep, latest 91.2%, baseline 78.0%, target 95.0%, "
        "+13.2 points against the baseline, better, target not reached"
    )


def test_events_far_apart_share_a_row_and_near_ones_do_not() -> None:
    near = place_events([(10, "Hotline"), (12, "Hotline")], 500)
    far = place_events([(10, "Hotline"), (200, "Hotline")], 500)
    assert [event.row for event in near] == [0, 1]
    assert [event.row for event in far] == [0, 0]


def test_event_at_the_edge_keeps_its_label_inside() -> None:
    (event,) = place_events([(490, "Hotline 01.10.")], 500)
    assert event.label_x + text_width(event.label, 10) <= 500


def test_labels_are_pushed_apart_then_up() -> None:
    assert pushed_apart([10, 12], 30, 200) == [10, 40]
    assert pushed_apart([190, 195], 30, 200) == [170, 200]
    assert pushed_apart([], 30, 200) == []


def test_value_labels_evade_the_line() -> None:
    x, y = Scale(0, 4, 0, 400), Scale(0, 100, 200, 0)
    steep_up, after_climb = place_values([10, 90], 0, x, y)
    assert steep_up.x < x(0)  # the line climbs away to the right
    assert after_climb.x == x(1)
    valley = place_values([50, 30, 50], 0, x, y)[1]
    assert valley.y > valley.value_y  # below the point
    fallen = place_values([90, 10, 10], 0, x, y)[1]
    assert fallen.x > x(1)  # the line came down from the left
    beside_gap = place_values([None, 30, 50], 0, x, y)[0]
    assert beside_gap.slot == 1
    assert beside_gap.y < beside_gap.value_y


def test_a_long_unit_leaves_room_for_its_label() -> None:
    plain = KpiLine("k", "SLA", ("Okt",), (91,), target=95)
    unit = Unit(name="Meldungen je tausend Quadratmeter")
    short, long = plan_plot(plain, [91.0]), plan_plot(replace(plain, unit=unit), [91.0])
    assert 0.6 * plain.width <= long.right < short.right
