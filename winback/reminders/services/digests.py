"""The daily digest: put into the outbox once a working day, written when it is sent."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.enums import DigestRhythm
from accounts.models import User
from winback.reminders.enums import CancelReason, MailKind
from winback.reminders.models import DigestDay, Notification, OutboxMessage
from winback.reminders.rules import digest_day, digest_due_at, local_day
from winback.reminders.services.letters import Letter, groups_of, subject_of
from winback.reminders.services.roster import Reminder, Roster

TEMPLATE = "emails/reminders/digest"


@transaction.atomic
def queue_digests(now: datetime) -> int:
    """Put today's digests into the outbox if their hour has come; returns how many.

    One per person with news, at most once per person and day. The day is taken by a unique row
    in the same transaction, so of several runs at once one makes them all and the rest none.
    """
    day = digest_day(now, settings.PROVIDER_BUNDESLAND)
    if day is None:
        return 0
    _row, is_first = DigestDay.objects.get_or_create(day=day, defaults={"opened_at": now})
    if not is_first:
        return 0
    mails = [_digest(user, day) for user in _people_with_news()]
    return len(OutboxMessage.objects.bulk_create(mails, ignore_conflicts=True))


def _people_with_news() -> list[User]:
    """Who wants the digest and has something in it that no mail has told yet; two statements."""
    news: dict[int, set[str]] = {}
    for user_id, kind in Notification.objects.unmailed().values_list("user_id", "kind"):
        news.setdefault(user_id, set()).add(kind)
    people = User.objects.active().filter(digest=DigestRhythm.DAILY, pk__in=news)
    return [user for user in people if not news[user.pk] <= set(user.muted_kinds)]


def _digest(user: User, day: date) -> OutboxMessage:
    due_at = digest_due_at(day)
    host = urlsplit(settings.SITE_URL).hostname
    return OutboxMessage(
        key=f"{MailKind.DIGEST}:{user.pk}:{day}",
        kind=MailKind.DIGEST,
        recipient=user,
        due_at=due_at,
        next_try_at=due_at,
        # The same for every try, so that a mail server or client can drop a second copy.
        message_id=f"<{MailKind.DIGEST}.{user.pk}.{day}@{host}>",
    )


def write_digest(message: OutboxMessage, now: datetime) -> Letter | CancelReason:
    """The digest from what is open at ``now``, or why there is none any more."""
    user = message.recipient
    if not user.is_active:
        return CancelReason.INACTIVE
    if user.digest != DigestRhythm.DAILY:
        return CancelReason.NO_MAIL
    mails = OutboxMessage.objects.filter(recipient=user, kind=message.kind)
    if mails.filter(due_at__gt=message.due_at).exists():
        return CancelReason.SUPERSEDED
    with translation.override(user.language):
        roster = Roster.of(local_day(now))
        mine = [
            reminder
            for _user, reminder in roster.reminders(user)
            if reminder[0].kind not in user.muted_kinds
        ]
        told = _news(user, mine)
        return _letter(user, roster, mine, told) if told else CancelReason.NOTHING_OPEN


def _news(user: User, mine: list[Reminder]) -> list[int]:
    """The notifications that this mail tells for the first time."""
    things = {(item.kind, item.pk, item.part) for item, _occasion in mine}
    rows = Notification.objects.of(user).unmailed()
    return [row.pk for row in rows if (row.kind, row.object_id, row.part) in things]


def _letter(user: User, roster: Roster, mine: list[Reminder], told: list[int]) -> Letter:
    items = [item for item, _occasion in mine]
    context = {
        "language": user.language,
        "name": user.formal_name,
        "groups": groups_of(items, user, roster),
        "work_url": settings.SITE_URL + "/",
        "settings_url": settings.SITE_URL + reverse("accounts:profile"),
        "subject": subject_of(items, roster.day),
    }
    return Letter(
        subject=render_to_string(f"{TEMPLATE}.subject.txt", context).strip(),
        text=render_to_string(f"{TEMPLATE}.txt", context),
        html=render_to_string(f"{TEMPLATE}.html", context),
        told=told,
    )
