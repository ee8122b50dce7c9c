"""A KPI picked for one case."""

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
from winback.common.models import Versioned
from winback.kpis.enums import Standing
from winback.kpis.models.baseline import Baseline
from winback.kpis.models.definition import KpiDefinition
from winback.kpis.models.target import Target
from winback.kpis.rules import Course, standing_on


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
