"""Who speaks first, who helps, how one parts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.enums import (
    MediationResult,
    MediationSubject,
    Reply,
    TalkForm,
    Way,
)
from winback.cases.models.sheets.sheet import Sheet, choice, text


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
