"""What we owe for a thing of a lower room: the plan registers its measures, lower rooms ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing we do: its date now and as first agreed, and how it stands."""

    title: str
    url: str
    owner: str
    due_on: date
    original_due_on: date
    #: shape and word of its state
    shape: str
    word: str
    is_open: bool
    #: somebody said that it cannot go on
    is_blocked: bool
    #: somebody works on it, or it is done
    has_begun: bool = False


#: (keys of the things, today) → duties per thing, in one statement
Source = Callable[[Collection[int], date], Mapping[int, list[Duty]]]

#: what measures answer ("amendment", "commitment", "interaction") → source
_answers: dict[str, Source] = {}


def register_answers(thing: str, source: Source) -> None:
    """Name the source of what answers a ``thing``; called from ``AppConfig.ready()``."""
    _answers[thing] = source


def answering(thing: str, keys: Collection[int], today: date) -> Mapping[int, list[Duty]]:
    """What was set up for each ``thing``; no statement where there is none."""
    return _answers[thing](keys, today) if keys and thing in _answers else {}
