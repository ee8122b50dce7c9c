"""What the win-back costs, planned and actual."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from winback.cases.models.sheets.sheet import Sheet, money, text
from winback.cases.rules import Effort, break_even, cost


class EffortSheet(Sheet):
    """What the win-back costs, in hours and euro."""

    hours = models.DecimalField(
        _("hours"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    rate = money(_("rate per hour"))
    goodwill = money(
        _("cost of goodwill"),
        help_text=_("A free extra service for a limited time, not a price cut."),
    )
    audit = money(_("cost of external audits"))
    mediation_cost = money(_("cost of mediation"))
    note = text(_("remarks on the effort"))

    class Meta:
        abstract = True

    @property
    def total(self) -> Decimal:
        """In euro; what is not filled in counts as nothing."""
        zero = Decimal(0)
        return cost(
            Effort(
                self.hours or zero,
                self.rate or zero,
                self.goodwill or zero,
                self.audit or zero,
                self.mediation_cost or zero,
            )
        )

    def break_even(self, value: Decimal | None) -> Decimal | None:
        """p* in percent against a second lifetime value; None where there is none."""
        return None if value is None else break_even(self.total, value)


class PlannedEffort(EffortSheet):
    """The win-back as an investment, before it begins."""

    class Meta:
        verbose_name = _("planned effort")


class ActualEffort(EffortSheet):
    """What the win-back has cost so far."""

    class Meta:
        verbose_name = _("actual effort")
