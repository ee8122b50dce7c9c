"""What the verbs of the room share: computing a deadline, the copy for the header, papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from winback.common.claims import RuleBroken
from winback.contracts.models import Contract, Deadline
from winback.contracts.rules.periods import Pause, Period, Result, compute
from winback.documents.enums import DocumentKind
from winback.documents.rules import CheckedFile
from winback.documents.services import store

Papers = Mapping[str, CheckedFile | None]


class ContractError(RuleBroken):
    """A rule of contracts forbids the step."""


class AlreadySettled(RuleBroken):
    """The deadline is done or ended."""


def period_of(deadline: Deadline, pauses: Iterable[Pause] = ()) -> Period:
    """What the end of a deadline depends on: its facts, its own suspension, other pauses."""
    standing = list(pauses)
    if deadline.suspended_from is not None and deadline.suspended_until is not None:
        first, last = deadline.suspended_from, deadline.suspended_until
        standing.append(Pause(first, last, deadline.suspension_reason))
    facts = {**deadline.facts(), "length": deadline.length or 0}
    return Period(event_on=deadline.received_on, land=deadline.bundesland, pauses=standing, **facts)


def recompute(deadline: Deadline) -> None:
    """Compute the end of the deadline in memory, with what the client owed meanwhile.

    Raises ContractError where the end would lie before the receipt.
    """
    rows = deadline.pausing.all() if deadline.pk else ()
    settle(deadline, compute(period_of(deadline, [each.pause for each in rows if each.pause])))
    if deadline.received_on is not None and deadline.due_on < deadline.received_on:
        raise ContractError(_("The end lies before the receipt."), field="manual_on")


def settle(deadline: Deadline, result: Result) -> None:
    """Take over a computed end with its steps as data."""
    deadline.due_on, deadline.computed_on = result.end, result.computed
    deadline.steps = [{**asdict(step), "on": step.on.isoformat()} for step in result.steps]


def refresh_next(contract: Contract) -> None:
    """Store at the contract which open deadline ends first: a copy for the case header."""
    first = contract.deadlines.open().order_by("due_on", "pk").first()
    copies: dict[str, Any] = {
        "next_deadline_on": first.due_on if first else None,
        "next_deadline_kind": first.kind if first else "",
        "next_deadline_title": first.title if first else "",
    }
    Contract.objects.filter(pk=contract.pk).update(**copies)
    for name, value in copies.items():
        setattr(contract, name, value)


def keep_papers(row: Any, papers: Papers, title: str, actor: User) -> None:
    """Store the uploaded files and let the row refer to them: field name → file."""
    for name, upload in papers.items():
        if upload is not None:
            label = f"{row._meta.get_field(name).verbose_name}: {title}"[:200]
            document = store(upload=upload, title=label, kind=DocumentKind.PROOF, actor=actor)
            setattr(row, name, document)


def change(row: Any, changes: Mapping[str, Any]) -> list[str]:
    """Set what differs; returns the names."""
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    return changed


def not_before(day: date, first: date | None, field: str) -> None:
    """Raises ContractError at ``field`` where ``day`` lies before ``first``."""
    if first is not None and day < first:
        raise ContractError(_("The day lies before the receipt."), field=field)
