"""The register of inspections over all sites: which rows, in which order; it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.filters import OwnerFilter
from accounts.models import Region, User
from winback.common.forms import limit
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.norms.enums import DutyHolder
from winback.norms.models import InspectionQuerySet, Norm

OPEN, OVERDUE, MONTH, QUARTER, DEFECTS, ENDED = (
    "offen", "ueberfaellig", "30-tage", "90-tage", "maengel", "beendet",
)  # fmt: skip
_AHEAD = {MONTH: 30, QUARTER: 90}


class InspectionFilter(OwnerFilter):
    """Above the register."""

    views: ClassVar[Mapping[str, object]] = {
        OPEN: pgettext_lazy("inspections", "All running"),
        OVERDUE: pgettext_lazy("inspections", "Overdue"),
        MONTH: _("Within 30 days"),
        QUARTER: _("Within 90 days"),
        DEFECTS: _("With open defects"),
        ENDED: pgettext_lazy("inspections", "No longer inspected"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "anlage": "plant",
        "kunde": "site__client__sort_key",
        "zuletzt": "last_done_on",
        "faellig": "due_on",
        "verantwortlich": "owner__sort_key",
    }
    default_sort = "faellig"
    then = ("due_on", "pk")

    q = forms.CharField(label=_("Client or plant"), required=False, max_length=100)
    norm = forms.ModelChoiceField(
        label=_("Norm"),
        required=False,
        queryset=Norm.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
        to_field_name="key",
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        required=False,
        queryset=Region.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
    )
    pflicht = forms.ChoiceField(
        label=_("Duty holder"), required=False, choices=with_any(DutyHolder.choices)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "norm", Norm.objects.filter(inspections__isnull=False).distinct())
        limit(self, "region", Region.objects.all())

    def apply(self, found: InspectionQuerySet, user: User, today: date) -> InspectionQuerySet:
        """Narrow and order the visible inspections."""
        found = self._in_view(found, today)
        if text := self.chosen("q"):
            by_client = Q(site__client__search_key__contains=normalise(text))
            by_name = Q(site__name__icontains=text) | Q(plant__icontains=text)
            found = found.filter(by_client | by_name)
        if region := self.chosen("region"):
            found = found.filter(site__region__in=Region.objects.within(region))
        fields = (("norm", "norm"), ("pflicht", "duty_holder"), ("verantwortlich", "owner"))
        for name, field in fields:
            if value := self.chosen(name):
                found = found.filter(**{field: value})
        return self.ordered(found)

    def _in_view(self, found: InspectionQuerySet, today: date) -> InspectionQuerySet:
        if self.view == ENDED:
            return found.filter(ended_on__isnull=False)
        if self.view == OVERDUE:
            return found.overdue(today)
        if self.view in _AHEAD:
            return found.open().filter(due_on__lte=today + timedelta(days=_AHEAD[self.view]))
        if self.view == DEFECTS:
            return found.open().filter(open_defects__gt=0)
        return found.open()
