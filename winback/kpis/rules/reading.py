"""Periods as people type them: ``10.2026``, ``Oktober 2026``, ``Q3 2026``, ``KW 47/2026``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext

from winback.common.formats import parse_date_input
from winback.common.formats.locales import MONTHS, MONTHS_SHORT
from winback.common.formats.parsing import YEARS
from winback.kpis.enums import Frequency
from winback.kpis.rules.periods import period_end, period_start

_MONTH = re.compile(r"(\d{1,2})\s?[./]\s?(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_NAMED = re.compile(r"([^\W\d]+)\.?\s+(\d{4})")
_PART = re.compile(r"(?:([qh])\s?([1-4])|([1-4])\.?\s?(quartal|halbjahr))\s?/?\s?(\d{4})")
_WEEK = re.compile(r"(?:kw|w)\s?(\d{1,2})\s?[/ ]\s?(\d{4})")
_YEAR = re.compile(r"\d{4}")
_PART_MONTHS = {"q": 3, "quartal": 3, "h": 6, "halbjahr": 6}

Span = tuple[date, date]


class PeriodError(ValueError):
    """The text names no period of this frequency; the message says why."""


def period_text(start: date, frequency: str) -> str:
    """The period as the field shows it and reads it back."""
    if frequency == Frequency.WEEKLY:
        iso = start.isocalendar()
        return f"KW {iso.week}/{iso.year}"
    if frequency == Frequency.QUARTERLY:
        return f"Q{(start.month + 2) // 3} {start.year}"
    if frequency == Frequency.HALF_YEARLY:
        return f"H{1 if start.month == 1 else 2} {start.year}"
    return str(start.year) if frequency == Frequency.YEARLY else f"{start.month:02d}.{start.year}"


def read_period(text: str, frequency: str, today: date) -> date:
    """The first day of the period a text names; a day in the period is good, too.

    A text that spans more than one period (a month for a weekly KPI) is refused.
    Raises PeriodError with a readable reason.
    """
    entry = " ".join(text.split()).casefold()
    span = _span(entry) or _day(entry, frequency, today)
    if not YEARS[0] <= span[0].year <= YEARS[1]:
        raise PeriodError(_message(frequency, today))
    start = period_start(span[0], frequency)
    if start != period_start(span[1], frequency):
        raise PeriodError(_message(frequency, today))
    return start


def _day(entry: str, frequency: str, today: date) -> Span:
    try:
        day = parse_date_input(entry, today)
    except ValueError as error:
        raise PeriodError(_message(frequency, today)) from error
    return day, day


def _span(entry: str) -> Span | None:
    """First and last day of a week, month, quarter, half-year or year; None for anything else."""
    try:
        if match := _WEEK.fullmatch(entry):
            monday = date.fromisocalendar(int(match[2]), int(match[1]), 1)
            return monday, monday + timedelta(days=6)
        if match := _PART.fullmatch(entry):
            length = _PART_MONTHS[match[1] or match[4]]
            return _months(int(match[5]), (int(match[2] or match[3]) - 1) * length + 1, length)
        if match := _ISO_MONTH.fullmatch(entry):
            return _months(int(match[1]), int(match[2]), 1)
        if match := _MONTH.fullmatch(entry):
            return _months(int(match[2]), int(match[1]), 1)
        if match := _NAMED.fullmatch(entry):
            return _months(int(match[2]), _month_number(match[1]), 1)
        return _months(int(entry), 1, 12) if _YEAR.fullmatch(entry) else None
    except ValueError:
        return None


def _months(year: int, month: int, count: int) -> Span:
    """Raises ValueError for a month or year that does not exist."""
    last = date(year, month + count - 1, 1)
    return date(year, month, 1), period_end(last, Frequency.MONTHLY)


def _month_number(name: str) -> int:
    for names in (*MONTHS.values(), *MONTHS_SHORT.values()):
        folded = [each.casefold() for each in names]
        if name in folded:
            return folded.index(name) + 1
    raise ValueError(name)


def _message(frequency: str, today: date) -> str:
    return gettext("Name the period like %(example)s, or a day in it.") % {
        "example": period_text(period_start(today, frequency), frequency)
    }
