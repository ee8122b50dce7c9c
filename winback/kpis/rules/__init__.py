"""Pure calculators of the KPIs: periods, when a value is due, and what a value is worth."""

from winback.kpis.rules.judging import (
    Course,
    expected,
    gain,
    is_reached,
    judge,
    nearest_edge,
    progress,
    standing_on,
)
from winback.kpis.rules.pace import needed_pace, pace_so_far
from winback.kpis.rules.periods import (
    fresh_until,
    next_start,
    owed_period,
    period_end,
    period_label,
    period_start,
    period_tick,
    periods_between,
    periods_ending_in,
    previous_start,
    steps_back,
    value_due_on,
)
from winback.kpis.rules.reading import PeriodError, period_text, read_period

__all__ = [
    "Course",
    "PeriodError",
    "expected",
    "fresh_until",
    "gain",
    "is_reached",
    "judge",
    "nearest_edge",
    "needed_pace",
    "next_start",
    "owed_period",
    "pace_so_far",
    "period_end",
    "period_label",
    "period_start",
    "period_text",
    "period_tick",
    "periods_between",
    "periods_ending_in",
    "previous_start",
    "progress",
    "read_period",
    "standing_on",
    "steps_back",
    "value_due_on",
]
