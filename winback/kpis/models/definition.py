"""The catalogue of KPIs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from winback.common.models import CatalogueRow, in_language
from winback.kpis.enums import Category, Direction, Frequency


class KpiDefinition(CatalogueRow):
    """A KPI of the catalogue: unit, direction, frequency, formula, source."""

    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    direction = models.CharField(_("better direction"), max_length=10, choices=Direction.choices)
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency.choices)
    formula_de = models.TextField(blank=True)
    formula_en = models.TextField(blank=True)
    source_de = models.CharField(max_length=250, blank=True)
    note_de = models.TextField(blank=True)
    example_target = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    benchmark = models.JSONField(null=True, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("KPI")
        constraints = [
            models.CheckConstraint(condition=Q(decimals__lte=3), name="kpi_at_most_three_decimals")
        ]

    @property
    def formula(self) -> str:
        return in_language(self.formula_de, self.formula_en)
