"""What a talk with the client has to bring up: rooms that know it register, the dialogue asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the client should hear from us, with the shape and word of its weight."""

    title: str
    shape: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The points in their order, and where it is recorded that they were said."""

    points: list[Point] = field(default_factory=list)
    settle_url: str = ""

    def __bool__(self) -> bool:
        return bool(self.points)


#: (case, day of the talk where it was held already) → what is to be said; one statement
Source = Callable[[Any, date | None], Agenda]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Name who knows what the client has not heard yet; called from ``AppConfig.ready()``."""
    _sources.append(source)


def to_say(case: Any, on: date | None = None) -> Agenda:
    """What the client does not know from us yet; ``on`` is the day of the talk in question."""
    found = [agenda for agenda in (source(case, on) for source in _sources) if agenda]
    points = [point for agenda in found for point in agenda.points]
    return Agenda(points, found[0].settle_url if found else "")
