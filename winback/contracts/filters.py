"""The deadline register over all contracts: which rows, in which order; it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from django import forms
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.filters import OwnerFilter
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.contracts.enums import Bound, DeadlineKind
from winback.contracts.models import DeadlineQuerySet

OPEN, OVERDUE, SOON, CLOSED, ALL = "offen", "ueberfaellig", "30-tage", "erledigt", "alle"
SOON_DAYS = 30


class DeadlineFilter(OwnerFilter):
    """Above the list of deadlines."""

    views: ClassVar[Mapping[str, object]] = {
        OPEN: pgettext_lazy("deadlines", "Open"),
        OVERDUE: pgettext_lazy("deadlines", "Overdue"),
        SOON: _("Within 30 days"),
        CLOSED: _("Done or ended"),
        ALL: pgettext_lazy("deadlines", "All"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "kunde": "contract__client__sort_key",
        "ende": "due_on",
        "verantwortlich": "owner__sort_key",
    }
    default_sort = "ende"
    then = ("due_on", "pk")

    art = forms.ChoiceField(
        label=pgettext_lazy("deadline", "Kind"),
        required=False,
        choices=with_any(DeadlineKind.choices),
    )
    gebunden = forms.ChoiceField(
        label=_("Who is bound"), required=False, choices=with_any(Bound.choices)
    )

    def apply(self, found: DeadlineQuerySet, today: date) -> DeadlineQuerySet:
        """Narrow and order the visible deadlines; the text is looked for in client and contract."""
        found = self._in_view(found, today)
        if text := self.chosen("q"):
            by_client = Q(contract__client__search_key__contains=normalise(text))
            found = found.filter(by_client | Q(contract__title__icontains=text))
        for name, field in (("art", "kind"), ("gebunden", "bound"), ("verantwortlich", "owner")):
            if value := self.chosen(name):
                found = found.filter(**{field: value})
        return self.ordered(found)

    def _in_view(self, found: DeadlineQuerySet, today: date) -> DeadlineQuerySet:
        if self.view == OPEN:
            return found.open()
        if self.view == OVERDUE:
            return found.overdue(today)
        if self.view == SOON:
            return found.open().filter(due_on__lte=today + timedelta(days=SOON_DAYS))
        if self.view == CLOSED:
            return found.filter(Q(done_on__isnull=False) | Q(ended_on__isnull=False))
        return found
