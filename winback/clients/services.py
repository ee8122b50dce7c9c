"""Verbs on client data. Clients stand below cases: they have versions, not case events."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from winback.clients.models import Client, Contact, Site
from winback.common.claims import claim


@transaction.atomic
def create_client(*, actor: User, changes: dict[str, Any]) -> Client:
    """Record a client; an empty number is stored as none, so that numbers stay unique."""
    client = Client(**changes)
    client.number = client.number or None
    client.fill_keys()
    client.save()
    return client


@transaction.atomic
def change_client(*, client: Client, version: int, actor: User, changes: dict[str, Any]) -> Client:
    """Change facts of the client. Raises StaleVersion when somebody else was quicker."""
    claim(client, version=version, actor=actor)
    for name, value in changes.items():
        setattr(client, name, value)
    client.number = client.number or None
    client.fill_keys()
    client.save()
    return client


@transaction.atomic
def save_site(*, client: Client, actor: User, changes: dict[str, Any], site: Site | None) -> Site:
    """Add a site to the client, or change one."""
    site = site or Site(client=client)
    for name, value in changes.items():
        setattr(site, name, value)
    site.save()
    return site


@transaction.atomic
def save_contact(
    *, client: Client, actor: User, changes: dict[str, Any], contact: Contact | None
) -> Contact:
    """Add a person at the client, or change one."""
    contact = contact or Contact(client=client)
    for name, value in changes.items():
        setattr(contact, name, value)
    contact.save()
    return contact
