"""The service specification (LV): one row per position."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.common.models import Versioned
from winback.contracts.enums import LineKind
from winback.contracts.models.amendment import Amendment
from winback.contracts.models.contract import Contract


class ServiceLine(Versioned):
    """One position: what is owed, what was promised, expected, delivered, feasible and agreed."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="lines")
    position = models.CharField(
        _("LV position"), max_length=30, help_text=_("For instance 2.1.4; orders the table.")
    )
    sort_key = models.CharField(max_length=120, editable=False)
    title = models.CharField(pgettext_lazy("line", "service"), max_length=200)
    trade = models.CharField(_("trade"), max_length=80, blank=True)
    frequency = models.CharField(
        pgettext_lazy("service line", "frequency"),
        max_length=80,
        blank=True,
        help_text=_("For instance five times a week."),
    )
    standard = models.CharField(_("quality or standard"), max_length=200, blank=True)
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    kind = models.CharField(_("type of service"), max_length=10, choices=LineKind.choices)
    kind_reason = models.CharField(
        _("reason for this type"),
        max_length=250,
        help_text=_("Courts often treat cleaning and winter service as works. Legal check needed."),
    )
    promised = models.CharField(_("promised in the tender"), max_length=250, blank=True)
    expected = models.CharField(_("expected by the client"), max_length=250, blank=True)
    delivered = models.CharField(_("delivered"), max_length=250, blank=True)
    feasible = models.CharField(_("feasible"), max_length=250, blank=True)
    agreed = models.CharField(_("agreed new level"), max_length=250, blank=True)
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
        verbose_name=_("agreed in"),
    )
    price_effect = models.DecimalField(
        _("price effect per year"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("in euro, net; negative where we grant something"),
    )
    unclear = models.TextField(_("gap or unclear wording"), blank=True, max_length=2000)
    quotation = models.TextField(_("quoted by the client"), blank=True, max_length=2000)
    answer = models.TextField(_("our answer"), blank=True, max_length=2000)

    history = HistoricalRecords(excluded_fields=["sort_key"])

    class Meta:
        verbose_name = _("service line")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "position"],
                name="service_line_position_once",
                violation_error_message=_("This position is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind_reason=""), name="service_line_kind_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(agreed="", amendment__isnull=True) | ~Q(agreed=""),
                name="service_line_amendment_needs_level",
                violation_error_message=_("Say which level was agreed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"

    def fill_sort_key(self) -> None:
        """2.10 stands behind 2.9: numbers are compared as numbers."""
        parts = self.position.replace(" ", ".").split(".")
        padded = (part.zfill(5) if part.isdecimal() else part for part in parts)
        self.sort_key = ".".join(padded)[:120]

    @property
    def is_disputed(self) -> bool:
        """The client quoted it, or its wording is unclear, and no answer stands yet."""
        return bool(self.unclear or self.quotation) and not self.answer
