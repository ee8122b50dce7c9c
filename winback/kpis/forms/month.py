"""One page for the values of all KPIs of a case that end in one month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from winback.cases.models import Case
from winback.common.fields import DecimalField
from winback.common.formats import format_date
from winback.common.forms import WinbackForm
from winback.common.widgets import NumberInput
from winback.kpis.forms.checks import check_value
from winback.kpis.models import CaseKpi
from winback.kpis.rules import period_label

_PARTS = ("value", "no_data", "n", "source")


@dataclass(frozen=True, slots=True)
class Line:
    """One value to be entered."""

    kpi: CaseKpi
    period: date

    def name(self, part: str) -> str:
        """``value-7-20261001``: the same on every page, so that inputs are never mixed up."""
        return f"{part}-{self.kpi.pk}-{self.period:%Y%m%d}"

    @property
    def label(self) -> str:
        definition = self.kpi.definition
        return f"{definition.name}, {period_label(self.period, definition.frequency)}"


class MonthForm(WinbackForm):
    """Empty lines are left alone; at least one must be filled, and all filled ones be right."""

    def __init__(
        self, *args: Any, case: Case, month_end: date, lines: Sequence[Line], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.month_end, self.lines = case, month_end, lines
        for line in lines:
            self.fields |= _fields(line)

    def bound(self, line: Line) -> dict[str, BoundField]:
        """The controls of a line by their part."""
        return {part: self[line.name(part)] for part in _PARTS}

    def is_filled(self, line: Line) -> bool:
        """Whether the user sent anything for the line but its source, which comes prefilled."""
        return any(str(self.data.get(line.name(part), "")).strip() for part in _PARTS[:3])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        filled = [line for line in self.lines if self.is_filled(line)]
        for line in filled:
            check_value(
                self,
                line.kpi.definition,
                value=line.name("value"),
                no_data=line.name("no_data"),
                sample_size=line.name("n"),
            )
        if not filled:
            raise forms.ValidationError(_("Enter at least one value."))
        if self.month_end < self.case.opened_on:
            self.warn(
                filled[0].name("value"),
                _("The period lies before the case was opened on %(date)s.")
                % {"date": format_date(self.case.opened_on)},
            )
        return data

    def entries(self) -> list[dict[str, Any]]:
        """What the service is to write, one mapping per filled line."""
        return [
            {
                "kpi": line.kpi,
                "period": line.period,
                "value": self.cleaned_data[line.name("value")],
                "sample_size": self.cleaned_data[line.name("n")],
                "source": self.cleaned_data[line.name("source")],
            }
            for line in self.lines
            if self.is_filled(line)
        ]

    def field_of(self, kpi_id: int, period: date) -> str | None:
        """The control of a value, so that an objection can stand there."""
        found = (line for line in self.lines if (line.kpi.pk, line.period) == (kpi_id, period))
        return next((line.name("value") for line in found), None)


def _fields(line: Line) -> dict[str, forms.Field]:
    definition = line.kpi.definition
    value = DecimalField(
        label=line.label,
        required=False,
        max_digits=14 - 3 + definition.decimals,
        decimal_places=definition.decimals,
        widget=NumberInput(
            {"class": "inp--s inp--num"}, unit=definition.unit, decimals=definition.decimals
        ),
    )
    sample_size = forms.IntegerField(
        label=_("Sample size n: %(kpi)s") % {"kpi": line.label},
        required=False,
        min_value=0,
        max_value=999_999_999,
        widget=forms.TextInput(attrs={"class": "inp--s inp--num", "inputmode": "numeric"}),
    )
    source = forms.CharField(
        label=_("Source: %(kpi)s") % {"kpi": line.label},
        required=False,
        max_length=250,
        initial=definition.source_de,
        widget=forms.TextInput(attrs={"class": "inp--s"}),
    )
    no_data = forms.BooleanField(label=_("No data: %(kpi)s") % {"kpi": line.label}, required=False)
    controls = {"value": value, "no_data": no_data, "n": sample_size, "source": source}
    return {line.name(part): control for part, control in controls.items()}
