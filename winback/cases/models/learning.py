"""Tenders, successes and lessons: what remains of a case."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.enums import LessonState, LessonTarget, SiteState, SuccessKind, TenderResult
from winback.cases.models.case import Case
from winback.cases.models.duties import Duty
from winback.cases.rules import gained
from winback.clients.models import Site
from winback.common.models import Versioned


class Tender(Versioned):
    """A tender that was lost, won, or is still to come."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tenders")
    title = models.CharField(_("tender"), max_length=200)
    result = models.CharField(
        pgettext_lazy("tender", "result"), max_length=20, choices=TenderResult.choices
    )
    held_on = models.DateField(_("date of the award"))
    winner = models.CharField(_("awarded to"), max_length=200, blank=True)
    lots_before = models.PositiveSmallIntegerField(_("lots before"), null=True, blank=True)
    lots_after = models.PositiveSmallIntegerField(_("lots afterwards"), null=True, blank=True)
    reasons = models.TextField(_("why it was decided like this"), blank=True)
    lessons = models.TextField(_("what we learn for the next tender"), blank=True)
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        verbose_name = _("tender")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.result == TenderResult.PLANNED

    @property
    def lots_gained(self) -> int | None:
        return gained(self.lots_before, self.lots_after)


class AwardCriterion(models.Model):
    """One criterion of the award: weight in percent, points of our and of the winning offer."""

    tender = models.ForeignKey(Tender, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("award criterion"), max_length=120)
    weight = models.DecimalField(
        _("weight in percent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    our_points = models.DecimalField(
        _("our points"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    their_points = models.DecimalField(
        _("points of the other offer"), max_digits=6, decimal_places=1, null=True, blank=True
    )

    class Meta:
        ordering = ["-weight", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "name"],
                name="award_criterion_once",
                violation_error_message=_("This criterion stands there already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Success(models.Model):
    """Something that went well: a recommendation, a certificate, a success of the team."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="successes")
    kind = models.CharField(
        pgettext_lazy("success", "kind"), max_length=20, choices=SuccessKind.choices
    )
    happened_on = models.DateField(pgettext_lazy("success", "on"))
    what = models.CharField(_("what"), max_length=250)

    class Meta:
        verbose_name = _("success")
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return self.what


class SiteFact(models.Model):
    """How it stands at one of the sites of a case: each has its own facts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="site_facts")
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    state = models.CharField(
        pgettext_lazy("site", "state"), max_length=20, choices=SiteState.choices
    )
    lots = models.CharField(_("lots at this site"), max_length=120, blank=True)
    annual_value = models.DecimalField(
        _("annual value of this site"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    note = models.TextField(_("what matters here"), blank=True)

    class Meta:
        verbose_name = _("facts of a site")
        ordering = ["site__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "site"], name="site_facts_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.site}"


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: User) -> Self:
        """Lessons of the cases the user may see."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Lesson(Versioned):
    """What the company learns from a case; somebody decides what becomes of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lessons")
    what = models.TextField(_("what we learned"))
    proposal = models.TextField(
        _("proposal"), help_text=_("What is to change, so that it does not happen again.")
    )
    target = models.CharField(
        _("concerns"), max_length=20, choices=LessonTarget.choices, default=LessonTarget.PLAN
    )
    state = models.CharField(
        pgettext_lazy("lesson", "state"),
        max_length=20,
        choices=LessonState.choices,
        default=LessonState.PROPOSED,
        editable=False,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    proposed_on = models.DateField(editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    decided_on = models.DateField(null=True, editable=False)
    decision_reason = models.TextField(_("reason"), blank=True, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LessonState.PROPOSED, decided_on=None)
                | (~Q(state=LessonState.PROPOSED) & Q(decided_on__isnull=False)),
                name="lesson_decided_has_date",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_proposed(self) -> bool:
        return self.state == LessonState.PROPOSED
