"""KPIs of a case: what is measured, where it began, where it must go, what was measured."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import CharField, Count, F, FilteredRelation, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.enums import LIVE, Status
from winback.cases.models import Case
from winback.common.models import CatalogueRow, Versioned, in_language
from winback.kpis.enums import Category, Direction, Frequency, Standing
from winback.kpis.rules import Course, standing_on


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


class CaseKpiQuerySet(models.QuerySet["CaseKpi"]):
    def measured(self) -> Self:
        """Not ended: values are expected."""
        return self.filter(ended_on__isnull=True)

    def in_live_cases(self) -> Self:
        return self.filter(case__status__in=LIVE)

    def owing(self) -> Self:
        """A value is owed by a day: the case is being worked on, not resting and not ended."""
        return self.measured().filter(
            case__status__in=(Status.OPEN, Status.ACTIVE), due_on__isnull=False
        )

    def with_course(self) -> Self:
        """Definition, owner, target and baseline in force, in the same statement."""
        in_force = FilteredRelation("baselines", condition=Q(baselines__replaced_on__isnull=True))
        return self.annotate(loaded_baseline=in_force).select_related(
            "definition", "owner", "target", "loaded_baseline"
        )

    def locked(self) -> Self:
        """Hold the rows until the transaction ends; in one order, so that nobody waits for ever."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def with_standing(self, today: date) -> Self:
        """Annotate ``standing``: the rule ``standing_on`` in SQL, for filters and counts."""
        return self.annotate(
            standing=Choose(
                When(due_on__lt=today, then=Value(Standing.STALE.value)),
                When(fresh_until__lt=today, then=Value(Standing.NO_DATA.value)),
                default=F("judgement"),
                output_field=CharField(),
            )
        )

    def standing_counts(self, today: date) -> dict[str, int]:
        """How many KPIs stand how; one statement."""
        standing: Any = "standing"  # annotated, so unknown to the type checker
        counted = self.with_standing(today).order_by().values_list(standing)
        return dict(counted.annotate(n=Count("pk")))


class CaseKpi(Versioned):
    """A KPI picked for a case, with its owner and the decision it triggers.

    From ``answered`` on the fields are stored copies for lists and counts, written only by the
    services of this room: the last period that was answered, the last value with its period and
    n, until when the next value is owed and this one is fresh, and how the value is judged.
    """

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
    ended_on = models.DateField(null=True, editable=False)
    end_reason = models.CharField(max_length=250, blank=True, editable=False)
    answered = models.DateField(null=True, editable=False)
    value_period = models.DateField(null=True, editable=False)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, editable=False)
    sample_size = models.PositiveIntegerField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    fresh_until = models.DateField(null=True, editable=False)
    gain = models.DecimalField(max_digits=16, decimal_places=3, null=True, editable=False)
    judgement = models.CharField(
        max_length=10, choices=Standing.choices, default=Standing.NO_DATA, editable=False
    )

    objects = CaseKpiQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=[
            "answered",
            "value_period",
            "value",
            "sample_size",
            "due_on",
            "fresh_until",
            "gain",
            "judgement",
        ]
    )

    class Meta:
        verbose_name = _("KPI of a case")
        ordering = ["definition__position", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(ended_on__isnull=True),
                name="case_kpi_owner_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "definition"],
                name="case_kpi_once",
                violation_error_message=_("The case already measures this KPI."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="case_kpi_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.definition)

    def get_absolute_url(self) -> str:
        return reverse("kpis:detail", args=[self.case.number, self.definition.key])

    @property
    def is_measured(self) -> bool:
        return self.ended_on is None

    @property
    def baseline(self) -> Baseline | None:
        """The one in force; without a statement after ``with_course()``."""
        if hasattr(self, "loaded_baseline"):
            found: Baseline | None = self.loaded_baseline
            return found
        return self.baselines.in_force().first()

    @property
    def goal(self) -> Target | None:
        """The target, if one is set."""
        found: Target | None = getattr(self, "target", None)
        return found

    @property
    def course(self) -> Course:
        """What a value of this KPI is judged by."""
        baseline, goal = self.baseline, self.goal
        return Course(
            direction=self.definition.direction,
            decimals=self.definition.decimals,
            baseline=baseline.value if baseline else None,
            begins_on=baseline.window_end if baseline else None,
            target=goal.value if goal else None,
            upper=goal.upper if goal else None,
            due_on=goal.due_on if goal else None,
        )

    def standing_at(self, day: date) -> Standing:
        """The standing as a reader sees it on a day."""
        return standing_on(day, self.judgement, self.due_on, self.fresh_until)


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

    kpi = models.ForeignKey(CaseKpi, on_delete=models.PROTECT, related_name="baselines")
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


class Target(models.Model):
    """The value to be reached by a date; for a target band its lower and upper end."""

    kpi = models.OneToOneField(CaseKpi, on_delete=models.CASCADE, related_name="target")
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


class Measurement(models.Model):
    """The value of one period. No row is a gap; a row without a value is "no data"."""

    kpi = models.ForeignKey(CaseKpi, on_delete=models.PROTECT, related_name="measurements")
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
