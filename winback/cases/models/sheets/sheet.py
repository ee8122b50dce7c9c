"""At most one page of its kind per case, and the fields such pages are made of."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from winback.cases.models.case import Case
from winback.common.models import Versioned

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Sheet(Versioned):
    """At most one per case; made when somebody first saves it."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="%(class)s", editable=False
    )
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.case} · {self._meta.verbose_name}"

    @property
    def is_new(self) -> bool:
        """Nobody has saved it yet."""
        return self._state.adding


def money(label: Any, **extra: Any) -> Any:
    """An amount in euro, never negative; empty while nobody knows it."""
    return models.DecimalField(
        label,
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        **extra,
    )


def percent(label: Any, **extra: Any) -> Any:
    """0 to 100 with one decimal; empty while nobody knows it."""
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=PERCENT,
        **extra,
    )


def choice(label: Any, of: type[models.TextChoices], **extra: Any) -> Any:
    """One of a few answers; empty while nobody has given one."""
    return models.CharField(label, max_length=20, choices=of.choices, blank=True, **extra)


def text(label: Any, **extra: Any) -> Any:
    return models.TextField(label, blank=True, **extra)
