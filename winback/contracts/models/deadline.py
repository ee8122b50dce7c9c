"""The deadline register: what ends when, by which rule, and who sees to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.common import caselinks
from winback.common.models import Obligation, ObligationQuerySet, Versioned
from winback.common.workdays import Bundesland
from winback.contracts.enums import (
    DERIVED,
    OF_CONTRACT,
    Basis,
    Bound,
    Counting,
    DayOff,
    DeadlineKind,
    DeadlineState,
    Receipt,
    RequiredForm,
    Unit,
)
from winback.contracts.models.amendment import Amendment
from winback.contracts.models.contract import Contract, document_field
from winback.contracts.rules.states import deadline_state

if TYPE_CHECKING:
    from accounts.models import User

_OPEN = Q(done_on__isnull=True, ended_on__isnull=True)


class DeadlineQuerySet(ObligationQuerySet):
    def open(self) -> Self:
        """Neither done nor ended."""
        return self.filter(_OPEN)

    def visible_to(self, user: User) -> Self:
        """Deadlines of the contracts whose register the user may see."""
        return self.filter(contract__in=Contract.objects.legally_visible_to(user))

    def with_case(self, user: User | None = None) -> Self:
        """Adds ``case_id`` and ``case_number`` of the contract's case: the newest live one."""
        cases = caselinks.cases(user).filter(contract=OuterRef("contract"))
        return self.annotate(
            case_id=Subquery(cases.values("pk")[:1]),
            case_number=Coalesce(Subquery(cases.values("number")[:1]), Value("")),
        )

    def with_row(self, user: User | None = None) -> Self:
        """Everything a row shows, in one statement; ``is_held`` says that the client holds it."""
        holding = self.model.pausing.through.objects.filter(
            deadline=OuterRef("pk"),
            clientobligation__since__isnull=False,
            clientobligation__until__isnull=True,
        )
        return (
            self.with_case(user)
            .select_related("contract__client", "owner", "deputy", "amendment")
            .annotate(is_held=Exists(holding))
        )


class Deadline(Versioned, Obligation):
    """One deadline. ``due_on`` is the end that counts: computed, or set by hand with a reason.

    The computation keeps its steps as data. A deadline is never deleted: it is done, or ended
    with a reason; its state is computed. Dates that follow from the contract or an amendment
    (``is_derived``) are kept there.
    """

    #: set by ``with_case`` and ``with_row``
    case_id: int | None
    case_number: str
    is_held: bool

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="deadlines")
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        related_name="deadlines",
        null=True,
        blank=True,
        verbose_name=_("from amendment"),
    )
    kind = models.CharField(
        pgettext_lazy("deadline", "kind"), max_length=12, choices=DeadlineKind.choices
    )
    title = models.CharField(_("deadline"), max_length=200)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices)
    clause = models.CharField(
        _("paragraph or clause"),
        max_length=120,
        blank=True,
        help_text=_("For instance clause 18.2."),
    )
    trigger = models.CharField(
        pgettext_lazy("deadline", "trigger"),
        max_length=200,
        blank=True,
        help_text=_("What set the period off, for instance the formal warning of 12 November."),
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.CharField(
        _("way of receipt"), max_length=12, choices=Receipt.choices, blank=True
    )
    receipt_proof = document_field(_("proof of receipt"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices, default=Unit.WEEKS)
    length = models.PositiveSmallIntegerField(_("length"), null=True, blank=True)
    fixed_on = models.DateField(_("fixed date"), null=True, blank=True)
    counting = models.CharField(
        _("counted"), max_length=10, choices=Counting.choices, default=Counting.NEXT_DAY
    )
    day_off = models.CharField(
        _("on a Saturday, Sunday or holiday"),
        max_length=10,
        choices=DayOff.choices,
        default=DayOff.SHIFT,
    )
    bundesland = models.CharField(
        pgettext_lazy("deadline", "holidays of"), max_length=2, choices=Bundesland.choices
    )
    suspended_from = models.DateField(_("suspended from"), null=True, blank=True)
    suspended_until = models.DateField(
        _("suspended until"), null=True, blank=True, help_text=_("This day included.")
    )
    suspension_reason = models.CharField(_("reason for the suspension"), max_length=250, blank=True)
    manual_on = models.DateField(_("other end"), null=True, blank=True)
    manual_reason = models.CharField(_("reason for the other end"), max_length=250, blank=True)
    computed_on = models.DateField(editable=False)
    steps = models.JSONField(default=list, editable=False)
    bound = models.CharField(
        _("who is bound"), max_length=15, choices=Bound.choices, default=Bound.US
    )
    required_form = models.CharField(
        _("required form"), max_length=12, choices=RequiredForm.choices, default=RequiredForm.ANY
    )
    action = models.CharField(_("what is to be done"), max_length=250)
    consequence = models.CharField(_("if it is missed"), max_length=250, blank=True)
    lead_days = models.JSONField(_("warned before"), default=list)
    done_note = models.CharField(max_length=250, blank=True, editable=False)
    done_proof = document_field(_("proof"))
    ended_on = models.DateField(null=True, editable=False)
    ended_reason = models.CharField(max_length=250, blank=True, editable=False)

    objects = DeadlineQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["steps"])

    class Meta:
        verbose_name = _("deadline")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "due_on"], condition=_OPEN, name="deadline_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=Unit.FIXED, fixed_on__isnull=False)
                | (
                    ~Q(unit=Unit.FIXED)
                    & Q(received_on__isnull=False, length__isnull=False, length__gt=0)
                ),
                name="deadline_has_event_or_date",
                violation_error_message=_(
                    "A period needs its event and length, else a fixed date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(manual_on__isnull=True, manual_reason="")
                | (Q(manual_on__isnull=False) & ~Q(manual_reason="")),
                name="deadline_manual_end_has_reason",
                violation_error_message=_("Another end needs a reason, and a reason an end."),
            ),
            models.CheckConstraint(
                condition=Q(
                    suspended_from__isnull=True, suspended_until__isnull=True, suspension_reason=""
                )
                # an unknown comparison would pass: say that both days stand there
                | (
                    Q(suspended_from__isnull=False, suspended_until__isnull=False)
                    & Q(suspended_until__gte=F("suspended_from"))
                    & ~Q(suspension_reason="")
                ),
                name="deadline_suspension_complete",
                violation_error_message=_(
                    "A suspension needs its first and last day and a reason."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""),
                name="deadline_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(done_on__isnull=True),
                name="deadline_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("deputy")),
                name="deadline_deputy_is_other",
                violation_error_message=_("The deputy must be somebody else than the owner."),
            ),
            models.UniqueConstraint(
                fields=["contract", "kind"],
                condition=_OPEN & Q(kind__in=[kind.value for kind in OF_CONTRACT]),
                name="deadline_of_contract_once",
            ),
            models.UniqueConstraint(
                fields=["amendment"],
                condition=_OPEN & Q(kind=DeadlineKind.SUSPENSION),
                name="deadline_of_amendment_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contracts:deadline", args=[self.contract_id, self.pk])

    @property
    def name(self) -> str:
        """Its title; what follows from the contract speaks the language of the reader."""
        return self.title or str(DeadlineKind(self.kind).label)

    @property
    def is_derived(self) -> bool:
        """It follows from the contract or an amendment and changes with it."""
        return self.kind in DERIVED

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.ended_on is None

    def is_paused(self, today: date) -> bool:
        """Suspended today, or held by something the client still owes; needs ``with_row()``."""
        first, last = self.suspended_from, self.suspended_until
        by_hand = first is not None and last is not None and first <= today <= last
        return self.is_held or by_hand

    def state(self, today: date) -> DeadlineState:
        """Open, due soon, overdue, suspended, done, done late or ended; needs ``with_row()``."""
        return deadline_state(
            due_on=self.due_on,
            done_on=self.done_on,
            ended_on=self.ended_on,
            is_paused=self.is_paused(today),
            today=today,
        )

    def facts(self) -> dict[str, Any]:
        """What the calculation depends on, pauses by the client left out."""
        names = ("unit", "length", "fixed_on", "counting", "day_off", "manual_on", "manual_reason")
        return {name: getattr(self, name) for name in names}
