"""Periods of measurement: every value belongs to the first day of its period."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import pgettext

from winback.common.formats import format_month, format_month_short
from winback.kpis.enums import Frequency

_DAY = timedelta(days=1)
_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.OCCASIONAL: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}
#: One period and its grace: so many days after the end of a period the next value is overdue.
STALE_DAYS = {
    Frequency.WEEKLY: 8,
    Frequency.MONTHLY: 32,
    Frequency.QUARTERLY: 95,
    Frequency.HALF_YEARLY: 188,
    Frequency.YEARLY: 370,
}


def period_start(day: date, frequency: str) -> date:
    """The first day of the period ``day`` lies in; weeks start on Monday."""
    if frequency == Frequency.WEEKLY:
        return day - timedelta(days=day.weekday())
    length = _MONTHS[Frequency(frequency)]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def next_start(start: date, frequency: str) -> date:
    """The first day of the period after the one that starts at ``start``."""
    if frequency == Frequency.WEEKLY:
        return start + timedelta(days=7)
    month = start.month - 1 + _MONTHS[Frequency(frequency)]
    return date(start.year + month // 12, month % 12 + 1, 1)


def period_end(start: date, frequency: str) -> date:
    """The last day of the period that starts at ``start``."""
    return next_start(start, frequency) - _DAY


def previous_start(start: date, frequency: str) -> date:
    """The first day of the period before the one that starts at ``start``."""
    return period_start(start - _DAY, frequency)


def steps_back(start: date, count: int, frequency: str) -> date:
    """The first day of the period ``count`` periods earlier."""
    for _step in range(count):
        start = previous_start(start, frequency)
    return start


def periods_between(first: date, last: date, frequency: str) -> list[date]:
    """All periods from the one starting at ``first`` to the one at ``last``, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = next_start(first, frequency)
    return found


def periods_ending_in(month: date, frequency: str) -> list[date]:
    """The periods whose last day lies in the month of ``month``: 4 or 5 weeks, 0 or 1 quarter."""
    first = period_start(month, Frequency.MONTHLY)
    last = period_end(first, Frequency.MONTHLY)
    candidates = periods_between(period_start(first, frequency), last, frequency)
    return [start for start in candidates if first <= period_end(start, frequency) <= last]


def fresh_until(start: date, frequency: str) -> date | None:
    """The last day on which the value of this period counts as current; None: for ever.

    Product rule: days since the end of the measured period, at most one period plus grace
    (8, 32, 95, 188, 370 days). A KPI measured as it occurs never ages.
    """
    if frequency == Frequency.OCCASIONAL:
        return None
    return period_end(start, frequency) + timedelta(days=STALE_DAYS[Frequency(frequency)])


def owed_period(frequency: str, answered: date | None, added_on: date) -> date:
    """The period whose value is owed next: the one after the last answered one.

    ``answered`` is the last period with a value or "no data". A KPI owes nothing before the period
    in which it was added, so recording old values late makes nothing overdue.
    """
    first = period_start(added_on, frequency)
    return first if answered is None else max(first, next_start(answered, frequency))


def value_due_on(frequency: str, answered: date | None, added_on: date) -> date | None:
    """The day until which the next value is owed; None when it is measured as it occurs."""
    return fresh_until(
        previous_start(owed_period(frequency, answered, added_on), frequency), frequency
    )


def period_label(start: date, frequency: str) -> str:
    """``Oktober 2026``, ``KW 47/2026``, ``3. Quartal 2026``, ``1. Halbjahr 2026``, ``2026``."""
    if frequency == Frequency.WEEKLY:
        iso = start.isocalendar()
        return pgettext("period", "week %(week)d/%(year)d") % {"week": iso.week, "year": iso.year}
    if frequency == Frequency.QUARTERLY:
        number = (start.month + 2) // 3
        return pgettext("period", "quarter %(number)d of %(year)d") % {
            "number": number,
            "year": start.year,
        }
    if frequency == Frequency.HALF_YEARLY:
        number = 1 if start.month == 1 else 2
        return pgettext("period", "half-year %(number)d of %(year)d") % {
            "number": number,
            "year": start.year,
        }
    return str(start.year) if frequency == Frequency.YEARLY else format_month(start)


def period_tick(start: date, frequency: str) -> str:
    """As short as an axis needs it; the year stands in the caption or is the label."""
    if frequency == Frequency.WEEKLY:
        return str(start.isocalendar().week)
    if frequency == Frequency.QUARTERLY:
        return f"Q{(start.month + 2) // 3}"
    if frequency == Frequency.HALF_YEARLY:
        return pgettext("period", "H%(number)d") % {"number": 1 if start.month == 1 else 2}
    if frequency == Frequency.YEARLY:
        return str(start.year)
    return format_month_short(start)[:3]
