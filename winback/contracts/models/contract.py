"""What was contracted with the client, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.clients.models import Client, Site
from winback.common import caselinks
from winback.common.models import Versioned
from winback.common.workdays import Bundesland
from winback.contracts.enums import COUNTED, Agreed, ContractKind, DeadlineKind, NoticeTo
from winback.contracts.rules.notice import NoticeRule

if TYPE_CHECKING:
    from accounts.models import User


def owner_field(**kwargs: Any) -> models.ForeignKey[Any, Any]:
    """A person, never deleted while named."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **kwargs
    )


def document_field(label: object) -> models.ForeignKey[Any, Any]:
    """An optional stored paper."""
    return models.ForeignKey(
        "documents.Document",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=label,  # type: ignore[arg-type]  # lazy text
    )


class ContractQuerySet(models.QuerySet["Contract"]):
    def legally_visible_to(self, user: User) -> Self:
        """Contracts whose deadlines, amendments and service lines the user may see.

        Those of visible cases; where a contract has no case, those of visible clients. So the
        register of a confidential case stays with its team.
        """
        of_cases = caselinks.cases(user).values("contract")
        free = ~Q(pk__in=caselinks.cases().values("contract"))
        return self.filter(
            Q(pk__in=of_cases) | (free & Q(client__in=Client.objects.visible_to(user)))
        )

    def with_register(self, user: User) -> Self:
        """Adds ``has_register``: whether the user may see what hangs on the contract."""
        seen = self.model._default_manager.legally_visible_to(user)
        return self.annotate(has_register=Exists(seen.filter(pk=OuterRef("pk"))))


class Contract(Versioned):
    """One contract: kind, term, annual value, last day to give notice."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contracts")
    sites = models.ManyToManyField(
        Site, blank=True, related_name="contracts", verbose_name=_("sites")
    )
    number = models.CharField(_("contract number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        pgettext_lazy("contract", "kind"),
        max_length=10,
        choices=ContractKind.choices,
        default=ContractKind.MIXED,
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    notice_on = models.DateField(
        _("last day to give notice"),
        null=True,
        blank=True,
        help_text=_("The notice must have been received by this day."),
    )
    annual_value = models.DecimalField(
        _("annual contract value"), max_digits=14, decimal_places=2, help_text=_("in euro, net")
    )
    note = models.TextField(_("note"), blank=True)
    bundesland = models.CharField(
        pgettext_lazy("contract", "Bundesland"),
        max_length=2,
        choices=Bundesland.choices,
        blank=True,
        help_text=_("Whose holidays count for the deadlines of this contract."),
    )
    lots = models.CharField(_("lots and regions"), max_length=250, blank=True)
    vob_b = models.CharField("VOB/B", max_length=3, choices=Agreed.choices, blank=True)
    public_terms = models.TextField(_("public-sector terms"), blank=True, max_length=2000)
    standard = models.CharField(
        _("model specification or contract"),
        max_length=200,
        blank=True,
        help_text=_("The standard the contract follows, for instance GEFMA, RealFM or STLB."),
    )
    legal_basis = models.CharField(
        _("legal classification"),
        max_length=250,
        blank=True,
        help_text=_("For instance § 675 BGB for a mixed contract."),
    )
    legal_note = models.TextField(
        _("legal assessment"),
        blank=True,
        max_length=4000,
        help_text=_("Duties in question, rights of both sides, danger of termination; by whom."),
    )
    owner = owner_field(
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("contract", "responsible for the dates"),
        help_text=_("Reminded of notice, option and check dates; empty: nobody is."),
    )
    notice_length = models.PositiveSmallIntegerField(_("notice period"), null=True, blank=True)
    notice_unit = models.CharField(
        _("unit of the notice period"),
        max_length=12,
        choices=[(unit.value, unit.label) for unit in COUNTED],
        blank=True,
    )
    notice_to = models.CharField(
        _("notice takes effect"), max_length=10, choices=NoticeTo.choices, blank=True
    )
    notice_reason = models.CharField(
        _("reason for another day"),
        max_length=250,
        blank=True,
        help_text=_("Needed where the day differs from the computed one."),
    )
    option_months = models.PositiveSmallIntegerField(
        _("renewal option: months"), null=True, blank=True
    )
    option_on = models.DateField(
        _("option to be declared by"),
        null=True,
        blank=True,
        help_text=_("The last day on which the option may be declared."),
    )
    option_note = models.CharField(_("who declares it, and how"), max_length=250, blank=True)
    check_months = models.PositiveSmallIntegerField(
        _("check target against actual"),
        null=True,
        blank=True,
        choices=[
            (1, pgettext_lazy("rhythm", "monthly")),
            (3, pgettext_lazy("rhythm", "quarterly")),
            (6, pgettext_lazy("rhythm", "half-yearly")),
            (12, pgettext_lazy("rhythm", "yearly")),
        ],
    )
    #: stored copies for the case header: the open deadline that ends first
    next_deadline_on = models.DateField(null=True, editable=False)
    next_deadline_kind = models.CharField(
        max_length=12, choices=DeadlineKind.choices, blank=True, editable=False
    )
    next_deadline_title = models.CharField(max_length=200, blank=True, editable=False)

    #: set by ``with_register``
    has_register: bool

    objects = ContractQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[sites],
        excluded_fields=["next_deadline_on", "next_deadline_kind", "next_deadline_title"],
    )

    class Meta:
        verbose_name = _("contract")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            ),
            models.CheckConstraint(
                condition=Q(notice_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(notice_on__lte=F("ends_on")),
                name="contract_notice_before_end",
                violation_error_message=_("Notice must be given before the contract ends."),
            ),
            models.CheckConstraint(
                condition=Q(annual_value__gte=0),
                name="contract_value_not_negative",
                violation_error_message=_("The value cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(notice_length__isnull=True, notice_unit="", notice_to="")
                # an unknown comparison would pass: say that a length stands there
                | (
                    Q(notice_length__isnull=False, notice_length__gt=0)
                    & ~Q(notice_unit="")
                    & ~Q(notice_to="")
                ),
                name="contract_notice_rule_complete",
                violation_error_message=_("Length, unit and effect make the notice rule together."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contracts:detail", args=[self.pk])

    @property
    def land(self) -> str:
        """Whose holidays count: the contract's own choice, else the provider's Land."""
        return self.bundesland or settings.PROVIDER_BUNDESLAND

    @property
    def notice_rule(self) -> NoticeRule | None:
        """How notice is given; None where the contract says nothing."""
        if not self.notice_length:
            return None
        return NoticeRule(self.notice_length, self.notice_unit, self.notice_to, self.land)

    def days_to_notice(self, today: date) -> int | None:
        """Calendar days until the last day to give notice; negative once it has passed."""
        return None if self.notice_on is None else (self.notice_on - today).days
