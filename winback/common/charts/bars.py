"""Horizontal bars by category, with the previous value and the difference where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.scale import Scale, Value, known
from winback.common.charts.svg import empty, line, picture, span, text, text_lines
from winback.common.charts.text import text_width, wrap
from winback.common.charts.words import PERCENT_UP, Unit, no_data, no_value
from winback.common.formats import format_number, format_signed

_HEAD = 16.0
_DELTA_ROOM = 130.0
_NUMBER_ROOM = 44.0
_NOTE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One category: its value, the previous one, and a note that is printed at the right edge."""

    label: str
    ac: Value
    py: Value = None
    note: str = ""
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """`scale_max` is given where two charts share one scale."""

    uid: str
    label: str
    items: Sequence[Bar]
    unit: Unit = PERCENT_UP
    delta: bool = False
    scale_max: float | None = None
    label_width: float = 190
    width: float = 640
    row: float = 28


def bars(chart: Bars) -> SafeString:
    """Draw the actual value dark over the previous one in grey; bars start at zero."""
    values = known(value for item in chart.items for value in (item.ac, item.py))
    if not values:
        return empty(chart.uid, "bars", chart.width, 60, chart.label, no_data())
    head = _HEAD if chart.delta else 0.0
    height = head + chart.row * len(chart.items) + 4
    x = _scale(chart, values)
    marks = _heads(chart) if chart.delta else []
    for index, item in enumerate(chart.items):
        marks += _row(chart, item, x, head + index * chart.row)
    marks.append(line(x(0), head, x(0), height - 2, "axis"))
    return picture(chart.uid, "bars", chart.width, height, _alternative(chart), marks)


def _scale(chart: Bars, values: list[float]) -> Scale:
    high, low = chart.scale_max or max(0.0, *values), min(0.0, *values)
    note = max(text_width(item.note, _NOTE_SIZE) for item in chart.items)
    right = _NUMBER_ROOM + (_DELTA_ROOM if chart.delta else 0) + (note + 8 if note else 0)
    return Scale(low, high, chart.label_width + 8, chart.width - right)


def _heads(chart: Bars) -> list[str]:
    before, change = pgettext("chart", "before"), pgettext("chart", "Δ")
    return [
        text(chart.width - _DELTA_ROOM + 46, 10, before, "t-muted", anchor="end", size=10),
        text(chart.width, 10, change, "t-muted", anchor="end", size=10),
    ]


def _row(chart: Bars, item: Bar, x: Scale, top: float) -> list[str]:
    thick = chart.row * 0.5
    y = top + (chart.row - thick) / 2
    words = wrap(item.label, 11, chart.label_width, 2, bold=item.highlight)
    first = top + chart.row / 2 + 4 - (len(words) - 1) * 6
    marks = [text_lines(0, first, words, lead=12, bold=item.highlight)]
    if item.py is not None:
        marks.append(span(x(0), x(float(item.py)), y - 3, thick, "py"))
    ends = [x(value) for value in (0.0, *known([item.ac, item.py]))]
    if item.ac is None:
        marks.append(text(max(ends) + 5, y + thick - 2, no_value(), "t-muted", size=10))
    else:
        shift = 1 if item.py is not None else 0
        marks.append(span(x(0), x(float(item.ac)), y + shift, thick, "ac"))
        number = format_number(item.ac, chart.unit.decimals)
        marks.append(text(max(ends) + 5, y + thick / 2 + 5, number, bold=True))
    return marks + _tail(chart, item, y + thick / 2 + 5)


def _tail(chart: Bars, item: Bar, y: float) -> list[str]:
    """Previous value and difference in columns of their own; the note left of them."""
    room = _DELTA_ROOM if chart.delta else 0.0
    marks = []
    if item.note:
        right = chart.width - room
        marks.append(text(right, y, item.note, "t-muted", anchor="end", size=_NOTE_SIZE))
    if chart.delta and item.ac is not None and item.py is not None:
        change = float(item.ac) - float(item.py)
        better = chart.unit.is_better(change)
        mark = "t-muted" if better is None else "t-good" if better else "t-bad"
        before = format_number(item.py, chart.unit.decimals)
        written = format_signed(change, chart.unit.decimals)
        marks.append(text(chart.width - room + 46, y, before, "t-muted", anchor="end"))
        marks.append(text(chart.width, y, written, mark, anchor="end", bold=True))
    return marks


def _alternative(chart: Bars) -> str:
    return f"{chart.label}: " + "; ".join(_item_words(item, chart.unit) for item in chart.items)


def _item_words(item: Bar, unit: Unit) -> str:
    value = unit.write(item.ac) if item.ac is not None else pgettext("chart", "without a value")
    words = f"{item.label} {value}"
    if item.py is not None:
        words += " " + pgettext("chart", "(before: %(value)s)") % {"value": unit.write(item.py)}
    return f"{words}, {item.note}" if item.note else words
