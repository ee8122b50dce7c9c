"""What a device sent that was used without a connection."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audits.enums import Result
from audits.models.answer import Answer


class Transmission(models.Model):
    """One answer as a device sent it, once for each ``key``; the one that came too late stays.

    ``entered_at`` is what the device's clock showed, ``moment`` the same by our clock.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="transmissions")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    result = models.CharField(max_length=10, choices=Result.choices)
    note = models.TextField(_("note"), blank=True)
    entered_at = models.DateTimeField()
    moment = models.DateTimeField()
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    counted = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("transmitted answer")
        ordering = ["moment", "pk"]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.result}"
