"""What higher rooms add to a client's page: its cases, for instance. Rooms register panels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A list below the client's facts: ready rows of (label, url, status shape, word, note)."""

    key: str
    title: str
    rows: list[tuple[str, str, str, str, str]]
    #: shown when there are no rows
    empty: str = ""
    action_label: str = ""
    action_url: str = ""


_sources: dict[str, Callable[[Any, Any], Panel]] = {}


def register(key: str, source: Callable[[Any, Any], Panel]) -> None:
    """Add a panel made from (user, client); called from ``AppConfig.ready()``."""
    _sources[key] = source


def panels(user: Any, client: Any) -> list[Panel]:
    """All panels of the client's page for this user."""
    return [source(user, client) for source in _sources.values()]
