"""The list of all commitments: which, in which order; all of it lives in the URL."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.common.formats import format_month
from winback.common.forms import limit
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.dialogue.enums import CommitmentState
from winback.dialogue.models import CommitmentQuerySet

#: value of ``sort`` → columns; a leading minus turns the direction
SORTS: dict[str, tuple[str, ...]] = {
    "kunde": ("case__sort_key", "due_on", "pk"),
    "gegeben": ("promised_on", "pk"),
    "faellig": ("due_on", "pk"),
    "verantwortlich": ("owner__sort_key", "due_on", "pk"),
}
DEFAULT_SORT = "faellig"

OPEN, OVERDUE, ALL = "offen", "ueberfaellig", "alle"
_STATES = {
    "gehalten": CommitmentState.KEPT,
    "verspaetet": CommitmentState.KEPT_LATE,
    "gebrochen": CommitmentState.BROKEN,
    "erlassen": CommitmentState.RELEASED,
}
#: value of ``ansicht`` → its tab: what is owed, then one tab per state
VIEWS: dict[str, object] = {
    OPEN: pgettext_lazy("commitments", "To keep"),
    OVERDUE: pgettext_lazy("commitments", "Overdue"),
    **{key: state.label for key, state in _STATES.items()},
    ALL: pgettext_lazy("commitments", "All"),
}
_MONTHS_BACK, _MONTHS_AHEAD = 24, 6


def _months(today: date) -> list[tuple[str, str]]:
    """``2026-11`` and its name, newest first."""
    newest = today.year * 12 + today.month - 1 + _MONTHS_AHEAD
    numbers = range(newest, newest - _MONTHS_AHEAD - _MONTHS_BACK - 1, -1)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [(f"{day:%Y-%m}", format_month(day)) for day in days]


class CommitmentFilter(forms.Form):
    """The GET form above the list. Unknown values are ignored, never an error page."""

    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Client or number"), required=False, max_length=100)
    monat = forms.ChoiceField(label=_("Due in"), required=False)
    verantwortlich = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"),
        required=False,
        queryset=User.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "verantwortlich", User.objects.staff())
        month = self.fields["monat"]
        assert isinstance(month, forms.ChoiceField)
        month.choices = with_any(_months(timezone.localdate()))

    def chosen(self, name: str) -> Any:
        """The cleaned value, or None where it is empty or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def view(self) -> str:
        """The chosen tab; what is still to keep where none or nonsense is chosen."""
        return self.chosen("ansicht") if self.chosen("ansicht") in VIEWS else OPEN

    @property
    def order(self) -> str:
        """The chosen order, soonest first where none or nonsense is chosen."""
        wanted = self.chosen("sort") or DEFAULT_SORT
        return wanted if wanted.removeprefix("-") in SORTS else DEFAULT_SORT

    def apply(self, found: CommitmentQuerySet, today: date) -> CommitmentQuerySet:
        """Narrow and order the visible commitments."""
        found = self._in_view(found, today)
        if text := self.chosen("q"):
            found = found.filter(case__search_key__contains=normalise(text))
        if month := self.chosen("monat"):
            first = date.fromisoformat(f"{month}-01")
            next_first = (first + timedelta(days=31)).replace(day=1)
            found = found.due_between(first, next_first - timedelta(days=1))
        if owner := self.chosen("verantwortlich"):
            found = found.owned_by(owner)
        key, *rest = SORTS[self.order.removeprefix("-")]
        down = self.order.startswith("-")
        return found.order_by(F(key).desc() if down else F(key).asc(), *rest)

    def _in_view(self, found: CommitmentQuerySet, today: date) -> CommitmentQuerySet:
        if self.view == OPEN:
            return found.open()
        if self.view == OVERDUE:
            return found.overdue(today)
        state = _STATES.get(self.view)
        return found.in_state(state, today) if state else found
