"""Cause and effect: bones above and below a spine that ends in the effect."""

from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from tests.common.drawing import Drawing, number
from winback.common.charts import Bone, Fishbone, Twig, fishbone

pytestmark = pytest.mark.usefixtures("english")

BONES = (
    Bone("Contract", [Twig("Overpromised", is_main=True), Twig("Priced too tightly")]),
    Bone("People"),
    Bone("Method", [Twig("Process gap")]),
)


def drawn(*bones: Bone, effect: str = "The client leaves") -> Drawing:
    return Drawing(fishbone(Fishbone("f", "Causes", effect, bones)))


def spine_of(drawing: Drawing) -> float:
    """The only level line among the bones."""
    level = [m for m in drawing.marks("base-line") if m.get("y1") == m.get("y2")]
    (spine,) = level
    return number(spine, "y1")


def test_first_half_stands_above_the_spine_and_the_rest_below() -> None:
    drawing = drawn(*BONES)
    spine = spine_of(drawing)
    assert number(drawing.text("Contract"), "y") < spine
    assert number(drawing.text("People"), "y") < spine
    assert number(drawing.text("Method"), "y") > spine


def test_every_bone_reaches_the_spine() -> None:
    drawing = drawn(*BONES)
    spine = spine_of(drawing)
    slanted = [m for m in drawing.marks("base-line") if m.get("y1") != m.get("y2")]
    assert [number(mark, "y2") for mark in slanted] == [spine] * 3


def test_twig_begins_on_its_bone() -> None:
    drawing = drawn(BONES[0])
    bone = next(m for m in drawing.marks("base-line") if m.get("y1") != m.get("y2"))
    x1, y1, x2, y2 = (number(bone, key) for key in ("x1", "y1", "x2", "y2"))
    for twig in drawing.marks("axis"):
        along = (number(twig, "y1") - y1) / (y2 - y1)
        assert 0 < along < 1
        assert number(twig, "x1") == pytest.approx(x1 + along * (x2 - x1), abs=0.2)


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_twigs_of_one_bone_do_not_overlap_on_either_side(count: int) -> None:
    twigs = [Twig(f"Cause {index}") for index in range(count)]
    drawing = drawn(Bone("Above", twigs), Bone("Below", twigs))
    spine = spine_of(drawing)
    for side in (-1, 1):
        at = sorted(
            number(m, "y1") for m in drawing.marks("axis") if (number(m, "y1") - spine) * side > 0
        )
        assert len(at) == count
        assert all(later - earlier >= 30 for earlier, later in pairwise(at))


def test_twigs_are_read_from_top_to_bottom_on_either_side() -> None:
    twigs = [Twig("first"), Twig("second")]
    drawing = drawn(Bone("Above", twigs), Bone("Below", twigs))
    order = [e.text for e in sorted(_words(drawing), key=lambda e: number(e, "y"))]
    assert order == ["first", "second", "first", "second"]


def _words(drawing: Drawing) -> list[Element]:
    return [e for e in drawing.marks("t", "text") if e.text in {"first", "second"}]


def test_main_cause_is_bold_and_an_empty_axis_muted() -> None:
    drawing = drawn(*BONES)
    assert drawing.text("Overpromised").get("font-weight") == "600"
    assert drawing.text("Process gap").get("font-weight") is None
    assert drawing.text("People").get("class") == "c-t-muted"


def test_alternative_names_every_cause_below_its_axis() -> None:
    assert drawn(*BONES).title == (
        "Causes, effect: The client leaves. "
        "Contract: Overpromised, Priced too tightly; Method: Process gap"
    )


def test_alternative_without_causes_names_the_effect_alone() -> None:
    assert drawn(Bone("People")).title == "Causes, effect: The client leaves"


def test_picture_without_bones_still_shows_the_effect() -> None:
    assert "The client leaves" in drawn().texts


def test_long_words_stay_in_the_head() -> None:
    drawing = drawn(effect="Der Kunde kündigt den Vertrag nach zwölf gemeinsamen Jahren & geht")
    assert any(words.endswith("geht") or "…" in words for words in drawing.texts)
    assert len(drawing.texts) <= 3
