"""What was contracted with the client, and until when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.clients.models import Client, Site
from winback.common.models import Versioned
from winback.contracts.enums import ContractKind


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

    history = HistoricalRecords(m2m_fields=[sites])

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
        ]

    def __str__(self) -> str:
        return self.title

    def days_to_notice(self, today: date) -> int | None:
        """Calendar days until the last day to give notice; negative once it has passed."""
        return None if self.notice_on is None else (self.notice_on - today).days
