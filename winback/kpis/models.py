"""KPIs of a case: what is measured, where it began, where it must go, what was measured."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.common.models import CatalogueRow, Versioned, in_language
from winback.kpis.enums import Direction, Frequency


class KpiDefinition(CatalogueRow):
    """A KPI of the catalogue: unit, direction, frequency, formula, source."""

    category = models.CharField(max_length=40)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    direction = models.CharField(_("better direction"), max_length=10, choices=Direction.choices)
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency.choices)
    formula_de = models.TextField(blank=True)
    formula_en = models.TextField(blank=True)
    source_de = models.CharField(max_length=250, blank=True)
    example_target = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    benchmark = models.JSONField(null=True, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("KPI")

    @property
    def formula(self) -> str:
        return in_language(self.formula_de, self.formula_en)


class CaseKpi(Versioned):
    """A KPI picked for a case, with its owner and the decision it triggers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="kpis")
    definition = models.ForeignKey(
        KpiDefinition, on_delete=models.PROTECT, related_name="uses", verbose_name=_("KPI")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "owner"),
    )
    decision = models.CharField(
        _("decision it triggers"),
        max_length=250,
        blank=True,
        help_text=_("What happens when the value misses the target path?"),
    )
    added_on = models.DateField(editable=False)

    class Meta:
        verbose_name = _("KPI of a case")
        ordering = ["definition__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "definition"],
                name="case_kpi_once",
                violation_error_message=_("The case already measures this KPI."),
            )
        ]

    def __str__(self) -> str:
        return str(self.definition)


class Baseline(models.Model):
    """The agreed starting value. Never changed: a correction is a new version with a reason."""

    kpi = models.ForeignKey(CaseKpi, on_delete=models.PROTECT, related_name="baselines")
    number = models.PositiveIntegerField(_("version"))
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

    history = HistoricalRecords()

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


class Target(models.Model):
    """The value to be reached by a date; for a target band its lower and upper end."""

    kpi = models.OneToOneField(CaseKpi, on_delete=models.CASCADE, related_name="target")
    value = models.DecimalField(_("target value"), max_digits=14, decimal_places=3)
    upper = models.DecimalField(
        _("upper end of the band"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("only for KPIs with a target band"),
    )
    due_on = models.DateField(_("to be reached by"))
    preconditions = models.CharField(_("preconditions"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("target")
        constraints = [
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")),
                name="target_band_in_order",
                violation_error_message=_("The upper end lies below the lower one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.value}"


class Measurement(models.Model):
    """The value of one period. No row is a gap; a row without a value is "no data"."""

    kpi = models.ForeignKey(CaseKpi, on_delete=models.PROTECT, related_name="measurements")
    period_start = models.DateField(_("period"))
    value = models.DecimalField(
        _("value"), max_digits=14, decimal_places=3, null=True, blank=True
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
    def has_value(self) -> bool:
        return self.value is not None

    def number(self) -> Decimal:
        """The value; only to be asked where ``has_value``."""
        assert self.value is not None
        return self.value
