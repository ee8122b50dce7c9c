"""The register of inspections: one row per plant and duty, every round done below it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.clients.models import Client, Site
from winback.common.models import Obligation, ObligationQuerySet, Versioned
from winback.contracts.models.contract import document_field
from winback.norms.enums import DEFECTIVE, DutyHolder, Executor, InspectionResult, InspectionState
from winback.norms.models.norm import LONGEST_INTERVAL, InspectionRule, Norm
from winback.norms.rules import state_of

if TYPE_CHECKING:
    from accounts.models import User


class InspectionQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Still to be inspected, round after round, until somebody ends it."""
        return self.filter(ended_on__isnull=True)

    def visible_to(self, user: User) -> Self:
        """At sites of visible clients and visible cases, and what one owes oneself."""
        if user.is_external:
            return self.none()
        clients = Client.objects.visible_to(user)
        cases = Case.sites.through.objects.filter(case__in=Case.objects.visible_to(user))
        return self.filter(
            Q(site__client__in=clients)
            | Q(site__in=cases.values("site"))
            | Q(owner=user)
            | Q(deputy=user)
        )

    def at_sites_of(self, case: Case) -> Self:
        return self.filter(site__in=Case.sites.through.objects.filter(case=case).values("site"))

    def with_case(self) -> Self:
        """Adds ``case_id`` of the newest live case about the site."""
        cases = Case.objects.live().filter(sites=OuterRef("site")).order_by("-opened_on", "-pk")
        return self.annotate(case_id=Subquery(cases.values("pk")[:1]))

    def with_row(self) -> Self:
        """Everything a row shows, in one statement."""
        open_ones = InspectionRecord.objects.open().filter(inspection=OuterRef("pk")).order_by()
        counted = open_ones.values("inspection").annotate(n=Count("pk")).values("n")
        return self.select_related("site__client", "norm", "rule", "owner", "deputy").annotate(
            open_defects=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
        )


class Inspection(Versioned, Obligation):
    """One recurring inspection of one plant. ``due_on`` is the date of the coming round.

    ``last_done_on`` and ``last_result`` are copies of the latest record, or what was known when
    the row was made. It is never done for good: it ends with a reason.
    """

    #: set by ``with_case`` and ``with_row``
    case_id: int | None
    open_defects: int

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("site")
    )
    plant = models.CharField(
        _("plant or installation"),
        max_length=200,
        help_text=_("As it is called on site, for instance RLT 3, roof south."),
    )
    task = models.CharField(_("inspection"), max_length=150)
    norm = models.ForeignKey(
        Norm,
        on_delete=models.PROTECT,
        related_name="inspections",
        null=True,
        blank=True,
        verbose_name=_("norm"),
    )
    rule = models.ForeignKey(
        InspectionRule,
        on_delete=models.PROTECT,
        related_name="inspections",
        null=True,
        editable=False,
    )
    basis = models.CharField(
        _("other basis"),
        max_length=250,
        blank=True,
        help_text=_("Contract clause, permit or manufacturer, where no norm asks for it."),
    )
    duty_holder = models.CharField(
        _("duty holder"),
        max_length=15,
        choices=DutyHolder.choices,
        default=DutyHolder.PROVIDER,
        help_text=_("Who must see that it is done; delegation needs a contract."),
    )
    interval_months = models.PositiveSmallIntegerField(_("interval in months"))
    interval_source = models.CharField(
        _("source of the interval"),
        max_length=400,
        help_text=_("Norm, contract or risk assessment with its date."),
    )
    interval_checked_on = models.DateField(_("interval checked on"), null=True, blank=True)
    is_safety = models.BooleanField(
        _("relevant to safety"),
        default=True,
        help_text=_("Overdue, it weighs on the health of the case."),
    )
    executor_kind = models.CharField(
        _("carried out by"), max_length=15, choices=Executor.choices, default=Executor.OWN
    )
    executor = models.CharField(_("firm or person"), max_length=150, blank=True)
    qualification = models.CharField(
        _("qualification needed"),
        max_length=250,
        blank=True,
        help_text=_("For instance category A of VDI 6022, approved body."),
    )
    qualification_proof = document_field(_("proof of qualification"))
    last_done_on = models.DateField(_("last done on"), null=True, blank=True)
    last_result = models.CharField(
        _("last result"), max_length=10, choices=InspectionResult.choices, blank=True
    )
    ended_on = models.DateField(null=True, editable=False)
    ended_reason = models.CharField(max_length=250, blank=True, editable=False)

    objects = InspectionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("inspection")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(ended_on__isnull=True),
                name="inspection_open_owner",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_months__range=(1, LONGEST_INTERVAL)),
                name="inspection_interval_in_range",
                violation_error_message=_("The interval is between 1 and 600 months."),
            ),
            models.CheckConstraint(
                condition=Q(norm__isnull=False) | ~Q(basis=""),
                name="inspection_has_basis",
                violation_error_message=_("Name a norm or another basis."),
            ),
            models.CheckConstraint(
                condition=~Q(interval_source=""), name="inspection_interval_has_source"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""),
                name="inspection_end_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("deputy")),
                name="inspection_deputy_is_other",
                violation_error_message=_("The deputy must be somebody else than the owner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plant}: {self.task}"

    def get_absolute_url(self) -> str:
        return reverse("norms:inspection", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def place(self) -> str:
        """Client and site, as the context of lists and mails."""
        return f"{self.site.client.name} · {self.site.name}"

    @property
    def cited(self) -> str:
        """Norm with edition, or the other basis."""
        return self.norm.citation if self.norm else self.basis

    def state(self, today: date) -> InspectionState:
        return state_of(self.due_on, self.ended_on, today)


class InspectionRecordQuerySet(models.QuerySet["InspectionRecord"]):
    def open(self) -> Self:
        """With defects nobody has remedied yet."""
        return self.filter(result__in=DEFECTIVE, defects_done_on__isnull=True)


class InspectionRecord(models.Model):
    """One round that was done: its result, its protocol, what was left to remedy.

    ``due_on`` and ``original_due_on`` are the dates of the round, so that punctuality stays
    known. Changes claim the version of the inspection.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="records")
    done_on = models.DateField(_("done on"))
    due_on = models.DateField(editable=False)
    original_due_on = models.DateField(editable=False)
    result = models.CharField(_("result"), max_length=10, choices=InspectionResult.choices)
    executor = models.CharField(
        _("carried out by"), max_length=150, help_text=_("Firm and name of who inspected.")
    )
    protocol = document_field(_("protocol"))
    defects = models.TextField(_("defects"), blank=True)
    defects_due_on = models.DateField(
        _("remedy by"),
        null=True,
        blank=True,
        help_text=_("After a failed inspection also the day by which it is repeated."),
    )
    defects_done_on = models.DateField(_("remedied on"), null=True, blank=True)
    told_client_on = models.DateField(_("client told on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = InspectionRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("inspection done")
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    result=InspectionResult.OK,
                    defects="",
                    defects_due_on__isnull=True,
                    defects_done_on__isnull=True,
                )
                | (Q(result__in=DEFECTIVE, defects_due_on__isnull=False) & ~Q(defects="")),
                name="inspectionrecord_defects_fit_result",
            ),
            models.CheckConstraint(
                condition=Q(defects_done_on__isnull=True) | Q(defects_done_on__gte=F("done_on")),
                name="inspectionrecord_remedied_after_found",
            ),
            models.CheckConstraint(
                condition=Q(told_client_on__isnull=True) | Q(told_client_on__gte=F("done_on")),
                name="inspectionrecord_told_after_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.done_on}"

    @property
    def has_open_defects(self) -> bool:
        return self.result in DEFECTIVE and self.defects_done_on is None

    @property
    def was_on_time(self) -> bool:
        """Done no later than first due; moving the date does not make it punctual."""
        done: date = self.done_on
        return done <= self.original_due_on
