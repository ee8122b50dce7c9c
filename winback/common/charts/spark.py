"""Sparkline: the course of one figure in a table cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from winback.common.charts.scale import Scale, Value, floats, known, last_known, runs
from winback.common.charts.svg import dot, empty, line, path, picture, points
from winback.common.charts.words import PERCENT, Unit, finding_words, no_data, reference_words

_PAD_X = 5.0
_PAD_Y = 4.5


@dataclass(frozen=True, slots=True)
class Spark:
    """`values` run from the oldest to the newest period; None is a gap."""

    uid: str
    label: str
    values: Sequence[Value]
    baseline: Value = None
    target: Value = None
    unit: Unit = PERCENT
    width: float = 110
    height: float = 26


def sparkline(spark: Spark) -> SafeString:
    """Draw the line without axes, last value marked, baseline thin, target dashed."""
    values = floats(spark.values)
    present = known(values)
    if not present:
        return empty(spark.uid, "spark", spark.width, spark.height, spark.label, no_data())
    extent = present + known([spark.baseline, spark.target])
    low, high = min(extent), max(extent)
    if low == high:
        low, high = low - 1, high + 1
    x = Scale(0, max(len(values) - 1, 1), _PAD_X, spark.width - _PAD_X)
    y = Scale(low, high, spark.height - _PAD_Y, _PAD_Y)
    marks = [
        line(0, y(float(level)), spark.width, y(float(level)), mark)
        for level, mark in ((spark.baseline, "base-line"), (spark.target, "target-line"))
        if level is not None
    ]
    marks += [_run(run, x, y) for run in runs(values)]
    marks.append(dot(x(last_known(values)), y(present[-1]), 3, "point"))
    return picture(
        spark.uid, "spark", spark.width, spark.height, _alternative(spark, present), marks
    )


def _run(run: list[tuple[int, float]], x: Scale, y: Scale) -> str:
    if len(run) == 1:
        return dot(x(run[0][0]), y(run[0][1]), 1.6, "point")
    return path(points([(x(index), y(value)) for index, value in run]), "ac-line")


def _alternative(spark: Spark, present: list[float]) -> str:
    count = len(present)
    words = [
        ngettext("%(count)d value", "%(count)d values", count) % {"count": count},
        pgettext("chart", "latest %(value)s") % {"value": spark.unit.write(present[-1])},
        *reference_words(spark.baseline, spark.target, spark.unit),
        *finding_words(present[-1], spark.baseline, spark.target, spark.unit),
    ]
    if gaps := len(spark.values) - count:
        words.append(
            ngettext("%(count)d period without a value", "%(count)d periods without a value", gaps)
            % {"count": gaps}
        )
    return f"{spark.label}: {', '.join(words)}"
