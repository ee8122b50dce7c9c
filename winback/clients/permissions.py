"""Who may see and keep client data."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from winback.clients.models import (
    ROLES_SEEING_ALL,
    Client,
    Consent,
    Contact,
    OutwardMessage,
)


def get_visible_client(user: User, pk: int) -> Client:
    """Fetch a client the user may see; anything else is 404."""
    return get_object_or_404(Client.objects.visible_to(user), pk=pk)


def get_visible_contact(user: User, client_pk: int, pk: int) -> Contact:
    """Fetch a person at a client the user may see, with consents; anything else is 404."""
    found = Contact.objects.visible_to(user).select_related("client").with_consents()
    return get_object_or_404(found, client=client_pk, pk=pk)


def get_visible_consent(user: User, client_pk: int, pk: int) -> Consent:
    """Fetch a consent of a person at a client the user may see; anything else is 404."""
    people = Contact.objects.visible_to(user).filter(client=client_pk)
    found = Consent.objects.select_related("contact__client", "proof")
    return get_object_or_404(found, contact__in=people, pk=pk)


def get_visible_message(user: User, client_pk: int, pk: int) -> OutwardMessage:
    """Fetch a message to a client the user may see; anything else is 404."""
    clients = Client.objects.visible_to(user).filter(pk=client_pk)
    found = OutwardMessage.objects.with_row().select_related("client")
    people = found.prefetch_related("recipients__contact", "recipients__consent")
    return get_object_or_404(people, client__in=clients, pk=pk)


def can_list_clients(user: User) -> bool:
    return user.role in ROLES_SEEING_ALL or (user.is_administrator and not user.is_external)


def can_edit_clients(user: User) -> bool:
    """Key account managers and management keep client data."""
    return user.role in {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT}


def can_answer_data_requests(user: User) -> bool:
    """The executive board: it alone sees every case that may name the person."""
    return user.role == Role.MANAGEMENT


def can_record_refusals(user: User) -> bool:
    """Whoever sees the client takes a withdrawal or an objection down: it must be easy."""
    return can_list_clients(user)
