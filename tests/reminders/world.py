"""A kind of obligation that lives in memory, instants in Berlin, and mail servers with faults."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from accounts.models import User
from winback.common.formats.dates import BERLIN
from winback.common.obligations import Item, Kind, Query
from winback.reminders import services
from winback.reminders.models import OutboxMessage
from winback.reminders.services import outbox

MONDAY = dt.date(2026, 11, 23)


def at(clock: str = "07:00", day: dt.date = MONDAY) -> dt.datetime:
    """An instant by the clock in Berlin."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), BERLIN)


def in_days(count: int, day: dt.date = MONDAY) -> dt.date:
    return day + dt.timedelta(days=count)


@dataclass
class Ledger:
    """Obligations by number; like a room, it answers in the active language."""

    key: str = "test"
    items: dict[int, dict[str, Any]] = field(default_factory=dict)

    def owe(self, number: int, owner: User, due_on: dt.date, **facts: Any) -> None:
        context = "Norhagen Bau AG · RG-2026-0042"
        self.items[number] = {"owner": owner, "due_on": due_on, "context": context, **facts}

    def settle(self, number: int) -> None:
        del self.items[number]

    def find(self, query: Query) -> Iterable[Item]:
        for number, facts in self.items.items():
            item = self._item(number, **facts)
            is_asked = query.owner_ids is None or item.owner_id in query.owner_ids
            if is_asked and (query.due_until is None or item.due_on <= query.due_until):
                yield item

    def _item(self, number: int, owner: User, deputy: User | None = None, **facts: Any) -> Item:
        named: dict[str, Any] = {
            "title": f"{_('Edit')} {number}",
            "case_id": None,
            "url": f"/test/{number}/",
            **facts,
        }
        deputy_id = deputy.pk if deputy else None
        pk = named.pop("pk", number)
        return Item(kind=self.key, pk=pk, owner_id=owner.pk, deputy_id=deputy_id, **named)

    def kind(self, lead_days: tuple[int, ...] = (7, 2)) -> Kind:
        return Kind(self.key, self.key, self.find, reassign=_nobody, lead_days=lead_days)


def _nobody(pk: int, owner: User, actor: User) -> None:
    raise AssertionError("nothing is handed over here")


class Killed(BaseException):
    """The worker dies: nothing after this point runs."""


@dataclass
class Server:
    """What the mail server saw, and how it answers each recipient."""

    received: list[EmailMessage] = field(default_factory=list)
    #: address → what happens instead of delivery
    refuse: dict[str, Exception] = field(default_factory=dict)
    #: called after a mail has been taken, before the client hears of it
    after: Callable[[EmailMessage], None] = lambda mail: None

    def to(self, user: User) -> list[EmailMessage]:
        return [mail for mail in self.received if mail.to == [user.email]]


class Backend(BaseEmailBackend):
    """Django's way to the server of the running test."""

    server: ClassVar[Server] = Server()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            if (error := self.server.refuse.get(mail.to[0])) is not None:
                raise error
            self.server.received.append(mail)
            self.server.after(mail)
        return len(email_messages)


def refused(code: int, address: str = "x@provider.example") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({address: (code, b"no")})


def queue(user: User, now: dt.datetime | None = None) -> OutboxMessage:
    """The digest of the morning as the sweep puts it into the outbox."""
    services.notify(now or at())
    services.queue_digests(now or at())
    return OutboxMessage.objects.get(recipient=user)


def send(now: dt.datetime | None = None) -> dict[str, int]:
    """Send what is due at a standing clock."""
    return dict(outbox.send_due(lambda: now or at()))
