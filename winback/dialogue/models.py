"""What was promised to the client, and whether it was kept."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.clients.models import Contact
from winback.common.models import Obligation, ObligationQuerySet, Versioned
from winback.dialogue.enums import CommitmentState


class CommitmentQuerySet(ObligationQuerySet):
    def open(self) -> CommitmentQuerySet:
        """Neither kept nor declared broken nor released."""
        return self.filter(done_on__isnull=True, broken_on__isnull=True, released_on__isnull=True)


class Commitment(Versioned, Obligation):
    """A promise to the client: what, to whom, by when, by whom.

    ``owner`` is who keeps the promise; ``done_on`` the day it was kept. Commitments do not move:
    a new date is a new commitment, agreed with the client.
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
    broken_on = models.DateField(null=True, editable=False)
    released_on = models.DateField(null=True, editable=False)
    proof = models.CharField(
        pgettext_lazy("commitment", "proof"), max_length=250, blank=True, editable=False
    )
    note = models.TextField(_("note"), blank=True)

    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commitment")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on__isnull=True, broken_on__isnull=True, released_on__isnull=True),
                name="commitment_open_owner",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("promised_on")),
                name="commitment_due_after_promise",
                violation_error_message=_("The date lies before the promise was given."),
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | ~Q(proof=""),
                name="commitment_release_has_proof",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.broken_on is None and self.released_on is None

    def state(self, today: date) -> CommitmentState:
        """Open, kept, kept late, broken or released; overdue counts as broken."""
        if self.released_on is not None:
            return CommitmentState.RELEASED
        if self.done_on is not None:
            kept = self.done_on <= self.original_due_on
            return CommitmentState.KEPT if kept else CommitmentState.KEPT_LATE
        if self.broken_on is not None or self.due_on < today:
            return CommitmentState.BROKEN
        return CommitmentState.OPEN
