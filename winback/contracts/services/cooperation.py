"""Verbs on what the client owes: it may stop our clock, and it is evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common.claims import claim, sign
from winback.contracts.models import ClientObligation, Contract, Deadline
from winback.contracts.services.core import (
    ContractError,
    Papers,
    change,
    keep_papers,
    recompute,
    refresh_next,
)


@transaction.atomic
def record_client_obligation(
    *, contract: Contract, actor: User, changes: dict[str, Any], papers: Papers
) -> ClientObligation:
    """Record what the client owes, and which of our deadlines it holds.

    Effects: a pause that is known from day to day is added to these deadlines.
    Raises ContractError.
    """
    paused = changes.pop("pauses", ())
    row = ClientObligation(contract=contract, **changes)
    _check(row, paused)
    keep_papers(row, papers, row.what, actor)
    sign(row, actor)
    row.save()
    row.pauses.set(paused)
    _recount(contract, paused, actor)
    return row


@transaction.atomic
def change_client_obligation(
    *,
    row: ClientObligation,
    version: int,
    actor: User,
    changes: dict[str, Any],
    papers: Papers,
) -> ClientObligation:
    """Change it, for instance because the client gave it; the deadlines are counted anew.

    Raises ContractError, StaleVersion.
    """
    claim(row, version=version, actor=actor)
    paused = changes.pop("pauses", ())
    before = list(row.pauses.all())
    change(row, changes)
    _check(row, paused)
    keep_papers(row, papers, row.what, actor)
    row.save()
    row.pauses.set(paused)
    _recount(row.contract, {*before, *paused}, actor)
    return row


def _check(row: ClientObligation, paused: Collection[Deadline]) -> None:
    if row.amendment is not None and row.amendment.contract_id != row.contract_id:
        raise ContractError(_("The amendment belongs to another contract."), field="amendment")
    if any(each.contract_id != row.contract_id or each.is_derived for each in paused):
        raise ContractError(_("Only deadlines of this contract can be paused."), field="pauses")
    if paused and row.since is None:
        raise ContractError(_("Say since when it is missing."), field="since")


def _recount(contract: Contract, deadlines: Collection[Deadline], actor: User) -> None:
    """Open deadlines get their new end; what is done or ended stays as it was."""
    for deadline in sorted(deadlines, key=lambda each: each.pk):
        before = deadline.due_on, deadline.steps
        recompute(deadline)
        if deadline.is_open and before != (deadline.due_on, deadline.steps):
            claim(deadline, version=deadline.version, actor=actor)
            deadline.save()
    if deadlines:
        refresh_next(contract)
