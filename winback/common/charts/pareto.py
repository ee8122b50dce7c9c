"""Columns in falling order with the line of their running sum: which few explain most."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.scale import Scale
from winback.common.charts.svg import column, dot, empty, line, path, picture, points, text
from winback.common.charts.text import wrap
from winback.common.charts.words import no_data
from winback.common.formats import format_percent

_AXIS_ROOM = 44.0
_FOOT = 58.0
_TOP = 16.0
_SLOT = 76.0
_LINES = 3
_TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class ParetoBar:
    """One column. ``share`` and ``running`` are percent of the whole; ``written`` is the value."""

    label: str
    written: str
    share: float
    running: float
    is_vital: bool = True


@dataclass(frozen=True, slots=True)
class Pareto:
    """``items`` in falling order; ``mark`` is the share at which the vital few end."""

    uid: str
    label: str
    items: Sequence[ParetoBar]
    mark: float = 80
    width: float = 760
    height: float = 280


def pareto(chart: Pareto) -> SafeString:
    """Columns and running sum have one scale in percent; the vital few are dark, the rest grey."""
    if not chart.items:
        return empty(chart.uid, "pareto", chart.width, 60, chart.label, no_data())
    width = max(chart.width, _SLOT * len(chart.items) + _AXIS_ROOM)
    right, floor = width - _AXIS_ROOM, chart.height - _FOOT
    y = Scale(0, 100, floor, _TOP)
    step = right / len(chart.items)
    corners = [((i + 0.5) * step, y(item.running)) for i, item in enumerate(chart.items)]
    body = [
        *_frame(chart, y, right, width),
        *(mark for i, item in enumerate(chart.items) for mark in _bar(item, i, step, y)),
        path(points(corners), "ac-line"),
        *(dot(x, height, 3, "point") for x, height in corners),
        line(0, floor, right, floor, "axis"),
    ]
    return picture(chart.uid, "pareto", width, chart.height, _alternative(chart), body)


def _frame(chart: Pareto, y: Scale, right: float, width: float) -> list[str]:
    marks = [line(0, y(tick), right, y(tick), "rule") for tick in _TICKS]
    marks += [
        text(width, y(tick) + 4, format_percent(tick, 0), "t-muted", anchor="end", size=10)
        for tick in _TICKS
    ]
    goal = format_percent(chart.mark, 0)
    marks.append(line(0, y(chart.mark), right, y(chart.mark), "target-line"))
    return [*marks, text(2, y(chart.mark) - 4, goal, "t-target", size=10)]


def _bar(item: ParetoBar, index: int, step: float, y: Scale) -> list[str]:
    middle, thick = (index + 0.5) * step, step * 0.72
    mark = "ac" if item.is_vital else "py"
    marks = [column(middle - thick / 2, thick, y(item.share), y(0), mark)]
    marks.append(text(middle, y(0) + 16, item.written, anchor="middle", bold=True))
    for row, words in enumerate(wrap(item.label, 10, step - 6, _LINES)):
        marks.append(text(middle, y(0) + 30 + row * 12, words, "t-muted", anchor="middle", size=10))
    return marks


def _alternative(chart: Pareto) -> str:
    said = "; ".join(f"{item.label} {item.written}" for item in chart.items)
    vital = [item for item in chart.items if item.is_vital]
    if not vital:
        return f"{chart.label}: {said}"
    few = {"count": len(vital), "share": format_percent(vital[-1].running, 0)}
    words = pgettext("chart", "the first %(count)s explain %(share)s") % few
    return f"{chart.label}: {said}. {words}"
