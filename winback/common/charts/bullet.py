"""Bullet graph: actual value, target and baseline on one axis."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.scale import Scale, Value
from winback.common.charts.svg import diamond, empty, line, path, picture, points, rect, span, text
from winback.common.charts.text import text_width
from winback.common.charts.words import PERCENT_UP, Unit, finding_words, no_data, reference_words
from winback.common.formats import format_number

_PAD = 4.0
_TOP = 1.0
_BAND = 18.0
_MIDDLE = _TOP + _BAND / 2
_LABEL_SIZE = 10
_LABEL_GAP = 6


@dataclass(frozen=True, slots=True)
class Bullet:
    """`ranges` are the ends of the weak and the middle range, in axis order; equal means none.

    `labels` is switched off where the table beside the chart prints baseline and target.
    """

    uid: str
    label: str
    actual: Value
    target: Value
    baseline: Value
    axis_max: float
    axis_min: float = 0
    ranges: tuple[float, float] = (0, 0)
    unit: Unit = PERCENT_UP
    labels: bool = True
    width: float = 210
    height: float = 34


def bullet(graph: Bullet) -> SafeString:
    """Draw a bar for the actual value, a tick for the target, a hollow diamond for the baseline.

    A value beyond the axis ends in an arrow head; the alternative text says the true number.
    """
    if graph.actual is None:
        return empty(graph.uid, "bullet", graph.width, graph.height, graph.label, no_data())
    x = Scale(graph.axis_min, graph.axis_max, _PAD, graph.width - _PAD)
    marks = _ground(graph, x) + _bar(float(graph.actual), x)
    if graph.baseline is not None:
        marks.append(diamond(x.clamped(float(graph.baseline)), _MIDDLE, 4.6, "ring"))
    if graph.target is not None:
        position = x.clamped(float(graph.target))
        marks.append(rect(position - 1.5, _TOP - 1, 3, _BAND + 2, "target-mark"))
    if graph.labels:
        marks += _labels(graph, x)
    title = _alternative(graph, float(graph.actual))
    return picture(graph.uid, "bullet", graph.width, graph.height, title, marks)


def _ground(graph: Bullet, x: Scale) -> list[str]:
    """The axis as a band, its weak part darker; the zero line where values may be negative."""
    marks = [span(x.start, x.end, _TOP, _BAND, "band1")]
    weak, middle = graph.ranges
    if middle > weak:
        ends = (x.end, x.clamped(middle)) if graph.unit.higher_is_better is False else None
        marks.append(span(*(ends or (x.start, x.clamped(weak))), _TOP, _BAND, "band2"))
    if graph.axis_min < 0:
        marks.append(line(x.clamped(0), _TOP, x.clamped(0), _TOP + _BAND, "axis"))
    return marks


def _bar(actual: float, x: Scale) -> list[str]:
    end = x.clamped(actual)
    marks = [span(x.clamped(0), end, _TOP + 5.5, 7, "ac")]
    if not x.low <= actual <= x.high:
        back = end - 7 if actual > x.high else end + 7
        head = [(back, _TOP + 2), (end, _MIDDLE), (back, _TOP + 16)]
        marks.append(path(points(head) + "Z", "ac"))
    return marks


def _labels(graph: Bullet, x: Scale) -> list[str]:
    """Baseline and target below their marks, pushed apart and kept inside the picture."""
    wanted = [
        (x.clamped(float(value)), f"{word} {format_number(value, graph.unit.decimals)}", mark)
        for value, word, mark in (
            (graph.baseline, pgettext("chart", "Base"), "t-muted"),
            (graph.target, pgettext("chart", "Target"), "t-target"),
        )
        if value is not None
    ]
    wanted.sort()
    widths = [text_width(content, _LABEL_SIZE) for _, content, _ in wanted]
    centres = [position for position, _, _ in wanted]
    starts = _placed(centres, widths, graph.width)
    return [
        text(start, graph.height - 3.5, content, mark, size=_LABEL_SIZE)
        for start, (_, content, mark) in zip(starts, wanted, strict=True)
    ]


def _placed(centres: list[float], widths: list[float], room: float) -> list[float]:
    """Return where up to two labels start so that they neither overlap nor leave the picture."""
    starts = [
        max(0.0, min(centre - width / 2, room - width))
        for centre, width in zip(centres, widths, strict=True)
    ]
    if len(starts) == 2 and starts[0] + widths[0] + _LABEL_GAP > starts[1]:
        middle = (starts[0] + widths[0] + starts[1] - _LABEL_GAP) / 2
        latest = room - widths[1] - _LABEL_GAP - widths[0]
        starts[0] = max(0.0, min(middle - widths[0], latest))
        starts[1] = starts[0] + widths[0] + _LABEL_GAP
    return starts


def _alternative(graph: Bullet, actual: float) -> str:
    unit = graph.unit
    words = [
        pgettext("chart", "actual %(value)s") % {"value": unit.write(actual)},
        *reference_words(graph.baseline, graph.target, unit),
        *finding_words(actual, graph.baseline, graph.target, unit),
    ]
    if graph.baseline is None:
        words.append(pgettext("chart", "no baseline"))
    if graph.target is None:
        words.append(pgettext("chart", "no target"))
    if not graph.axis_min <= actual <= graph.axis_max:
        words.append(pgettext("chart", "value beyond the axis"))
    return f"{graph.label}: {', '.join(words)}"
