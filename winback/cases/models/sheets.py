"""Pages of facts that a case has at most once: background, assessment, approach and so on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.enums import (
    Degree,
    Dependency,
    Factor,
    Level,
    MediationResult,
    MediationSubject,
    Reply,
    Stage,
    TalkForm,
    Way,
)
from winback.cases.models.case import Case
from winback.cases.rules import Effort, SecondLife, break_even, cost, second_lifetime_value
from winback.common.models import Versioned

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Sheet(Versioned):
    """At most one per case; made when somebody first saves it."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="%(class)s", editable=False
    )
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.case} · {self._meta.verbose_name}"

    @property
    def is_new(self) -> bool:
        """Nobody has saved it yet."""
        return self._state.adding


def money(label: Any, **extra: Any) -> Any:
    """An amount in euro, never negative; empty while nobody knows it."""
    return models.DecimalField(
        label,
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        **extra,
    )


def percent(label: Any, **extra: Any) -> Any:
    """0 to 100 with one decimal; empty while nobody knows it."""
    return models.DecimalField(
        label,
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=PERCENT,
        **extra,
    )


def choice(label: Any, of: type[models.TextChoices], **extra: Any) -> Any:
    """One of a few answers; empty while nobody has given one."""
    return models.CharField(label, max_length=20, choices=of.choices, blank=True, **extra)


def text(label: Any, **extra: Any) -> Any:
    return models.TextField(label, blank=True, **extra)


class Background(Sheet):
    """How the relationship stood and how the client went."""

    stage = choice(_("stage of the relationship"), Stage)
    revenue_share = percent(_("share of this client in our revenue, in percent"))
    dependency = choice(_("dependency on this client"), Dependency)
    dependency_note = text(_("what we would do without this client"))
    dispute_risk = choice(_("risk of a public dispute or lawsuit"), Level)
    dispute_note = text(_("how we avoid a dispute"))
    strain = choice(
        _("strain on the team"), Level, help_text=_("of the team as a whole: high is the limit")
    )
    trust_note = text(_("trust and feelings besides the service itself"))
    provider_since = models.DateField(_("served by the new provider since"), null=True, blank=True)
    competitor = text(_("what the competitor promised"))
    outside_reasons = text(
        _("reasons outside our influence"),
        help_text=_("For instance: contact person left, budget cut, better promise elsewhere."),
    )
    went_silently = choice(_("client went without a word"), Reply)
    unspoken = text(_("suspected unspoken complaints"))
    in_absence = choice(_("lost while the contact person was away"), Reply)
    absence_note = text(
        _("who stood in"), help_text=_("And whether a competent contact was missing.")
    )

    class Meta:
        verbose_name = _("background")


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


class Approach(Sheet):
    """Who speaks to the client first, and how. Own people only: no agency can be chosen."""

    way = choice(_("way of the first approach"), Way)
    way_reason = text(_("why this way"))
    caller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("who speaks to the client"),
        help_text=_("One of us with a bond to the client, never a call centre or agency."),
    )
    suitability = text(
        _("why this person"),
        help_text=_("Courage, empathy, conversation skill, stands rejection, handles complaints."),
    )
    support = text(_("preparation, briefing and support"))
    conflict = text(
        _("conflict of interest"),
        help_text=_("For instance: commission on new business pushes the win-back away."),
    )

    class Meta:
        verbose_name = _("first approach")


class Mediation(Sheet):
    """Whether a neutral person helps, and what came of it."""

    considered = choice(_("mediation wanted"), Reply)
    reasons = text(_("reasons"))
    neutral_person = models.CharField(_("neutral person"), max_length=200, blank=True)
    subject = choice(_("subject of the mediation"), MediationSubject)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("mediation", "ended on"), null=True, blank=True)
    is_confidential = models.BooleanField(_("confidentiality agreed"), default=False)
    result = choice(_("result"), MediationResult)
    result_note = text(_("what was agreed"))

    class Meta:
        verbose_name = _("mediation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("starts_on")),
                name="mediation_ends_after_start",
                violation_error_message=_("The mediation ends before it begins."),
            )
        ]


class Farewell(Sheet):
    """The honest talk when the case ends without success."""

    held_on = models.DateField(_("talk held on"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("talk held by"),
    )
    form = choice(_("form of the talk"), TalkForm)
    explanation = text(_("what we explained honestly"))
    released_capacity = text(
        _("released capacity"), help_text=_("What becomes free, and where it goes.")
    )

    class Meta:
        verbose_name = _("farewell")
