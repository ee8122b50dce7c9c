"""What is owed, by whom, until when: one registry over all rooms.

Each room declares its kinds in its own ``obligations.py`` and registers them when the application
starts. "Meine Arbeit", reminders, closing a case and deactivating a user ask here and know no room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Item:
    """One open obligation, ready to be listed or mailed."""

    kind: str
    pk: int
    #: verb and object, for instance "Maßnahme „Aufzugsnotruf prüfen“ abschließen"
    title: str
    owner_id: int
    deputy_id: int | None
    due_on: date
    case_id: int | None
    #: client and case number, shown below the title
    context: str
    #: page that opens the thing
    url: str
    #: pages for the two one-click actions; empty where the kind has none
    done_url: str = ""
    move_url: str = ""
    #: ``move_url`` answers htmx with just its small form, so that it opens in the row
    moves_inline: bool = False
    #: a decision or start somebody waits for, rather than work with a date
    waiting: bool = False
    #: tells apart several obligations of one kind and ``pk``; empty where there is only one
    part: str = ""
    #: days before the due date on which to remind of this one; None: as its kind says
    lead_days: tuple[int, ...] | None = None
    #: lives on with something else than the case: closing the case needs no word about it
    outlives_case: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which open obligations are asked for; None means "any".

    ``owner_ids`` are keys of users, or a queryset of users that becomes part of the statements.
    """

    owner_ids: Collection[int] | QuerySet[Any] | None = None
    case_id: int | None = None
    due_until: date | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of obligation, declared by the room that owns it."""

    key: str
    label: object  # lazy, shown in lists and notification choices
    find: Callable[[Query], Iterable[Item]]
    #: hand one obligation to another person: (pk, new owner, actor)
    reassign: Callable[[int, User, User], None]
    #: end one that nobody will do any more: (pk, actor, reason); None where only a person can
    drop: Callable[[int, User, str], None] | None = None
    #: days before the due date on which the owner is reminded
    lead_days: tuple[int, ...] = (7, 2)
    #: owed only while the case goes on: closing it needs no word about these
    ends_with_case: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; called once per kind from ``AppConfig.ready()``."""
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind(key: str) -> Kind:
    return _kinds[key]


def find(query: Query) -> list[Item]:
    """All open obligations that match, earliest first.

    One statement per kind, or one for the kinds of a room that share their ``find``.
    """
    finds = dict.fromkeys(each.find for each in _kinds.values())
    items = [item for each in finds for item in each(query)]
    return sorted(items, key=lambda item: (item.due_on, item.kind, item.pk))
