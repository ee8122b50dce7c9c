"""Notifications and the outbox. The database is the record of what is owed, never the broker."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.models import Case
from winback.reminders.enums import MailState, Stage


class Notification(models.Model):
    """One reminder to one person about one obligation; unique per item, person and period.

    ``period`` names the occasion ("before:2026-11-23", "overdue:2026-W48"), so that a second tick
    or a missed day makes neither a copy nor a hole.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
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

    class Meta:
        verbose_name = _("notification")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "object_id", "period"],
                name="notification_once_per_item_person_period",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "-created_at"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.object_id} {self.period}"


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, now: datetime) -> Self:
        """Queued and due, or claimed by a worker whose lease has run out."""
        return self.filter(
            Q(state=MailState.QUEUED, next_try_at__lte=now)
            | Q(state=MailState.SENDING, lease_until__lt=now)
        )


class OutboxMessage(models.Model):
    """One mail that is owed. The body is rendered when it is sent, from what is open then."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mails"
    )
    state = models.CharField(
        pgettext_lazy("mail", "state"),
        max_length=10,
        choices=MailState.choices,
        default=MailState.QUEUED,
    )
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    message_id = models.CharField(max_length=120)
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
            )
        ]

    def __str__(self) -> str:
        return self.key


class Attempt(models.Model):
    """One try to hand a mail to the mail server; written before the try, append-only."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="journal")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.message} #{self.number}"
