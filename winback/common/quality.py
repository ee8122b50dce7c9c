"""What is missing in the data: rooms register checks, the data-quality page asks all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Gap:
    """One row that lacks something, with the page on which to mend it."""

    label: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be missing.

    ``key`` stands in the address. ``rows`` finds what the user may see: (user, today) → rows, each
    once and without aggregates; ``gap`` turns one of them into a line without asking the database.
    """

    key: str
    order: int
    label: str | Promise
    #: what goes wrong while it is missing
    why: str | Promise
    rows: Callable[[Any, date], QuerySet[Any]]
    gap: Callable[[Any], Gap]


_checks: dict[str, Check] = {}


def register(*found: Check) -> None:
    """Add checks; called from ``AppConfig.ready()``."""
    _checks.update({check.key: check for check in found})


def checks() -> list[Check]:
    """All checks in their order."""
    return sorted(_checks.values(), key=lambda check: (check.order, check.key))


def check(key: str) -> Check | None:
    return _checks.get(key)


def counts(user: Any, today: date) -> dict[str, int]:
    """How many rows each check finds for this user: its key → number; one statement for all."""
    asked = checks()
    if not asked:
        return {}
    numbers = {f"n{place}": _count(each.rows(user, today)) for place, each in enumerate(asked)}
    one_row = user.__class__._default_manager.filter(pk=user.pk)
    found = one_row.order_by().values_list(*numbers.values()).get()
    return {each.key: number for each, number in zip(asked, found, strict=True)}


def _count(rows: QuerySet[Any]) -> Coalesce:
    """The number of rows as one value of a larger statement; 0 also where nothing is visible."""
    counted = rows.order_by().annotate(found=Func(F("pk"), function="COUNT")).values("found")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
