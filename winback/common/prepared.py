"""A statement put together once, and asked again and again with other keys.

Django builds and compiles a statement anew at every request; for one with many parts that costs
more than the rest of the page. Here it is compiled with marks in place of the keys and kept; the
keys of the moment take the place of the marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from winback.common import clock

#: No key of any row: far below zero.
_MARK = -(10**12)

#: The statement about rows with these keys; None where there is nothing to ask.
Build = Callable[[Sequence[int]], QuerySet[Any, Any] | None]


def _marks(count: int) -> list[int]:
    return [_MARK - place for place in range(count)]


@lru_cache(maxsize=64)
def _compiled(build: Build, count: int, day: date, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The statement with marks; compiled anew for another database and on another day."""
    found = build(_marks(count))
    if found is None:
        return "", ()
    sql, params = found.query.sql_with_params()
    return sql, tuple(params)


def rows(build: Build, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """What ``build(keys)`` finds, as the database driver gives it: SQLite writes dates as text.

    ``build`` is hashable and depends on the keys and the day alone: not on the hour, the user or
    the language.
    """
    if not keys:
        return []
    today = timezone.localdate(clock.now())
    sql, params = _compiled(build, len(keys), today, connection.vendor)
    if not sql:
        return []
    values = dict(zip(_marks(len(keys)), keys, strict=True))
    with connection.cursor() as cursor:
        filled = [values.get(each, each) if isinstance(each, int) else each for each in params]
        cursor.execute(sql, filled)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
