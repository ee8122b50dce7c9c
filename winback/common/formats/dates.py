"""Dates and times as text; written by hand because Babel takes several times as long per cell."""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext, ngettext

from winback.common.formats.locales import (
    DASH,
    MONTHS,
    MONTHS_SHORT,
    NBSP,
    WEEKDAYS_SHORT,
    Locale,
    active_locale,
)

BERLIN: Final = ZoneInfo("Europe/Berlin")


def format_date(d: dt.date | None, locale: Locale | None = None) -> str:
    """24.11.2026; English 24 Nov 2026, which nobody reads month-first. None gives –."""
    if d is None:
        return DASH
    if (locale or active_locale()) == "de":
        return f"{d.day:02d}.{d.month:02d}.{d.year}"
    return f"{d.day}{NBSP}{MONTHS_SHORT['en'][d.month - 1]}{NBSP}{d.year}"


def format_date_short(d: dt.date, locale: Locale | None = None) -> str:
    """24.11. or 24 Nov: for labels whose year stands beside them."""
    if (locale or active_locale()) == "de":
        return f"{d.day:02d}.{d.month:02d}."
    return f"{d.day}{NBSP}{MONTHS_SHORT['en'][d.month - 1]}"


def format_day(d: dt.date | None, locale: Locale | None = None) -> str:
    """Di., 24.11.2026; English Tue, 24 Nov 2026. None gives –."""
    if d is None:
        return DASH
    language = locale or active_locale()
    return f"{WEEKDAYS_SHORT[language][d.weekday()]}, {format_date(d, language)}"


def format_datetime(moment: dt.datetime | None, locale: Locale | None = None) -> str:
    """24.11.2026, 14:30 Uhr in Berlin time; English without the word. None gives –.

    Raises ValueError for a naive datetime: its instant is unknown.
    """
    if moment is None:
        return DASH
    if moment.tzinfo is None:
        raise ValueError("format_datetime needs an aware datetime")
    language = locale or active_locale()
    local = moment.astimezone(BERLIN)
    clock = f"{format_date(local, language)}, {local.hour:02d}:{local.minute:02d}"
    return f"{clock}{NBSP}Uhr" if language == "de" else clock


def format_month(d: dt.date | None, locale: Locale | None = None) -> str:
    """November 2026 in both languages. None gives –."""
    if d is None:
        return DASH
    return f"{MONTHS[locale or active_locale()][d.month - 1]} {d.year}"


def format_month_short(d: dt.date, locale: Locale | None = None) -> str:
    """Nov 26, for axis labels and narrow columns."""
    return f"{MONTHS_SHORT[locale or active_locale()][d.month - 1]}{NBSP}{d.year % 100:02d}"


def format_range(a: dt.date | None, b: dt.date | None, locale: Locale | None = None) -> str:
    """31.08.–27.09.2026; the first year only where it differs. English 31 Aug – 27 Sep 2026.

    Beside an open end the dash stands alone; equal days give one date, two open ends one dash.
    """
    language = locale or active_locale()
    if a == b:
        return format_date(a, language)
    if a is None:
        return f"{DASH}{NBSP}{format_date(b, language)}"
    if b is None:
        return f"{format_date(a, language)}{NBSP}{DASH}"
    start = format_date_short(a, language) if a.year == b.year else format_date(a, language)
    space = "" if language == "de" else NBSP  # English dates hold spaces, so the dash needs them
    return f"{start}{space}{DASH}{space}{format_date(b, language)}"


def days_phrase(today: dt.date, due: dt.date | None, locale: Locale | None = None) -> str:
    """4 Tage überfällig, heute, in 54 Tagen; counts calendar days. None gives –."""
    if due is None:
        return DASH
    if locale is not None:
        with translation.override(locale):
            return days_phrase(today, due)
    days = (due - today).days
    if days < 0:
        text = ngettext("%(count)d day overdue", "%(count)d days overdue", -days)
    elif days == 0:
        return gettext("today")
    else:
        text = ngettext("in %(count)d day", "in %(count)d days", days)
    return text % {"count": abs(days)}
