"""How Winback writes and reads dates, numbers and money: the one place, German first.

Lists format each value once per row in Python and hand ready strings to the template; Django's
localisation of every cell would cost several times as much. Every function takes an optional
`locale` ("de" or "en"); without it the language that is active in this thread decides.
"""

from winback.common.formats.dates import (
    days_phrase,
    format_date,
    format_date_short,
    format_datetime,
    format_day,
    format_month,
    format_month_short,
    format_range,
)
from winback.common.formats.locales import DASH, MINUS, NARROW, NBSP, Locale, active_locale
from winback.common.formats.numbers import (
    format_money,
    format_money_short,
    format_number,
    format_percent,
    format_signed,
    format_value,
)
from winback.common.formats.parsing import (
    DateInputError,
    DecimalInputError,
    parse_date_input,
    parse_decimal_input,
)

__all__ = [
    "DASH",
    "MINUS",
    "NARROW",
    "NBSP",
    "DateInputError",
    "DecimalInputError",
    "Locale",
    "active_locale",
    "days_phrase",
    "format_date",
    "format_date_short",
    "format_datetime",
    "format_day",
    "format_money",
    "format_money_short",
    "format_month",
    "format_month_short",
    "format_number",
    "format_percent",
    "format_range",
    "format_signed",
    "format_value",
    "parse_date_input",
    "parse_decimal_input",
]
