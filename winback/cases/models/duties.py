"""What a decision leaves to do: one table, so that everything owed is found in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.enums import CLOSED, LIVE, DutyKind, EscalationLevel, Load
from winback.cases.models.case import Case
from winback.cases.models.sheets import Sheet, choice, money, text
from winback.common.models import Obligation, ObligationQuerySet, Versioned

if TYPE_CHECKING:
    from accounts.models import User


class DutyQuerySet(ObligationQuerySet):
    """Open duties as they are owed."""

    def owed(self) -> Self:
        """Open, and still of use.

        A tender is prepared even after the case has ended; contact is kept from then on, with a
        client won back as with one who left; everything else is owed while the case goes on.
        """
        going_on = Q(case__status__in=LIVE) & ~Q(kind=DutyKind.CARE)
        ended = Q(kind=DutyKind.CARE, case__status__in=CLOSED)
        return self.open().filter(Q(kind=DutyKind.TENDER) | going_on | ended)


class Duty(Versioned, Obligation):
    """One step that a named person owes: of an escalation, a handover, Plan B, a tender."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=20, choices=DutyKind.choices, editable=False)
    title = models.CharField(_("what"), max_length=200)
    result = models.TextField(_("result"), blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a decision")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "done_on"], name="case_duty_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(result=""), name="case_duty_done_has_result"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page on which the step stands."""
        handover = getattr(self, "handover", None)
        return duty_page(self.kind, self.case.number, handover and handover.pk)

    def belongs_to(self, user: User) -> bool:
        return user.pk in {self.owner_id, self.deputy_id}


def duty_page(kind: str, number: str, handover: int | str | None) -> str:
    """The page in case ``number`` on which a step stands; ``handover`` is the key of its own."""
    if handover:
        return reverse("cases:handover", args=[number, handover])
    pages = {
        DutyKind.ESCALATION: "cases:escalation",
        DutyKind.TENDER: "cases:tenders",
        DutyKind.PLAN_B: "cases:tenders",
    }
    return reverse(pages.get(DutyKind(kind), "cases:decisions"), args=[number])


def duty_link(related_name: str = "+") -> models.OneToOneField[Duty, Duty]:
    """The step that the row is about."""
    return models.OneToOneField(
        Duty, on_delete=models.PROTECT, related_name=related_name, editable=False
    )


class EscalationStep(models.Model):
    """One structured step of the escalation: who does what until when, with which result."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalation_steps")
    level = models.PositiveSmallIntegerField(
        _("escalation level"), choices=EscalationLevel.choices[1:]
    )
    helper = models.CharField(
        _("external help"),
        max_length=200,
        blank=True,
        help_text=_("Consultant or moderator, where somebody from outside does it."),
    )
    duty = duty_link()

    class Meta:
        verbose_name = _("escalation step")
        ordering = ["duty__due_on", "pk"]

    def __str__(self) -> str:
        return str(self.duty)


class PlanB(Sheet):
    """What if the win-back fails: decided before the client decides."""

    revenue_at_risk = money(_("revenue at risk per year"))
    alternatives = text(_("alternative clients or market segments"))
    trigger = text(
        pgettext_lazy("plan b", "what sets Plan B off"),
        help_text=_("The event on which we stop hoping."),
    )
    duty = duty_link()

    class Meta:
        verbose_name = _("Plan B")


class Aftercare(Sheet):
    """Contact kept alive after the end of the case: by whom, how often, about what."""

    every_days = models.PositiveSmallIntegerField(_("contact every … days"), default=30)
    topics = text(
        _("topics and common goals"),
        help_text=_("Proposals of our own, goals of the year, news without an occasion."),
    )
    duty = duty_link()

    class Meta:
        verbose_name = _("aftercare")


class TeamLoad(Sheet):
    """How the team of the case copes; says nothing about single persons."""

    load = choice(_("work load of the team"), Load)
    note = text(_("what is too much"))
    briefed_on = models.DateField(
        _("team knows the requirements of the client since"), null=True, blank=True
    )
    support = text(_("support added"))

    class Meta:
        verbose_name = _("work load of the team")


class ResourceDecision(models.Model):
    """Conflicting demands on people or means, and what the executive board decided."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="resource_decisions")
    conflict = models.TextField(_("conflict"))
    decision = models.TextField(pgettext_lazy("resources", "decision"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided on"))

    class Meta:
        verbose_name = _("decision on resources")
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.conflict
