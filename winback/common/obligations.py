"""What is owed, by whom, until when: one registry over all rooms.

Each room declares its kinds in its own ``obligations.py`` and registers them when the application
starts. "Meine Arbeit", reminders, closing a case and deactivating a user ask here and know no room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from winback.common import prepared

if TYPE_CHECKING:
    from accounts.models import User

#: For more people at once the statement is put together anew.
_FEW_OWNERS = 5


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
class Owed:
    """One row of the columns all sources share; what a kind does not have is empty."""

    kind: str
    pk: int
    #: tells apart what a kind words differently
    tag: str
    #: number or key that its pages need besides those of the case
    code: str
    #: what the title says
    words: str
    owner: int
    deputy: int | None
    #: the due date, or the day from which the source counts it
    day: date
    case: int | None
    client: str
    number: str

    @property
    def place(self) -> str:
        """Client and case number, as the title of the case."""
        return f"{self.client} · {self.number}"

    def item(self, *, title: str, url: str, **more: Any) -> Item:
        """The row in words; ``more`` are further fields of the item, or other than the usual."""
        usual: dict[str, Any] = {"due_on": self.day, "context": self.place}
        return Item(
            kind=self.kind,
            pk=self.pk,
            title=title,
            owner_id=self.owner,
            deputy_id=self.deputy,
            case_id=self.case,
            url=url,
            **usual | more,
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A ``find`` whose rows are asked for together with those of all other sources.

    ``rows(query)`` gives one queryset made by ``owed`` per kind; ``item`` puts a row into words.
    """

    rows: Callable[[Query], Iterable[QuerySet[Any, Any]]]
    item: Callable[[Owed], Item]

    def __call__(self, query: Query) -> list[Item]:
        """What this source alone finds, in one statement."""
        return _in_time((self.item(row) for row in _together([self], query)), query)


def text(value: str) -> Value:
    """A text that stands for a column."""
    return Value(value, output_field=CharField())


def no_key() -> Cast:
    """Stands for the key of a row or user that a kind does not have."""
    return Cast(Value(None), BigIntegerField())  # PostgreSQL would take a bare NULL for text


def owed(
    rows: QuerySet[Any], kind: str, query: Query, *, path: str = "case__", **own: Any
) -> QuerySet[Any, Any]:
    """Open rows of one kind, narrowed to ``query``, in the columns of ``Owed``.

    ``path`` leads to the case: "case__", or "" for cases themselves. ``own`` names the columns
    that differ from the usual. A ``day`` that is not the due date must not be later than it.
    """
    if query.owner_ids is not None:
        rows = rows.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        rows = rows.filter(**{f"{path}pk": query.case_id})
    usual: dict[str, Any] = {
        "kind": text(kind),
        "pk": F("pk"),
        "tag": text(""),
        "code": text(""),
        "words": text(""),
        "owner": F("owner_id"),
        "deputy": F("deputy_id"),
        "day": F("due_on"),
        "case": F(f"{path}pk"),
        "client": F(f"{path}client__name"),
        "number": F(f"{path}number"),
    }
    columns = {f"u_{name}": column for name, column in (usual | own).items()}
    found = rows.order_by().annotate(**columns)
    if query.due_until is not None:
        found = found.filter(u_day__lte=query.due_until)
    part: QuerySet[Any, Any] = found.values_list(*columns)
    return part


def _union(sources: Iterable[Source], query: Query) -> QuerySet[Any, Any] | None:
    """The rows of all sources in one statement; None where they have nothing to ask."""
    parts = [part for each in sources for part in each.rows(query)]
    return parts[0].union(*parts[1:], all=True) if parts else None


@dataclass(frozen=True, slots=True)
class _OfOwners:
    """Everything these sources find of some people: what is asked all day and kept compiled."""

    sources: tuple[Source, ...]

    def __call__(self, owner_ids: Sequence[int]) -> QuerySet[Any, Any] | None:
        return _union(self.sources, Query(owner_ids=owner_ids))


def _together(sources: Iterable[Source], query: Query) -> list[Owed]:
    """The rows of all sources, in one statement."""
    keys = _few_owners(query)
    if keys is None:
        return [Owed(*row) for row in _union(sources, query) or ()]
    return [_read(row) for row in prepared.rows(_OfOwners(tuple(sources)), keys)]


def _few_owners(query: Query) -> list[int] | None:
    """The people asked about, where they are few and nothing narrows what they owe."""
    owners = query.owner_ids
    if owners is None or isinstance(owners, QuerySet) or query != Query(owner_ids=owners):
        return None
    keys = list(dict.fromkeys(owners))
    return keys if len(keys) <= _FEW_OWNERS else None


def _read(row: Sequence[Any]) -> Owed:
    """A row as the database driver gives it."""
    columns = dict(zip((column.name for column in fields(Owed)), row, strict=True))
    if isinstance(columns["day"], str):
        columns["day"] = date.fromisoformat(columns["day"])
    return Owed(**columns)


def _in_time(items: Iterable[Item], query: Query) -> list[Item]:
    until = query.due_until
    return [item for item in items if until is None or item.due_on <= until]


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

    One statement for all sources together, and one for every other ``find``, however many kinds
    share it.
    """
    sources = {each.key: each.find for each in _kinds.values() if isinstance(each.find, Source)}
    finds = dict.fromkeys(each.find for each in _kinds.values() if each.key not in sources)
    found = _together(dict.fromkeys(sources.values()), query)
    items = _in_time((sources[row.kind].item(row) for row in found), query)
    items += [item for each in finds for item in each(query)]
    return sorted(items, key=lambda item: (item.due_on, item.kind, item.pk, item.part))
