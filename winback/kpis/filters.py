"""The list of KPIs over all visible cases; all of it lives in the URL."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case as Choose
from django.db.models import F, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.models import Case
from winback.common.forms import limit
from winback.common.rows import with_any
from winback.kpis.enums import Category, Standing
from winback.kpis.models import CaseKpi, CaseKpiQuerySet

#: value of ``sort`` → columns; a leading minus turns the direction of the first
SORTS: dict[str, tuple[str, ...]] = {
    "kennzahl": ("definition__position", "case__sort_key", "pk"),
    "kunde": ("case__sort_key", "definition__position", "pk"),
    "stand": ("standing_rank", "case__sort_key", "pk"),
    "faellig": ("due_on", "case__sort_key", "pk"),
}
DEFAULT_SORT = "-stand"
VIEWS: dict[str, object] = {
    "alle": pgettext_lazy("kpi view", "All"),
    "meine": pgettext_lazy("kpi view", "Mine"),
}
#: the worse, the higher
_WORST = (
    Standing.REACHED,
    Standing.ON_PATH,
    Standing.UNJUDGED,
    Standing.NO_DATA,
    Standing.BEHIND,
    Standing.STALE,
    Standing.WORSE,
)
_RANK = Choose(
    *(When(standing=each.value, then=Value(rank)) for rank, each in enumerate(_WORST)),
    default=Value(0),
    output_field=IntegerField(),
)


class KpiFilter(forms.Form):
    """The GET form above the list. Unknown values are ignored, never an error page."""

    ansicht = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Client or number"), required=False, max_length=100)
    stand = forms.ChoiceField(
        label=pgettext_lazy("kpi", "Standing"), required=False, choices=with_any(Standing.choices)
    )
    kategorie = forms.ChoiceField(
        label=pgettext_lazy("kpi", "Category"), required=False, choices=with_any(Category.choices)
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
        return self.chosen("ansicht") if self.chosen("ansicht") in VIEWS else "alle"

    @property
    def order(self) -> str:
        """The chosen order, the default where none or nonsense is chosen."""
        wanted = self.chosen("sort") or DEFAULT_SORT
        return wanted if wanted.removeprefix("-") in SORTS else DEFAULT_SORT

    def apply(self, user: User, today: date) -> CaseKpiQuerySet:
        """The measured KPIs of the live cases the user may see, narrowed and in order."""
        kpis = (
            CaseKpi.objects.measured()
            .in_live_cases()
            .filter(case__in=Case.objects.visible_to(user))
            .with_course()
            .select_related("case__client")
            .with_standing(today)
        )
        if self.view == "meine":
            kpis = kpis.filter(owner=user)
        if text := self.chosen("q"):
            kpis = kpis.filter(case__in=Case.objects.matching(text))
        for name, field in (
            ("stand", "standing"),
            ("kategorie", "definition__category"),
            ("verantwortlich", "owner"),
        ):
            if value := self.chosen(name):
                kpis = kpis.filter(**{field: value})
        return _ordered(kpis, self.order)


def _ordered(kpis: CaseKpiQuerySet, sort: str) -> CaseKpiQuerySet:
    """Rows without a date come last either way."""
    key, *rest = SORTS[sort.removeprefix("-")]
    if key == "standing_rank":
        kpis = kpis.annotate(standing_rank=_RANK)
    down = sort.startswith("-")
    first = F(key).desc(nulls_last=True) if down else F(key).asc(nulls_last=True)
    return kpis.order_by(first, *rest)
