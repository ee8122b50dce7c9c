"""What a row would become; pure."""

from __future__ import annotations

from datetime import date, timedelta

from winback.common.workdays import next_working_day


def moved(due_on: date, *, to: date | None, days: int | None, land: str) -> date:
    """The new date: ``to``, or ``due_on`` and so many calendar days, then the next working day.

    A date somebody names is taken as it is; a calculated one never falls on a weekend or a
    statutory holiday of ``land`` (§ 193 BGB in its spirit: forward, not back).
    """
    if to is not None:
        return to
    return next_working_day(due_on + timedelta(days=days or 0), land)
