"""How we keep in touch: the agreed rhythm, and who tells whom what and when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.enums import LIVE
from winback.cases.models import Case
from winback.clients.models import Contact
from winback.dialogue import rules
from winback.dialogue.enums import TalkChannel
from winback.dialogue.models.base import CaseRow, CaseRowQuerySet, DutyQuerySet
from winback.dialogue.models.talk import Interaction


class RhythmQuerySet(DutyQuerySet):
    def open(self) -> Self:
        """Holds today: not ended, and the case goes on or the contact outlives it."""
        return self.filter(Q(case__status__in=LIVE) | Q(outlives_case=True), ended_on__isnull=True)

    def with_last_contact(self) -> Self:
        """Adds ``last_on``: the latest two-sided contact, with the named contact if there is one.

        Before the first contact the day of the agreement counts.
        """
        held = Interaction.objects.two_sided().filter(case=OuterRef("case")).order_by("-held_on")
        with_anybody = held.values("held_on")[:1]
        with_contact = held.filter(contacts=OuterRef("contact")).values("held_on")[:1]
        last = models.Case(
            models.When(contact__isnull=True, then=Subquery(with_anybody)),
            default=Subquery(with_contact),
        )
        return self.annotate(last_on=Greatest(Coalesce(last, F("agreed_on")), F("agreed_on")))


class ContactRhythm(CaseRow):
    """How often the client wishes to hear from us; the client sets it.

    With ``contact`` it holds for that person, else for the case. ``outlives_case`` keeps a discreet
    loose contact after the case has ended.
    """

    url_stem = "rhythm"
    last_on: date  # set by with_last_contact()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rhythms")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="rhythms",
        null=True,
        blank=True,
        verbose_name=_("contact"),
    )
    every_days = models.PositiveSmallIntegerField(
        _("every … calendar days"), validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    channel = models.CharField(
        pgettext_lazy("interaction", "channel"), max_length=10, choices=TalkChannel.choices
    )
    agreed_on = models.DateField(_("agreed on"))
    wish = models.CharField(_("the client's wish"), max_length=250, blank=True)
    outlives_case = models.BooleanField(
        _("Keep in discreet contact after the case has ended"), default=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "owner"),
    )
    ended_on = models.DateField(null=True, editable=False)

    objects = RhythmQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact rhythm")
        ordering = ["every_days", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "contact"],
                condition=Q(ended_on__isnull=True),
                name="rhythm_once_per_contact",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_on__isnull=True, contact__isnull=True),
                name="rhythm_once_for_all",
            ),
            models.CheckConstraint(
                condition=Q(every_days__range=(1, 365)), name="rhythm_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.case)

    @property
    def due_on(self) -> date:
        """The day by which both sides should have spoken again; needs ``with_last_contact()``."""
        return rules.contact_due(self.last_on, self.every_days)


class CommunicationWay(CaseRow):
    """One line of the communication matrix: who tells whom what, when and how."""

    url_stem = "way"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ways")
    topic = models.CharField(pgettext_lazy("way", "what"), max_length=150)
    sender = models.CharField(pgettext_lazy("way", "who"), max_length=120)
    recipient = models.CharField(pgettext_lazy("way", "whom"), max_length=120)
    occasion = models.CharField(pgettext_lazy("way", "when"), max_length=120)
    channel = models.CharField(
        pgettext_lazy("interaction", "channel"), max_length=10, choices=TalkChannel.choices
    )
    ended_on = models.DateField(null=True, editable=False)

    objects = CaseRowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("communication way")
        ordering = ["topic", "pk"]

    def __str__(self) -> str:
        return self.topic
