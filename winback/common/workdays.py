"""Working days per Bundesland: Monday to Friday without the statutory holidays of that Land.

Only holidays that hold in the whole Land count. Augsburg's Friedensfest and the Corpus Christi and
Assumption holidays of single municipalities do not: a deadline must not depend on a postcode.
"""

import datetime as dt
from functools import cache
from typing import Final

import holidays
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5


class Bundesland(TextChoices):
    """The sixteen Länder; the keys are those of ISO 3166-2:DE without the country."""

    BW = "BW", _("Baden-Württemberg")
    BY = "BY", _("Bavaria")
    BE = "BE", _("Berlin")
    BB = "BB", _("Brandenburg")
    HB = "HB", _("Bremen")
    HH = "HH", _("Hamburg")
    HE = "HE", _("Hesse")
    MV = "MV", _("Mecklenburg-Western Pomerania")
    NI = "NI", _("Lower Saxony")
    NW = "NW", _("North Rhine-Westphalia")
    RP = "RP", _("Rhineland-Palatinate")
    SL = "SL", _("Saarland")
    SN = "SN", _("Saxony")
    ST = "ST", _("Saxony-Anhalt")
    SH = "SH", _("Schleswig-Holstein")
    TH = "TH", _("Thuringia")


def is_working_day(d: dt.date, land: Bundesland | str) -> bool:
    """Tell whether `d` is a Monday to Friday and no statutory holiday in the whole of `land`.

    Raises ValueError for an unknown Land.
    """
    return d.weekday() < _SATURDAY and d not in _holidays(Bundesland(land), d.year)


def next_working_day(d: dt.date, land: Bundesland | str) -> dt.date:
    """Return `d` itself when it is a working day, else the first one after it (§ 193 BGB)."""
    while not is_working_day(d, land):
        d += _DAY
    return d


def add_working_days(d: dt.date, n: int, land: Bundesland | str) -> dt.date:
    """Return the `n`-th working day after `d`; a negative `n` counts backwards.

    `d` itself is not counted (§ 187 Abs. 1 BGB), so n = 0 returns `d` even on a Sunday.
    """
    step = _DAY if n > 0 else -_DAY
    for _count in range(abs(n)):
        d += step
        while not is_working_day(d, land):
            d += step
    return d


def working_days_between(a: dt.date, b: dt.date, land: Bundesland | str) -> int:
    """Count the working days after `a` up to and including `b`; negative when `b` lies before `a`.

    It is the inverse of add_working_days for a working day `b`.
    """
    if b < a:
        return -sum(is_working_day(b + i * _DAY, land) for i in range((a - b).days))
    return sum(is_working_day(a + i * _DAY, land) for i in range(1, (b - a).days + 1))


def holiday_name(d: dt.date, land: Bundesland | str) -> str:
    """The German name of the statutory holiday on `d` in the whole of `land`; empty if none."""
    return _holidays(Bundesland(land), d.year).get(d, "")


@cache
def _holidays(land: Bundesland, year: int) -> dict[dt.date, str]:
    """The public holidays of one Land and year by name, computed once per process."""
    found = holidays.country_holidays("DE", subdiv=land.value, years=year, language="de")
    return dict(found.items())
