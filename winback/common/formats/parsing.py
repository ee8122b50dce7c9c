"""Dates and decimals as people type them. What has two readings is refused with a reason."""

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext, ngettext

from winback.common.formats.dates import format_date
from winback.common.formats.locales import MINUS, MONTHS, MONTHS_SHORT, Locale, active_locale

YEARS: Final = (1900, 2199)
"""Years outside are typing errors, not dates of a contract."""
MAX_DIGITS: Final = 15
_TODAY_WORDS: Final = frozenset({"heute", "today"})
_OFFSET: Final = re.compile(r"([+-])([0-9]{1,6})")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC: Final = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})(?:\2([0-9]{2}|[0-9]{4})?)?")
_NAMED: Final = re.compile(r"([0-9]{1,2})\.?\s+([^\W\d]+)\.?(?:\s+([0-9]{4}))?")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009]")
_CURRENCY: Final = re.compile(r"(?<=^[+-])€\s*|^€\s*|\s*(?:€|EUR)$")


class DateInputError(ValueError):
    """The text is not a date; the message says why, in the active language."""


class DecimalInputError(ValueError):
    """The text is not a number; the message says why, in the active language."""


def parse_date_input(text: str, today: dt.date) -> dt.date:
    """Read 24.11.2026, 24.11.26, 24.11. (this year), heute, +14, -3, 2026-11-24, 24 Nov 2026.

    `+14` and `-3` count calendar days from `today`. Raises DateInputError with a readable reason.
    """
    entry = " ".join(text.split()).replace(MINUS, "-").casefold()
    if entry in _TODAY_WORDS:
        return today
    if match := _OFFSET.fullmatch(entry):
        return _shifted(today, int(match[1] + match[2]))
    if match := _ISO.fullmatch(entry):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(entry.replace(". ", ".")):
        return _checked(_full_year(match[4], today), int(match[3]), int(match[1]))
    if match := _NAMED.fullmatch(entry):
        year = int(match[3]) if match[3] else today.year
        return _checked(year, _month_number(match[2]), int(match[1]))
    raise DateInputError(
        gettext("This is not a date. Examples: %(date)s, +14, today.")
        % {"date": format_date(today)}
    )


def _full_year(digits: str | None, today: dt.date) -> int:
    """Two digits mean the century that brings the year closest to `today`; none mean its year."""
    if digits is None:
        return today.year
    year = int(digits)
    if len(digits) == 4:
        return year
    return min(
        (century + year for century in (1900, 2000, 2100)), key=lambda y: abs(y - today.year)
    )


def _shifted(today: dt.date, days: int) -> dt.date:
    try:
        return _within_years(today + dt.timedelta(days=days))
    except OverflowError:
        raise DateInputError(_years_message()) from None


def _month_number(name: str) -> int:
    for names in (*MONTHS.values(), *MONTHS_SHORT.values()):
        for number, candidate in enumerate(names, start=1):
            if candidate.casefold() == name:
                return number
    raise DateInputError(gettext("There is no month “%(name)s”.") % {"name": name})


def _checked(year: int, month: int, day: int) -> dt.date:
    """Return the date or say what is wrong with it and which one was probably meant."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise DateInputError(_years_message())
    if not 1 <= month <= 12:
        swapped = 1 <= day <= 12 and 1 <= month <= calendar.monthrange(year, day)[1]
        hint = dt.date(year, day, month) if swapped else None
        raise DateInputError(_with_hint(gettext("A year has 12 months."), hint))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        hint = dt.date(year, month, last) if last < day <= 31 else None
        raise DateInputError(_with_hint(_month_length_message(year, month, last), hint))
    return dt.date(year, month, day)


def _within_years(d: dt.date) -> dt.date:
    if not YEARS[0] <= d.year <= YEARS[1]:
        raise DateInputError(_years_message())
    return d


def _years_message() -> str:
    return gettext("The year must lie between %(first)d and %(last)d.") % {
        "first": YEARS[0],
        "last": YEARS[1],
    }


def _month_length_message(year: int, month: int, last: int) -> str:
    """February is named with its year, because its length depends on it."""
    name = MONTHS[active_locale()][month - 1]
    return gettext("%(month)s has %(days)d days.") % {
        "month": f"{name} {year}" if month == 2 else name,
        "days": last,
    }


def _with_hint(reason: str, hint: dt.date | None) -> str:
    if hint is None:
        return reason
    question = gettext("Did you mean %(date)s?") % {"date": format_date(hint)}
    return f"{reason} {question}"


def parse_decimal_input(text: str, places: int = 2, locale: Locale | None = None) -> Decimal:
    """Read 1.250.000,00, 1250000, 1250000,5 or 1 250,5 (English: 1,250,000.00), also with € or EUR.

    The decimal sign follows the locale; at most `places` decimals, so that 1,250 and 1.25 cannot be
    taken for each other. Raises DecimalInputError with a reason for the person.
    """
    comma, dot = (",", ".") if (locale or active_locale()) == "de" else (".", ",")
    entry = _CURRENCY.sub("", text.strip().replace(MINUS, "-"))
    entry = _SPACES.sub(" ", entry)
    sign = "-" if entry.startswith("-") else ""
    whole, found, fraction = entry.lstrip("+-").strip().partition(comma)
    if len(entry) - len(entry.lstrip("+-")) > 1 or not _is_grouped(whole, dot):
        raise DecimalInputError(_decimal_message(entry, comma))
    if found and not re.fullmatch(r"[0-9]+", fraction):
        raise DecimalInputError(_decimal_message(entry, comma))
    if len(fraction) > places:
        raise DecimalInputError(_places_message(places))
    digits = re.sub(r"[^0-9]", "", whole)
    if len(digits) > MAX_DIGITS:
        raise DecimalInputError(gettext("This number is too large."))
    return (
        Decimal(f"{sign}{digits}.{fraction}" if fraction else f"{sign}{digits}") + 0
    )  # no negative zero


def _is_grouped(whole: str, dot: str) -> bool:
    """Digits without groups, or groups of three with one kind of separator throughout."""
    groups = rf"[0-9]{{1,3}}(?:{re.escape(dot)}[0-9]{{3}})+|[0-9]{{1,3}}(?: [0-9]{{3}})+"
    return re.fullmatch(rf"[0-9]+|{groups}", whole) is not None


def _decimal_message(entry: str, comma: str) -> str:
    if not re.search(r"[0-9]", entry):
        return gettext("Enter a number.")
    example = "1250,50" if comma == "," else "1250.50"
    return gettext("This number is not clear. Write it like %(example)s.") % {"example": example}


def _places_message(places: int) -> str:
    if places == 0:
        return gettext("Enter a whole number.")
    return ngettext(
        "At most %(count)d decimal place.", "At most %(count)d decimal places.", places
    ) % {"count": places}
