"""What both sides agreed after the contract: amendments and settlement papers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.common.duties import Duty
from winback.common.models import Versioned
from winback.contracts.enums import AmendmentKind, AmendmentState
from winback.contracts.models.contract import Contract, document_field, owner_field
from winback.contracts.rules.states import amendment_state


class Amendment(Versioned):
    """An agreement of both sides; may suspend the client's right to terminate.

    Our obligations under it are measures, the client's are client obligations.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(
        pgettext_lazy("amendment", "kind"), max_length=12, choices=AmendmentKind.choices
    )
    title = models.CharField(_("title"), max_length=200)
    signed_on = models.DateField(_("signed on"))
    signed_by_us = models.CharField(_("signed for us by"), max_length=120)
    signed_by_client = models.CharField(_("signed for the client by"), max_length=120)
    content = models.TextField(
        _("what was agreed"),
        max_length=4000,
        help_text=_("Extra services, corrections, prices: clear and binding for both sides."),
    )
    price_effect = models.DecimalField(
        _("price effect per year"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("in euro, net; negative where we grant something"),
    )
    suspends_until = models.DateField(_("termination right suspended until"), null=True, blank=True)
    ends_on_breach = models.BooleanField(_("the suspension ends on a breach"), default=True)
    owner = owner_field(
        verbose_name=pgettext_lazy("person", "owner"),
        help_text=_("Watches that the agreement is kept."),
    )
    document = document_field(_("signed paper"))
    broken_on = models.DateField(null=True, editable=False)
    broken_reason = models.CharField(max_length=250, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("amendment")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(suspends_until__isnull=True) | Q(suspends_until__gte=F("signed_on")),
                name="amendment_suspends_after_signing",
                violation_error_message=_("The suspension ends before the paper was signed."),
            ),
            models.CheckConstraint(
                condition=Q(broken_on__isnull=True) | ~Q(broken_reason=""),
                name="amendment_breach_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contracts:amendment", args=[self.contract_id, self.pk])

    def suspended(self, today: date) -> bool:
        """Whether termination would be suspended today, were the amendment kept."""
        return self.suspends_until is not None and today <= self.suspends_until

    def state(self, duties: Collection[Duty], today: date) -> AmendmentState:
        """In force, at risk by one of our ``duties``, broken or expired."""
        return amendment_state(
            until=self.suspends_until, broken_on=self.broken_on, duties=duties, today=today
        )
