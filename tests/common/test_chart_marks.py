"""What all charts share: escaping, ids, themes, text measure, scales."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from tests.common.drawing import Drawing
from winback.common.charts import Spark, Unit, Value, sparkline
from winback.common.charts.scale import Scale, last_known, runs
from winback.common.charts.svg import LIGHT, MARKS, number, picture, rect, text
from winback.common.charts.text import fit, text_width, wrap
from winback.common.charts.words import finding_words, reference_words

STYLES = Path(settings.BASE_DIR) / "static" / "css"
pytestmark = pytest.mark.usefixtures("english")

UP = Unit(higher_is_better=True)


def test_user_text_is_escaped_everywhere() -> None:
    evil = "</title><script>alert(1)</script>\" onload='x' & <b>"
    drawing = Drawing(sparkline(Spark(evil, evil, [1, 2])))
    assert evil in drawing.title
    assert "<script" not in drawing.source
    assert Drawing(picture("u", "k", 9, 9, "t", [text(0, 0, evil)])).texts == [evil]


def test_picture_is_safe_for_templates_and_named() -> None:
    svg = picture("case-7", "spark", 10, 20, "Title", [rect(0, 0, 1, 1, "ac")])
    assert isinstance(svg, SafeString)
    drawing = Drawing(svg)
    assert drawing.title == "Title"
    assert drawing.root.get("role") == "img"
    assert drawing.root.get("viewBox") == "0 0 10 20"


def test_ids_follow_the_uid() -> None:
    first, second = (sparkline(Spark(uid, "x", [1])) for uid in ("a", "b"))
    assert not set(re.findall(r'id="([^"]+)"', first)) & set(re.findall(r'id="([^"]+)"', second))


def test_soft_hyphens_are_left_out_of_the_alternative_text() -> None:
    assert Drawing(sparkline(Spark("u", "Prüf\u00adfrist", [1]))).title.startswith("Prüffrist:")


def test_charts_hold_no_style_script_or_reference() -> None:
    svg = sparkline(Spark("u", "x", [1, None, 3, 4], 2, 3))
    assert not re.search(r"style=|<style|<script|url\(|href", svg)


def test_print_colours_are_the_light_tokens_of_the_screen() -> None:
    light = (STYLES / "tokens.css").read_text(encoding="utf-8").split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", light))
    assert {name: tokens[name].upper() for name in LIGHT} == LIGHT


def test_screen_gives_every_mark_the_token_it_has_in_print() -> None:
    sheet = (STYLES / "components" / "chart.css").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^\.c-([\w-]+) \{ (.*) \}$", sheet, re.M))
    for name, (fill, stroke, _) in MARKS.items():
        wanted = {"fill": fill, "stroke": stroke}
        found = dict(re.findall(r"(fill|stroke): var\(--([\w-]+)\)", rules[name]))
        assert found == {key: token for key, token in wanted.items() if token}, name
    assert rules.keys() == MARKS.keys()


@pytest.mark.parametrize(
    ("value", "expected"), [(3.0, "3"), (3.14, "3.1"), (-0.5, "-0.5"), (100, "100")]
)
def test_coordinates_have_one_decimal(value: float, expected: str) -> None:
    assert number(value) == expected


def test_negative_sizes_become_zero() -> None:
    assert 'width="0" height="0"' in rect(0, 0, -3, -0.1, "ac")


def test_bold_text_is_wider_and_soft_hyphens_have_no_width() -> None:
    assert text_width("Wartung", bold=True) > text_width("Wartung") > 0
    assert text_width("War\u00adtung") == text_width("Wartung")


def test_wrap_breaks_at_spaces_and_hyphens() -> None:
    assert wrap("Prüf- und Betreiberpflichten", 11, 70) == ["Prüf- und", "Betreiberpfli…"]
    assert wrap("kurz", 11, 100) == ["kurz"]
    assert wrap("Technik/Reinigung", 11, 60) == ["Technik/", "Reinigung"]


def test_wrap_shows_a_soft_hyphen_only_where_the_line_breaks() -> None:
    assert wrap("Neu\u00adausrichtung", 11, 60) == ["Neu-", "ausrichtung"]
    assert wrap("Neu\u00adausrichtung", 11, 200) == ["Neuausrichtung"]


def test_wrap_of_nothing_is_one_empty_line() -> None:
    assert wrap("", 11, 50) == [""]


@given(st.text(alphabet="abcäöü WM-/\u00ad", max_size=60), st.integers(20, 200))
def test_wrapped_lines_always_fit(content: str, width: int) -> None:
    lines = wrap(content, 11, width, 2)
    assert len(lines) <= 2
    assert all(text_width(line) <= width + text_width("-") for line in lines)


def test_fit_shortens_to_one_line() -> None:
    assert fit("Betriebskonzept abstimmen", 11, 60).endswith("…")


def test_scale_maps_ends_and_clamps() -> None:
    scale = Scale(0, 100, 10, 210)
    assert (scale(0), scale(50), scale(100)) == (10, 110, 210)
    assert (scale(-5), scale.clamped(-5), scale.clamped(500)) == (0, 10, 210)


def test_scale_without_extent_stays_at_its_start() -> None:
    assert Scale(5, 5, 10, 20)(7) == 10


def test_runs_never_cross_a_gap() -> None:
    assert runs([None, 1, 2, None, None, 3]) == [[(1, 1), (2, 2)], [(5, 3)]]
    assert runs([None]) == []


def test_last_known_skips_gaps_and_refuses_emptiness() -> None:
    assert last_known([1, 2, None]) == 1
    with pytest.raises(ValueError, match="empty"):
        last_known([None])


@pytest.mark.parametrize(
    ("unit", "actual", "baseline", "target", "expected"),
    [
        (UP, 91.2, 78, 95, ["+13.2 points against the baseline, better", "target not reached"]),
        (UP, 70, 78, 60, ["−8.0 points against the baseline, worse", "target reached"]),
        (UP, 78.04, 78, 78, ["unchanged against the baseline", "target reached"]),
        (Unit("min", 0, False), 205, 240, 120, ["−35 min against the baseline, better",
                                                "target not reached"]),
        (Unit("min", 0, False), 100, None, 120, ["target reached"]),
        (Unit(), 5, 4, 6, ["+1.0 points against the baseline"]),
        (UP, 5, None, None, []),
    ],
)  # fmt: skip
def test_finding_says_change_and_target(
    unit: Unit, actual: float, baseline: Value, target: Value, expected: list[str]
) -> None:
    words = finding_words(actual, baseline, target, unit)
    assert [word.replace("\u00a0", " ") for word in words] == expected


def test_references_name_only_what_is_agreed() -> None:
    assert reference_words(None, None, UP) == []
    assert reference_words(Decimal("78.0"), None, UP) == ["baseline 78.0%"]
