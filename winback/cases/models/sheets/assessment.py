"""What speaks for trying, and what it would be worth."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from winback.cases.enums import (
    Degree,
    Factor,
    Reply,
)
from winback.cases.models.sheets.sheet import Sheet, choice, money, percent, text
from winback.cases.rules import SecondLife, second_lifetime_value


class Assessment(Sheet):
    """What speaks for trying, and what it would be worth. It prepares the decision."""

    controllable = choice(Factor.CONTROLLABLE.label, Degree)
    changeable = choice(Factor.CHANGEABLE.label, Degree)
    strategic = choice(Factor.STRATEGIC.label, Degree)
    recovery = choice(Factor.RECOVERY.label, Degree)
    complaints = choice(Factor.COMPLAINTS.label, Degree)
    decider = choice(Factor.DECIDER.label, Degree)
    window = choice(Factor.WINDOW.label, Degree)
    long_unhappy = choice(
        _("Was the client dissatisfied long before the trigger?"),
        Reply,
        help_text=_("If so, the chance counts as very low."),
    )
    hopeless = choice(
        _("Can nothing be saved?"),
        Reply,
        help_text=_("If so, leave quickly and on good terms."),
    )
    note = text(_("remarks on the assessment"))
    contribution = money(_("contribution per year"))
    care_cost = money(_("care cost per year"))
    years = models.PositiveSmallIntegerField(
        _("years of the second contract"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    survival = percent(_("yearly survival of the contract, in percent"))
    interest = percent(_("interest, in percent"))
    belief = percent(
        _("our belief in success, in percent"),
        help_text=_("Your own estimate for this case; nothing is prefilled."),
    )
    belief_reason = text(_("reasons for this belief"))

    class Meta:
        verbose_name = _("assessment")

    @property
    def degrees(self) -> dict[str, str]:
        """Factor → degree, for all factors a person judges."""
        return {factor: getattr(self, factor) for factor in Factor if hasattr(self, factor)}

    @property
    def second_life(self) -> SecondLife | None:
        """The inputs of the second lifetime value; None while one is missing."""
        contribution, care_cost, years = self.contribution, self.care_cost, self.years
        survival, interest = self.survival, self.interest
        if None in (contribution, care_cost, years, survival, interest):
            return None
        return SecondLife(contribution, care_cost, int(years or 0), survival, interest)

    @property
    def value(self) -> Decimal | None:
        """The second lifetime value in euro; None while an input is missing."""
        life = self.second_life
        return None if life is None else second_lifetime_value(life)
