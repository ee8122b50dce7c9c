"""Verbs of the room, one module per thing."""

from winback.clients.services.consents import (
    AlreadyProved,
    WrongDay,
    give_consent,
    prove_consent,
    record_objection,
    withdraw_consent,
)
from winback.clients.services.dormancy import (
    LookRefused,
    examine_now,
    finish_look,
    plan_look,
    reassign_look,
)
from winback.clients.services.erasure import ErasureRefused, erase_contact, hindrances
from winback.clients.services.messages import (
    MessageBlocked,
    MessageEnded,
    NotThisMessage,
    barriers,
    discard_message,
    draft_message,
    mark_sent,
)
from winback.clients.services.records import (
    ContactErased,
    change_client,
    create_client,
    save_contact,
    save_site,
)

__all__ = [
    "AlreadyProved",
    "ContactErased",
    "ErasureRefused",
    "LookRefused",
    "MessageBlocked",
    "MessageEnded",
    "NotThisMessage",
    "WrongDay",
    "barriers",
    "change_client",
    "create_client",
    "discard_message",
    "draft_message",
    "erase_contact",
    "examine_now",
    "finish_look",
    "give_consent",
    "hindrances",
    "mark_sent",
    "plan_look",
    "prove_consent",
    "reassign_look",
    "record_objection",
    "save_contact",
    "save_site",
    "withdraw_consent",
]
