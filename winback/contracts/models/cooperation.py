"""What the client owes so that we can perform; while it is missing our clock may stand still."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.common.models import Versioned
from winback.contracts.enums import CooperationKind, CooperationState
from winback.contracts.models.amendment import Amendment
from winback.contracts.models.contract import Contract, document_field
from winback.contracts.models.deadline import Deadline
from winback.contracts.rules.periods import Pause
from winback.contracts.rules.states import cooperation_state


class ClientObligation(Versioned):
    """Access refused, a decision late, information missing: since when, until when, with proof.

    ``since`` is the first day on which it was missing, ``until`` the last one. Meanwhile the named
    deadlines of ours stand still: the days are added once it is given.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="client_obligations"
    )
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        related_name="client_obligations",
        null=True,
        blank=True,
        verbose_name=_("from amendment"),
    )
    kind = models.CharField(
        pgettext_lazy("cooperation", "kind"), max_length=12, choices=CooperationKind.choices
    )
    what = models.CharField(_("what the client owes"), max_length=250)
    due_on = models.DateField(pgettext_lazy("cooperation", "agreed by"), null=True, blank=True)
    since = models.DateField(
        _("missing since"),
        null=True,
        blank=True,
        help_text=_("First day on which it was missing: access refused, decision not taken."),
    )
    until = models.DateField(
        pgettext_lazy("cooperation", "missing until"),
        null=True,
        blank=True,
        help_text=_("Last day it was missing, or the day it was given; empty while it is owed."),
    )
    told_on = models.DateField(
        _("client told on"),
        null=True,
        blank=True,
        help_text=_("When we told the client in writing that this hinders us."),
    )
    evidence = document_field(_("evidence"))
    note = models.TextField(_("note"), max_length=2000, blank=True)
    pauses = models.ManyToManyField(
        Deadline, blank=True, related_name="pausing", verbose_name=_("pauses these deadlines")
    )

    history = HistoricalRecords(m2m_fields=[pauses])

    class Meta:
        verbose_name = _("client obligation")
        ordering = [F("until").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(since__isnull=False),
                name="client_obligation_has_day",
                violation_error_message=_("Say by when it is owed or since when it is missing."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="client_obligation_until_after_since",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("contracts:cooperation_edit", args=[self.contract_id, self.pk])

    @property
    def pause(self) -> Pause | None:
        """The days that are added to our deadlines; None while they are not known."""
        if self.since is None or self.until is None:
            return None
        return Pause(self.since, self.until, self.what)

    def state(self, today: date) -> CooperationState:
        """Owed, missing, given or given late."""
        return cooperation_state(
            due_on=self.due_on, since=self.since, until=self.until, today=today
        )
