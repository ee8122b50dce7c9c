"""Who may see and keep client data."""

from __future__ import annotations

from django.http import Http404

from accounts.enums import Role
from accounts.models import User
from winback.clients.models import ROLES_SEEING_ALL, Client


def get_visible_client(user: User, pk: int) -> Client:
    """Fetch a client the user may see; anything else is 404."""
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404(pk)
    return client


def can_list_clients(user: User) -> bool:
    return user.role in ROLES_SEEING_ALL or (user.is_administrator and not user.is_external)


def can_edit_clients(user: User) -> bool:
    """Key account managers and management keep client data."""
    return user.role in {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT}
