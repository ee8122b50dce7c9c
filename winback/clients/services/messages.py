"""Verbs on messages to the client. The gate stands here, below every form and page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from winback.clients.enums import NEEDS_CONSENT, Barrier, Channel
from winback.clients.models import Client, Contact, OutwardMessage, Recipient
from winback.clients.rules import Addressee, barrier
from winback.common import clock
from winback.common.claims import RuleBroken, claim, sign

Barriers = list[tuple[Contact, Barrier]]


class MessageBlocked(RuleBroken):
    """Somebody may not be written to; ``barriers`` says who and why."""

    def __init__(self, barriers: Barriers) -> None:
        parts = [f"{contact.name} {each.label}" for contact, each in barriers]
        text = _("This mail is blocked: %(people)s.") % {"people": "; ".join(parts)}
        super().__init__(text, field="contacts")
        self.barriers = barriers


class MessageEnded(RuleBroken):
    """The message was sent or discarded before."""


class NotThisMessage(RuleBroken):
    """What was typed does not make a message."""


def barriers(contacts: Iterable[Contact], purpose: str, on: date) -> Barriers:
    """Whom an e-mail of this purpose must not reach on that day, and why.

    Reads consents and objections from ``with_consents()``, and in one statement when each person
    was last sent advertising.
    """
    people = list(contacts)
    last = Recipient.objects.last_advertising(people) if purpose in NEEDS_CONSENT else {}
    found = []
    for contact in people:
        addressee = Addressee(
            has_address=bool(contact.email),
            has_left=contact.has_left(on),
            consent=contact.consent_state(Channel.MAIL, purpose, on),
            last_on=last.get(contact.pk),
        )
        pause = settings.ADVERTISING_PAUSE_DAYS
        if reason := barrier(addressee, purpose=purpose, on=on, pause_days=pause):
            found.append((contact, reason))
    return found


@transaction.atomic
def draft_message(
    *,
    client: Client,
    actor: User,
    today: date,
    purpose: str,
    subject: str,
    body: str,
    contacts: Collection[Contact],
) -> OutwardMessage:
    """Write a message to people at the client; nothing is sent by the product.

    Advertising gets a line that tells how to object (§ 7 Abs. 3 Nr. 4 UWG, Art. 21 Abs. 4 DSGVO).
    Raises MessageBlocked when one of the people may not be reached, NotThisMessage without people.
    """
    people = _locked(client, [contact.pk for contact in contacts])
    if not people:
        raise NotThisMessage(_("Choose at least one person."), field="contacts")
    _must_pass(people, purpose, today)
    message = OutwardMessage(
        client=client,
        purpose=purpose,
        subject=subject,
        body=_with_notice(body, people) if purpose in NEEDS_CONSENT else body,
        drafted_by=actor,
        drafted_at=clock.now(),
    )
    sign(message, actor)
    message.save()
    Recipient.objects.bulk_create(
        Recipient(
            message=message,
            contact=contact,
            email=contact.email,
            consent=contact.usable_consent(Channel.MAIL, purpose, today),
        )
        for contact in people
    )
    return message


@transaction.atomic
def mark_sent(
    *, message: OutwardMessage, version: int, actor: User, today: date, on: date
) -> OutwardMessage:
    """The person has sent it on that day. The gate is asked again: consents end, too.

    A sent one stays as it is. Raises MessageBlocked, MessageEnded, NotThisMessage, StaleVersion.
    """
    if message.sent_on is not None:
        return message
    _must_be_draft(message)
    if on > today:
        raise NotThisMessage(_("The date lies in the future."), field="sent_on")
    recipients = {row.contact_id: row for row in message.recipients.all()}
    people = _locked(message.client, list(recipients))
    _must_pass(people, message.purpose, on)
    claim(message, version=version, actor=actor)
    message.sent_on, message.sent_by = on, actor
    message.save()
    for contact in people:
        row = recipients[contact.pk]
        row.email = contact.email
        row.consent = contact.usable_consent(Channel.MAIL, message.purpose, on)
        row.save()
    return message


@transaction.atomic
def discard_message(
    *, message: OutwardMessage, version: int, actor: User, today: date
) -> OutwardMessage:
    """Give a draft up; it stays in the list. Raises MessageEnded for a sent one, StaleVersion."""
    if message.discarded_on is not None:
        return message
    _must_be_draft(message)
    claim(message, version=version, actor=actor)
    message.discarded_on = today
    message.save()
    return message


def _locked(client: Client, keys: list[int]) -> list[Contact]:
    """The people under lock: two mails at once must not both find the pause kept."""
    rows = Contact.objects.select_for_update().filter(client=client, pk__in=keys).order_by("pk")
    return list(rows.with_consents())


def _must_pass(people: list[Contact], purpose: str, on: date) -> None:
    if found := barriers(people, purpose, on):
        raise MessageBlocked(found)


def _must_be_draft(message: OutwardMessage) -> None:
    if not message.is_draft:
        raise MessageEnded(_("This message was sent or discarded before."))


def _with_notice(body: str, people: list[Contact]) -> str:
    """The text and how to object, in the language all of them speak, else in German."""
    languages = {contact.language for contact in people}
    with override(languages.pop() if len(languages) == 1 else "de"):
        notice = _(
            "You get this mail because you agreed to it. You can object at any time, free of "
            "charge beyond the usual cost of transmission: a short reply is enough."
        )
    return f"{body.rstrip()}\n\n{notice}"
