"""The win-back case: the one place where everything about a lost client comes together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from accounts.enums import Role
from winback.cases.enums import (
    CLOSED,
    LIVE,
    EscalationLevel,
    Health,
    LossKind,
    Phase,
    Status,
    Trigger,
)
from winback.clients.models import Client, Site
from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise
from winback.contracts.models import Contract

if TYPE_CHECKING:
    from accounts.models import User


def _sum(name: str, rows: Q) -> Coalesce:
    """The sum over ``rows`` in euro, 0 where there are none."""
    field = models.DecimalField(max_digits=16, decimal_places=2)
    return Coalesce(Sum(name, filter=rows), Decimal(0), output_field=field)


def _rank() -> Choose:
    """0 for critical, 1 for at risk, 2 for on track."""
    return Choose(
        When(health=Health.CRITICAL, then=Value(0)),
        When(health=Health.AT_RISK, then=Value(1)),
        default=Value(2),
    )


#: What one line of a list shows, and nothing that would only be carried along.
_ROW = (
    *("number", "status", "phase", "health", "next_step", "next_step_on", "resting_until"),
    *("value_at_stake", "client__name", "owner__first_name", "owner__last_name"),
    "contract__notice_on",
)


def _teams_of(user: User) -> models.QuerySet[Any]:
    return user.memberships.filter(left_on__isnull=True).values("case")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Management sees all, quality managers all but confidential ones, others their own.

        External auditors see audits, never the case. A membership that has ended shows nothing.
        """
        if user.role == Role.MANAGEMENT:
            return self
        if user.is_external:
            return self.none()
        if user.role == Role.QUALITY_MANAGER:
            return self.filter(Q(is_confidential=False) | Q(pk__in=_teams_of(user)))
        return self.in_team_of(user)

    def in_team_of(self, user: User) -> Self:
        """Those in whose team the person is now."""
        return self.filter(pk__in=_teams_of(user))

    def live(self) -> Self:
        """Open, active or resting: not ended."""
        return self.filter(status__in=LIVE)

    def led_by(self, user: User) -> Self:
        """Owned by the person or deputised."""
        return self.filter(Q(owner=user) | Q(deputy=user))

    def worst_first(self) -> Self:
        """Critical before at risk before on track; then by the next step."""
        return self.order_by(_rank(), F("next_step_on").asc(nulls_last=True), "pk")

    def with_decision(self) -> Self:
        """Adds ``waits_for_decision``: still open and nobody has decided whether to try."""
        decided = self.model._default_manager.filter(
            pk=OuterRef("pk"), qualifications__isnull=False
        )
        undecided = Q(status=Status.OPEN) & ~Exists(decided)
        return self.annotate(
            waits_for_decision=Choose(When(undecided, then=Value(True)), default=Value(False))
        )

    def worst_and_dearest(self) -> Self:
        """Critical before at risk before on track; then by the value at stake."""
        return self.order_by(_rank(), "-value_at_stake", "pk")

    def matching(self, text: str) -> Self:
        """Number or client contains ``text``, umlauts and case folded."""
        return self.filter(search_key__contains=normalise(text))

    def running_on(self, day: date) -> Self:
        """Opened by ``day`` and not ended by then."""
        return self.filter(opened_on__lte=day).exclude(closed_on__lte=day)

    def flow(self, start: date, end: date) -> dict[str, Any]:
        """What came and went from ``start`` to ``end``: number and value; one statement.

        Keys: ``opened``, and per result ``won``, ``won_value`` and so on. A reopened case has not
        ended.
        """
        counts: dict[str, Any] = {
            "opened": Count("pk", filter=Q(opened_on__range=(start, end))),
        }
        for status in (Status.WON, Status.LOST, Status.PARTED):
            ended = Q(status=status, closed_on__range=(start, end))
            counts[status.value] = Count("pk", filter=ended)
            counts[f"{status.value}_value"] = _sum("value_at_stake", ended)
        return self.order_by().aggregate(**counts)

    def stock(self) -> dict[str, Any]:
        """Number and value at stake of these cases; one statement."""
        return self.order_by().aggregate(count=Count("pk"), value=_sum("value_at_stake", Q()))

    def by_phase_and_health(self) -> list[Mapping[str, Any]]:
        """Number and value per phase and health, for live cases; one statement."""
        rows = self.live().values("phase", "health").order_by("phase", "health")
        return list(rows.annotate(count=Count("pk"), value=_sum("value_at_stake", Q())))

    def with_summary(self) -> Self:
        """The header and those pages of facts the overview sums up, in one statement."""
        sheets = ("background", "assessment", "plannedeffort", "planb__duty")
        return self.with_header().select_related(*sheets)

    def with_sheets(self) -> Self:
        """The header and every page of facts, in one statement."""
        sheets = (
            "background",
            "assessment",
            "plannedeffort",
            "actualeffort",
            "approach__caller",
            "mediation",
            "farewell__held_by",
            "planb__duty__owner",
            "aftercare__duty__owner",
            "teamload",
        )
        return self.with_header().select_related(*sheets)

    def with_row(self) -> Self:
        """One line of a list, in one statement; reading any other column costs one more."""
        return self.select_related("client", "owner", "contract").only(*_ROW)

    def with_header(self) -> Self:
        """Everything the case header shows, in one statement."""
        return self.select_related("client", "owner", "deputy", "contract", "situation_by")


class Case(Versioned, Searchable):
    """One win-back: the lost or endangered client, from the first entry to the outcome.

    ``phase``, ``health``, ``health_reasons``, ``next_due_on`` and the counters are stored copies
    for lists and the header, written only by services of the room that owns the truth.
    """

    number = models.CharField(_("case number"), max_length=20, unique=True, editable=False)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="cases", verbose_name=_("client")
    )
    contract = models.ForeignKey(
        Contract,
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        blank=True,
        verbose_name=_("contract"),
    )
    sites = models.ManyToManyField(Site, blank=True, related_name="cases", verbose_name=_("sites"))
    trigger = models.CharField(
        pgettext_lazy("case", "trigger"), max_length=20, choices=Trigger.choices
    )
    loss_kind = models.CharField(_("kind of loss"), max_length=20, choices=LossKind.choices)
    first_sign_on = models.DateField(_("first sign on"), null=True, blank=True)
    lost_on = models.DateField(_("lost or terminated on"), null=True, blank=True)
    new_provider = models.CharField(_("new provider"), max_length=200, blank=True)
    value_at_stake = models.DecimalField(
        _("value at stake per year"),
        max_digits=14,
        decimal_places=2,
        help_text=_("in euro, net: the yearly revenue we lose or stand to lose"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "owner"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("person", "deputy"),
    )
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Only the team and the executive board see the case."),
    )
    escalation_level = models.PositiveSmallIntegerField(
        _("escalation level"),
        choices=EscalationLevel.choices,
        default=EscalationLevel.NONE,
        editable=False,
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    situation = models.TextField(_("situation"), blank=True)
    situation_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    situation_at = models.DateTimeField(null=True, editable=False)
    opened_on = models.DateField(_("opened on"), editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    resting_until = models.DateField(_("wake-up date"), null=True, blank=True, editable=False)
    status = models.CharField(
        _("case status"),
        max_length=10,
        choices=Status.choices,
        default=Status.OPEN,
        editable=False,
    )
    phase = models.CharField(
        _("phase"), max_length=1, choices=Phase.choices, blank=True, editable=False
    )
    health = models.CharField(
        _("case health"),
        max_length=10,
        choices=Health.choices,
        default=Health.ON_TRACK,
        editable=False,
    )
    health_reasons = models.JSONField(default=list, editable=False)
    health_at = models.DateTimeField(null=True, editable=False)

    #: set by ``with_decision()``
    waits_for_decision: bool

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["health", "health_reasons", "health_at", "sort_key", "search_key"]
    )

    class Meta:
        verbose_name = _("case")
        ordering = ["-opened_on", "-pk"]
        indexes = [
            models.Index(fields=["status", "health"], name="case_status_health"),
            models.Index(fields=["owner", "status"], name="case_owner_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_at_stake__gte=0),
                name="case_value_not_negative",
                violation_error_message=_("The value cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(first_sign_on__isnull=True)
                | Q(lost_on__isnull=True)
                | Q(lost_on__gte=F("first_sign_on")),
                name="case_lost_after_first_sign",
                violation_error_message=_("The loss lies before the first sign."),
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="case_next_step_has_date",
                violation_error_message=_("A next step needs a date, and a date a step."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RESTING) | Q(resting_until__isnull=False),
                name="case_resting_has_wake_up_date",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED, closed_on__isnull=False)
                | (~Q(status__in=CLOSED) & Q(closed_on__isnull=True)),
                name="case_closed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("dashboards:case", args=[self.number])

    def sort_source(self) -> str:
        return self.client.name

    def search_source(self) -> str:
        return f"{self.number} {self.client.name}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def title(self) -> str:
        """Client and number, as in breadcrumbs and mails."""
        return f"{self.client.name} · {self.number}"

    def days_since_loss(self, today: date) -> int | None:
        """Calendar days since the loss; the shorter, the better the chance."""
        return None if self.lost_on is None else (today - self.lost_on).days

    @property
    def next_on(self) -> date | None:
        """When the case is due next: a resting one is woken up, others take their next step."""
        return self.resting_until if self.status == Status.RESTING else self.next_step_on

    def next_step_is_overdue(self, today: date) -> bool:
        return self.is_live and self.next_on is not None and self.next_on < today
