"""One key figure over months: measured line, baseline with its window, path to the target."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from winback.common.charts.kpi_labels import ValueLabel, place_values, pushed_apart
from winback.common.charts.kpi_plot import EVENT_ROW, LEFT, KpiLine, Plot, plan_plot
from winback.common.charts.scale import floats, known, last_known, runs
from winback.common.charts.svg import (
    diamond,
    dot,
    empty,
    line,
    path,
    picture,
    points,
    rect,
    text,
    text_lines,
)
from winback.common.charts.words import finding_words, no_value, reference_words
from winback.common.formats import format_number


def kpi_line(chart: KpiLine) -> SafeString:
    """Draw the figure month by month; a month without a value is a gap and says so.

    The scale starts at 0 or `y_min`; one that starts higher is named below the chart.
    """
    values = floats(chart.values)
    if not known(values):
        why = pgettext("chart", "no measurement yet")
        return empty(chart.uid, "kpi", chart.width, chart.height, chart.label, why)
    plot = plan_plot(chart, values)
    labels = place_values(values, chart.unit.decimals, plot.x, plot.y)
    marks = [
        *_frame(chart, plot),
        *_target(chart, plot),
        *_reference_labels(chart, plot),
        *_events(plot),
        *_plates(chart, plot, labels),
        *_lines(values, plot),
        *_values(values, plot, labels),
        text(LEFT, chart.height - 2, _foot(chart, plot), "t-muted", size=9.5),
    ]
    return picture(chart.uid, "kpi", chart.width, chart.height, _alternative(chart, values), marks)


def _frame(chart: KpiLine, plot: Plot) -> list[str]:
    """Baseline window, axis, zero line, month names and the baseline itself."""
    marks = []
    if chart.baseline_span:
        first, last = chart.baseline_span
        step = plot.x.per_unit
        width = (last - first + 1) * step
        height = plot.bottom - plot.top
        marks.append(rect(plot.x(first) - step / 2, plot.top, width, height, "band1"))
    marks.append(line(LEFT, plot.bottom, plot.right, plot.bottom, "axis"))
    if plot.y.low < 0 < plot.y.high:
        marks.append(line(LEFT, plot.y(0), plot.right, plot.y(0), "rule"))
        marks.append(text(LEFT, plot.y(0) - 3, "0", "t-muted", size=9.5))
    for index, month in enumerate([*chart.months, *chart.future]):
        mark = "t" if index < len(chart.months) else "t-muted"
        marks.append(text(plot.x(index), plot.bottom + 14, month, mark, anchor="middle", size=10))
    if chart.baseline is not None:
        level = plot.y(float(chart.baseline))
        marks.append(line(LEFT, level, plot.right, level, "base-line"))
    return marks


def _target(chart: KpiLine, plot: Plot) -> list[str]:
    """The path from the baseline to the target date, or a level line."""
    if chart.target is None:
        return []
    level = plot.y(float(chart.target))
    if chart.target_from is None or chart.target_slot is None or chart.baseline is None:
        return [line(LEFT, level, plot.right, level, "target-line")]
    start = (plot.x(chart.target_from), plot.y(float(chart.baseline)))
    goal = (plot.x(chart.target_slot), level)
    return [
        path(points([start, goal, (plot.right, level)]), "target-line"),
        diamond(*goal, 4.5, "target-mark"),
    ]


def _reference_labels(chart: KpiLine, plot: Plot) -> list[str]:
    wanted = [
        (plot.y(float(value)), words, note, mark)
        for value, words, note, mark in (
            (
                chart.target,
                reference_words(None, chart.target, chart.unit),
                chart.target_note,
                "t-target",
            ),
            (
                chart.baseline,
                reference_words(chart.baseline, None, chart.unit),
                chart.baseline_note,
                "t-muted",
            ),
        )
        if value is not None
    ]
    wanted.sort(key=lambda item: item[0])
    heights = pushed_apart([item[0] for item in wanted], 30, plot.bottom - 12)
    return [
        text_lines(
            plot.right + 6,
            height + 3.5,
            [line_ for line_ in (_capital(words[0]), note) if line_],
            mark,
            size=10,
            lead=12,
        )
        for height, (_, words, note, mark) in zip(heights, wanted, strict=True)
    ]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _events(plot: Plot) -> list[str]:
    marks = []
    for event in plot.events:
        y = 10 + EVENT_ROW * event.row
        marks.append(line(event.x, y - 8, event.x, plot.bottom, "event-line"))
        marks.append(text(event.label_x, y, event.label, "t-muted", size=10))
    return marks


def _plates(chart: KpiLine, plot: Plot, labels: Sequence[ValueLabel]) -> list[str]:
    """A plate under each number the baseline would run through."""
    if chart.baseline is None:
        return []
    level = plot.y(float(chart.baseline))
    first, last = chart.baseline_span or (-1, -1)
    return [
        rect(
            label.x - label.width / 2,
            label.y - 9,
            label.width,
            11,
            "band1" if first <= label.slot <= last else "plate",
        )
        for label in labels
        if label.y - 10 < level < label.y + 3
    ]


def _lines(values: Sequence[float | None], plot: Plot) -> list[str]:
    """The measured line, broken at gaps; a lone value has only its point."""
    return [
        path(points([(plot.x(slot), plot.y(value)) for slot, value in run]), "ac-line")
        for run in runs(values)
        if len(run) > 1
    ]


def _values(values: Sequence[float | None], plot: Plot, labels: Sequence[ValueLabel]) -> list[str]:
    last = last_known(values)
    marks = [
        text(plot.x(index), plot.bottom - 5, no_value(), "t-muted", anchor="middle", size=10)
        for index, value in enumerate(values)
        if value is None
    ]
    for label in labels:
        is_last = label.slot == last
        marks.append(dot(plot.x(label.slot), label.value_y, 4 if is_last else 2.6, "point"))
        size = 11 if is_last else 10
        marks.append(
            text(label.x, label.y, label.content, anchor="middle", size=size, bold=is_last)
        )
    return marks


def _foot(chart: KpiLine, plot: Plot) -> str:
    unit = chart.unit.name or pgettext("chart", "number")
    foot = pgettext("chart", "Unit: %(unit)s") % {"unit": unit}
    if plot.y.low > 0:
        start = format_number(plot.y.low, 0)
        foot += "; " + pgettext("chart", "scale starts at %(value)s") % {"value": start}
    return foot


def _alternative(chart: KpiLine, values: Sequence[float | None]) -> str:
    """Course, latest value, what it means, gaps and events: all that the picture shows."""
    latest = known(values)[-1]
    words = [
        pgettext("chart", "course %(first)s to %(last)s")
        % {"first": chart.months[0], "last": chart.months[-1]},
        pgettext("chart", "latest %(value)s") % {"value": chart.unit.write(latest)},
        *reference_words(chart.baseline, chart.target, chart.unit),
        *finding_words(latest, chart.baseline, chart.target, chart.unit),
    ]
    missing = [month for month, value in zip(chart.months, values, strict=True) if value is None]
    if missing:
        words.append(
            pgettext("chart", "without a value: %(months)s") % {"months": ", ".join(missing)}
        )
    title = f"{chart.label}: {', '.join(words)}"
    return "; ".join([title, *(event.label for event in chart.events)])
