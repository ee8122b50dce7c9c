"""One value of one KPI: entered, or corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.formats import format_date
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.kpis.forms.checks import ask_value, check_value
from winback.kpis.models import CaseKpi, Measurement
from winback.kpis.rules import PeriodError, period_end, period_text, read_period


class PeriodField(forms.Field):
    """Reads ``10.2026``, ``Q3 2026``, ``KW 47/2026`` or a day; gives its first day."""

    widget = forms.TextInput(attrs={"class": "inp--date", "autocomplete": "off"})
    frequency = ""

    def prepare_value(self, value: Any) -> Any:
        return period_text(value, self.frequency) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return read_period(str(value), self.frequency, timezone.localdate())
        except PeriodError as error:
            raise ValidationError(str(error), code="invalid") from error


class MeasurementForm(WinbackForm):
    """The value of one period, or the word that there is none."""

    period = PeriodField(label=_("Period"))
    value = forms.DecimalField(label=pgettext_lazy("kpi", "Value"), required=False)
    no_data = forms.BooleanField(label=_("No data in this period"), required=False)
    sample_size = forms.IntegerField(
        label=_("Sample size n"),
        required=False,
        min_value=0,
        max_value=999_999_999,
        widget=forms.TextInput(attrs={"class": "inp--num", "inputmode": "numeric"}),
        help_text=_("how many cases the value is computed from"),
    )
    source = forms.CharField(label=_("Source"), max_length=250, required=False)
    note = forms.CharField(label=_("Note"), max_length=250, required=False)

    def __init__(self, *args: Any, kpi: CaseKpi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpi = kpi
        ask_value(self, kpi.definition)
        period = self.fields["period"]
        assert isinstance(period, PeriodField)
        period.frequency = kpi.definition.frequency

    def clean_period(self) -> date:
        start: date = self.cleaned_data["period"]
        case = self.kpi.case
        if start > timezone.localdate():
            raise ValidationError(_("The period lies in the future."))
        if period_end(start, self.kpi.definition.frequency) < case.opened_on:
            self.warn(
                "period",
                _("The period lies before the case was opened on %(date)s.")
                % {"date": format_date(case.opened_on)},
            )
        return start

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_value(
            self,
            self.kpi.definition,
            value="value",
            no_data="no_data",
            sample_size="sample_size",
        )
        return data

    @property
    def entry(self) -> dict[str, Any]:
        """What the service is to write."""
        names = ("period", "value", "sample_size", "source", "note")
        return {"kpi": self.kpi} | {name: self.cleaned_data[name] for name in names}


class CorrectionForm(WinbackModelForm):
    """Another value for a period that was answered, with the reason."""

    no_data = forms.BooleanField(label=_("No data in this period"), required=False)
    correction = forms.CharField(label=_("Reason for the correction"), max_length=100)
    field_order = ["value", "no_data", "sample_size", "source", "note", "correction"]

    class Meta(WinbackModelForm.Meta):
        model = Measurement
        fields = ["value", "sample_size", "source", "note"]

    def __init__(self, *args: Any, instance: Measurement, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.kpi = instance.kpi
        ask_value(self, self.kpi.definition)
        self.initial["no_data"] = instance.value is None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_value(
            self,
            self.kpi.definition,
            value="value",
            no_data="no_data",
            sample_size="sample_size",
        )
        return data

    @property
    def corrected(self) -> dict[str, Any]:
        """The fields of the measurement alone."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
