"""The tick: everything reminders owe at an instant. Safe to run anywhere, any number of times."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import translation

from winback.cases.models import Case
from winback.cases.services import refresh_health
from winback.reminders.rules import local_day
from winback.reminders.services.digests import queue_digests
from winback.reminders.services.notifications import notify
from winback.reminders.services.outbox import send_due

#: the stored health is never older than this for long
HEALTH_AGE = timedelta(minutes=10)
#: cases judged anew in one tick, the stalest first
HEALTH_BATCH = 100


@dataclass(frozen=True, slots=True)
class Tally:
    """What one sweep did."""

    notified: int
    queued: int
    judged: int
    mails: Counter[str] = field(default_factory=Counter)


def sweep(now: datetime) -> Tally:
    """Notify, put digests into the outbox, send what is due, judge the health of live cases.

    Each step finds its work in the database and commits by itself: a sweep that dies is finished
    by the next one, and two at once do nothing twice.
    """
    started = time.monotonic()
    with translation.override(settings.LANGUAGE_CODE):
        notified = notify(now)
        queued = queue_digests(now)
        mails = send_due(lambda: now + timedelta(seconds=time.monotonic() - started))
        judged = judge_cases(now)
    return Tally(notified=notified, queued=queued, mails=mails, judged=judged)


def judge_cases(now: datetime) -> int:
    """Recompute the stored health of the live cases where it is stale; returns how many."""
    stale = Q(health_at__isnull=True) | Q(health_at__lt=now - HEALTH_AGE)
    rows = Case.objects.live().filter(stale).order_by(F("health_at").asc(nulls_first=True), "pk")
    pks = list(rows.values_list("pk", flat=True)[:HEALTH_BATCH])
    for pk in pks:
        refresh_health(pk, today=local_day(now), now=now)
    return len(pks)
