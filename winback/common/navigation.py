"""The frame's registries: rooms name their places in the navigation and in the "New" menu.

Each room registers in its ``ready()``; no template knows which rooms exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
# The user model stands on a higher floor, so its type cannot be named here.
ForUser = Callable[[Any], bool]

OVERDUE = _("overdue")
BAR_PLACES = 3  # the fourth place of the bottom bar is "More"
RAIL_COOKIE = "rail"


def everybody(user: object) -> bool:
    """Visible to every signed-in user."""
    return True


@dataclass(frozen=True, slots=True)
class NavItem:
    """A work area.

    ``count`` says how many things the user must do there (one statement at most), ``count_word``
    what they are; ``bar`` asks for a place in the bottom bar of small screens; ``is_list`` puts a
    list across cases below the five work areas, ``admin`` moves the entry to the foot of the rail;
    ``keys`` is its shortcut ("g m").
    """

    key: str
    label: Text
    url_name: str
    icon: str
    order: int
    visible: ForUser = everybody
    count: Callable[[Any], int] | None = None
    bar: bool = False
    is_list: bool = False
    admin: bool = False
    keys: str = ""
    count_word: Text = OVERDUE


@dataclass(frozen=True, slots=True)
class NewItem:
    """An entry of the "New" menu."""

    key: str
    label: Text
    url_name: str
    order: int
    visible: ForUser = everybody
    keys: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A page of one's own settings, beside profile and password."""

    key: str
    label: Text
    url_name: str


_areas: dict[str, NavItem] = {}
_news: dict[str, NewItem] = {}
_bells: list[Callable[[Any], int]] = []
_settings: dict[str, SettingsPage] = {}


def register(item: NavItem) -> None:
    """Add a work area; the same key again replaces it."""
    _areas[item.key] = item


def register_new(item: NewItem) -> None:
    """Add an entry to the "New" menu; the same key again replaces it."""
    _news[item.key] = item


def register_bell(count: Callable[[Any], int]) -> None:
    """Say how many notifications a user has not read; one statement, asked once per page."""
    _bells[:] = [count]


def register_settings_page(settings_page: SettingsPage) -> None:
    """Add a page to one's own settings; the same key again replaces it."""
    _settings[settings_page.key] = settings_page


def settings_pages() -> list[SettingsPage]:
    """What higher rooms add to one's own settings."""
    return list(_settings.values())


@dataclass(frozen=True, slots=True)
class Place:
    """A work area as one user sees it on one page."""

    item: NavItem
    url: str
    current: Literal["", "page", "true"]
    count: int


class Navigation:
    """What the frame shows to the user of a request; computed when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._path = request.path
        self._user: Any = getattr(request, "user", None)
        self.rail = "narrow" if request.COOKIES.get(RAIL_COOKIE) == "narrow" else "wide"

    @property
    def known(self) -> bool:
        """Whether somebody is signed in."""
        return bool(self._user and self._user.is_authenticated)

    @property
    def theme(self) -> str:
        """``light`` or ``dark`` when the user chose one, else empty: as the device."""
        theme = str(getattr(self._user, "theme", ""))
        return theme if theme in {"light", "dark"} else ""

    @property
    def rows(self) -> str:
        """``roomy`` for who wants higher rows in tables."""
        return "roomy" if getattr(self._user, "roomy", False) else ""

    @property
    def searches(self) -> bool:
        """The search field stands for everybody who may list cases."""
        return any(place.item.key == "cases" for place in self.places)

    @property
    def shortcuts(self) -> bool:
        """Single keys act unless the user switched them off."""
        return bool(getattr(self._user, "shortcuts", True))

    @cached_property
    def places(self) -> list[Place]:
        """All work areas of the user in their order, the current one marked."""
        if not self.known:
            return []
        items = sorted(_areas.values(), key=lambda item: (item.order, item.key))
        urls = {item.key: reverse(item.url_name) for item in items if item.visible(self._user)}
        current = self._current(list(urls.values()))
        return [self._place(item, urls[item.key], current) for item in items if item.key in urls]

    @cached_property
    def areas(self) -> list[Place]:
        return [place for place in self.places if not (place.item.admin or place.item.is_list)]

    @cached_property
    def lists(self) -> list[Place]:
        """Lists across cases: measures, commitments, clients."""
        return [place for place in self.places if place.item.is_list]

    @cached_property
    def admin(self) -> list[Place]:
        return [place for place in self.places if place.item.admin]

    @cached_property
    def bar(self) -> list[Place]:
        """What the bottom bar has room for."""
        return [place for place in self.areas if place.item.bar][:BAR_PLACES]

    @cached_property
    def more(self) -> list[Place]:
        """What stands behind "More" on small screens."""
        shown = self.bar
        return [place for place in self.places if place not in shown]

    @cached_property
    def new(self) -> list[tuple[NewItem, str]]:
        """Entries of the "New" menu with their addresses."""
        if not self.known:
            return []
        items = sorted(_news.values(), key=lambda item: (item.order, item.key))
        return [(item, reverse(item.url_name)) for item in items if item.visible(self._user)]

    @cached_property
    def unread(self) -> int:
        """The figure at the bell."""
        return sum(count(self._user) for count in _bells) if self.known else 0

    def _place(self, item: NavItem, url: str, current: str) -> Place:
        mark: Literal["", "page", "true"] = ""
        if url == current:
            mark = "page" if url == self._path else "true"
        return Place(item, url, mark, item.count(self._user) if item.count else 0)

    def _current(self, urls: list[str]) -> str:
        """The longest address the page lies under; the start page shows the first work area."""
        if self._path == "/":
            return next(iter(urls), "")
        under = [url for url in urls if url != "/" and self._path.startswith(url)]
        return max(under, key=len, default="")


def navigation(request: HttpRequest) -> dict[str, Navigation]:
    """Context processor: ``nav``."""
    return {"nav": Navigation(request)}
