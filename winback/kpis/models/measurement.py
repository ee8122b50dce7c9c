"""One value or none per period."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class Measurement(models.Model):
    """The value of one period. No row is a gap; a row without a value is "no data"."""

    kpi = models.ForeignKey("kpis.CaseKpi", on_delete=models.PROTECT, related_name="measurements")
    period_start = models.DateField(_("period"))
    value = models.DecimalField(
        pgettext_lazy("kpi", "value"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    sample_size = models.PositiveIntegerField(_("sample size n"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("measurement")
        ordering = ["period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "period_start"],
                name="measurement_once_per_period",
                violation_error_message=_("This period already has a value."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.period_start}"

    @property
    def version(self) -> int:
        """What a form claims: that of the KPI, whatever was changed about it."""
        return self.kpi.version
