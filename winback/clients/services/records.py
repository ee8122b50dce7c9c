"""Verbs on clients, sites and people. They stand below cases: row versions, not case events."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Client, Contact, Site
from winback.common.claims import RuleBroken, claim, sign

Row = TypeVar("Row", Site, Contact)


class ContactErased(RuleBroken):
    """Nothing is recorded about an erased person any more."""


@transaction.atomic
def create_client(*, actor: User, changes: dict[str, Any]) -> Client:
    """Record a client; an empty number is stored as none, so that numbers stay unique."""
    client = Client(**changes)
    client.number = client.number or None
    client.fill_keys()
    sign(client, actor)
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
def save_site(
    *,
    client: Client,
    actor: User,
    changes: dict[str, Any],
    site: Site | None = None,
    version: int = 0,
) -> Site:
    """Add a site to the client, or change one. Raises StaleVersion for a changed one."""
    if site is None:
        site = Site(client=client)
        sign(site, actor)
    else:
        claim(site, version=version, actor=actor)
    return _write(site, changes)


@transaction.atomic
def save_contact(
    *,
    client: Client,
    actor: User,
    changes: dict[str, Any],
    contact: Contact | None = None,
    version: int = 0,
) -> Contact:
    """Add a person at the client, or change one.

    Raises ContactErased, and StaleVersion for a changed one.
    """
    if contact is not None and contact.is_erased:
        raise ContactErased(_("This person was erased; nothing is recorded any more."))
    if contact is None:
        contact = Contact(client=client)
        sign(contact, actor)
    else:
        claim(contact, version=version, actor=actor)
    return _write(contact, changes)


def _write(row: Row, changes: dict[str, Any]) -> Row:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row
