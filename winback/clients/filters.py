"""The lists of clients: search and order live in the URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Exists, Expression, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Region
from winback.clients.enums import LookResult, Segment
from winback.clients.models import Client, DormantLook
from winback.common.filters import ListFilter
from winback.common.forms import limit
from winback.common.rows import with_any

TO_EXAMINE, EXAMINED = "offen", "geprueft"
#: value of ``ansicht`` → tab of the dormant clients
VIEWS: dict[str, object] = {
    TO_EXAMINE: pgettext_lazy("dormant view", "To be examined"),
    EXAMINED: pgettext_lazy("dormant view", "Examined"),
}


def _region_field() -> forms.ModelChoiceField[Region]:
    return forms.ModelChoiceField(
        label=_("Region"),
        required=False,
        queryset=Region.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
    )


class ClientFilter(ListFilter):
    """Above the list of clients."""

    sorts: ClassVar[Mapping[str, str | Expression]] = {"name": "sort_key", "nummer": "number"}
    default_sort = "name"

    q = forms.CharField(label=_("Name or number"), required=False, max_length=100)
    segment = forms.ChoiceField(
        label=_("Segment"), required=False, choices=with_any(Segment.choices)
    )
    region = _region_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "region", Region.objects.all())

    def apply(self, clients: QuerySet[Client]) -> QuerySet[Client]:
        """Narrow and order; nonsense in the URL is ignored."""
        self.is_valid()
        clients = _narrowed(clients, self.cleaned_data)
        if segment := self.chosen("segment"):
            clients = clients.filter(segment=segment)
        return self.ordered(clients.annotate(site_count=Count("sites")))


def _narrowed(clients: QuerySet[Client], chosen: dict[str, Any]) -> QuerySet[Client]:
    """By text and region."""
    if text := chosen.get("q"):
        clients = clients.matching(text)  # type: ignore[attr-defined]  # ClientQuerySet
    if region := chosen.get("region"):
        clients = clients.in_region(region)  # type: ignore[attr-defined]  # ClientQuerySet
    return clients


class DormantFilter(forms.Form):
    """Quiet clients: still to be examined, or examined with their result."""

    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Name or number"), required=False, max_length=100)
    ergebnis = forms.ChoiceField(
        label=_("Result"), required=False, choices=with_any(LookResult.choices)
    )
    region = _region_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "region", Region.objects.all())

    @property
    def view(self) -> str:
        """The chosen tab; what is to be examined where none is chosen."""
        self.is_valid()
        return EXAMINED if self.cleaned_data.get("ansicht") == EXAMINED else TO_EXAMINE

    def apply(
        self, clients: QuerySet[Client], bound: Iterable[QuerySet[Any, Any]]
    ) -> QuerySet[Client]:
        """The quiet clients of the tab, with their looks in two further statements."""
        self.is_valid()
        quiet = clients.quiet(bound)  # type: ignore[attr-defined]  # ClientQuerySet
        found = _narrowed(quiet, self.cleaned_data)
        looks = DormantLook.objects.filter(client=OuterRef("pk"))
        done = looks.exclude(result="")
        waits = Exists(looks.open()) | ~Exists(done)
        found = found.filter(waits if self.view == TO_EXAMINE else ~Q(waits))
        if result := self.cleaned_data.get("ergebnis"):
            last = done.order_by("-done_on", "-pk").values("result")[:1]
            found = found.annotate(last_result=Subquery(last)).filter(last_result=result)
        people = DormantLook.objects.select_related("owner", "examined_by")
        return found.prefetch_related(Prefetch("looks", people)).order_by("sort_key", "pk")
