"""The list of all commitments: which, in which order; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Expression
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.filters import OwnerFilter
from accounts.models import User
from winback.cases.models import Case
from winback.common.formats import format_month
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.dialogue.enums import CommitmentState
from winback.dialogue.models import CommitmentQuerySet

OPEN, OVERDUE, MINE, TEAM, ALL = "offen", "ueberfaellig", "meine", "team", "alle"
_STATES = {
    "gehalten": CommitmentState.KEPT,
    "verspaetet": CommitmentState.KEPT_LATE,
    "gebrochen": CommitmentState.BROKEN,
    "erlassen": CommitmentState.RELEASED,
}
_MONTHS_BACK, _MONTHS_AHEAD = 24, 6


def _months(today: date) -> list[tuple[str, str]]:
    """``2026-11`` and its name, newest first."""
    newest = today.year * 12 + today.month - 1 + _MONTHS_AHEAD
    numbers = range(newest, newest - _MONTHS_AHEAD - _MONTHS_BACK - 1, -1)
    days = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [(f"{day:%Y-%m}", format_month(day)) for day in days]


class CommitmentFilter(OwnerFilter):
    """Above the list of commitments."""

    #: what is owed, then one tab per state
    views: ClassVar[Mapping[str, object]] = {
        OPEN: pgettext_lazy("commitments", "To keep"),
        OVERDUE: pgettext_lazy("commitments", "Overdue"),
        MINE: pgettext_lazy("commitments", "Mine"),
        TEAM: pgettext_lazy("commitments", "Team"),
        **{key: state.label for key, state in _STATES.items()},
        ALL: pgettext_lazy("commitments", "All"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "kunde": "case__sort_key",
        "gegeben": "promised_on",
        "faellig": "due_on",
        "verantwortlich": "owner__sort_key",
    }
    default_sort = "faellig"
    then = ("due_on", "pk")

    monat = forms.ChoiceField(label=_("Due in"), required=False)
    field_order = ("q", "monat", "verantwortlich")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month = self.fields["monat"]
        assert isinstance(month, forms.ChoiceField)
        month.choices = with_any(_months(timezone.localdate()))

    def apply(self, found: CommitmentQuerySet, user: User, today: date) -> CommitmentQuerySet:
        """Narrow and order the visible commitments."""
        found = self._in_view(found, user, today)
        if text := self.chosen("q"):
            found = found.filter(case__search_key__contains=normalise(text))
        if month := self.chosen("monat"):
            first = date.fromisoformat(f"{month}-01")
            next_first = (first + timedelta(days=31)).replace(day=1)
            found = found.due_between(first, next_first - timedelta(days=1))
        if owner := self.chosen("verantwortlich"):
            found = found.owned_by(owner)
        return self.ordered(found)

    def _in_view(self, found: CommitmentQuerySet, user: User, today: date) -> CommitmentQuerySet:
        if self.view == OPEN:
            return found.open()
        if self.view == MINE:
            return found.open().owned_by(user)
        if self.view == TEAM:
            return found.open().filter(case__in=Case.objects.in_team_of(user))
        if self.view == OVERDUE:
            return found.overdue(today)
        state = _STATES.get(self.view)
        return found.in_state(state, today) if state else found
