"""The cases of a contract, for the rooms below ``cases``: the cases room registers, they ask.

A contract knows no case; yet its deadlines are reminded of in the case, assigning one lets the
person into the case, and its pages stand in the frame of the case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class CaseSource:
    """What the cases room knows. Users and cases stand on other floors: no types of theirs."""

    #: cases with a contract, live and newest first: the visible ones of a user, None for all
    cases: Callable[[Any | None], QuerySet[Any]]
    #: let a person into the live case of a contract: (pk, person, actor, today)
    let_see: Callable[[int, Any, Any, date], None]
    #: context of a sub page in the visible case of a contract: (user, pk, today); None without one
    frame: Callable[[Any, int, date], dict[str, Any] | None]


_sources: list[CaseSource] = []


def register(source: CaseSource) -> None:
    """Name the source; called once from ``AppConfig.ready()``."""
    _sources[:] = [source]


def cases(user: Any | None = None) -> QuerySet[Any]:
    """Cases that have a contract, live and newest first; those ``user`` may see, or all."""
    return _sources[0].cases(user)


def let_see(contract_id: int, person: Any, actor: Any, today: date) -> None:
    """Whoever gets something to do in a contract is let into its live cases the actor sees."""
    _sources[0].let_see(contract_id, person, actor, today)


def frame(user: Any, contract_id: int, today: date) -> dict[str, Any] | None:
    """The context of the case a page of the contract stands in; None where there is none."""
    return _sources[0].frame(user, contract_id, today)
