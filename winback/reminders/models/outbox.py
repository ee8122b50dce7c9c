"""Mails that are owed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.reminders.enums import WAITING, CancelReason, MailKind, MailState


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
