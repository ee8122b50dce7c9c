"""Pure rules of a case: legal transitions, health, numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from winback.cases.enums import CLOSED, Health, Status
from winback.common.health import Signal

_MAY_BECOME: dict[str, set[Status]] = {
    Status.OPEN: {Status.ACTIVE, Status.LOST, Status.PARTED, Status.RESTING},
    Status.ACTIVE: {Status.WON, Status.LOST, Status.PARTED, Status.RESTING},
    Status.RESTING: {Status.ACTIVE, Status.LOST, Status.PARTED},
    Status.WON: {Status.ACTIVE},
    Status.LOST: {Status.ACTIVE},
    Status.PARTED: {Status.ACTIVE},
}

_ORDER = [Health.ON_TRACK, Health.AT_RISK, Health.CRITICAL]


def may_become(status: str, target: Status) -> bool:
    """Whether a case of ``status`` may turn into ``target`` (table in docs/concepts.md)."""
    return target in _MAY_BECOME[status]


def results_of(status: str) -> list[Status]:
    """The outcomes a case of ``status`` can be closed with."""
    return [each for each in Status if each in CLOSED and may_become(status, each)]


def worse(one: str, other: str) -> Health:
    """The worse of two health levels."""
    return max(Health(one), Health(other), key=_ORDER.index)


def judge(signals: Iterable[Signal], overrides: Iterable[str]) -> Health:
    """The health that facts and people's overrides give; a person can only make it worse."""
    level = Health.ON_TRACK
    for signal in signals:
        level = worse(level, signal.level)
    for override in overrides:
        level = worse(level, override)
    return level


def case_number(year: int, count: int) -> str:
    """``RG-2026-0042``: four digits, more when a year needs them."""
    return f"RG-{year}-{count:04d}"


def number_scope(opened_on: date) -> str:
    """Cases are counted per year."""
    return f"RG-{opened_on.year}"
