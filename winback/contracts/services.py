"""Verbs on contracts; each writes a row version."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from winback.clients.models import Client
from winback.common.claims import claim, sign
from winback.contracts.models import Contract


@transaction.atomic
def create_contract(*, client: Client, actor: User, changes: dict[str, Any]) -> Contract:
    """Record a contract of the client with its sites."""
    sites = changes.pop("sites")
    contract = Contract(client=client, **changes)
    sign(contract, actor)
    contract.save()
    contract.sites.set(sites)
    return contract


@transaction.atomic
def change_contract(
    *, contract: Contract, version: int, actor: User, changes: dict[str, Any]
) -> Contract:
    """Change facts of the contract. Raises StaleVersion when somebody else was quicker."""
    claim(contract, version=version, actor=actor)
    sites = changes.pop("sites")
    for name, value in changes.items():
        setattr(contract, name, value)
    contract.save()
    contract.sites.set(sites)
    return contract
