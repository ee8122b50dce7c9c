"""What was promised to the client, and whether it was kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.enums import Phase
from winback.cases.models import Case
from winback.clients.models import Contact
from winback.common.models import Obligation, ObligationQuerySet, Versioned
from winback.common.workdays import Bundesland
from winback.dialogue import rules
from winback.dialogue.enums import CommitmentState
from winback.documents.models import Document

if TYPE_CHECKING:
    from accounts.models import User

_OPEN = Q(done_on__isnull=True, broken_on__isnull=True, released_on__isnull=True)


def _in(state: str, today: date) -> Q:
    """The rows of a state, as ``rules.state`` names them; the five parts never overlap."""
    return {
        CommitmentState.OPEN: _OPEN & Q(due_on__gte=today),
        CommitmentState.KEPT: Q(done_on__lte=F("original_due_on")),
        CommitmentState.KEPT_LATE: Q(done_on__gt=F("original_due_on")),
        CommitmentState.BROKEN: Q(broken_on__isnull=False) | (_OPEN & Q(due_on__lt=today)),
        CommitmentState.RELEASED: Q(released_on__isnull=False),
    }[CommitmentState(state)]


def _counts(today: date) -> dict[str, Count]:
    """One aggregate per state, by its value."""
    return {state.value: Count("pk", filter=_in(state, today)) for state in CommitmentState}


def land_of(case: Case) -> Bundesland:
    """The Bundesland whose working days count: of the lead site, else the provider's own."""
    lead = case.sites.first()
    return Bundesland(lead.bundesland if lead else settings.PROVIDER_BUNDESLAND)


class CommitmentQuerySet(ObligationQuerySet):
    def visible_to(self, user: User) -> Self:
        """Commitments of the cases the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def open(self) -> Self:
        """Neither kept nor declared broken nor released."""
        return self.filter(_OPEN)

    def in_state(self, state: str, today: date) -> Self:
        """Those of one ``CommitmentState``; overdue ones are broken."""
        return self.filter(_in(state, today))

    def due_between(self, first: date, last: date) -> Self:
        """Due in the period, both days included, whatever became of them."""
        return self.filter(original_due_on__range=(first, last))

    def weighing(self, today: date) -> Self:
        """Overdue, or declared broken lately: what speaks against the health of a case."""
        lately = Q(broken_on__gte=rules.weighs_since(today))
        return self.filter(lately | (_OPEN & Q(due_on__lt=today)))

    def tally(self, today: date) -> dict[str, int]:
        """Count every state in one statement: its value → rows, and ``overdue`` among the broken.

        ``rules.kept_ratio`` turns the counts into the kept ratio.
        """
        overdue = Count("pk", filter=_OPEN & Q(due_on__lt=today))
        found: dict[str, int] = self.order_by().aggregate(**_counts(today), overdue=overdue)
        return found

    def kept_by_month(self, start: date, end: date, today: date) -> dict[date, dict[str, int]]:
        """States of the commitments due from ``start`` to ``end``, by the first of their month."""
        due = self.due_between(start, end).annotate(month=TruncMonth("original_due_on"))
        rows = due.values("month").order_by("month").annotate(**_counts(today))
        return {row.pop("month"): row for row in map(dict, rows)}

    def with_people(self) -> Self:
        """Everything a row or a page shows, in one statement."""
        return self.select_related(
            "contact", "owner", "deputy", "case__client", "case__owner", "case__deputy",
            "case__contract", "interaction", "confirmed_by",
        )  # fmt: skip


class Commitment(Versioned, Obligation):
    """A promise to the client: what, to whom, by when, by whom.

    ``owner`` is who keeps the promise; ``done_on`` the day it was kept. Commitments do not move:
    a new date is a new commitment, agreed with the client. Only a wrong entry is corrected, with
    a reason and before it is overdue; both due dates then say what had really been promised.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="commitments")
    what = models.CharField(_("what we promised"), max_length=250)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="commitments",
        null=True,
        blank=True,
        verbose_name=_("promised to"),
    )
    promised_on = models.DateField(_("promised on"))
    interaction = models.ForeignKey(
        "dialogue.Interaction",
        on_delete=models.PROTECT,
        related_name="commitments",
        null=True,
        blank=True,
        verbose_name=_("given in the talk"),
    )
    #: the phase of the case when it was given; empty before the plan began
    phase = models.CharField(max_length=1, choices=Phase.choices, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("confirmed as feasible by"),
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    feasibility = models.CharField(
        _("basis of the confirmation"),
        max_length=250,
        blank=True,
        help_text=_("For instance staff, material, subcontractor, budget."),
    )
    #: why it was given although nobody had confirmed it
    unconfirmed_reason = models.TextField(blank=True, editable=False)
    forewarned_on = models.DateField(null=True, editable=False)
    forewarning = models.CharField(max_length=250, blank=True, editable=False)
    told_on = models.DateField(null=True, editable=False)
    told_how = models.CharField(max_length=250, blank=True, editable=False)
    broken_on = models.DateField(null=True, editable=False)
    broken_reason = models.CharField(max_length=250, blank=True, editable=False)
    released_on = models.DateField(null=True, editable=False)
    proof = models.CharField(
        pgettext_lazy("commitment", "proof"), max_length=250, blank=True, editable=False
    )
    proof_document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("file with the proof"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commitment")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=_OPEN, name="commitment_open_owner")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("promised_on")),
                name="commitment_due_after_promise",
                violation_error_message=_("The date lies before the promise was given."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("promised_on")),
                name="commitment_kept_after_promise",
            ),
            models.CheckConstraint(
                condition=Q(broken_on__isnull=True) | ~Q(broken_reason=""),
                name="commitment_break_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | ~Q(proof=""),
                name="commitment_release_has_proof",
            ),
            models.CheckConstraint(
                condition=(
                    Q(done_on__isnull=True, broken_on__isnull=True)
                    | Q(done_on__isnull=True, released_on__isnull=True)
                    | Q(broken_on__isnull=True, released_on__isnull=True)
                ),
                name="commitment_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("deputy")), name="commitment_deputy_is_other"
            ),
            models.CheckConstraint(
                condition=(
                    Q(confirmed_by__isnull=True, confirmed_on__isnull=True)
                    | (
                        Q(confirmed_by__isnull=False, confirmed_on__isnull=False)
                        & ~Q(feasibility="")
                    )
                ),
                name="commitment_confirmed_on_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(forewarned_on__isnull=True) | ~Q(forewarning=""),
                name="commitment_forewarning_has_words",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | ~_OPEN,
                name="commitment_told_after_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("dialogue:detail", args=[self.case.number, self.pk])

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.broken_on is None and self.released_on is None

    def state(self, today: date) -> CommitmentState:
        """Open, kept, kept late, broken or released; overdue counts as broken."""
        return rules.state(
            due_on=self.due_on,
            original_due_on=self.original_due_on,
            done_on=self.done_on,
            broken_on=self.broken_on,
            released_on=self.released_on,
            today=today,
        )
