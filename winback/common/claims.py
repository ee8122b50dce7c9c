"""One way to change a row that two people may edit at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F

from winback.common import clock
from winback.common.models import Versioned

if TYPE_CHECKING:
    from accounts.models import User


class StaleVersion(Exception):
    """Somebody else changed the row since it was read; ``current`` is what stands now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current!r} was changed meanwhile")
        self.current = current


class RuleBroken(Exception):
    """A rule of the product forbids the change; ``message`` is shown at ``field``.

    Rooms subclass it. ``field`` None means the whole form.
    """

    def __init__(self, message: object, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.field = field


def claim(row: Versioned, *, version: int, actor: User) -> None:
    """Take the row for one change: compare and swap its version.

    Call inside a transaction, before changing and saving ``row``; works on SQLite and PostgreSQL
    alike. Also names ``actor`` in the row version that the following ``save()`` writes.

    Raises:
        StaleVersion: the database no longer holds ``version``, or ``row`` was read at another one.
    """
    # Not type(row): the user of a request is a lazy wrapper.
    model = row.__class__
    taken = 0
    if row.version == version:
        taken = model._default_manager.filter(pk=row.pk, version=version).update(
            version=F("version") + 1
        )
    if not taken:
        raise StaleVersion(model._default_manager.get(pk=row.pk))
    row.version = version + 1
    sign(row, actor)


def sign(row: models.Model, actor: User) -> None:
    """Name ``actor`` and the moment in the row version that the next ``save()`` writes."""
    row._history_user = actor  # type: ignore[attr-defined]  # read by django-simple-history
    row._history_date = clock.now()  # type: ignore[attr-defined]  # read by django-simple-history
