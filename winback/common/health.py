"""Facts that make a case healthy or not: rooms register them, the case stores the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

ON_TRACK = "on_track"
AT_RISK = "at_risk"
CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason why a case is not on track: its weight and a translated sentence."""

    level: str
    reason: str


_sources: list[Callable[[int, date], Iterable[Signal]]] = []


def register(source: Callable[[int, date], Iterable[Signal]]) -> None:
    """Add a source of signals (case pk, today) → signals; called from ``AppConfig.ready()``."""
    if source not in _sources:
        _sources.append(source)


def signals(case_id: int, today: date) -> list[Signal]:
    """Everything that speaks against the case, worst first."""
    found = [signal for source in _sources for signal in source(case_id, today)]
    return sorted(found, key=lambda signal: signal.level != CRITICAL)
