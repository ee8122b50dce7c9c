"""Notifications and mails as ready strings, so that templates only place them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.common.formats import days_phrase, format_date, format_datetime, format_day
from winback.reminders.enums import MailState, Stage
from winback.reminders.models import FeedToken, Notification, OutboxMessage
from winback.reminders.rules import ALARM_AFTER

STAGE_SHAPE = {Stage.BEFORE: "open", Stage.DUE: "wait", Stage.OVERDUE: "late"}
MAIL_SHAPE = {
    MailState.QUEUED: "wait",
    MailState.SENDING: "run",
    MailState.SENT: "done",
    MailState.FAILED: "crit",
    MailState.HELD: "lock",
    MailState.CANCELLED: "na",
}
Number = tuple[object, object, object, object, str]


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the inbox; ``read_url`` is empty once it is read or settled."""

    title: str
    url: str
    context: str
    shape: str
    word: str
    due: str
    due_note: str
    when: str
    is_open: bool
    read_url: str


def notice_row(notification: Notification, today: date) -> NoticeRow:
    is_settled = notification.settled_at is not None
    stage = Stage(notification.stage)
    read_url = reverse("reminders:read", args=[notification.pk]) if notification.is_open else ""
    return NoticeRow(
        title=notification.title,
        url=notification.url,
        context=notification.context,
        shape="done" if is_settled else STAGE_SHAPE[stage],
        word=pgettext("reminder", "settled") if is_settled else str(stage.label),
        due=format_day(notification.due_on),
        due_note="" if is_settled else days_phrase(today, notification.due_on),
        when=format_datetime(notification.created_at),
        is_open=notification.is_open,
        read_url=read_url,
    )


@dataclass(frozen=True, slots=True)
class MailRow:
    """One line of the outbox; ``retry_url`` only where a person can do something."""

    recipient: str
    email: str
    what: str
    shape: str
    state: str
    note: str
    due: str
    sent: str
    attempts: str
    retry_url: str


def mail_row(message: OutboxMessage) -> MailRow:
    """Needs the recipient; no further statement."""
    state = MailState(message.state)
    return MailRow(
        recipient=message.recipient.full_name,
        email=message.recipient.email,
        what=message.subject or message.get_kind_display(),
        shape=MAIL_SHAPE[state],
        state=str(state.label),
        note=message.get_reason_display() or message.last_error,
        due=format_datetime(message.due_at),
        sent=format_datetime(message.sent_at),
        attempts=str(message.attempts),
        retry_url=reverse("reminders:retry", args=[message.pk]) if message.is_failed else "",
    )


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """The outbox at a glance; ``is_late`` is the alarm."""

    numbers: list[Number]
    is_late: bool


def outbox_status(now: datetime) -> OutboxStatus:
    """How many mails wait and failed, and since when the oldest is due; one statement."""
    is_due = Q(state__in=(MailState.QUEUED, MailState.SENDING), due_at__lte=now)
    found = OutboxMessage.objects.aggregate(
        waiting=Count("pk", filter=is_due),
        oldest=Min("due_at", filter=is_due),
        failed=Count("pk", filter=Q(state=MailState.FAILED)),
    )
    list_url = reverse("reminders:outbox")
    return OutboxStatus(
        numbers=[
            (_("Waiting"), str(found["waiting"]), "", "", f"{list_url}?stand={MailState.QUEUED}"),
            (_("Oldest due since"), format_datetime(found["oldest"]), "", "", ""),
            (_("Failed"), str(found["failed"]), "", "", f"{list_url}?stand={MailState.FAILED}"),
        ],
        is_late=found["oldest"] is not None and now - found["oldest"] > ALARM_AFTER,
    )


def feed_facts(token: FeedToken) -> list[tuple[str, str, str]]:
    """When the calendar address was made and last asked for."""
    read = format_date(token.read_on) if token.read_on else _("not yet")
    return [
        (_("Address made"), format_datetime(token.created_at), ""),
        (_("Last read by a calendar"), read, ""),
    ]
