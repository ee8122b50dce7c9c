"""Search over all rooms: each declares its rows, one statement asks them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, F, IntegerField, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import Truncator

from winback.common.textsearch import folding_pattern, normalise

#: Below this everything would be found.
SHORTEST = 2
LONGEST = 100
#: How many hits a group shows.
SHOWN = 6
_COLUMNS = ("title", "number", "extra", "case_number", "client")


@dataclass(frozen=True, slots=True)
class Found:
    """One row as the database gives it; empty where the room has no such column."""

    pk: int
    title: str
    number: str
    extra: str
    case_number: str
    client: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the result: what, where it opens, and what tells it apart."""

    label: str
    url: str
    context: str


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str
    hits: list[Hit]
    #: all that were found, shown or not
    count: int
    #: the list of the room with the same words; empty where it has none
    more_url: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a room lets people find.

    ``rows(user, text)`` gives the visible rows that match the normalised text, in their order.
    ``columns`` names the fields behind the columns of ``Found``; ``hit`` puts them into words.
    """

    key: str
    label: object  # lazy
    order: int
    rows: Callable[[Any, str], QuerySet[Any]]
    columns: dict[str, str]
    hit: Callable[[Found], Hit]
    more: Callable[[str], str] | None = None


def containing(rows: QuerySet[Any], text: str, *columns: str) -> QuerySet[Any]:
    """Rows one of whose ``columns`` holds the normalised text; for rooms without search keys."""
    parts: list[Any] = [F(columns[0])]
    for column in columns[1:]:
        parts += [Value(" "), F(column)]
    joined = Concat(*parts, output_field=TextField()) if columns[1:] else parts[0]
    found: QuerySet[Any] = rows.alias(searched=joined).filter(searched__regex=folding_pattern(text))
    return found


def in_case(found: Found) -> str:
    """Client and case number, as below the title of an obligation."""
    return f"{found.client} · {found.case_number}"


def brief(text: str) -> str:
    """The first words of a long text."""
    return Truncator(" ".join(text.split())).chars(120)


_sources: dict[str, Source] = {}
_jumps: list[Callable[[Any, str], str]] = []


def register(*sources: Source) -> None:
    """Add what can be found; called from ``AppConfig.ready()``."""
    _sources.update({source.key: source for source in sources})


def register_jump(jump: Callable[[Any, str], str]) -> None:
    """Add (user, number in capitals) → page of the thing with exactly this number, or ""."""
    if jump not in _jumps:
        _jumps.append(jump)


def typed(text: str) -> str:
    """What somebody typed or a link holds, cut to a length; without NUL, which no column holds."""
    return text.replace("\x00", "").strip()[:LONGEST]


def jump(user: Any, text: str) -> str:
    """Where an exact number leads; "" when it is none, or nothing this user may see."""
    number = text.strip().upper()
    return next((url for each in _jumps if (url := each(user, number))), "")


def search(user: Any, text: str) -> list[Group]:
    """Groups with hits, in order; one statement over all rooms. Nothing for one letter."""
    wanted = normalise(text)[:LONGEST]
    if len(wanted) < SHORTEST:
        return []
    sources = sorted(_sources.values(), key=lambda source: source.order)
    parts = [_part(source, user, wanted) for source in sources]
    rows: Iterable[tuple[Any, ...]] = parts[0].union(*parts[1:], all=True) if parts else []
    ordered = sorted(rows, key=lambda row: (_sources[row[0]].order, row[0]))
    return [
        _group(_sources[key], list(found), text)
        for key, found in groupby(ordered, key=lambda row: row[0])
    ]


def _part(source: Source, user: Any, text: str) -> QuerySet[Any]:
    """The first rows of one room and how many there are, in the columns all rooms share."""
    rows = source.rows(user, text)
    all_of_them = rows.order_by().values(one=Value(1)).annotate(count=Count("pk", distinct=True))
    named = {
        f"found_{name}": Cast(
            F(source.columns[name]) if name in source.columns else Value(""), TextField()
        )
        for name in _COLUMNS
    }
    part: QuerySet[Any] = (
        rows.model._default_manager.filter(pk__in=rows.values("pk")[:SHOWN])
        .order_by()
        .annotate(
            found_in=Value(source.key, TextField()),
            found_count=Subquery(all_of_them.values("count"), output_field=IntegerField()),
            **named,
        )
        .values_list("found_in", "found_count", "pk", *named)
    )
    return part


def _group(source: Source, rows: list[tuple[Any, ...]], text: str) -> Group:
    found = (Found(row[2], *(value or "" for value in row[3:])) for row in rows)
    return Group(
        key=source.key,
        label=str(source.label),
        hits=sorted((source.hit(each) for each in found), key=_by_label),
        count=rows[0][1],
        more_url=source.more(text) if source.more else "",
    )


def _by_label(hit: Hit) -> tuple[str, str]:
    return normalise(hit.label), hit.context
