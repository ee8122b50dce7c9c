"""What every verb of the dialogue does: refuse in an ended case, claim, save, record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import let_see, record
from winback.common.claims import RuleBroken, claim, sign
from winback.dialogue.enums import Verb
from winback.dialogue.models.base import CaseRow


class CaseEnded(RuleBroken):
    """An ended case is read only."""


class AlreadyEnded(RuleBroken):
    """The thing was done, closed or ended before."""


def must_be_live(case: Case) -> None:
    """Raises CaseEnded."""
    if case.is_closed:
        raise CaseEnded(_("The case has ended. Reopen it first."))


def must_go_on(*, going: bool) -> None:
    """Raises AlreadyEnded when the thing does not go on."""
    if not going:
        raise AlreadyEnded(_("This has been settled already."))


def save_new(row: CaseRow, actor: User, **many: Iterable[Model]) -> None:
    """Write the first version of a row; ``many`` are its many-to-many fields."""
    sign(row, actor)
    row.save()
    for name, rows in many.items():
        getattr(row, name).add(*rows)


def save_changes(row: CaseRow, *, version: int, actor: User, changes: dict[str, Any]) -> list[str]:
    """Claim the row, write what differs, and name it. Raises StaleVersion."""
    claim(row, version=version, actor=actor)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    row.save()
    return changed


def tell_history(row: CaseRow, actor: User, verb: Verb, **data: Any) -> None:
    """One line in the history of the case, naming the row."""
    record(row.case, actor, verb, title=str(row), row=row.pk, **data)


def let_in(case: Case, today: date, *people: User | None) -> None:
    """Whoever gets something to do sees the case."""
    for person in people:
        if person is not None:
            let_see(case, person, today)
