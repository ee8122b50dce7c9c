"""Where it must go."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords


class Target(models.Model):
    """The value to be reached by a date; for a target band its lower and upper end."""

    kpi = models.OneToOneField("kpis.CaseKpi", on_delete=models.CASCADE, related_name="target")
    value = models.DecimalField(_("target value"), max_digits=14, decimal_places=3)
    upper = models.DecimalField(
        _("upper end of the band"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    due_on = models.DateField(_("to be reached by"))
    preconditions = models.CharField(
        _("preconditions"),
        max_length=250,
        blank=True,
        help_text=_("What must be true for it, for instance staff in place or access granted."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = pgettext_lazy("kpi", "target")
        constraints = [
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")),
                name="target_band_in_order",
                violation_error_message=_("The upper end lies below the lower one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.value}"

    @property
    def version(self) -> int:
        """What a form claims: that of the KPI, whatever was changed about it."""
        return self.kpi.version
