"""Contracts are seen and kept like the client they belong to."""

from __future__ import annotations

from django.http import Http404

from accounts.models import User
from winback.clients.models import Client
from winback.contracts.models import Contract


def get_visible_contract(user: User, pk: int) -> Contract:
    """Fetch a contract of a client the user may see; anything else is 404."""
    clients = Client.objects.visible_to(user)
    contract = Contract.objects.select_related("client").filter(pk=pk, client__in=clients).first()
    if contract is None:
        raise Http404(pk)
    return contract
