"""Notifications: made and settled from what is open, read by people."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from accounts.models import User
from winback.reminders.models import Key, Notification
from winback.reminders.rules import local_day
from winback.reminders.services.roster import Reminder, Roster

_CHUNK = 500


def notify(now: datetime) -> int:
    """Bring the notifications in line with what is open now; returns how many are new.

    Effects: one notification per item, person and occasion; those that are no longer true are
    settled; one that is true again after all is unsettled. The unique key lets any number of runs
    at once make each only once, so the long reading needs no transaction that others wait for.
    """
    wanted = _wanted(Roster.of(local_day(now)), now)
    known = {row.key: row.pk for row in Notification.objects.current()}
    fresh = [row for key, row in wanted.items() if key not in known]
    Notification.objects.bulk_create(
        fresh,
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=Notification.KEY,
        update_fields=["settled_at", "title", "context", "url"],
    )
    _settle([pk for key, pk in known.items() if key not in wanted], now)
    return len(fresh)


def _wanted(roster: Roster, now: datetime) -> dict[Key, Notification]:
    """What everybody should be notified of now, each in their own language."""
    found = {}
    for language in roster.languages:
        with translation.override(language):
            for user, reminder in roster.reminders():
                if user.language == language:
                    row = _notification(user, reminder, now)
                    found[row.key] = row
    return found


def _notification(user: User, reminder: Reminder, now: datetime) -> Notification:
    item, occasion = reminder
    return Notification(
        user=user,
        kind=item.kind,
        object_id=item.pk,
        part=item.part,
        period=occasion.period,
        stage=occasion.stage,
        title=item.title[:400],
        context=item.context[:250],
        url=item.url,
        due_on=item.due_on,
        case_id=item.case_id,
        created_at=now,
    )


def _settle(pks: list[int], now: datetime) -> None:
    for start in range(0, len(pks), _CHUNK):
        rows = Notification.objects.current().filter(pk__in=pks[start : start + _CHUNK])
        rows.update(settled_at=now)


def mark_read(*, notification: Notification, now: datetime) -> None:
    """Note when the person read it; reading it twice keeps the first time."""
    Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=now)


def mark_all_read(*, user: User, now: datetime) -> int:
    """Note for everything unread that the person has read it; returns how many."""
    return Notification.objects.of(user).unread().update(read_at=now)
