"""Numbers, percentages and money as text. Rounding is commercial: half away from zero."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Final, TypeAlias

from winback.common.formats.locales import DASH, MINUS, NARROW, NBSP, Locale, active_locale

Number: TypeAlias = Decimal | float | int

COUNT_UNITS: Final = frozenset({"", "Anzahl", "count"})
"""Units of plain counts: the number stands alone."""
ENGLISH_UNITS: Final = {"Tage": "days", "AT": "working days", "Punkte": "points", "Jahre": "years"}
"""The catalogues keep units in German; those that are words have an English form."""
_STEPS: Final = tuple(Decimal(1).scaleb(-places) for places in range(10))
_GERMAN: Final = str.maketrans(",.", ".,")
_MILLIONS: Final[dict[Locale, str]] = {"de": "Mio.", "en": "m"}
_THOUSANDS: Final[dict[Locale, str]] = {"de": "Tsd.", "en": "k"}
_MILLION: Final = Decimal(1_000_000)
_THOUSAND: Final = Decimal(1_000)
_SHORT_FROM: Final = Decimal(10_000)


def format_number(x: Number | None, decimals: int = 0, locale: Locale | None = None) -> str:
    """1.234,5 with `decimals` places (at most 9); English 1,234.5. None and NaN give –."""
    if x is None or not isfinite(x):
        return DASH
    return _written(_rounded(x, decimals), locale or active_locale())


def format_percent(x: Number | None, decimals: int = 1, locale: Locale | None = None) -> str:
    """92,4 % (narrow no-break space); English 92.4%. `x` is in percent already: 92.4, not 0.924."""
    return format_value(x, "%", decimals, locale)


def format_value(
    x: Number | None, unit: str = "", decimals: int = 0, locale: Locale | None = None
) -> str:
    """Number and unit, never parted by a line break; a count ("Anzahl") prints no unit."""
    language = locale or active_locale()
    return _with_unit(format_number(x, decimals, language), unit, language)


def format_signed(
    x: Number | None, decimals: int = 0, unit: str = "", locale: Locale | None = None
) -> str:
    """+13,2 or −24 (U+2212) or ±0: a variance. What rounds to zero is ±0."""
    if x is None or not isfinite(x):
        return DASH
    language = locale or active_locale()
    value = _rounded(x, decimals)
    sign = "±" if value == 0 else "+" if value > 0 else ""
    return _with_unit(sign + _written(value, language), unit, language)


def format_money(amount: Decimal | None, locale: Locale | None = None) -> str:
    """1.250.000,00 € in euro; English €1,250,000.00."""
    if amount is None:
        return DASH
    language = locale or active_locale()
    return _euro(_rounded(amount, 2), "", language)


def format_money_short(amount: Decimal | None, locale: Locale | None = None) -> str:
    """1,90 Mio. €, 420 Tsd. €, below 10.000 € the whole euro; English €1.90m, €420k."""
    if amount is None:
        return DASH
    language = locale or active_locale()
    thousands = _rounded(amount / _THOUSAND, 0)
    if abs(thousands) >= _THOUSAND:
        return _euro(_rounded(amount / _MILLION, 2), _MILLIONS[language], language)
    if abs(amount) >= _SHORT_FROM:
        return _euro(thousands, _THOUSANDS[language], language)
    return _euro(_rounded(amount, 0), "", language)


def _rounded(x: Number, decimals: int) -> Decimal:
    """Round half up. A float goes through its shortest text: 1.005 rounds as written."""
    value = x if isinstance(x, Decimal) else Decimal(repr(x))
    return value.quantize(_STEPS[decimals], ROUND_HALF_UP)


def _written(value: Decimal, locale: Locale) -> str:
    """Digits with separators; a negative zero loses its sign."""
    text = f"{abs(value):,f}"
    if locale == "de":
        text = text.translate(_GERMAN)
    return MINUS + text if value < 0 else text


def _with_unit(text: str, unit: str, locale: Locale) -> str:
    if unit in COUNT_UNITS or text == DASH:
        return text
    if unit == "%":
        return f"{text}{NARROW}%" if locale == "de" else f"{text}%"
    return f"{text}{NBSP}{unit if locale == 'de' else ENGLISH_UNITS.get(unit, unit)}"


def _euro(value: Decimal, scale: str, locale: Locale) -> str:
    """German: number, scale, sign. English: minus, sign, number, scale (−€1.90m)."""
    text = _written(abs(value), locale)
    minus = MINUS if value < 0 else ""
    if locale == "en":
        return f"{minus}€{text}{scale}"
    return f"{minus}{text}{NBSP}{scale}{NBSP}€" if scale else f"{minus}{text}{NBSP}€"
