"""Cause and effect (Ishikawa): a spine that ends in the effect, bones above and below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.svg import line, picture, rect, text, text_lines
from winback.common.charts.text import wrap

_SLOT, _LEAN = 178.0, 62.0
_TWIG, _TIP, _TITLE = 36.0, 14.0, 26.0
_HEAD_WIDTH, _HEAD_HEIGHT = 132.0, 60.0
_LINES = 2


@dataclass(frozen=True, slots=True)
class Twig:
    """One cause; ``is_main`` prints it in bold."""

    label: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Bone:
    """One axis with what hangs on it; an axis without causes is drawn as well."""

    label: str
    twigs: Sequence[Twig] = ()


@dataclass(frozen=True, slots=True)
class Fishbone:
    """``effect`` stands in the head of the fish."""

    uid: str
    label: str
    effect: str
    bones: Sequence[Bone]


def fishbone(chart: Fishbone) -> SafeString:
    """The first half of the bones stands above the spine, the others below."""
    cut = (len(chart.bones) + 1) // 2
    upper, lower = chart.bones[:cut], chart.bones[cut:]
    above, below = _reach(upper), _reach(lower)
    spine, tail = above, max(cut, 1) * _SLOT + 30
    width, height = tail + _HEAD_WIDTH + 4, above + below
    marks = [line(4, spine, tail, spine, "base-line")]
    for index, bone in enumerate(upper):
        marks += _bone(bone, index * _SLOT, spine, -1, above)
    for index, bone in enumerate(lower):
        marks += _bone(bone, index * _SLOT, spine, 1, below)
    marks += _head(chart.effect, tail, spine)
    return picture(chart.uid, "fishbone", width, height, _alternative(chart), marks)


def _reach(bones: Sequence[Bone]) -> float:
    """How far the longest bone of a side goes out, with its title."""
    most = max((len(bone.twigs) for bone in bones), default=0)
    return max(_TITLE + _TIP + most * _TWIG, _HEAD_HEIGHT / 2 + 4)


def _bone(bone: Bone, left: float, spine: float, side: int, reach: float) -> list[str]:
    """A slanted line from its title to the spine; twigs at equal steps from the tip inwards."""
    length = reach - _TITLE
    tip = spine + side * length
    name = "t" if bone.twigs else "t-muted"
    title = tip - 8 if side < 0 else tip + 16
    marks = [line(left + 16, tip, left + 16 + _LEAN, spine, "base-line")]
    marks.append(text(left + 4, title, bone.label, name, bold=bool(bone.twigs)))
    outwards = bone.twigs if side < 0 else bone.twigs[::-1]  # read from top to bottom
    for place, twig in enumerate(outwards):
        out = _TIP + place * _TWIG
        marks += _twig(twig, left + 16 + _LEAN * out / length, tip - side * out)
    return marks


def _twig(twig: Twig, x: float, y: float) -> list[str]:
    words = wrap(twig.label, 10.5, _SLOT - _LEAN - 2, _LINES, bold=twig.is_main)
    first = y + 4 - (len(words) - 1) * 6
    where = text_lines(x + 16, first, words, size=10.5, lead=12, bold=twig.is_main)
    return [line(x, y, x + 12, y, "axis"), where]


def _head(effect: str, tail: float, spine: float) -> list[str]:
    words = wrap(effect, 11, _HEAD_WIDTH - 16, 3, bold=True)
    first = spine + 4 - (len(words) - 1) * 7
    box = rect(tail, spine - _HEAD_HEIGHT / 2, _HEAD_WIDTH, _HEAD_HEIGHT, "open-box", rx=4)
    return [box, text_lines(tail + 10, first, words, lead=14, bold=True)]


def _alternative(chart: Fishbone) -> str:
    full = [bone for bone in chart.bones if bone.twigs]
    said = "; ".join(
        f"{bone.label}: {', '.join(twig.label for twig in bone.twigs)}" for bone in full
    )
    effect = pgettext("chart", "effect: %(effect)s") % {"effect": chart.effect}
    return f"{chart.label}, {effect}. {said}" if said else f"{chart.label}, {effect}"
