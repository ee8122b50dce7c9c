"""What the month page draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from winback.cases.enums import Phase
from winback.common.charts import Bar, Bars, Columns, Unit, bars, columns
from winback.common.formats import format_month_short
from winback.dashboards.rules import LEAST_SHOWN, Month, share
from winback.dialogue.rules import kept_ratio

Percent = Unit("%", 0, higher_is_better=True)


Millions = Unit("Mio. €", 2)


def value_chart(matrix: list[Mapping[str, Any]]) -> SafeString:
    items = [
        Bar(label=line, ac=float(value) / 1_000_000)
        for line, value in (
            (str(each.label), sum(row["value"] for row in matrix if row["phase"] == each.value))
            for each in Phase
        )
        if value
    ]
    chart = Bars("value-by-phase", _("Value at stake by phase"), items, Millions, width=380)
    return bars(chart)


def measures_chart(months: list[Month], done: Mapping[date, tuple[int, int]]) -> SafeString:
    counts = [done.get(month.start, (0, 0)) for month in months]
    pairs = [(on_time, all_done) for all_done, on_time in counts]
    return _columns("measures", _("Measures on time"), months, pairs)


def commitments_chart(months: list[Month], kept: Mapping[date, Mapping[str, int]]) -> SafeString:
    ratios = [kept_ratio(kept.get(month.start, {})) for month in months]
    pairs = [(ratio.on_time, ratio.due) for ratio in ratios]
    return _columns("commitments", _("Commitments kept on time"), months, pairs)


def _columns(uid: str, label: str, months: list[Month], pairs: list[tuple[int, int]]) -> SafeString:
    """A column per month with its (part, whole) in percent; "n<5" where there are too few."""
    values = [share(part, whole) for part, whole in pairs]
    chart = Columns(
        uid=uid,
        label=label,
        months=[format_month_short(month.start).split()[0] for month in months],
        ac=values,
        pl=[None] * len(months),
        unit=Percent,
        small_n=[at for at, (_part, whole) in enumerate(pairs) if 0 < whole < LEAST_SHOWN],
        scale_max=100,
        width=380,
    )
    return columns(chart)
