"""Did it work? Judged after a while by somebody who did not do it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.enums import FindingStatus
from audits.models import Finding
from winback.cases.enums import LIVE
from winback.cases.models import Case, CaseDocument
from winback.common.models import Obligation, ObligationQuerySet, Versioned
from winback.plans.enums import CheckResult, MeasureStatus
from winback.plans.models.measure import Measure
from winback.plans.rules import Effects

#: Judged with a date, a judge and something that shows it; or not judged at all.
_JUDGED = Q(done_on__isnull=False, judged_by__isnull=False) & ~Q(result="") & ~Q(evidence="")
_NOT_JUDGED = Q(done_on__isnull=True, judged_by__isnull=True, result="", evidence="")


_STANDS_DONE = Q(finding__status=FindingStatus.DONE) & ~Q(owner=F("finding__owner"))
_STANDS_DONE |= Q(measure__status=MeasureStatus.DONE)
_OPEN = _STANDS_DONE & Q(done_on__isnull=True, case__status__in=LIVE)


class CheckQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Not judged, of something that stands as done in a case that goes on.

        What was taken up again meanwhile has nothing to judge yet. Who has become the owner of
        the finding since is no judge of it any more.
        """
        return self.filter(_OPEN)

    def with_row(self) -> Self:
        """What one line and its page show, in one statement."""
        return self.select_related(
            "case",
            "owner",
            "judged_by",
            "paper__document",
            "finding__audit__case",
            "measure__plan__case",
        )

    def effects(self, today: date) -> Effects:
        """How many were judged, how many of these effective, how many are overdue; one statement.

        Judging again after a failure counts again: the ratio is of checks, not of findings.
        """
        counts = self.order_by().aggregate(
            checked=Count("pk", filter=Q(done_on__isnull=False)),
            effective=Count("pk", filter=Q(result=CheckResult.EFFECTIVE)),
            overdue=Count("pk", filter=_OPEN & Q(due_on__lt=today)),
        )
        return Effects(**counts)


class EffectivenessCheck(Versioned, Obligation):
    """The check of one finding or measure. ``owner`` judges, ``doer`` is whose work is judged.

    A check that says "not effective" stays; what it judged is open again and is checked anew.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="effectiveness_checks")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="checks", null=True, editable=False
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="checks", null=True, editable=False
    )
    doer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    result = models.CharField(
        pgettext_lazy("check", "result"), max_length=14, choices=CheckResult.choices, blank=True
    )
    evidence = models.TextField(_("what shows it"), max_length=2000, blank=True)
    paper = models.ForeignKey(
        CaseDocument,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("document of the case"),
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("effectiveness check")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on__isnull=True),
                name="check_open_owner",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, measure__isnull=True)
                | Q(finding__isnull=True, measure__isnull=False),
                name="check_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("doer")) & (Q(judged_by=None) | ~Q(judged_by=F("doer"))),
                name="check_not_by_the_doer",
            ),
            models.CheckConstraint(
                condition=_JUDGED | _NOT_JUDGED, name="check_judged_with_evidence"
            ),
            models.UniqueConstraint(
                fields=["finding"],
                condition=Q(done_on__isnull=True),
                name="check_open_once_per_finding",
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(done_on__isnull=True),
                name="check_open_once_per_measure",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    def get_absolute_url(self) -> str:
        """Where it is judged."""
        if self.finding is not None:
            return reverse("plans:finding_check", args=[self.finding.number])
        return self.measure_of.url("check")

    @property
    def subject(self) -> Finding | Measure:
        """What is judged."""
        return self.finding or self.measure_of

    @property
    def measure_of(self) -> Measure:
        """The measure of a check that judges no finding."""
        assert self.measure is not None  # held by a constraint
        return self.measure

    @property
    def is_effective(self) -> bool:
        return self.result == CheckResult.EFFECTIVE
