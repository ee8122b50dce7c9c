"""Columns by month and bars by category."""

import pytest

from tests.common.drawing import Drawing, number
from winback.common.charts import Bar, Bars, Columns, Unit, bars, columns

pytestmark = pytest.mark.usefixtures("english")

WHOLE = Unit("%", 0, higher_is_better=True)
LESS = Unit("Anzahl", 0, higher_is_better=False)


def months(
    ac: list[float | None], pl: list[float | None], unit: Unit = WHOLE, **more: object
) -> Drawing:
    names = ["Sep", "Okt", "Nov", "Dez"][: len(ac)]
    return Drawing(columns(Columns("c", "On time", names, ac, pl, unit, **more)))  # type: ignore[arg-type]  # fields vary per test


def test_columns_without_data_say_so() -> None:
    assert months([None, None], [90, 90]).title == "On time: no data"


def test_columns_are_proportional_to_their_values() -> None:
    low, high = months([40, 80], [90, 90]).values("ac", "height")
    assert high == pytest.approx(2 * low, abs=0.2)


def test_variance_has_the_pixels_per_unit_of_the_columns() -> None:
    drawing = months([60], [90])
    per_unit = number(drawing.mark("ac"), "height") / 60
    assert number(drawing.mark("bad"), "height") == pytest.approx(30 * per_unit, abs=0.2)


def test_shared_scale_gives_equal_pixels_in_two_charts() -> None:
    first, second = (
        months([v], [90], scale_max=100, delta_max=20).mark("ac") for v in (80.0, 70.0)
    )
    assert number(first, "height") / 80 == pytest.approx(number(second, "height") / 70, abs=0.02)


def test_missing_month_has_no_column_and_no_variance() -> None:
    drawing = months([80, None], [90, 90])
    assert len(drawing.marks("ac")) == len(drawing.marks("bad")) == 1
    assert drawing.texts.count("n/a") == 1


def test_missing_plan_leaves_only_the_actual() -> None:
    drawing = months([80], [None])
    assert not drawing.marks("pl", "rect")
    assert not drawing.marks("bad")
    assert len(drawing.marks("ac")) == 1


def test_month_with_few_cases_shows_no_percentage() -> None:
    drawing = months([80, 100], [90, 90], small_n=(1,))
    assert "n<5" in drawing.texts
    assert "100" not in drawing.texts
    assert len(drawing.marks("ac")) == 1


@pytest.mark.parametrize(
    ("actual", "unit", "mark"),
    [(95, WHOLE, "good"), (85, WHOLE, "bad"), (95, LESS, "bad"), (85, LESS, "good")],
)
def test_variance_is_judged_by_direction(actual: float, unit: Unit, mark: str) -> None:
    drawing = months([actual], [90], unit)
    assert len(drawing.marks(mark, "rect")) == 1
    assert ("+5" if actual > 90 else "−5") in drawing.texts


def test_variance_of_zero_is_neutral() -> None:
    drawing = months([90], [90])
    assert number(drawing.mark("neutral"), "height") == 0
    assert "±0" in drawing.texts


def test_negative_column_hangs_below_the_axis() -> None:
    drawing = months([12, -8], [10, 6])
    up, down = drawing.marks("ac", "rect")
    zero = number(drawing.marks("axis")[0], "y1")
    assert number(up, "y") + number(up, "height") == pytest.approx(zero, abs=0.2)
    assert number(down, "y") == pytest.approx(zero, abs=0.2)
    assert number(drawing.text("−8"), "y") > zero


def test_all_zero_columns_draw_an_axis() -> None:
    drawing = months([0, 0], [0, 0])
    assert drawing.values("ac", "height") == [0, 0]


def test_columns_alternative_says_the_latest_month() -> None:
    title = months([80, 88, None], [90, 90, 90]).title.replace("\u00a0", " ")
    assert title == (
        "On time: actual and plan Sep to Nov, latest Okt 88%, −2 points against the plan"
    )
    assert "against" not in months([80], [None]).title


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        months([80, 81], [90])


def categories(*items: Bar, **more: object) -> Drawing:
    return Drawing(bars(Bars("b", "Audit", items, **more)))  # type: ignore[arg-type]  # fields vary per test


def test_bars_without_data_say_so() -> None:
    assert categories().title == "Audit: no data"
    assert categories(Bar("Technik", None)).title == "Audit: no data"


def test_bars_start_at_the_same_zero_and_are_proportional() -> None:
    drawing = categories(Bar("a", 40), Bar("b", 80))
    first, second = drawing.marks("ac")
    assert number(first, "x") == number(second, "x") == number(drawing.mark("axis"), "x1")
    assert number(second, "width") == pytest.approx(2 * number(first, "width"), abs=0.2)


def test_bars_scale_can_be_fixed() -> None:
    half = categories(Bar("a", 50), scale_max=100).mark("ac")
    full = categories(Bar("a", 50)).mark("ac")
    assert number(half, "width") * 2 == pytest.approx(number(full, "width"), abs=0.2)


def test_bars_previous_value_lies_behind() -> None:
    drawing = categories(Bar("a", 40, 60), delta=True)
    order = [mark.get("class") for mark in drawing.root.iter() if mark.tag.endswith("rect")]
    assert order == ["c-py", "c-ac"]


def test_bars_missing_value_says_so_and_has_no_bar() -> None:
    drawing = categories(Bar("a", None, 40), Bar("b", 50))
    assert len(drawing.marks("ac")) == 1
    assert "n/a" in drawing.texts
    assert "a without a value (before: 40.0%)" in drawing.title


@pytest.mark.parametrize(
    ("ac", "py", "mark", "written"),
    [(72.4, 57.5, "t-good", "+14.9"), (40, 57, "t-bad", "−17.0"), (5, 5, "t-muted", "±0.0")],
)
def test_bars_difference_is_written_and_judged(
    ac: float, py: float, mark: str, written: str
) -> None:
    assert categories(Bar("a", ac, py), delta=True).text(written).get("class") == f"c-{mark}"


def test_bars_difference_needs_both_values() -> None:
    assert not categories(Bar("a", 40), delta=True).marks("t-good")


def test_bars_number_stands_behind_the_longer_bar() -> None:
    drawing = categories(Bar("a", 40, 60))
    previous = drawing.mark("py")
    assert number(drawing.text("40.0"), "x") > number(previous, "x") + number(previous, "width")


def test_bars_negative_value_grows_to_the_left() -> None:
    drawing = categories(Bar("a", -10), Bar("b", 30))
    zero = number(drawing.mark("axis"), "x1")
    negative = drawing.marks("ac")[0]
    assert number(negative, "x") + number(negative, "width") == pytest.approx(zero, abs=0.2)


def test_bars_note_and_highlight_are_shown() -> None:
    drawing = categories(Bar("Gesamt", 40, note="n = 4", highlight=True))
    assert drawing.text("Gesamt").get("font-weight") == "600"
    assert drawing.text("n = 4").get("text-anchor") == "end"
    assert drawing.title == "Audit: Gesamt 40.0%, n = 4"


def test_bars_long_label_ends_in_an_ellipsis_and_is_told_in_full() -> None:
    label = "Instandhaltungsplanungsprozess der technischen Sonderanlagen im Untergeschoss"
    drawing = categories(Bar(label, 40), label_width=100)
    assert label in drawing.title
    assert any(content.endswith("…") for content in drawing.texts)
