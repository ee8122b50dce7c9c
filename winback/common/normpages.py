"""What refers to a norm: rooms register their questions and findings, its page shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from winback.common.clientpages import Panel

#: (user, norm) → what refers to the norm, as far as the user sees it
PanelSource = Callable[[Any, Any], Panel]

_panels: dict[str, tuple[int, PanelSource]] = {}


def register_panel(key: str, order: int, source: PanelSource) -> None:
    """Add a list to the page of a norm; called from ``AppConfig.ready()``."""
    _panels[key] = (order, source)


def panels(user: Any, norm: Any) -> list[Panel]:
    """All lists of the norm's page for this user, in order."""
    return [source(user, norm) for _order, source in sorted(_panels.values(), key=_first)]


def _first(entry: tuple[int, PanelSource]) -> int:
    return entry[0]
