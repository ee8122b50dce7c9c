"""The recovery plan: five phases, and measures that always have a named owner and a date."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from audits.models import Finding
from winback.cases.enums import Function, Phase
from winback.cases.models import Case
from winback.causes.models import Cause
from winback.common.models import (
    CatalogueRow,
    Obligation,
    ObligationQuerySet,
    Versioned,
    in_language,
)
from winback.common.workdays import Bundesland
from winback.dialogue.models import Commitment
from winback.plans.enums import MEASURE_ENDED, MEASURE_OPEN, MeasureStatus, Recurrence


class PhaseTemplate(CatalogueRow):
    """One of the five phases of the shipped plan: offsets in calendar days from the plan start."""

    number = models.CharField(max_length=1, choices=Phase.choices, unique=True)
    start_offset_days = models.PositiveIntegerField()
    duration_days = models.PositiveIntegerField()
    gate_de = models.TextField(blank=True)
    gate_en = models.TextField(blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("phase template")

    @property
    def gate(self) -> str:
        return in_language(self.gate_de, self.gate_en)


class MeasureTemplate(CatalogueRow):
    """A measure of the shipped plan. The due date counts calendar days from the phase start."""

    phase = models.ForeignKey(PhaseTemplate, on_delete=models.PROTECT, related_name="measures")
    owner_function = models.CharField(max_length=30, choices=Function.choices)
    due_offset_days = models.PositiveIntegerField()
    recurrence = models.CharField(max_length=10, choices=Recurrence.choices, blank=True)
    is_mandatory = models.BooleanField(default=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("measure template")


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
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_number_display()}"


class MeasureQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(status__in=MEASURE_OPEN)


class Measure(Versioned, Obligation):
    """One measure: a named owner and a date, always. May answer a finding, cause or commitment."""

    plan = models.ForeignKey(RecoveryPlan, on_delete=models.PROTECT, related_name="measures")
    phase = models.ForeignKey(
        PlanPhase, on_delete=models.PROTECT, related_name="measures", verbose_name=_("phase")
    )
    number = models.PositiveIntegerField(editable=False)
    template_key = models.CharField(max_length=80, blank=True, editable=False)
    title = models.CharField(pgettext_lazy("measure", "measure"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    recurrence = models.CharField(
        _("recurrence"), max_length=10, choices=Recurrence.choices, blank=True
    )
    status = models.CharField(
        pgettext_lazy("measure", "status"),
        max_length=12,
        choices=MeasureStatus.choices,
        default=MeasureStatus.OPEN,
    )
    is_mandatory = models.BooleanField(default=False, editable=False)
    finding = models.ForeignKey(
        Finding,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("from finding"),
    )
    cause = models.ForeignKey(
        Cause,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("from cause"),
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("from commitment"),
    )
    result = models.TextField(_("result"), blank=True, editable=False)

    objects = MeasureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("measure")
        ordering = ["phase__number", "due_on", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=~Q(status__in=["done", "dropped"]),
                name="measure_open_owner",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="measure_number_once"),
            models.CheckConstraint(
                condition=Q(status=MeasureStatus.DONE, done_on__isnull=False)
                | (~Q(status=MeasureStatus.DONE) & Q(done_on__isnull=True)),
                name="measure_done_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """As people say it: ``M-14``."""
        return f"M-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status not in MEASURE_ENDED

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today


class MeasureCompletion(models.Model):
    """A recurring measure was carried out once."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="completions")
    due_on = models.DateField()
    done_on = models.DateField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["-due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "due_on"], name="measure_completed_once_per_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.due_on}"


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
