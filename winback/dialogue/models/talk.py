"""Every contact with the client: talks, meetings, letters, calls."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from winback.cases.models import Case
from winback.clients.models import Contact
from winback.dialogue.enums import ApologyForm, InteractionKind, Mood, TalkChannel
from winback.dialogue.models.base import CaseRow, CaseRowQuerySet
from winback.dialogue.models.meeting import MeetingSeries

#: What a crisis talk should hold.
_WANTED = (
    "failures_admitted",
    "takes_responsibility",
    "apologised_by_id",
    "solutions_offered",
    "make_good_asked",
)


class InteractionQuerySet(CaseRowQuerySet):
    def two_sided(self) -> Self:
        """Contacts in which both sides spoke: only these keep the agreed rhythm."""
        return self.filter(is_two_sided=True)

    def last_contact(self) -> date | None:
        """Day of the latest two-sided contact; None before the first."""
        found: date | None = self.two_sided().aggregate(last=Max("held_on"))["last"]
        return found

    def held_within(self, today: date, days: int) -> Self:
        """Held in the last ``days`` calendar days, today included."""
        return self.filter(held_on__gt=today - timedelta(days=days), held_on__lte=today)

    def with_rows(self) -> Self:
        """What a line of a list shows, in three statements."""
        return self.select_related("case").prefetch_related("contacts", "our_people")


class Interaction(CaseRow):
    """One contact with the client, internal until somebody shares it on purpose.

    ``is_two_sided`` is False for a letter or mail nobody answered. What was admitted, offered and
    answered belongs to a crisis talk, but any contact may hold it.
    """

    url_stem = "talk"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interactions")
    series = models.ForeignKey(
        MeetingSeries,
        on_delete=models.PROTECT,
        related_name="interactions",
        null=True,
        blank=True,
        verbose_name=_("meeting series"),
    )
    kind = models.CharField(
        pgettext_lazy("interaction", "kind"), max_length=20, choices=InteractionKind.choices
    )
    subject = models.CharField(_("subject"), max_length=150)
    held_on = models.DateField(pgettext_lazy("interaction", "held on"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    channel = models.CharField(
        pgettext_lazy("interaction", "channel"), max_length=10, choices=TalkChannel.choices
    )
    is_two_sided = models.BooleanField(_("Both sides spoke with each other"), default=True)
    contacts = models.ManyToManyField(
        Contact, related_name="interactions", blank=True, verbose_name=_("contacts of the client")
    )
    our_people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("our people")
    )
    others = models.CharField(_("further participants"), max_length=250, blank=True)
    moderator = models.CharField(_("moderated by"), max_length=120, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    summary = models.TextField(_("result in brief"), max_length=2000)
    minutes = models.TextField(_("minutes"), max_length=10000, blank=True)
    decisions = models.TextField(_("decisions"), max_length=4000, blank=True)
    client_words = models.TextField(_("in the client's words"), max_length=4000, blank=True)
    mood = models.PositiveSmallIntegerField(
        _("mood of the client"),
        choices=Mood.choices,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    failures_admitted = models.TextField(_("failures admitted"), max_length=4000, blank=True)
    takes_responsibility = models.BooleanField(
        _("We took responsibility, without excuses"), default=False
    )
    apologised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("apology given by"),
    )
    apology_form = models.CharField(
        _("form of the apology"), max_length=10, choices=ApologyForm.choices, blank=True
    )
    solutions_offered = models.TextField(_("solutions offered"), max_length=4000, blank=True)
    make_good_asked = models.BooleanField(
        _("We asked how the damage can be made good"), default=False
    )
    make_good_answer = models.TextField(_("the client's answer"), max_length=2000, blank=True)
    shared_on = models.DateField(null=True, editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )

    objects = InteractionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = pgettext_lazy("dialogue", "talk")
        ordering = ["-held_on", "-starts_at", "-pk"]
        indexes = [models.Index(fields=["case", "held_on"], name="interaction_case_held")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mood__isnull=True) | Q(mood__range=(1, 5)),
                name="interaction_mood_1_to_5",
            ),
            models.CheckConstraint(
                condition=(
                    Q(apologised_by__isnull=True, apology_form="")
                    | (Q(apologised_by__isnull=False) & ~Q(apology_form=""))
                ),
                name="interaction_apology_has_form",
            ),
            models.CheckConstraint(
                condition=Q(make_good_answer="") | Q(make_good_asked=True),
                name="interaction_answer_needs_question",
            ),
            models.CheckConstraint(
                condition=(
                    Q(shared_on__isnull=True, shared_by__isnull=True)
                    | Q(shared_on__isnull=False, shared_by__isnull=False)
                ),
                name="interaction_shared_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return self.url("detail")

    @property
    def is_shared(self) -> bool:
        return self.shared_on is not None

    @property
    def is_crisis_talk(self) -> bool:
        return self.kind == InteractionKind.CRISIS

    @property
    def gaps(self) -> list[str]:
        """Names of the fields a crisis talk should hold and does not; empty for other kinds."""
        if not self.is_crisis_talk:
            return []
        return [name.removesuffix("_id") for name in _WANTED if not getattr(self, name)]
