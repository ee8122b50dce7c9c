"""Every try to send a mail."""

from __future__ import annotations

from typing import Any

from django.db import models

from winback.reminders.models.outbox import OutboxMessage


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
