"""Signs and names of both languages: plain tables, because a list reads them for every cell."""

from typing import Final, Literal, TypeAlias

from django.utils.translation import get_language

Locale: TypeAlias = Literal["de", "en"]

DASH: Final = "–"
"""En dash: stands for a missing value and joins the ends of a range."""
MINUS: Final = "\u2212"
NBSP: Final = "\u00a0"
NARROW: Final = "\u202f"
"""Narrow no-break space; stands before the percent sign in German."""

MONTHS: Final[dict[Locale, tuple[str, ...]]] = {
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
MONTHS_SHORT: Final[dict[Locale, tuple[str, ...]]] = {
    "de": ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
WEEKDAYS_SHORT: Final[dict[Locale, tuple[str, ...]]] = {
    "de": ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def active_locale() -> Locale:
    """Return "en" when an English variant is active in this thread, else "de"."""
    return "en" if (get_language() or "de").startswith("en") else "de"
