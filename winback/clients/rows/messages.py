"""Messages to people at the client, as ready strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from winback.clients.enums import NEEDS_CONSENT
from winback.clients.models import Contact, OutwardMessage
from winback.clients.rows.consents import Status, mail_states
from winback.common.formats import format_date, format_datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message in a list."""

    url: str
    subject: str
    purpose: str
    shape: str
    word: str
    people: str
    when: str


def message_row(message: OutwardMessage) -> MessageRow:
    """Needs ``with_row()``; no further statement."""
    shape, word = standing(message)
    count = message.people_count
    return MessageRow(
        url=message.get_absolute_url(),
        subject=message.subject,
        purpose=message.get_purpose_display(),
        shape=shape,
        word=word,
        people=ngettext("%(count)d person", "%(count)d people", count) % {"count": count},
        when=_when(message),
    )


def standing(message: OutwardMessage) -> Status:
    """Draft, sent or discarded."""
    if message.sent_on:
        return "done", pgettext("message", "Sent")
    if message.discarded_on:
        return "na", pgettext("message", "Discarded")
    return "open", pgettext("message", "Draft")


def _when(message: OutwardMessage) -> str:
    if message.sent_on and message.sent_by:
        text = _("sent on %(day)s by %(name)s")
        return text % {"day": format_date(message.sent_on), "name": message.sent_by.short_name}
    text = _("drafted %(when)s by %(name)s")
    moment = format_datetime(message.drafted_at)
    return text % {"when": moment, "name": message.drafted_by.short_name}


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A person the message goes to, and on what ground."""

    name: str
    email: str
    ground: str


def recipient_rows(message: OutwardMessage) -> list[RecipientRow]:
    """Needs the recipients with contact and consent."""
    contractual = _("contract communication: no consent needed")
    rows = []
    for row in message.recipients.all():
        given = _("consent of %(day)s")
        ground = given % {"day": format_date(row.consent.given_on)} if row.consent else contractual
        rows.append(RecipientRow(row.contact.name, row.email, ground))
    return rows


def mail_link(message: OutwardMessage) -> str:
    """Opens the text in the person's own mail program; several people do not see each other."""
    addresses = [row.email for row in message.recipients.all()]
    query = f"subject={quote(message.subject)}&body={quote(message.body)}"
    if len(addresses) == 1:
        return f"mailto:{quote(addresses[0])}?{query}"
    return f"mailto:?bcc={quote(','.join(addresses))}&{query}"


@dataclass(frozen=True, slots=True)
class Permits:
    """Who may get what by e-mail: purposes as columns, one row per person."""

    purposes: list[str]
    rows: list[tuple[Contact, list[tuple[str, Status]]]]


def permits(contacts: Sequence[Contact], today: date) -> Permits:
    """Needs ``with_consents()``; no further statement."""
    purposes = [str(purpose.label) for purpose in NEEDS_CONSENT]
    rows = [
        (contact, list(zip(purposes, mail_states(contact, today), strict=True)))
        for contact in contacts
    ]
    return Permits(purposes, rows)
