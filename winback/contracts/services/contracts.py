"""Verbs on contracts; each writes a row version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Client
from winback.common.claims import claim, sign
from winback.common.formats import format_date
from winback.contracts.models import Contract
from winback.contracts.rules.notice import notice_day
from winback.contracts.rules.periods import Result
from winback.contracts.services.core import ContractError
from winback.contracts.services.derived import sync_contract


@transaction.atomic
def create_contract(
    *, client: Client, actor: User, today: date, changes: dict[str, Any]
) -> Contract:
    """Record a contract of the client with its sites.

    Effects: computes the last day to give notice from the rule, where one is given and no other
    day with a reason; records notice, option and check dates as deadlines of its owner.
    Raises ContractError.
    """
    sites = changes.pop("sites")
    contract = Contract(client=client, **changes)
    notice = _settle_notice(contract, today, is_typed=contract.notice_on is not None)
    sign(contract, actor)
    contract.save()
    contract.sites.set(sites)
    sync_contract(contract, actor, today, notice)
    return contract


@transaction.atomic
def change_contract(
    *, contract: Contract, version: int, actor: User, today: date, changes: dict[str, Any]
) -> Contract:
    """Change facts of the contract; its dates in the register follow.

    A notice day that was computed before and not touched is computed anew.
    Raises StaleVersion when somebody else was quicker, ContractError.
    """
    claim(contract, version=version, actor=actor)
    sites = changes.pop("sites")
    was_computed = contract.notice_rule is not None and not contract.notice_reason
    before = contract.notice_on
    for name, value in changes.items():
        setattr(contract, name, value)
    untouched = was_computed and contract.notice_on == before and not contract.notice_reason
    typed = contract.notice_on is not None and not untouched
    notice = _settle_notice(contract, today, is_typed=typed)
    contract.save()
    contract.sites.set(sites)
    sync_contract(contract, actor, today, notice)
    return contract


def _settle_notice(contract: Contract, today: date, *, is_typed: bool) -> Result | None:
    """Set the last day to give notice by the rule; a typed day that differs needs a reason."""
    rule = contract.notice_rule
    result = notice_day(rule, contract.ends_on, today) if rule else None
    if result is None:
        return None
    if not is_typed or contract.notice_on == result.end:
        contract.notice_on, contract.notice_reason = result.end, ""
        return result
    if not contract.notice_reason:
        text = _("The rule gives %(day)s. Say why another day counts, or leave the day empty.")
        raise ContractError(text % {"day": format_date(result.end)}, field="notice_reason")
    return None
