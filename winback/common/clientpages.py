"""What higher rooms add to a client's pages: contracts and cases. Rooms register them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One thing of the client; ``url`` empty where the user may not open it."""

    label: str
    url: str
    shape: str
    word: str
    note: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A list on the client's page."""

    key: str
    title: str
    rows: list[PanelRow]
    #: shown when there are no rows
    empty: str = ""
    action_label: str = ""
    action_url: str = ""


PanelSource = Callable[[Any, Any], Panel]
#: (user, client keys) → number per client, in one statement
CountSource = Callable[[Any, Sequence[int]], Mapping[int, int]]

#: (user, client) → label and address of something to do with the client; None where not allowed
ActionSource = Callable[[Any, Any], tuple[str, str] | None]
#: day → keys of the clients something runs with, as part of a statement
BondSource = Callable[[date], QuerySet[Any, Any]]

_panels: dict[str, tuple[int, PanelSource]] = {}
_actions: dict[str, ActionSource] = {}
_bonds: dict[str, BondSource] = {}
_counts: dict[str, tuple[object, CountSource]] = {}


def register_panel(key: str, order: int, source: PanelSource) -> None:
    """Add a panel made from (user, client); called from ``AppConfig.ready()``."""
    _panels[key] = (order, source)


def register_count(key: str, label: object, source: CountSource) -> None:
    """Add a counting column to the client list; called from ``AppConfig.ready()``."""
    _counts[key] = (label, source)


def panels(user: Any, client: Any) -> list[Panel]:
    """All panels of the client's page for this user, in order."""
    return [source(user, client) for _order, source in sorted(_panels.values(), key=_first)]


def _first(entry: tuple[int, PanelSource]) -> int:
    return entry[0]


def count_labels() -> list[str]:
    """The headings of the counting columns; no statement."""
    return [str(label) for label, _source in _counts.values()]


def counts(user: Any, keys: Sequence[int]) -> list[tuple[str, Mapping[int, int]]]:
    """The counting columns: heading and numbers per client."""
    return [(str(label), source(user, keys)) for label, source in _counts.values()]


def register_action(key: str, source: ActionSource) -> None:
    """Add something a higher room can do with a client; called from ``AppConfig.ready()``."""
    _actions[key] = source


def actions(user: Any, client: Any) -> list[tuple[str, str]]:
    """What this user may do with the client: label and address; no statement."""
    found = (source(user, client) for source in _actions.values())
    return [each for each in found if each is not None]


def register_bond(key: str, source: BondSource) -> None:
    """Say with which clients something runs; called from ``AppConfig.ready()``."""
    _bonds[key] = source


def bonds(today: date) -> list[QuerySet[Any, Any]]:
    """With which clients something runs on that day; keys for a part of a statement."""
    return [source(today) for source in _bonds.values()]
