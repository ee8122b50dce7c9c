"""The shipped plan: phases and measures as a catalogue."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from winback.cases.enums import Function, Phase
from winback.common.models import (
    CatalogueRow,
    in_language,
)
from winback.plans.enums import Recurrence


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
