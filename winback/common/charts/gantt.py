"""Plan over time: phases, measures, today and the deadline of the contract."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from winback.common.charts.gantt_axis import calendar_axis, deadline_line, today_line
from winback.common.charts.scale import Scale
from winback.common.charts.svg import diamond, empty, path, picture, points, rect, span, text
from winback.common.charts.text import fit, text_width
from winback.common.formats import format_date

TaskState = Literal["done", "active", "open", "late", "milestone"]

_HEAD = 44.0
_NOTE_SIZE = 9.5


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A measure or, with `is_phase`, the bar that gathers its measures.

    `progress` runs from 0 to 1. A milestone lies on `start`; it is filled when its progress is 1.
    """

    label: str
    start: dt.date
    end: dt.date
    state: TaskState = "open"
    progress: float = 0
    is_phase: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gantt:
    """What lies beyond the window `start` to `end` points over its edge."""

    uid: str
    label: str
    rows: Sequence[GanttRow]
    start: dt.date
    end: dt.date
    today: dt.date
    deadline: dt.date | None = None
    deadline_label: str = ""
    label_width: float = 200
    width: float = 640
    row: float = 19


def gantt(chart: Gantt) -> SafeString:
    """Draw one row per phase and measure under a calendar; the table beside it holds the same data.

    Done is solid, open hollow, late framed in red with its note in words.
    """
    if not chart.rows:
        why = pgettext("chart", "no measure planned yet")
        return empty(chart.uid, "gantt", chart.width, 80, chart.label, why)
    height = _HEAD + chart.row * len(chart.rows) + 6
    x = Scale(
        chart.start.toordinal(),
        max(chart.end.toordinal(), chart.start.toordinal() + 1),
        chart.label_width + 8,
        chart.width - 8,
    )
    marks, plates = calendar_axis(chart.start, chart.end, x, height)
    for index, row in enumerate(chart.rows):
        drawn, note = _row(chart, row, x, _HEAD + index * chart.row)
        marks += drawn
        plates += note
    deadline = chart.deadline
    label = chart.deadline_label or pgettext("chart", "notice deadline")
    marks += today_line(chart.today, deadline, label, x, chart.width, height)
    if deadline is not None:
        marks += deadline_line(deadline, label, x, chart.width, height)
    # Notes come last, on small plates: a line never crosses a word.
    title = _alternative(chart, label)
    return picture(chart.uid, "gantt", chart.width, height, title, marks + plates)


def _row(chart: Gantt, row: GanttRow, x: Scale, top: float) -> tuple[list[str], list[str]]:
    """Return the marks of one row, and its note to be drawn above all lines."""
    middle = top + chart.row / 2
    marks = []
    if row.is_phase:
        marks.append(rect(0, top + 1, x.end, chart.row - 1, "band1"))
    indent = 4.0 if row.is_phase else 12.0
    label = fit(row.label, 10.5, chart.label_width - indent, bold=row.is_phase)
    marks.append(text(indent, middle + 4, label, size=10.5, bold=row.is_phase))
    start = x.clamped(row.start.toordinal())
    end = max(x.clamped(row.end.toordinal()), start + 3)
    marks += _bar(row, start, end, middle)
    if row.end > chart.end:
        head = [(x.end, middle - 4), (x.end + 6, middle), (x.end, middle + 4)]
        marks.append(path(points(head) + "Z", "neutral"))
    return marks, _note(row, start, end, middle, x.end) if row.note else []


def _bar(row: GanttRow, start: float, end: float, middle: float) -> list[str]:
    if row.state == "milestone":
        return [diamond(start, middle, 5, "point" if row.progress >= 1 else "ring")]
    height, corner = (5.0, 0) if row.is_phase else (9.0, 1)
    y = middle - height / 2
    if row.state == "done" and not row.is_phase:
        return [span(start, end, y, height, "ac", rx=corner)]
    outline = "late-box" if row.state == "late" else "open-box"
    marks = [span(start, end, y, height, outline, rx=corner)]
    if row.progress > 0:
        done = start + (end - start) * min(row.progress, 1)
        marks.append(span(start, done, y, height, "ac", rx=corner))
    return marks


def _note(row: GanttRow, start: float, end: float, middle: float, edge: float) -> list[str]:
    """The note right of the bar, left of it where the edge is near."""
    late = row.state == "late"
    width = text_width(row.note, _NOTE_SIZE, bold=late)
    x = end + 5 if end + 5 + width < edge else start - 9 - width
    mark = "t-bad" if late else "t-muted"
    return [
        rect(x - 2, middle - 6, width + 4, 12, "band1" if row.is_phase else "plate"),
        text(x, middle + 3.5, row.note, mark, size=_NOTE_SIZE, bold=late),
    ]


def _alternative(chart: Gantt, deadline_label: str) -> str:
    measures = [row for row in chart.rows if not row.is_phase]
    done = sum(row.state == "done" for row in measures)
    late = sum(row.state == "late" for row in measures)
    count = len(measures)
    words = [
        ngettext("%(count)d measure", "%(count)d measures", count) % {"count": count},
        pgettext("chart", "%(count)d done") % {"count": done},
        pgettext("chart", "%(count)d overdue") % {"count": late},
        pgettext("chart", "today %(date)s") % {"date": format_date(chart.today)},
    ]
    if chart.deadline is not None:
        words.append(f"{deadline_label} {format_date(chart.deadline)}")
    return f"{chart.label}: {', '.join(words)}"
