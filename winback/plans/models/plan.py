"""The recovery plan of a case and its five phases."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.enums import Phase
from winback.cases.models import Case
from winback.common.workdays import Bundesland


class RecoveryPlan(models.Model):
    """The plan of one case. Due dates respect the working days of ``bundesland``."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="plan")
    started_on = models.DateField(_("start date"))
    bundesland = models.CharField(
        pgettext_lazy("plan", "Bundesland"), max_length=2, choices=Bundesland.choices
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("recovery plan")

    def __str__(self) -> str:
        return f"{self.case}"


class PlanPhase(models.Model):
    """A phase of one plan. Phases may overlap; the current one is the lowest not passed."""

    plan = models.ForeignKey(RecoveryPlan, on_delete=models.CASCADE, related_name="phases")
    number = models.CharField(max_length=1, choices=Phase.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    gate = models.TextField(blank=True)
    passed_on = models.DateField(null=True, blank=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    passed_note = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("phase")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_phase_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_phase_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(passed_on__isnull=True, passed_by__isnull=True)
                | Q(passed_on__isnull=False, passed_by__isnull=False),
                name="plan_phase_passed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_number_display()}"

    @property
    def is_passed(self) -> bool:
        return self.passed_on is not None

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies within the phase, both ends included."""
        return self.starts_on <= day <= self.ends_on
