"""Everything that is proven about a case, found in one place: rooms name the papers they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a case as its "Documents" page lists it, in ready words."""

    title: str
    #: what it is: "Proof of receipt", "Contract paper"
    kind: str
    #: the thing it belongs to, with the page that shows it
    belongs_to: str
    belongs_url: str
    #: hands the file out, after the room's own access check
    file_url: str
    file_name: str
    #: when it was uploaded; newest first
    on: date
    valid_until: date | None = None


#: (user, case) → what this user may open; one statement
Source = Callable[[Any, Any], Iterable[Paper]]

_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add the papers of a room; called from ``AppConfig.ready()``."""
    _sources[key] = source


def papers(user: Any, case: Any) -> list[Paper]:
    """All papers other rooms hold about the case, newest first; one statement per room."""
    found = [paper for source in _sources.values() for paper in source(user, case)]
    return sorted(found, key=lambda paper: paper.on, reverse=True)
