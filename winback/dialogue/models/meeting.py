"""What is agreed to come: meetings that repeat, and call-backs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.clients.models import Contact
from winback.common.models import Obligation
from winback.dialogue.enums import SERIES_KINDS, InteractionKind, Rhythm, TalkChannel
from winback.dialogue.models.base import CaseRow, DutyQuerySet


class SeriesQuerySet(DutyQuerySet):
    def open(self) -> SeriesQuerySet:
        """Still going on."""
        return self.filter(ended_on__isnull=True)


class MeetingSeries(CaseRow):
    """A meeting that repeats: jour fixe, review, meeting of the boards.

    ``next_on`` is owed by ``owner``; recording the talk moves it to the next round.
    """

    url_stem = "series"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(
        pgettext_lazy("interaction", "kind"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in SERIES_KINDS],
        default=InteractionKind.REGULAR,
    )
    title = models.CharField(pgettext_lazy("series", "title"), max_length=120)
    rhythm_days = models.PositiveSmallIntegerField(
        _("rhythm"), choices=Rhythm.choices, default=Rhythm.FORTNIGHTLY
    )
    next_on = models.DateField(_("next date"))
    channel = models.CharField(
        pgettext_lazy("interaction", "channel"), max_length=10, choices=TalkChannel.choices
    )
    agenda = models.TextField(
        _("agenda"), max_length=4000, blank=True, help_text=_("One point per line.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "owner"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("person", "deputy"),
    )
    ended_on = models.DateField(null=True, editable=False)

    objects = SeriesQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meeting series")
        verbose_name_plural = _("meeting series")
        ordering = ["next_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(owner=F("deputy")), name="series_deputy_is_other")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class FollowUpQuerySet(DutyQuerySet):
    def open(self) -> FollowUpQuerySet:
        """Neither made nor dropped."""
        return self.filter(done_on__isnull=True, dropped_on__isnull=True)


class FollowUp(CaseRow, Obligation):
    """An agreed call-back or answer: to whom, about what, by when."""

    url_stem = "followup"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="followups")
    interaction = models.ForeignKey(
        "dialogue.Interaction",
        on_delete=models.PROTECT,
        related_name="followups",
        null=True,
        blank=True,
        verbose_name=_("from the talk"),
    )
    what = models.CharField(_("what about"), max_length=250)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("whom"),
    )
    dropped_on = models.DateField(null=True, editable=False)
    drop_reason = models.CharField(max_length=250, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("call-back")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on__isnull=True, dropped_on__isnull=True),
                name="followup_open_owner",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True),
                name="followup_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(drop_reason=""),
                name="followup_drop_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("deputy")), name="followup_deputy_is_other"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.dropped_on is None
