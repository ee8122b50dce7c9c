"""What people decided about a case: go, outcome, a worse health."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.enums import (
    ALLOWS_WORK,
    Extent,
    GoReason,
    Health,
    Status,
)
from winback.cases.models.case import Case
from winback.cases.rules import gained


class Qualification(models.Model):
    """The decision whether to try at all: by whom, when, why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="qualifications")
    decision = models.CharField(
        pgettext_lazy("go", "decision"), max_length=10, choices=GoReason.choices
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"))
    has_priority = models.BooleanField(
        _("This client has top priority for the executive board"), default=False
    )
    independence = models.TextField(
        _("plan to become independent"),
        blank=True,
        help_text=_("Needed where we must stay for now."),
    )
    # What the assessment said on that day; it goes on changing, the decision does not.
    score = models.PositiveSmallIntegerField(null=True, editable=False)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, editable=False)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, editable=False)
    belief = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decision=GoReason.STAY) | ~models.Q(independence=""),
                name="qualification_stay_has_plan",
            )
        ]
        verbose_name = _("go decision")
        ordering = ["-decided_on", "-pk"]
        get_latest_by = ["decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_decision_display()}"

    @property
    def is_go(self) -> bool:
        return self.decision == GoReason.GO

    @property
    def allows_work(self) -> bool:
        """Whether the plan may begin: a go, or a client we must keep for now."""
        return self.decision in ALLOWS_WORK


class Outcome(models.Model):
    """How a case ended; a reopened case keeps its earlier outcomes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    result = models.CharField(
        _("result"),
        max_length=10,
        choices=[(s.value, s.label) for s in (Status.WON, Status.LOST, Status.PARTED)],
    )
    extent = models.CharField(
        pgettext_lazy("outcome", "extent"), max_length=20, choices=Extent.choices, blank=True
    )
    ended_on = models.DateField(_("ended on"))
    reasons = models.TextField(_("reasons"))
    lessons = models.TextField(_("lessons learned"))
    annual_value_before = models.DecimalField(
        _("annual value before"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    annual_value_after = models.DecimalField(
        _("annual value afterwards"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    lots_before = models.PositiveSmallIntegerField(_("lots before"), null=True, blank=True)
    lots_after = models.PositiveSmallIntegerField(_("lots afterwards"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("outcome")
        ordering = ["-ended_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(extent="") | models.Q(result=Status.WON),
                name="outcome_extent_only_when_won",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_result_display()}"

    @property
    def lots_gained(self) -> int | None:
        return gained(self.lots_before, self.lots_after)


class HealthOverride(models.Model):
    """A person judges the case worse than the facts say, until a date. Never better."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="health_overrides")
    level = models.CharField(
        _("case health"),
        max_length=10,
        choices=[(h.value, h.label) for h in (Health.AT_RISK, Health.CRITICAL)],
    )
    reason = models.CharField(_("reason"), max_length=250)
    until = models.DateField(pgettext_lazy("health", "until"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case} · {self.get_level_display()}"
