"""Sending what is due: claim one, journal the try, hand it over, note the result.

No transaction is open while the mail server is spoken to. A worker that dies leaves a claimed row
behind, and when its lease runs out somebody else sends the mail, with the same Message-ID. So no
mail is lost; the price is at most one further copy per crash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F

from winback.common.doorbell import ring
from winback.reminders.enums import CancelReason, MailState
from winback.reminders.models import Attempt, Notification, OutboxMessage, OutboxQuerySet
from winback.reminders.rules import in_words, is_permanent, retry_after
from winback.reminders.services.digests import write_digest
from winback.reminders.services.letters import Letter

#: longer than a try can take, so that nobody sends a mail that is still on its way
LEASE = timedelta(minutes=5)
#: one run stops claiming then; the next tick goes on
RUN = timedelta(seconds=45)
CLAIM_BATCH = 20
SWEEP = "reminders.sweep"

Moment = Callable[[], datetime]
_dice = SystemRandom()


def send_due(moment: Moment) -> Counter[str]:
    """Send what is due, one by one; returns how many ended in which state.

    A mail that cannot be delivered delays no other. ``moment`` gives the present instant.
    """
    until = moment() + RUN
    done: Counter[str] = Counter()
    while moment() < until and (message := claim(moment())) is not None:
        done[deliver(message, moment)] += 1
    return done


def claim(now: datetime) -> OutboxMessage | None:
    """Take the mail that has been due longest, or None when nothing is.

    A conditional UPDATE decides, so of several workers exactly one gets it, on SQLite and
    PostgreSQL alike.
    """
    due = OutboxMessage.objects.due(now)
    first = due.order_by("due_at", "pk").values_list("pk", "fence")
    # Each one that others were quicker with is no longer due, so the loop ends.
    while found := list(first[:CLAIM_BATCH]):
        for pk, fence in found:
            if _take(due, pk, fence, now):
                return OutboxMessage.objects.select_related("recipient").get(pk=pk)
    return None


def _take(due: OutboxQuerySet, pk: int, fence: int, now: datetime) -> bool:
    return bool(
        due.filter(pk=pk, fence=fence).update(
            state=MailState.SENDING, lease_until=now + LEASE, fence=fence + 1
        )
    )


def deliver(message: OutboxMessage, moment: Moment) -> str:
    """Write the claimed mail from the facts of now and try to send it; returns its new state."""
    letter = write_digest(message, moment())
    if isinstance(letter, CancelReason):
        return _end(message, MailState.CANCELLED, reason=letter)
    attempt = begin(message, letter.subject, moment())
    if attempt is None:
        return MailState.SENDING
    try:
        _hand_over(message, letter)
    except (OSError, ValueError) as error:  # every SMTPException is an OSError
        return _fail(message, attempt, error, moment())
    return _succeed(message, attempt, letter, moment())


@transaction.atomic(durable=True)
def begin(message: OutboxMessage, subject: str, now: datetime) -> Attempt | None:
    """Write the try into the journal, committed before it happens; None when the claim is lost."""
    if not OutboxMessage.objects.held_by(message).update(attempts=F("attempts") + 1):
        return None
    message.attempts += 1
    message.subject = subject
    return Attempt.objects.create(message=message, number=message.attempts, started_at=now)


def _hand_over(message: OutboxMessage, letter: Letter) -> None:
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[message.recipient.email],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(letter.html, "text/html")
    mail.send()


@transaction.atomic
def _succeed(message: OutboxMessage, attempt: Attempt, letter: Letter, now: datetime) -> str:
    _close(attempt, now)
    state = _end(message, MailState.SENT, sent_at=now, last_error="")
    if state == MailState.SENT:
        Notification.objects.filter(pk__in=letter.told).update(mailed_at=now)
    return state


@transaction.atomic
def _fail(message: OutboxMessage, attempt: Attempt, error: Exception, now: datetime) -> str:
    text = in_words(error)
    _close(attempt, now, text)
    if is_permanent(error):
        return _end(message, MailState.FAILED, last_error=text)
    pause = retry_after(message.attempts, _dice.uniform(-1, 1))
    return _end(message, MailState.QUEUED, last_error=text, next_try_at=now + pause)


def _close(attempt: Attempt, now: datetime, error: str = "") -> None:
    Attempt.objects.filter(pk=attempt.pk).update(ended_at=now, error=error)


def _end(message: OutboxMessage, state: MailState, **facts: object) -> str:
    """Write the result unless somebody else has claimed the mail meanwhile."""
    held = OutboxMessage.objects.held_by(message)
    written = held.update(state=state, lease_until=None, subject=message.subject, **facts)
    return state if written else MailState.SENDING


@transaction.atomic
def retry(*, message: OutboxMessage, now: datetime) -> bool:
    """Queue a failed mail again, due at once; False when it is in another state by now."""
    failed = OutboxMessage.objects.filter(pk=message.pk, state=MailState.FAILED)
    is_taken = bool(failed.update(state=MailState.QUEUED, next_try_at=now))
    if is_taken:
        ring(SWEEP)
    return is_taken
