"""The sub pages and actions of a case: rooms register them, the case header shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


def _always(user: Any, case: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CaseTab:
    """A sub page of the case; its URL takes the case number."""

    key: str
    label: object  # lazy
    url_name: str
    order: int
    visible: Callable[[Any, Any], bool] = _always


@dataclass(frozen=True, slots=True)
class CaseAction:
    """Something to do in the case: the primary one is a button, the others stand in the menu."""

    key: str
    label: object  # lazy
    url_name: str
    order: int
    allowed: Callable[[Any, Any], bool] = _always
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    key: str
    label: str
    url: str


_tabs: dict[str, CaseTab] = {}
_actions: dict[str, CaseAction] = {}


def register_tab(tab: CaseTab) -> None:
    """Add a sub page; called from ``AppConfig.ready()``."""
    _tabs[tab.key] = tab


def register_action(action: CaseAction) -> None:
    """Add an action; called from ``AppConfig.ready()``."""
    _actions[action.key] = action


def tabs(user: Any, case: Any) -> list[Link]:
    """The sub pages this user may open, in order."""
    shown = (tab for tab in _tabs.values() if tab.visible(user, case))
    return [
        Link(tab.key, str(tab.label), reverse(tab.url_name, args=[case.number]))
        for tab in sorted(shown, key=lambda tab: tab.order)
    ]


def actions(user: Any, case: Any, *, primary: bool) -> list[Link]:
    """What this user may do in the case now, in order."""
    shown = (
        action
        for action in _actions.values()
        if action.primary == primary and action.allowed(user, case)
    )
    return [
        Link(action.key, str(action.label), reverse(action.url_name, args=[case.number]))
        for action in sorted(shown, key=lambda action: action.order)
    ]
