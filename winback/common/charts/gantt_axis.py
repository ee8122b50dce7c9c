"""The time axis of the plan: months, calendar weeks, today and the deadline."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import pgettext

from winback.common.charts.scale import Scale
from winback.common.charts.svg import line, rect, text
from winback.common.charts.text import text_width
from winback.common.formats import format_date, format_date_short, format_month_short

_AXIS = 42.0
_MONTH_ROOM = 30.0
_WEEK_ROOM = 22.0
_WEEK = dt.timedelta(days=7)


def calendar_axis(
    start: dt.date, end: dt.date, x: Scale, height: float
) -> tuple[list[str], list[str]]:
    """Return month lines and week numbers, and the month names to be drawn above all lines."""
    marks, names = [], []
    free_from = x.start
    for month in _months(start, end):
        left = x.clamped(month.toordinal())
        marks.append(line(left, 16, left, height - 4, "rule"))
        right = x.clamped(_next_month(month).toordinal())
        if right - left > _MONTH_ROOM and left >= free_from:
            name = format_month_short(month)
            names.append(rect(left + 2, 15, text_width(name, 10, bold=True) + 3, 11, "plate"))
            names.append(text(left + 3, 24, name, size=10, bold=True))
            free_from = left + _MONTH_ROOM
    marks += [
        text(x(day.toordinal()) + 3, 38, str(day.isocalendar().week), "t-muted", size=9)
        for day in _mondays(start, end, x)
        if x(day.toordinal()) + 20 < x.end
    ]
    marks.append(text(0, 38, pgettext("chart", "calendar week"), "t-muted", size=9))
    marks.append(line(0, _AXIS, x.end, _AXIS, "axis"))
    return marks, names


def _months(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    month = start.replace(day=1)
    while month <= end:
        yield month
        month = _next_month(month)


def _next_month(month: dt.date) -> dt.date:
    return dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _mondays(start: dt.date, end: dt.date, x: Scale) -> Iterator[dt.date]:
    """Yield every n-th Monday, n chosen so that the week numbers do not touch."""
    week = x.per_unit * 7
    every = next((n for n in (1, 2, 4, 8, 13, 26) if week * n >= _WEEK_ROOM), 52)
    day = start + dt.timedelta(days=-start.weekday() % 7)
    while day <= end:
        yield day
        day += _WEEK * every


def today_line(
    today: dt.date,
    deadline: dt.date | None,
    deadline_label: str,
    x: Scale,
    width: float,
    height: float,
) -> list[str]:
    """Draw today; its label moves to the left where the label of the deadline needs the room."""
    position = x.clamped(today.toordinal())
    label = pgettext("chart", "today %(date)s") % {"date": format_date_short(today)}
    flip = False
    if deadline is not None:
        taken = text_width(f"{deadline_label} 00.00.0000 →", 10, bold=True)
        edge = min(x.clamped(deadline.toordinal()), width) - taken
        flip = position + text_width(label, 10, bold=True) + 8 > edge
    return [
        line(position, 12, position, height - 2, "today-line"),
        text(
            position - 3 if flip else position + 3,
            10,
            label,
            "t-target",
            anchor="end" if flip else "start",
            size=10,
            bold=True,
        ),
    ]


def deadline_line(
    deadline: dt.date, label: str, x: Scale, width: float, height: float
) -> list[str]:
    """Draw the deadline, or an arrow to the right when it lies beyond the window."""
    words = f"{label} {format_date(deadline)}"
    if deadline.toordinal() > x.high:
        return [text(width, 10, f"{words} →", "t-bad", anchor="end", size=10, bold=True)]
    position = x.clamped(deadline.toordinal())
    fits = position + text_width(words, 10, bold=True) + 4 < width
    return [
        line(position, 12, position, height - 2, "deadline-line"),
        text(
            position + 3 if fits else position - 3,
            10,
            words,
            "t-bad",
            anchor="start" if fits else "end",
            size=10,
            bold=True,
        ),
    ]
