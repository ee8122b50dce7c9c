"""One reminder about one obligation."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.cases.models import Case
from winback.reminders.enums import Stage

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
