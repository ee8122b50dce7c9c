"""Pure helpers of the demo: days, moments and plausible series. No database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from winback.common.textsearch import normalise
from winback.common.workdays import is_working_day

_BERLIN = ZoneInfo("Europe/Berlin")
_DAY = timedelta(days=1)
#: How many days before its date a measure is done: mostly on the day itself, one in twelve late.
EARLY = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, -2)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def working_day(today: date, offset: int, land: str) -> date:
    """The day ``offset`` calendar days from today, on which people work.

    A day off moves away from today, so that what is overdue stays overdue and what is to come
    stays to come; today itself stays.
    """
    day = today + timedelta(days=offset)
    step = _DAY if offset > 0 else -_DAY
    while offset and not is_working_day(day, land):
        day += step
    return day


def moment(day: date, hour: int, minute: int) -> datetime:
    """An instant of the day on the clock of the provider."""
    return datetime.combine(day, time(hour, minute), _BERLIN)


def done_on(due_on: date, days_late: int | None, chance: Random, land: str) -> date:
    """When a measure is done: so many days late, else about its date."""
    if days_late is not None:
        return working_day(due_on, days_late, land)
    return working_day(due_on, -chance.choice(EARLY), land)


def address(first_name: str, last_name: str, domain: str) -> str:
    """``juergen.maass@norhagen.example``."""
    name = normalise(f"{first_name}.{last_name}".lower().translate(_UMLAUTS))
    return f"{name.replace(' ', '-')}@{domain}"


def series(
    *, before: Decimal, now: Decimal, flat: int, rising: int, noise: Decimal, chance: Random
) -> list[Decimal]:
    """``flat`` values around ``before``, then ``rising`` ones on the way to ``now``.

    ``noise`` is how far a value may stray; the last value is exactly ``now``, none is negative.
    """
    levels = [before] * flat + [
        before + (now - before) * step / rising for step in range(1, rising + 1)
    ]
    strayed = [max(level + noise * _stray(chance), Decimal(0)) for level in levels[:-1]]
    return [*strayed, now]


def _stray(chance: Random) -> Decimal:
    """From −1 to 1 in hundredths."""
    return Decimal(chance.randint(-100, 100)) / 100


def rounded(values: Sequence[Decimal], decimals: int, ceiling: Decimal | None) -> list[Decimal]:
    """At the decimals of the KPI and not above ``ceiling``."""
    exponent = Decimal(1).scaleb(-decimals)
    kept = values if ceiling is None else [min(value, ceiling) for value in values]
    return [value.quantize(exponent) for value in kept]
