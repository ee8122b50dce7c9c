"""The measures of all visible cases: which, in which order; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django import forms
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.filters import OwnerFilter
from accounts.models import User
from winback.cases.enums import LIVE, Phase
from winback.cases.models import Case
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.plans.enums import MEASURE_ENDED, MeasureStatus
from winback.plans.models import MeasureQuerySet


class MeasureFilter(OwnerFilter):
    """Above the list of measures."""

    views: ClassVar[Mapping[str, object]] = {
        "offen": pgettext_lazy("measure view", "Open"),
        "ueberfaellig": pgettext_lazy("measure view", "Overdue"),
        "meine": pgettext_lazy("measure view", "Mine"),
        "team": pgettext_lazy("measure view", "Team"),
        "beendet": pgettext_lazy("measure view", "Done and dropped"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "faellig": "due_on",
        "kunde": "plan__case__sort_key",
        "verantwortlich": "owner__sort_key",
        "phase": "phase__number",
        "status": "status",
    }
    default_sort = "faellig"
    then = ("due_on", "pk")

    phase = forms.ChoiceField(label=_("Phase"), required=False, choices=with_any(Phase.choices))
    status = forms.ChoiceField(
        label=pgettext_lazy("measure", "Status"),
        required=False,
        choices=with_any(MeasureStatus.choices),
    )
    field_order = ("q", "phase", "status", "verantwortlich")

    def apply(self, measures: MeasureQuerySet, user: User, today: date) -> MeasureQuerySet:
        """Narrow and order the visible measures."""
        found = _in_view(measures, self.view, user, today)
        if text := self.chosen("q"):
            found = found.filter(plan__case__search_key__contains=normalise(text))
        for name, field in (
            ("phase", "phase__number"),
            ("status", "status"),
            ("verantwortlich", "owner"),
        ):
            if value := self.chosen(name):
                found = found.filter(**{field: value})
        return self.ordered(found)


def _in_view(measures: MeasureQuerySet, view: str, user: User, today: date) -> MeasureQuerySet:
    """Ended cases owe nothing: their open measures, if any, are not listed as open."""
    if view == "beendet":
        return measures.filter(status__in=MEASURE_ENDED)
    measures = measures.open().filter(plan__case__status__in=LIVE)
    if view == "ueberfaellig":
        return measures.overdue(today)
    if view == "meine":
        return measures.filter(Q(owner=user) | Q(deputy=user))
    if view == "team":
        return measures.filter(plan__case__in=Case.objects.in_team_of(user))
    return measures
