"""Which KPIs a case measures, who answers for them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from accounts.models import User
from winback.cases.models import Case
from winback.common.fields import RowsField
from winback.common.forms import WinbackForm, limit
from winback.kpis.enums import Category
from winback.kpis.models import CaseKpi, KpiDefinition

#: More than a dozen nobody reads: a client looked at twelve of sixty.
READABLE = 12


class _ByCategory(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in the stubs only
    """The definitions under the headings of their categories."""

    def __iter__(self) -> Iterator[Any]:
        rows = sorted(self.queryset, key=lambda row: Category.values.index(row.category))
        for category, group in groupby(rows, key=lambda row: row.category):
            yield Category(category).label, [self.choice(row) for row in group]


class _DefinitionField(RowsField):
    iterator = _ByCategory

    def label_from_instance(self, obj: Any) -> str:
        """Name; below it unit, direction, rhythm and formula: enough to choose by."""
        hints = [obj.unit, obj.get_direction_display(), obj.get_frequency_display(), obj.formula]
        return format_html(
            '{}<br><span class="muted small">{}</span>', obj.name, " · ".join(map(str, hints))
        )


class PickForm(WinbackForm):
    """Several KPIs of the catalogue at once."""

    definitions = _DefinitionField(
        label=_("KPIs"),
        queryset=KpiDefinition.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one KPI.")},
    )
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"),
        queryset=User.objects.none(),
        help_text=_("enters the values and answers for them; can be changed per KPI later"),
    )
    decision = forms.CharField(
        label=_("Decision it triggers"),
        max_length=250,
        required=False,
        help_text=_("What happens when the value misses the target path?"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        in_use = CaseKpi.objects.measured().filter(case=case).values("definition")
        limit(self, "definitions", KpiDefinition.objects.filter(active=True).exclude(pk__in=in_use))
        limit(self, "owner", User.objects.staff())

    def clean_definitions(self) -> Any:
        chosen = self.cleaned_data["definitions"]
        total = len(chosen) + self.case.kpis.measured().count()
        if total > READABLE:
            text = ngettext_lazy(
                "The case would measure %(count)s KPI. A dozen is what people still read.",
                "The case would measure %(count)s KPIs. A dozen is what people still read.",
                total,
            )
            self.warn("definitions", text % {"count": total})
        return chosen


class KpiForm(WinbackForm):
    """Who answers for the KPI, and what a miss triggers."""

    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"), queryset=User.objects.none()
    )
    decision = forms.CharField(
        label=_("Decision it triggers"),
        max_length=250,
        required=False,
        help_text=_("What happens when the value misses the target path?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kpi: CaseKpi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial[name] = getattr(kpi, name)
        limit(self, "owner", User.objects.staff())


class EndForm(WinbackForm):
    """Stop measuring, with the reason."""

    note = forms.CharField(label=_("Reason"), max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput)
