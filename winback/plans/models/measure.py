"""A measure always has a named owner and a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from audits.models import Finding
from winback.cases.models import Case
from winback.causes.models import Cause
from winback.common.models import (
    Obligation,
    ObligationQuerySet,
    Versioned,
)
from winback.contracts.models import Amendment
from winback.dialogue.models import Commitment, Interaction
from winback.plans.enums import MEASURE_ENDED, MEASURE_OPEN, MeasureStatus, Recurrence
from winback.plans.models.plan import PlanPhase, RecoveryPlan
from winback.plans.rules import Tally

if TYPE_CHECKING:
    from accounts.models import User

#: query parameter that names the round of a recurring measure by its due date
ROUND = "termin"


#: What one line of a list shows of the measure and of what it belongs to or answers.
_LINE = (
    *("number", "title", "status", "status_note", "due_on", "original_due_on", "done_on"),
    *("recurrence", "repeats_from", "phase__number", "phase__ends_on", "phase__starts_on"),
    *("owner__first_name", "owner__last_name", "deputy_id", "plan__bundesland"),
    *("plan__case__number", "plan__case__status", "plan__case__client__name"),
    *("finding__number", "cause__category__name_de", "cause__category__name_en"),
    *("commitment__id", "interaction__id", "amendment__contract_id"),
)


class MeasureQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(status__in=MEASURE_OPEN)

    def visible_to(self, user: User) -> Self:
        return self.filter(plan__case__in=Case.objects.visible_to(user))

    def of_case(self, case: Case | int) -> Self:
        return self.filter(plan__case=case)

    def with_row(self) -> Self:
        """What one line of a list shows; ``times_done`` counts a recurring measure's rounds."""
        done = MeasureCompletion.objects.filter(measure=OuterRef("pk")).order_by().values("measure")
        counted = Subquery(done.annotate(count=Count("pk")).values("count"))
        return self.select_related(
            "plan__case__client",
            "phase",
            "owner",
            "finding",
            "cause__category",
            "commitment",
            "amendment",
            "interaction",
        ).annotate(times_done=Coalesce(counted, 0))

    def with_line(self) -> Self:
        """``with_row()`` for lists: no column more; reading any other costs a statement."""
        return self.with_row().only(*_LINE)

    def with_page(self) -> Self:
        """The measure with the header of its case, in one statement."""
        return self.with_row().select_related(
            "deputy",
            "plan__case__owner",
            "plan__case__deputy",
            "plan__case__contract",
            "finding__audit__case",
        )

    def on_time_by_month(self, start: date, end: date) -> dict[date, tuple[int, int]]:
        """(done, of these on time) from ``start`` to ``end``, by the first of the month."""
        months = self.filter(done_on__range=(start, end)).annotate(month=TruncMonth("done_on"))
        rows = (
            months.values("month")
            .order_by("month")
            .annotate(
                done=Count("pk"), on_time=Count("pk", filter=Q(done_on__lte=F("original_due_on")))
            )
        )
        return {row["month"]: (row["done"], row["on_time"]) for row in rows}

    def tally(self, today: date) -> Tally:
        """Count these measures in one statement; dropped ones are left out of the total.

        *Overdue* uses the current due date, *on time* the original one.
        """
        is_open, done = Q(status__in=MEASURE_OPEN), Q(status=MeasureStatus.DONE)
        counts = self.order_by().aggregate(
            total=Count("pk", filter=is_open | done),
            done=Count("pk", filter=done),
            on_time=Count("pk", filter=done & Q(done_on__lte=F("original_due_on"))),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=today)),
            moved=Count("pk", filter=(is_open | done) & ~Q(due_on=F("original_due_on"))),
        )
        return Tally(**counts)


class Measure(Versioned, Obligation):
    """One measure: a named owner and a date, always; what it answers stands in its references.

    A recurring measure is one row: ``due_on`` and ``original_due_on`` are those of its current
    round, ``repeats_from`` is the first round, and every round done is a ``MeasureCompletion``.
    """

    times_done: int  # set by with_row()
    is_asked: bool  # set by what the room owes
    is_promised: bool

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
    #: what a blocked measure lacks, what we wait for, or why it was dropped
    status_note = models.CharField(
        pgettext_lazy("measure", "note on the status"), max_length=250, blank=True
    )
    repeats_from = models.DateField(null=True, blank=True, editable=False)
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
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("from amendment"),
    )
    interaction = models.ForeignKey(
        Interaction,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("from the talk"),
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
            models.CheckConstraint(
                condition=~Q(status=MeasureStatus.DROPPED) | ~Q(status_note=""),
                name="measure_dropped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(recurrence=Recurrence.NONE) | Q(repeats_from__isnull=False),
                name="measure_recurring_has_first_round",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url("detail")

    def url(self, what: str) -> str:
        """The address of one of its pages: ``detail``, ``complete``, ``move``, …"""
        return reverse(f"plans:measure_{what}", args=[self.case.number, self.number])

    @property
    def done_url(self) -> str:
        """POST completes it at once; names the round, so that a second click does not count."""
        url = self.url("complete")
        return f"{url}?{ROUND}={self.due_on.isoformat()}" if self.recurrence else url

    @property
    def case(self) -> Case:
        return self.plan.case

    @property
    def code(self) -> str:
        """As people say it: ``M-14``."""
        return f"M-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status not in MEASURE_ENDED

    @property
    def has_begun(self) -> bool:
        """Somebody works on it or waits for the client; blocked is not begun."""
        return self.status not in {MeasureStatus.OPEN, MeasureStatus.BLOCKED}

    @property
    def is_dropped(self) -> bool:
        return self.status == MeasureStatus.DROPPED

    @property
    def was_moved(self) -> bool:
        return self.due_on != self.original_due_on


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

    @property
    def is_late(self) -> bool:
        return self.done_on > self.due_on
