"""The list of KPIs over all visible cases; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django import forms
from django.db.models import Case as Choose
from django.db.models import Expression, IntegerField, Value, When
from django.utils.translation import pgettext_lazy

from accounts.filters import OwnerFilter
from accounts.models import User
from winback.cases.models import Case
from winback.common.rows import with_any
from winback.kpis.enums import Category, Standing
from winback.kpis.models import CaseKpi, CaseKpiQuerySet

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


class KpiFilter(OwnerFilter):
    """Above the list of KPIs."""

    views: ClassVar[Mapping[str, object]] = {
        "alle": pgettext_lazy("kpi view", "All"),
        "meine": pgettext_lazy("kpi view", "Mine"),
        "team": pgettext_lazy("kpi view", "Team"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "kennzahl": "definition__position",
        "kunde": "case__sort_key",
        "stand": _RANK,
        "faellig": "due_on",
    }
    default_sort = "-stand"
    then = ("case__sort_key", "definition__position", "pk")

    stand = forms.ChoiceField(
        label=pgettext_lazy("kpi", "Standing"), required=False, choices=with_any(Standing.choices)
    )
    kategorie = forms.ChoiceField(
        label=pgettext_lazy("kpi", "Category"), required=False, choices=with_any(Category.choices)
    )
    field_order = ("q", "stand", "kategorie", "verantwortlich")

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
        elif self.view == "team":
            kpis = kpis.filter(case__in=Case.objects.in_team_of(user))
        if text := self.chosen("q"):
            kpis = kpis.filter(case__in=Case.objects.matching(text))
        for name, field in (
            ("stand", "standing"),
            ("kategorie", "definition__category"),
            ("verantwortlich", "owner"),
        ):
            if value := self.chosen(name):
                kpis = kpis.filter(**{field: value})
        return self.ordered(kpis)
