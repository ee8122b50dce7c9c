"""Verbs on service lines (LV positions)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common.claims import claim, sign
from winback.contracts.models import Contract, ServiceLine
from winback.contracts.services.core import ContractError, change


@transaction.atomic
def add_line(*, contract: Contract, actor: User, changes: dict[str, Any]) -> ServiceLine:
    """Record a position of the specification. Raises ContractError."""
    line = ServiceLine(contract=contract, **changes)
    _check(line)
    line.fill_sort_key()
    sign(line, actor)
    line.save()
    return line


@transaction.atomic
def change_line(
    *, line: ServiceLine, version: int, actor: User, changes: dict[str, Any]
) -> ServiceLine:
    """Change a position. Raises StaleVersion, ContractError."""
    claim(line, version=version, actor=actor)
    change(line, changes)
    _check(line)
    line.fill_sort_key()
    line.save()
    return line


def _check(line: ServiceLine) -> None:
    others = ServiceLine.objects.filter(contract=line.contract_id, position=line.position)
    if others.exclude(pk=line.pk).exists():
        raise ContractError(_("This position is recorded already."), field="position")
    if line.amendment is not None and line.amendment.contract_id != line.contract_id:
        raise ContractError(_("The amendment belongs to another contract."), field="amendment")
