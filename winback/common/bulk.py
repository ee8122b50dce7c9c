"""Changing many rows of a list at once: what a room brings so that its list can.

The pages live in the room ``bulk`` and know no other room. What changes is always a verb of the
room that owns the row, once per row, with its own check, history and transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from accounts.models import User

OWNER, DATE = "verantwortlich", "termin"


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row as it stands, and why it would be refused; "" where nothing stands against it."""

    pk: int
    version: int
    title: str
    #: client and case, shown below the title
    context: str
    url: str
    owner_id: int
    owner: str
    due_on: date | None
    #: Bundesland whose working days count
    land: str
    hand_over_refusal: str = ""
    move_refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkKind:
    """What may be changed together: the rows of one list.

    ``found`` is the list's own query, ``find`` reads rows the user may see in a bounded number of
    statements. ``hand_over(pk, version, actor, owner, reason)`` and
    ``move(pk, version, actor, to, reason)`` raise RuleBroken or StaleVersion.
    """

    key: str
    #: URL name of the list
    page: str
    title: Any
    may: Callable[[User], bool]
    found: Callable[[User, QueryDict, date], QuerySet[Any]]
    find: Callable[[User, Collection[int]], list[BulkRow]]
    owners: Callable[[], QuerySet[User]]
    hand_over: Callable[[int, int, User, User, str], None] | None = None
    move: Callable[[int, int, User, date, str], None] | None = None

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What can be done to its rows: value of ``schritt`` and label."""
        found = []
        if self.hand_over:
            found.append((OWNER, _("Change owner")))
        if self.move:
            found.append((DATE, _("Move date")))
        return found


@dataclass(frozen=True, slots=True)
class BulkBar:
    """The bar below a list."""

    url: str
    steps: list[tuple[str, str]]
    #: what script writes when rows are ticked; ``{count}`` stands for their number
    picked: str
    all_label: str


_kinds: dict[str, BulkKind] = {}


def register(kind: BulkKind) -> None:
    """Add a list whose rows can be changed together; called from ``AppConfig.ready()``."""
    _kinds[kind.key] = kind


def kind(key: str) -> BulkKind | None:
    return _kinds.get(key)


def bar(key: str, user: Any, total: int) -> BulkBar | None:
    """The bar below the list ``key``; None where it has none or the user changes nothing."""
    found = _kinds.get(key)
    if found is None or not found.may(user):
        return None
    return BulkBar(
        url=reverse("bulk:change", args=[key]),
        steps=found.steps,
        picked=_("%(count)s of %(total)s selected") % {"count": "{count}", "total": total},
        all_label=_("all %(total)s of this query") % {"total": total},
    )
