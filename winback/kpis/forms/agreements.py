"""Baseline and target: what is agreed, and doubts about what looks unusual."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.fields import form_field
from winback.common.formats import format_date
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.kpis.enums import Direction
from winback.kpis.forms.checks import doubt, has_denominator, in_unit
from winback.kpis.models import Baseline, CaseKpi, Target
from winback.kpis.rules import gain

_BASELINE = (
    "value",
    "window_start",
    "window_end",
    "source",
    "sample_size",
    "discussed_on",
    "agreed_by",
    "reason",
)


class BaselineForm(WinbackForm):
    """A first baseline, or the correction of the one in force: then with a reason.

    Takes the fields of the model but not its constraints: ``clean`` names the field of each.
    """

    def __init__(self, *args: Any, kpi: CaseKpi, **kwargs: Any) -> None:
        self.kpi, self.former = kpi, kpi.baseline
        super().__init__(*args, **kwargs)
        self.fields |= fields_for_model(Baseline, _BASELINE, formfield_callback=form_field)
        in_unit(self, "value", kpi.definition)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=kpi.version)
        self.fields["reason"].required = self.former is not None
        if self.former is None:
            del self.fields["reason"]
            self.initial.setdefault("source", kpi.definition.source_de)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = timezone.localdate()
        start, end = data.get("window_start"), data.get("window_end")
        for name in ("window_start", "window_end", "discussed_on"):
            if data.get(name) and data[name] > today:
                self.add_error(name, _("The date lies in the future."))
        if start and end and end < start:
            self.add_error("window_end", _("The end lies before the start."))
        discussed = data.get("discussed_on")
        if discussed and end and discussed < end:
            self.warn("discussed_on", _("That is before the end of the measurement."))
        if data.get("agreed_by") and not discussed and "discussed_on" not in self.errors:
            self.add_error("discussed_on", _("Say when it was agreed with the client."))
        if data.get("sample_size") == 0 and has_denominator(self.kpi.definition):
            self.add_error("sample_size", _("With n = 0 there is no value, only no data."))
        doubt(self, "value", self.kpi.definition)
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """The agreed facts, without the version the user saw."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class TargetForm(WinbackModelForm):
    """The value to be reached, or the band to be held, with its date."""

    class Meta(WinbackModelForm.Meta):
        model = Target
        fields = ["value", "upper", "due_on", "preconditions"]

    def __init__(self, *args: Any, kpi: CaseKpi, **kwargs: Any) -> None:
        self.kpi = kpi
        super().__init__(*args, instance=kpi.goal, **kwargs)
        in_unit(self, "value", kpi.definition)
        if "version" not in self.fields:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=kpi.version
            )
        if kpi.definition.direction == Direction.RANGE:
            in_unit(self, "upper", kpi.definition)
            self.fields["value"].label = pgettext_lazy("kpi", "Lower end of the band")
            self.fields["upper"].required = True
        else:
            del self.fields["upper"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        due_on, baseline = data.get("due_on"), self.kpi.baseline
        if due_on and baseline and due_on <= baseline.window_end:
            self.add_error(
                "due_on",
                _("The date must lie after the baseline, which was measured until %(date)s.")
                % {"date": format_date(baseline.window_end)},
            )
        elif due_on and due_on < timezone.localdate() and "due_on" in self.changed_data:
            self.warn("due_on", _("The date lies in the past."))
        value, upper = data.get("value"), data.get("upper")
        if value is not None and upper is not None and upper < value:
            self.add_error("upper", _("The upper end lies below the lower one."))
        if value is not None:
            self._doubt_value(value, upper)
        return data

    def _doubt_value(self, value: Decimal, upper: Decimal | None) -> None:
        doubt(self, "value", self.kpi.definition)
        course = replace(self.kpi.course, target=value, upper=upper)
        better = gain(course, value)
        if course.direction != Direction.RANGE and better is not None and better < 0:
            self.warn("value", _("The target is worse than the baseline."))
