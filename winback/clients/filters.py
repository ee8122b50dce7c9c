"""The client list: search and order live in the URL."""

from __future__ import annotations

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from winback.clients.enums import Segment
from winback.clients.models import Client
from winback.common.rows import with_any

SORTS = {"name": "sort_key", "nummer": "number"}
DEFAULT_SORT = "name"


class ClientFilter(forms.Form):
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Name or number"), required=False, max_length=100)
    segment = forms.ChoiceField(
        label=_("Segment"), required=False, choices=with_any(Segment.choices)
    )

    def apply(self, clients: QuerySet[Client]) -> QuerySet[Client]:
        """Narrow and order; nonsense in the URL is ignored."""
        self.is_valid()
        if text := self.cleaned_data.get("q"):
            clients = clients.matching(text)  # type: ignore[attr-defined]  # ClientQuerySet
        if segment := self.cleaned_data.get("segment"):
            clients = clients.filter(segment=segment)
        clients = clients.annotate(site_count=Count("sites"))
        wanted = self.cleaned_data.get("sort") or DEFAULT_SORT
        column = SORTS.get(wanted.removeprefix("-"), SORTS[DEFAULT_SORT])
        return clients.order_by(f"-{column}" if wanted.startswith("-") else column, "pk")
