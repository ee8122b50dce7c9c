"""Actual against plan by month with the variance above, in IBCS notation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.scale import Scale, Value, floats, known, last_known
from winback.common.charts.svg import column, empty, line, picture, text
from winback.common.charts.words import PERCENT_UP, Unit, no_data, no_value
from winback.common.formats import format_number, format_signed

_LEFT = 26.0
_WIDEST = 26.0
_HEAD = 13.0
_BETWEEN = 28.0


@dataclass(frozen=True, slots=True)
class Columns:
    """`small_n` are the months whose number of cases is too small for a percentage.

    `scale_max` and `delta_max` (room for negative variances) are given where charts share a scale.
    """

    uid: str
    label: str
    months: Sequence[str]
    ac: Sequence[Value]
    pl: Sequence[Value]
    unit: Unit = PERCENT_UP
    small_n: Sequence[int] = ()
    scale_max: float | None = None
    delta_max: float = 0.0
    width: float = 330
    height: float = 200


@dataclass(frozen=True, slots=True)
class _Plot:
    """The scale of the columns, and that of the variances with the same pixels per unit."""

    y: Scale
    delta: Scale
    step: float
    width: float

    def middle(self, index: int) -> float:
        return _LEFT + (index + 0.5) * self.step


@dataclass(frozen=True, slots=True)
class _Month:
    index: int
    name: str
    ac: float | None
    pl: float | None
    is_small: bool

    @property
    def delta(self) -> float | None:
        """Actual minus plan; None where one is missing or the number of cases is too small."""
        if self.ac is None or self.pl is None or self.is_small:
            return None
        return round(self.ac - self.pl, 6)


def columns(chart: Columns) -> SafeString:
    """Draw AC solid over PL outlined, ΔPL above in green or red with number and sign.

    A missing month says so and has no column; one with few cases shows "n<5".
    """
    if not known(chart.ac):
        return empty(chart.uid, "columns", chart.width, chart.height, chart.label, no_data())
    months = _months(chart)
    plot = _plot(chart, months)
    right = chart.width - 2
    middle = (plot.y.start + plot.y.end) / 2
    marks = [
        text(0, middle, pgettext("chart", "AC"), size=10, bold=True),
        line(_LEFT, plot.y(0), right, plot.y(0), "axis"),
    ]
    if known(chart.pl):  # without a plan there is nothing to vary from
        marks += [
            text(0, plot.delta(0) + 4, pgettext("chart", "ΔPL"), "t-muted", size=10),
            line(_LEFT, plot.delta(0), right, plot.delta(0), "pl"),
            text(0, middle + 13, pgettext("chart", "PL"), "t-muted", size=10),
        ]
    for month in months:
        x = plot.middle(month.index)
        marks.append(text(x, chart.height - 4, month.name, anchor="middle", size=10))
        marks += _columns(month, plot, chart.unit) + _variance(month, plot, chart.unit)
    return picture(
        chart.uid, "columns", chart.width, chart.height, _alternative(chart, months), marks
    )


def _months(chart: Columns) -> list[_Month]:
    rows = zip(chart.months, floats(chart.ac), floats(chart.pl), strict=True)
    return [
        _Month(index, name, ac, pl, index in chart.small_n)
        for index, (name, ac, pl) in enumerate(rows)
    ]


def _plot(chart: Columns, months: Sequence[_Month]) -> _Plot:
    values = known([*chart.ac, *chart.pl])
    low = min(0.0, *values)
    high = chart.scale_max or max(0.0, *values)
    high = high if high > low else low + 1  # all zero: an axis, no division by zero
    deltas = [0.0, *known(month.delta for month in months)]
    up, down = max(deltas), max(-min(deltas), chart.delta_max)
    bottom = chart.height - (30 if low < 0 else 18)
    per_unit = (bottom - _HEAD - _BETWEEN) / (high - low + up + down)
    axis = _HEAD + up * per_unit
    top = axis + down * per_unit + _BETWEEN
    step = (chart.width - 2 - _LEFT) / len(months)
    return _Plot(
        y=Scale(low, high, bottom, top),
        delta=Scale(0, 1, axis, axis - per_unit),
        step=step,
        width=min(step * 0.62, _WIDEST),
    )


def _columns(month: _Month, plot: _Plot, unit: Unit) -> list[str]:
    x, zero = plot.middle(month.index), plot.y(0)
    offset = max(2.5, plot.width * 0.14)
    width = plot.width - offset
    left = x - width / 2 + 1
    marks = []
    if month.pl is not None:
        marks.append(column(left - offset, width, plot.y(month.pl), zero, "pl"))
    if month.ac is None or month.is_small:
        word = pgettext("chart", "n<5") if month.is_small else no_value()
        y = plot.y(max(month.pl or 0.0, 0.0)) - 4
        return [*marks, text(x, y, word, "t-muted", anchor="middle", size=9)]
    marks.append(column(left, width, plot.y(month.ac), zero, "ac"))
    top = min(plot.y(month.ac), plot.y(month.pl or 0.0))
    y = top - 4 if month.ac >= 0 else plot.y(month.ac) + 11
    written = format_number(month.ac, unit.decimals)
    return [*marks, text(x, y, written, anchor="middle", size=10, bold=True)]


def _variance(month: _Month, plot: _Plot, unit: Unit) -> list[str]:
    delta = month.delta
    if delta is None:
        return []
    x, axis, end = plot.middle(month.index), plot.delta(0), plot.delta(delta)
    better = unit.is_better(delta)
    mark = "neutral" if better is None else "good" if better else "bad"
    word = "t-muted" if better is None else f"t-{mark}"
    y = end - 3 if delta >= 0 else end + 10
    return [
        column(x - plot.width / 3, plot.width * 2 / 3, axis, end, mark),
        text(x, y, format_signed(delta, unit.decimals), word, anchor="middle", size=10),
    ]


def _alternative(chart: Columns, months: Sequence[_Month]) -> str:
    month = months[last_known([m.ac for m in months])]
    span = {"first": chart.months[0], "last": chart.months[-1]}
    latest = {"month": month.name, "value": chart.unit.write(month.ac)}
    words = [
        pgettext("chart", "actual and plan %(first)s to %(last)s") % span,
        pgettext("chart", "latest %(month)s %(value)s") % latest,
    ]
    if month.delta is not None:
        change = {"change": chart.unit.write_change(month.delta)}
        words.append(pgettext("chart", "%(change)s against the plan") % change)
    return f"{chart.label}: {', '.join(words)}"
