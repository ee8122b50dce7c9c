"""Where higher rooms name a person at the client: rooms register, data protection asks.

Needed for access (Art. 15 DSGVO) and before erasure (Art. 17 DSGVO).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Use:
    """One row that names the person; while it is open the person is still needed."""

    kind: str
    text: str
    on: date
    is_open: bool


#: contact key → every row that names the person
Source = Callable[[int], list[Use]]

_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add a source; called from ``AppConfig.ready()``."""
    _sources[key] = source


def uses(contact_id: int) -> list[Use]:
    """Everything that names the person, oldest first."""
    found = [use for source in _sources.values() for use in source(contact_id)]
    return sorted(found, key=lambda use: use.on)
