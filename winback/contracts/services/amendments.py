"""Verbs on amendments and settlement papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common import caselinks
from winback.common.claims import claim, sign
from winback.contracts.models import Amendment, Contract
from winback.contracts.services.core import AlreadySettled, Papers, change, keep_papers
from winback.contracts.services.derived import sync_amendment


@transaction.atomic
def record_amendment(
    *, contract: Contract, actor: User, today: date, changes: dict[str, Any], papers: Papers
) -> Amendment:
    """Record what both sides signed.

    Effects: stores the paper, lets the owner into the case, records the end of the suspended
    termination right as a deadline.
    """
    amendment = Amendment(contract=contract, **changes)
    keep_papers(amendment, papers, amendment.title, actor)
    sign(amendment, actor)
    amendment.save()
    caselinks.let_see(contract.pk, amendment.owner, actor, today)
    sync_amendment(amendment, actor, today)
    return amendment


@transaction.atomic
def change_amendment(
    *,
    amendment: Amendment,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    papers: Papers,
) -> Amendment:
    """Correct an amendment that is not broken. Raises AlreadySettled, StaleVersion."""
    _must_stand(amendment)
    claim(amendment, version=version, actor=actor)
    change(amendment, changes)
    keep_papers(amendment, papers, amendment.title, actor)
    amendment.save()
    caselinks.let_see(amendment.contract_id, amendment.owner, actor, today)
    sync_amendment(amendment, actor, today)
    return amendment


@transaction.atomic
def declare_broken(
    *, amendment: Amendment, version: int, actor: User, today: date, broken_on: date, reason: str
) -> Amendment:
    """Say that the agreement was broken, when and by what; final.

    Effects: the deadline of the suspension ends. Raises AlreadySettled, StaleVersion.
    """
    _must_stand(amendment)
    claim(amendment, version=version, actor=actor)
    amendment.broken_on, amendment.broken_reason = broken_on, reason
    amendment.save()
    sync_amendment(amendment, actor, today)
    return amendment


def _must_stand(amendment: Amendment) -> None:
    if amendment.broken_on is not None:
        raise AlreadySettled(_("This amendment is broken already."))
