"""Verbs on deadlines of the register; derived ones change with their contract or amendment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common import caselinks
from winback.common.claims import claim, sign
from winback.contracts.enums import DERIVED, DeadlineKind
from winback.contracts.models import Contract, Deadline
from winback.contracts.services.core import (
    AlreadySettled,
    ContractError,
    Papers,
    change,
    keep_papers,
    not_before,
    recompute,
    refresh_next,
)
from winback.contracts.services.derived import follow_owner, sync_check
from winback.documents.rules import CheckedFile


@transaction.atomic
def record_deadline(
    *, contract: Contract, actor: User, today: date, changes: dict[str, Any], papers: Papers
) -> Deadline:
    """Record a deadline and compute its end.

    Effects: stores the proofs, lets owner and deputy into the case of the contract, renews the
    copy for the header. Raises ContractError.
    """
    deadline = Deadline(contract=contract, **changes)
    _must_be_typed(deadline)
    keep_papers(deadline, papers, deadline.title, actor)
    recompute(deadline)
    deadline.original_due_on = deadline.due_on
    sign(deadline, actor)
    deadline.save()
    _let_in(deadline, actor, today)
    refresh_next(contract)
    return deadline


@transaction.atomic
def change_deadline(
    *,
    deadline: Deadline,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    papers: Papers,
) -> Deadline:
    """Correct an open deadline and compute its end anew; the first end stays on record.

    Raises AlreadySettled, ContractError, StaleVersion.
    """
    _must_be_open(deadline)
    _must_be_typed(deadline)
    claim(deadline, version=version, actor=actor)
    change(deadline, changes)
    _must_be_typed(deadline)
    keep_papers(deadline, papers, deadline.title, actor)
    recompute(deadline)
    deadline.save()
    _let_in(deadline, actor, today)
    refresh_next(deadline.contract)
    return deadline


@transaction.atomic
def complete(
    *,
    deadline: Deadline,
    version: int,
    actor: User,
    today: date,
    done_on: date,
    note: str = "",
    proof: CheckedFile | None = None,
) -> Deadline:
    """The deadline was met on ``done_on``, as the proof shows; doing it twice changes nothing.

    A contract check plans the next one. Raises AlreadySettled, ContractError, StaleVersion.
    """
    if deadline.done_on is not None:
        return deadline
    _must_be_open(deadline)
    not_before(done_on, deadline.received_on, "done_on")
    claim(deadline, version=version, actor=actor)
    keep_papers(deadline, {"done_proof": proof}, deadline.name, actor)
    deadline.done_on, deadline.done_note = done_on, note
    deadline.save()
    if deadline.kind == DeadlineKind.CHECK:
        sync_check(deadline.contract, actor, today)
    refresh_next(deadline.contract)
    return deadline


@transaction.atomic
def end_deadline(
    *, deadline: Deadline, version: int, actor: User, today: date, reason: str
) -> Deadline:
    """End a deadline that no longer counts; it stays in the register with the reason.

    Raises AlreadySettled, StaleVersion.
    """
    _must_be_open(deadline)
    claim(deadline, version=version, actor=actor)
    deadline.ended_on, deadline.ended_reason = today, reason
    deadline.save()
    refresh_next(deadline.contract)
    return deadline


@transaction.atomic
def hand_over(
    *,
    deadline: Deadline,
    version: int,
    actor: User,
    today: date,
    owner: User,
    reason: str = "",
) -> Deadline:
    """Let somebody else see to the deadline and into the case; a deputy leaves that place.

    The version of the row keeps the reason, its first 100 characters. A date that follows from
    the contract or an amendment takes its source along.

    Raises AlreadySettled, StaleVersion.
    """
    _must_be_open(deadline)
    if owner.pk == deadline.owner_id:
        return deadline
    claim(deadline, version=version, actor=actor)
    deadline.owner = owner
    if deadline.deputy_id == owner.pk:
        deadline.deputy = None
    deadline._change_reason = reason[:100]  # type: ignore[attr-defined]  # read by django-simple-history
    deadline.save()
    if deadline.is_derived:
        follow_owner(deadline, actor)
    _let_in(deadline, actor, today)
    return deadline


def reassign(pk: int, owner: User, actor: User) -> None:
    """Hand one deadline over for the registry, for instance because its owner leaves."""
    deadline = Deadline.objects.select_related("contract", "amendment", "deputy").get(pk=pk)
    hand_over(
        deadline=deadline,
        version=deadline.version,
        actor=actor,
        today=timezone.localdate(),
        owner=owner,
    )


def _let_in(deadline: Deadline, actor: User, today: date) -> None:
    for person in filter(None, (deadline.owner, deadline.deputy)):
        caselinks.let_see(deadline.contract_id, person, actor, today)


def _must_be_open(deadline: Deadline) -> None:
    if not deadline.is_open:
        raise AlreadySettled(_("This deadline is done or ended already."))


def _must_be_typed(deadline: Deadline) -> None:
    if deadline.kind in DERIVED:
        raise ContractError(_("This date follows from the contract. Change it there."))
    if deadline.amendment is not None and deadline.amendment.contract_id != deadline.contract_id:
        raise ContractError(_("The amendment belongs to another contract."), field="amendment")
