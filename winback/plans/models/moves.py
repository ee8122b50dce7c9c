"""Measures that were moved, and those that answer an amendment."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from winback.cases.models import Case
from winback.contracts.models import Amendment
from winback.plans.models.measure import Measure


def amendments_of(case: Case) -> list[Amendment]:
    """What measures of the case may serve: the amendments of its contract."""
    return list(Amendment.objects.filter(contract=case.contract_id)) if case.contract_id else []


class DateMove(models.Model):
    """A measure was moved: from, to, why, by whom. Lateness is judged by the original date."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="moves")
    moved_from = models.DateField()
    moved_to = models.DateField()
    reason = models.CharField(max_length=250)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.measure} {self.moved_from} → {self.moved_to}"
