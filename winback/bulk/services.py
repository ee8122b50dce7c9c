"""Changing many rows: what would happen, and doing it row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from winback.bulk.rules import moved
from winback.common.bulk import DATE, BulkKind, BulkRow
from winback.common.claims import RuleBroken, StaleVersion
from winback.common.fields import KEY_LENGTH


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of one row. ``refusal`` says why nothing does; ``done`` that it is so."""

    row: BulkRow
    after: User | date | None = None
    refusal: str = ""
    done: bool = False

    @property
    def token(self) -> str:
        """What the page sends back: row, the version it showed, and what it would become."""
        after = self.after.pk if isinstance(self.after, User) else self.after
        return f"{self.row.pk}:{self.row.version}:{after}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the preview showed of a row."""

    version: int
    after: str


def read_tokens(tokens: Collection[str]) -> dict[int, Shown]:
    """Primary key → what the preview showed; nonsense is left out."""
    parts = [token.split(":") for token in tokens]
    return {
        int(part[0]): Shown(int(part[1]), part[2])
        for part in parts
        if len(part) == 3
        and all(p.isascii() and p.isdecimal() and len(p) <= KEY_LENGTH for p in part[:2])
    }


def preview(step: str, rows: Sequence[BulkRow], asked: Mapping[str, Any]) -> list[Change]:
    """What each row would become; ``asked`` are the cleaned values of the form. No statement."""
    return [_change(step, row, asked) for row in rows]


def _change(step: str, row: BulkRow, asked: Mapping[str, Any]) -> Change:
    if step == DATE:
        if row.move_refusal or row.due_on is None:
            return Change(row, refusal=row.move_refusal or _("No date is set."))
        day = moved(row.due_on, to=asked["due_on"], days=asked["days"], land=row.land)
        return Change(row, after=day, done=day == row.due_on)
    owner: User = asked["owner"]
    return Change(row, owner, row.hand_over_refusal, done=owner.pk == row.owner_id)


def apply(
    *,
    kind: BulkKind,
    step: str,
    rows: Sequence[BulkRow],
    asked: Mapping[str, Any],
    shown: Mapping[int, Shown],
    actor: User,
) -> list[Change]:
    """Change the rows the preview showed, each wholly or not at all; says what became of each.

    A row that was changed since the preview is refused, one that already is as wanted counts as
    done: sending the same form twice changes nothing more. Each row is one verb of its room, so
    the statements grow with the rows by a fixed number.
    """
    found = {row.pk: row for row in rows}
    return [
        _apply_one(kind, step, found[pk], asked, seen, actor)
        for pk, seen in shown.items()
        if pk in found
    ]


def _apply_one(
    kind: BulkKind, step: str, row: BulkRow, asked: Mapping[str, Any], seen: Shown, actor: User
) -> Change:
    now = row.due_on.isoformat() if step == DATE and row.due_on else str(row.owner_id)
    if now == seen.after:
        return Change(row, row.due_on if step == DATE else asked["owner"], done=True)
    change = _change(step, row, asked)
    if change.refusal or change.done:
        return change
    try:
        _call(kind, change, seen.version, actor, asked["note"])
    except RuleBroken as broken:
        return Change(row, refusal=broken.message)
    except StaleVersion:
        return Change(row, refusal=_("Somebody changed it meanwhile; please look at it again."))
    return Change(row, change.after, done=True)


def _call(kind: BulkKind, change: Change, version: int, actor: User, reason: str) -> None:
    pk, after = change.row.pk, change.after
    if isinstance(after, User):
        assert kind.hand_over is not None  # the step was offered
        kind.hand_over(pk, version, actor, after, reason)
    else:
        assert kind.move is not None  # the step was offered
        assert after is not None  # a change without refusal has a date
        kind.move(pk, version, actor, after, reason)
