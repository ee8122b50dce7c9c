"""Where it began; released once."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BaselineQuerySet(models.QuerySet["Baseline"]):
    """A released baseline is frozen: its row is written once."""

    def in_force(self) -> Self:
        return self.filter(replaced_on__isnull=True)

    def update(self, **kwargs: Any) -> int:
        raise TypeError("A released baseline never changes.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A released baseline never changes.")


class Baseline(models.Model):
    """The agreed starting value. Never changed: a correction is a new version with a reason."""

    kpi = models.ForeignKey("kpis.CaseKpi", on_delete=models.PROTECT, related_name="baselines")
    number = models.PositiveIntegerField(pgettext_lazy("baseline", "version"))
    value = models.DecimalField(_("baseline value"), max_digits=14, decimal_places=3)
    window_start = models.DateField(_("measured from"))
    window_end = models.DateField(_("measured until"))
    source = models.CharField(_("source and method"), max_length=250)
    sample_size = models.PositiveIntegerField(_("sample size n"), null=True, blank=True)
    discussed_on = models.DateField(_("discussed with the client on"), null=True, blank=True)
    agreed_by = models.CharField(_("agreed by"), max_length=120, blank=True)
    reason = models.CharField(_("reason for the correction"), max_length=250, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    released_on = models.DateField()
    replaced_on = models.DateField(null=True, editable=False)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        verbose_name = _("baseline")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "number"], name="baseline_number_is_unique_per_kpi"
            ),
            models.UniqueConstraint(
                fields=["kpi"],
                condition=Q(replaced_on__isnull=True),
                name="baseline_one_in_force_per_kpi",
            ),
            models.CheckConstraint(
                condition=Q(window_end__gte=F("window_start")),
                name="baseline_window_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="baseline_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once; afterwards only ``replaced_on`` may be set."""
        if self.pk and set(kwargs.get("update_fields") or ["all"]) != {"replaced_on"}:
            raise TypeError("A released baseline never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A released baseline never changes.")

    @property
    def version(self) -> int:
        """What a form claims: that of the KPI, whatever was changed about it."""
        return self.kpi.version
