"""The win-back case: the one place where everything about a lost client comes together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from accounts.enums import Role
from winback.cases.enums import (
    CLOSED,
    LIVE,
    Function,
    GoReason,
    Health,
    LossKind,
    Phase,
    Status,
    Trigger,
)
from winback.clients.models import Client, Site
from winback.common.history import verb_label
from winback.common.models import Searchable, Versioned
from winback.common.textsearch import normalise
from winback.contracts.models import Contract

if TYPE_CHECKING:
    from accounts.models import User


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Management sees all, quality managers all but confidential ones, others their own.

        External auditors see audits, never the case. A membership that has ended shows nothing.
        """
        if user.role == Role.MANAGEMENT:
            return self
        if user.is_external:
            return self.none()
        mine = CaseMember.objects.filter(user=user, left_on__isnull=True).values("case")
        if user.role == Role.QUALITY_MANAGER:
            return self.filter(Q(is_confidential=False) | Q(pk__in=mine))
        return self.filter(pk__in=mine)

    def live(self) -> Self:
        """Open, active or resting: not ended."""
        return self.filter(status__in=LIVE)

    def matching(self, text: str) -> Self:
        """Number or client contains ``text``, umlauts and case folded."""
        return self.filter(search_key__contains=normalise(text))

    def with_header(self) -> Self:
        """Everything the case header shows, in one statement."""
        return self.select_related("client", "owner", "deputy", "contract")


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

    def next_step_is_overdue(self, today: date) -> bool:
        return self.is_live and self.next_step_on is not None and self.next_step_on < today


class NumberRange(models.Model):
    """The last number given out per scope ("RG-2026", "A", "F"); counted under a row lock."""

    scope = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"


class CaseMember(models.Model):
    """A person works on the case, in one or more functions; membership makes the case visible."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    function = models.CharField(
        pgettext_lazy("case", "function"),
        max_length=30,
        choices=Function.choices,
        default=Function.CONTRIBUTOR,
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("team member")
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "function"],
                condition=Q(left_on__isnull=True),
                name="case_member_once_per_function",
                violation_error_message=_("This person already has this function."),
            )
        ]
        indexes = [models.Index(fields=["user", "case"], name="case_member_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_function_display()}"


class Qualification(models.Model):
    """The decision whether to try at all: by whom, when, why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="qualifications")
    decision = models.CharField(
        pgettext_lazy("go", "decision"), max_length=10, choices=GoReason.choices
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"))

    class Meta:
        verbose_name = _("go decision")
        ordering = ["-decided_on", "-pk"]
        get_latest_by = ["decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_decision_display()}"

    @property
    def is_go(self) -> bool:
        return self.decision == GoReason.GO


class Outcome(models.Model):
    """How a case ended; a reopened case keeps its earlier outcomes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    result = models.CharField(
        _("result"),
        max_length=10,
        choices=[(s.value, s.label) for s in (Status.WON, Status.LOST, Status.PARTED)],
    )
    ended_on = models.DateField(_("ended on"))
    reasons = models.TextField(_("reasons"))
    lessons = models.TextField(_("lessons learned"))
    annual_value_after = models.DecimalField(
        _("annual value afterwards"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("outcome")
        ordering = ["-ended_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_result_display()}"


class HealthOverride(models.Model):
    """A person judges the case worse than the facts say, until a date. Never better."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="health_overrides")
    level = models.CharField(
        _("case health"),
        max_length=10,
        choices=[(h.value, h.label) for h in (Health.AT_RISK, Health.CRITICAL)],
    )
    reason = models.CharField(_("reason"), max_length=250)
    until = models.DateField(pgettext_lazy("health", "until"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case} · {self.get_level_display()}"


class AppendOnlyQuerySet(models.QuerySet["CaseEvent"]):
    """History is written once; correcting it is a new entry."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Case events are append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Case events are append-only.")


class CaseEvent(models.Model):
    """One verb that happened to a case: by whom, when, with which data. Append-only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    verb = models.CharField(max_length=40)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("case event")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "-at"], name="case_event_case_at")]

    def __str__(self) -> str:
        return f"{self.case} {self.verb}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Case events are append-only.")

    @property
    def label(self) -> str:
        return verb_label(self.verb)
