"""Away from–until, with a deputy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.formats import format_range

if TYPE_CHECKING:
    from accounts.models.user import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, user: User) -> Self:
        """Everybody manages their own absences, administrators all."""
        return self if user.is_administrator else self.filter(user=user)

    def overlapping(self, starts_on: date, ends_on: date) -> Self:
        """Sharing at least one day with the given days, both included."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def not_over(self, today: date) -> Self:
        """Running on ``today`` or still to come."""
        return self.filter(ends_on__gte=today)


class Absence(models.Model):
    """A person is away from–until (both included); the deputy sees and is reminded meanwhile."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deputised_absences",
        verbose_name=pgettext_lazy("person", "deputy"),
    )
    starts_on = models.DateField(pgettext_lazy("absence", "from"))
    ends_on = models.DateField(pgettext_lazy("absence", "until"))
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="absence_deputy_is_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.period}"

    def clean(self) -> None:
        """Names the field of a contradiction, which the database constraint could not."""
        if None not in (self.starts_on, self.ends_on) and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the start.")})

    @property
    def period(self) -> str:
        """As in tables: ``21.12.–31.12.2026``."""
        return format_range(self.starts_on, self.ends_on)

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on
