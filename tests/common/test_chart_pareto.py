"""Pareto: columns in falling order below the line of their running sum."""

import pytest

from tests.common.drawing import Drawing, number, path_points
from winback.common.charts import Pareto, ParetoBar, pareto

pytestmark = pytest.mark.usefixtures("english")

FEW = (
    ParetoBar("Overpromised", "50%", 50, 50),
    ParetoBar("Slow response", "30%", 30, 80),
    ParetoBar("Budget cut", "20%", 20, 100, is_vital=False),
)


def drawn(*items: ParetoBar, **more: object) -> Drawing:
    return Drawing(pareto(Pareto("p", "Causes", items, **more)))  # type: ignore[arg-type]  # fields vary per test


def test_pareto_without_items_says_so() -> None:
    assert drawn().title == "Causes: no data"


def test_columns_stand_on_the_axis_and_are_proportional() -> None:
    drawing = drawn(*FEW)
    first, second = drawing.marks("ac", "rect")
    (last,) = drawing.marks("py", "rect")
    assert number(first, "height") / 50 == pytest.approx(number(second, "height") / 30, abs=0.1)
    floor = number(drawing.mark("axis"), "y1")
    for column in (first, second, last):
        assert number(column, "y") + number(column, "height") == pytest.approx(floor, abs=0.2)


def test_line_ends_at_a_hundred_and_never_falls() -> None:
    corners = path_points(drawn(*FEW).mark("ac-line"))
    heights = [y for _x, y in corners]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] == 16


def test_first_point_of_the_line_sits_on_the_first_column() -> None:
    drawing = drawn(*FEW)
    column = drawing.marks("ac", "rect")[0]
    x, y = path_points(drawing.mark("ac-line"))[0]
    assert y == number(column, "y")
    assert x == pytest.approx(number(column, "x") + number(column, "width") / 2, abs=0.2)


def test_mark_is_drawn_where_the_vital_few_end() -> None:
    drawing = drawn(*FEW)
    second = path_points(drawing.mark("ac-line"))[1]
    assert number(drawing.mark("target-line"), "y1") == second[1]
    assert "80%" in [words.replace("\u202f", "") for words in drawing.texts]


def test_alternative_says_every_value_and_what_the_first_ones_explain() -> None:
    title = drawn(*FEW).title.replace("\u202f", "").replace("\u00a0", "")
    assert title == (
        "Causes: Overpromised 50%; Slow response 30%; Budget cut 20%. the first 2 explain 80%"
    )


def test_alternative_of_a_chart_without_vital_few() -> None:
    assert "explain" not in drawn(ParetoBar("a", "1", 100, 100, is_vital=False)).title


def test_many_columns_make_the_picture_wider_instead_of_narrow() -> None:
    assert drawn(*FEW).width == 760
    assert drawn(*(FEW * 5)).width > 1000


def test_label_is_escaped_and_broken_in_lines() -> None:
    drawing = drawn(ParetoBar("Angebot & <Versprechen> an den Kunden nicht zu halten", "1", 9, 9))
    assert "Angebot & <Versprechen> an den Kunden nicht zu halten" in drawing.title
    assert len(drawn(*(FEW * 5)).texts) > 15
