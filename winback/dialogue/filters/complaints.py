"""The lists of complaints and talks: which, in which order; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Expression, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.filters import OwnerFilter
from winback.common.rows import with_any
from winback.common.textsearch import normalise
from winback.dialogue.enums import ComplaintCore, ComplaintState, InteractionKind, Severity
from winback.dialogue.models import ComplaintQuerySet, Interaction

OPEN, UNANSWERED, OVERDUE, CLOSED, ALL = (
    "offen",
    "unbeantwortet",
    "ueberfaellig",
    "erledigt",
    "alle",
)
SAFETY = "sicherheit"


class ComplaintFilter(OwnerFilter):
    """Above the register of complaints."""

    views: ClassVar[Mapping[str, object]] = {
        OPEN: pgettext_lazy("complaints", "Open"),
        UNANSWERED: pgettext_lazy("complaints", "Not answered"),
        OVERDUE: pgettext_lazy("complaints", "Overdue"),
        CLOSED: pgettext_lazy("complaints", "Closed"),
        ALL: pgettext_lazy("complaints", "All"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "eingang": "received_on",
        "kunde": "case__sort_key",
        "faellig": "due_on",
        "verantwortlich": "owner__sort_key",
    }
    default_sort = "faellig"
    then = ("due_on", "pk")

    schwere = forms.ChoiceField(
        label=_("Severity"),
        required=False,
        choices=with_any([*Severity.choices, (SAFETY, _("Safety"))]),
    )
    kern = forms.ChoiceField(
        label=pgettext_lazy("complaint", "Core"),
        required=False,
        choices=with_any(ComplaintCore.choices),
    )
    field_order = ("q", "schwere", "kern", "verantwortlich")

    def apply(self, found: ComplaintQuerySet, today: date) -> ComplaintQuerySet:
        """Narrow and order the visible complaints."""
        found = self._in_view(found, today)
        if text := self.chosen("q"):
            by_case = Q(case__search_key__contains=normalise(text))
            found = found.filter(by_case | Q(number__icontains=text))
        if severity := self.chosen("schwere"):
            safety = severity == SAFETY
            found = found.filter(is_safety=True) if safety else found.filter(severity=severity)
        if core := self.chosen("kern"):
            found = found.filter(core=core)
        if owner := self.chosen("verantwortlich"):
            found = found.owned_by(owner)
        return self.ordered(found)

    def _in_view(self, found: ComplaintQuerySet, today: date) -> ComplaintQuerySet:
        if self.view == OPEN:
            return found.open()
        if self.view == UNANSWERED:
            return found.unanswered()
        if self.view == OVERDUE:
            return found.overdue(today)
        return found.in_state(ComplaintState.CLOSED) if self.view == CLOSED else found


class TalkFilter(forms.Form):
    """The talks of one case by kind and contact; they are loaded already."""

    art = forms.ChoiceField(label=pgettext_lazy("interaction", "Kind"), required=False)
    kontakt = forms.ChoiceField(label=_("Contact"), required=False)

    def __init__(self, *args: Any, talks: Sequence[Interaction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {talk.kind for talk in talks}
        people = {str(each.pk): each.name for talk in talks for each in talk.contacts.all()}
        shown: dict[str, list[tuple[Any, Any]]] = {
            "art": [(kind.value, kind.label) for kind in InteractionKind if kind in kinds],
            "kontakt": sorted(people.items(), key=lambda item: item[1]),
        }
        for name, choices in shown.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = with_any(choices)

    def apply(self, talks: Sequence[Interaction]) -> list[Interaction]:
        """Those that match; nonsense matches everything."""
        self.is_valid()
        kind, contact = self.cleaned_data.get("art"), self.cleaned_data.get("kontakt")
        found = [talk for talk in talks if not kind or talk.kind == kind]
        if contact:
            found = [t for t in found if contact in {str(each.pk) for each in t.contacts.all()}]
        return found
