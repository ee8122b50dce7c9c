"""Why the client was lost: causes with weight, view and evidence. No cause names a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, FilteredRelation, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from audits.models import Finding
from winback.cases.enums import CLOSED, Status
from winback.cases.models import Case, CaseQuerySet
from winback.causes.enums import Axis, CauseStatus, Controllability, Perspective
from winback.causes.rules import Why
from winback.clients.models import Contact
from winback.common.models import CatalogueRow, Versioned

if TYPE_CHECKING:
    from accounts.models import User


class CauseCategory(CatalogueRow):
    """The shipped taxonomy: groups (no parent) and the causes below them."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True
    )
    controllability = models.CharField(max_length=10, choices=Controllability.choices, blank=True)
    axis = models.CharField(max_length=15, choices=Axis.choices, default=Axis.METHOD)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("cause category")


class CauseQuerySet(models.QuerySet["Cause"]):
    def visible_to(self, user: User) -> Self:
        """Causes of the cases the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def primary(self) -> Self:
        """The one cause per case that is marked as primary."""
        return self.filter(is_primary=True)

    def by_reason(self) -> list[dict[str, Any]]:
        """Per category: cases, value at stake, ended and won ones, by value; one statement.

        Meant for primary causes, of which a case has one: then no case counts twice.
        """
        ended = Q(case__status__in=CLOSED)
        words = ("category_id", "category__name_de", "category__name_en")
        counted = self.order_by().values(*words, "category__controllability")
        rows = counted.annotate(
            count=Count("pk"),
            value=Sum("case__value_at_stake"),
            ended=Count("pk", filter=ended),
            won=Count("pk", filter=Q(case__status=Status.WON)),
        )
        return list(rows.order_by("-value", "-count", "category_id"))

    def with_evidence(self) -> Self:
        """Category, both who confirmed and evidence with its findings: two statements in all."""
        return self.select_related(
            "category__parent", "confirmed_by", "client_confirmed_by"
        ).prefetch_related("evidence__finding")

    def in_order(self) -> Self:
        """The primary one first, then by weight; without a share last."""
        return self.order_by("-is_primary", F("share").desc(nulls_last=True), "pk")


class Cause(Versioned):
    """One cause of the loss. ``share`` is its weight in percent of all causes of the case.

    A confirmed cause has evidence and says who confirmed it when; the services keep it so. The
    client may confirm it too: who, when, in which words. ``whys`` is its chain of answers to "why?"
    with what proves each, read and versioned as a whole.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="causes")
    category = models.ForeignKey(
        CauseCategory,
        on_delete=models.PROTECT,
        related_name="causes",
        verbose_name=pgettext_lazy("cause", "category"),
    )
    statement = models.TextField(
        pgettext_lazy("cause", "statement"),
        max_length=2000,
        help_text=_("What happened, in facts. Causes name no person."),
    )
    perspective = models.CharField(
        _("seen by"), max_length=10, choices=Perspective.choices, default=Perspective.INTERNAL
    )
    axis = models.CharField(
        pgettext_lazy("cause", "axis"), max_length=15, choices=Axis.choices, blank=True
    )
    share = models.PositiveSmallIntegerField(
        _("share in percent"), null=True, blank=True, help_text=_("weight among all causes")
    )
    controllability = models.CharField(
        _("controllable"), max_length=10, choices=Controllability.choices
    )
    is_changeable = models.BooleanField(_("can be changed for the future"), default=True)
    status = models.CharField(
        pgettext_lazy("cause", "status"),
        max_length=10,
        choices=CauseStatus.choices,
        default=CauseStatus.ASSUMED,
        editable=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    confirmed_on = models.DateField(null=True, editable=False)
    client_confirmed_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    client_confirmed_on = models.DateField(null=True, editable=False)
    client_words = models.TextField(max_length=2000, blank=True, editable=False)
    whys = models.JSONField(default=list, editable=False)
    whys_end_with_us = models.BooleanField(default=False, editable=False)
    is_primary = models.BooleanField(_("primary cause"), default=False, editable=False)

    objects = CauseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cause")
        ordering = ["-is_primary", "-share", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_primary=True),
                name="cause_one_primary_per_case",
                violation_error_message=_("The case already has a primary cause."),
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__lte=100, share__gte=1),
                name="cause_share_is_percent",
                violation_error_message=_("Enter a share from 1 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status=CauseStatus.CONFIRMED,
                    confirmed_by__isnull=False,
                    confirmed_on__isnull=False,
                )
                | Q(
                    status=CauseStatus.ASSUMED,
                    confirmed_by__isnull=True,
                    confirmed_on__isnull=True,
                ),
                name="cause_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    client_confirmed_by__isnull=True,
                    client_confirmed_on__isnull=True,
                    client_words="",
                )
                | (
                    Q(client_confirmed_by__isnull=False, client_confirmed_on__isnull=False)
                    & ~Q(client_words="")
                ),
                name="cause_client_confirms_in_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.category)

    def get_absolute_url(self) -> str:
        return reverse("causes:detail", args=[self.case.number, self.pk])

    @property
    def bone(self) -> Axis:
        """Where it stands in the cause and effect diagram: as chosen, else as its category."""
        return Axis(self.axis or self.category.axis)

    @property
    def chain(self) -> list[Why]:
        """The answers to "why?" in order, the first one to what the client saw."""
        return [Why(**each) for each in self.whys]

    def assume(self) -> None:
        """Take back, in memory, that the company confirmed it."""
        self.status = CauseStatus.ASSUMED
        self.confirmed_by = self.confirmed_on = None

    def doubt(self) -> None:
        """Take back, in memory, what anybody confirmed: they confirmed something else."""
        self.assume()
        self.client_confirmed_by = self.client_confirmed_on = None
        self.client_words = ""

    @property
    def is_confirmed(self) -> bool:
        return self.status == CauseStatus.CONFIRMED


def with_primary_cause(cases: CaseQuerySet) -> CaseQuerySet:
    """The cases, each with its primary cause and that one's category; no statement of its own."""
    joined = FilteredRelation("causes", condition=Q(causes__is_primary=True))
    return cases.annotate(primary_cause=joined).select_related("primary_cause__category")  # type: ignore[misc]  # the join of the line above


def primary_cause(case: Case) -> Cause | None:
    """What ``with_primary_cause()`` brought along; None where no cause is the primary one."""
    found: Cause | None = getattr(case, "primary_cause", None)
    return found


class CauseEvidence(models.Model):
    """What shows that the cause is real: a finding, or a source described in words."""

    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="evidence")
    finding = models.ForeignKey(
        Finding,
        on_delete=models.PROTECT,
        related_name="cause_evidence",
        null=True,
        blank=True,
        verbose_name=_("finding"),
    )
    source = models.CharField(_("source in words"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cause", "finding"],
                condition=Q(finding__isnull=False),
                name="cause_evidence_finding_once",
            ),
            models.CheckConstraint(
                condition=Q(finding__isnull=False) | ~Q(source=""),
                name="cause_evidence_says_something",
                violation_error_message=_("Choose a finding or describe the source."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """``F-0311, Angebot S. 14``: the finding, the words, or both."""
        return ", ".join(part for part in (str(self.finding or ""), self.source) if part)
