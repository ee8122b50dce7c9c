"""The measures of all visible cases: which, in which order; all of it lives in the URL."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.enums import LIVE, Phase
from winback.common.forms import limit
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.plans.enums import MEASURE_ENDED, MeasureStatus
from winback.plans.models import MeasureQuerySet

#: value of ``sort`` → columns; a leading minus turns the direction
SORTS: dict[str, tuple[str, ...]] = {
    "faellig": ("due_on", "pk"),
    "kunde": ("plan__case__sort_key", "due_on", "pk"),
    "verantwortlich": ("owner__sort_key", "due_on", "pk"),
    "phase": ("phase__number", "due_on", "pk"),
    "status": ("status", "due_on", "pk"),
}
DEFAULT_SORT = "faellig"

VIEWS: dict[str, object] = {
    "offen": pgettext_lazy("measure view", "Open"),
    "ueberfaellig": pgettext_lazy("measure view", "Overdue"),
    "meine": pgettext_lazy("measure view", "Mine"),
    "beendet": pgettext_lazy("measure view", "Done and dropped"),
}


class MeasureFilter(forms.Form):
    """The GET form above the list. Unknown values are ignored, never an error page."""

    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Client or number"), required=False, max_length=100)
    phase = forms.ChoiceField(label=_("Phase"), required=False, choices=with_any(Phase.choices))
    status = forms.ChoiceField(
        label=pgettext_lazy("measure", "Status"),
        required=False,
        choices=with_any(MeasureStatus.choices),
    )
    verantwortlich = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"),
        required=False,
        queryset=User.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "verantwortlich", User.objects.staff())

    def chosen(self, name: str) -> Any:
        """The cleaned value, or None where it is empty or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def view(self) -> str:
        """The chosen tab; open measures where none is chosen."""
        return self.chosen("ansicht") if self.chosen("ansicht") in VIEWS else "offen"

    @property
    def order(self) -> str:
        wanted = self.chosen("sort") or DEFAULT_SORT
        return wanted if wanted.removeprefix("-") in SORTS else DEFAULT_SORT

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
        key, *rest = SORTS[self.order.removeprefix("-")]
        first = F(key).desc() if self.order.startswith("-") else F(key).asc()
        return found.order_by(first, *rest)


def _in_view(measures: MeasureQuerySet, view: str, user: User, today: date) -> MeasureQuerySet:
    """Ended cases owe nothing: their open measures, if any, are not listed as open."""
    if view == "beendet":
        return measures.filter(status__in=MEASURE_ENDED)
    measures = measures.open().filter(plan__case__status__in=LIVE)
    if view == "ueberfaellig":
        return measures.overdue(today)
    if view == "meine":
        return measures.filter(Q(owner=user) | Q(deputy=user))
    return measures
