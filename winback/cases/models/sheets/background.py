"""How the relationship stood and how the client went."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from winback.cases.enums import (
    Dependency,
    Level,
    Reply,
    Stage,
)
from winback.cases.models.sheets.sheet import Sheet, choice, percent, text


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
