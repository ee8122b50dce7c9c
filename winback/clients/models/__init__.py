"""The lost or endangered client: its sites, its people, and what they allowed us."""

from winback.clients.models.client import ROLES_SEEING_ALL, Client, ClientQuerySet, Site
from winback.clients.models.consent import Consent, Objection
from winback.clients.models.contact import Contact, ContactQuerySet
from winback.clients.models.dormancy import LOOK_AGAIN, DormantLook
from winback.clients.models.message import OutwardMessage, Recipient

__all__ = [
    "LOOK_AGAIN",
    "ROLES_SEEING_ALL",
    "Client",
    "ClientQuerySet",
    "Consent",
    "Contact",
    "ContactQuerySet",
    "DormantLook",
    "Objection",
    "OutwardMessage",
    "Recipient",
    "Site",
]
