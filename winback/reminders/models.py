"""Notifications and the outbox. The database is the record of what is owed, never the broker."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.models import Case
from winback.reminders.enums import WAITING, CancelReason, MailKind, MailState, Stage

#: What makes a notification one of its kind: person, thing and occasion.
Key = tuple[int, str, int, str, str]


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> Self:
        """Everybody reads their own, nobody those of others."""
        return self.filter(user=user)

    def current(self) -> Self:
        """Still true: neither settled nor followed by a later reminder about the same thing."""
        return self.filter(settled_at__isnull=True)

    def unread(self) -> Self:
        return self.current().filter(read_at__isnull=True)

    def unmailed(self) -> Self:
        """Current and in no mail yet."""
        return self.current().filter(mailed_at__isnull=True)

    def unread_first(self) -> Self:
        """What the person has not read, then the rest; the latest first in both."""
        return self.annotate(
            is_unread=models.ExpressionWrapper(
                Q(read_at__isnull=True, settled_at__isnull=True),
                output_field=models.BooleanField(),
            )
        ).order_by("-is_unread", "-created_at", "-pk")


class Notification(models.Model):
    """One reminder to one person about one obligation; unique per item, person and period.

    ``period`` names the occasion ("before:2026-11-23:2", "overdue:2026-W48"), so that a second
    tick or a missed day makes neither a copy nor a hole. ``settled_at`` is when it stopped being
    true: done, moved, in other hands, or a later occasion took its place.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    part = models.CharField(max_length=20, blank=True)
    period = models.CharField(max_length=40)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    title = models.CharField(max_length=400)
    context = models.CharField(max_length=250, blank=True)
    url = models.CharField(max_length=250)
    due_on = models.DateField()
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="notifications", null=True, blank=True
    )
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    KEY = ("user", "kind", "object_id", "part", "period")

    class Meta:
        verbose_name = _("notification")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "object_id", "part", "period"],
                name="notification_once_per_item_person_period",
            )
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_of_user"),
            models.Index(
                fields=["user"],
                condition=Q(settled_at__isnull=True),
                name="notification_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.object_id} {self.period}"

    @property
    def key(self) -> Key:
        return (self.user_id, self.kind, self.object_id, self.part, self.period)

    @property
    def is_open(self) -> bool:
        """Neither read nor settled: what the bell counts."""
        return self.read_at is None and self.settled_at is None


class DigestDay(models.Model):
    """One working day on which the digests were put into the outbox.

    Whoever writes the row makes them all, in the same transaction. So they are made by the first
    tick from 07:00 on, however late it comes, and nothing that comes up later sends a second one.
    """

    day = models.DateField(unique=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def due(self, now: datetime) -> Self:
        """Queued and due, or claimed by a worker whose lease has run out."""
        return self.filter(
            Q(state=MailState.QUEUED, next_try_at__lte=now)
            | Q(state=MailState.SENDING, lease_until__lt=now)
        )

    def held_by(self, message: OutboxMessage) -> Self:
        """The row as long as the claim that read ``message`` still holds; empty afterwards."""
        return self.filter(pk=message.pk, fence=message.fence, state=MailState.SENDING)

    def with_state(self, state: str) -> Self:
        return self.filter(state=state)


class OutboxMessage(models.Model):
    """One mail that is owed. The body is rendered when it is sent, from what is open then.

    ``fence`` counts the claims: who holds an older number may no longer write the result.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=MailKind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mails"
    )
    state = models.CharField(
        pgettext_lazy("mail", "state"),
        max_length=10,
        choices=MailState.choices,
        default=MailState.QUEUED,
    )
    reason = models.CharField(max_length=20, choices=CancelReason.choices, blank=True)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    message_id = models.CharField(max_length=200)
    subject = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        ordering = ["-due_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="outbox_waiting",
            ),
            models.Index(fields=["-due_at", "-id"], name="outbox_latest"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_failed(self) -> bool:
        return self.state == MailState.FAILED


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """The journal is written once; only its ending is added."""

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The journal of attempts is append-only.")


class Attempt(models.Model):
    """One try to hand a mail to the mail server; written before the try, append-only."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.message} #{self.number}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The journal of attempts is append-only.")


class FeedToken(models.Model):
    """The private calendar address of one person; only a hash of it is kept.

    Whoever knows the address reads the dates without signing in, so it can be revoked: the row
    goes, and with it the access.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_token"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    #: the last day on which a calendar asked; a day is enough to notice a stranger
    read_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("calendar address")

    def __str__(self) -> str:
        return f"Feed {self.user}"
