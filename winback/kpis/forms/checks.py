"""Controls and checks that several forms share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winback.common.fields import DecimalField
from winback.common.formats.numbers import COUNT_UNITS
from winback.common.widgets import NumberInput
from winback.kpis.models import KpiDefinition

_HUNDRED = Decimal(100)
#: Indexes that may fall below zero by their formula, as the net promoter score.
_SIGNED_UNITS = {"Punkte"}
MISSING = _("Enter a value, or tick “no data”.")


def in_unit(form: forms.BaseForm, name: str, definition: KpiDefinition) -> None:
    """Let a number field read and show the unit and decimals of the KPI."""
    old = form.fields[name]
    form.fields[name] = DecimalField(
        label=old.label,
        help_text=old.help_text,
        required=old.required,
        max_digits=14 - 3 + definition.decimals,
        decimal_places=definition.decimals,
        widget=NumberInput(unit=definition.unit, decimals=definition.decimals),
    )


def ask_value(form: forms.BaseForm, definition: KpiDefinition) -> None:
    """Let ``value`` read the unit, and be required unless ``no_data`` is ticked."""
    in_unit(form, "value", definition)
    form.fields["value"].required = not form.data.get("no_data")
    form.fields["value"].error_messages["required"] = MISSING


def has_denominator(definition: KpiDefinition) -> bool:
    """A share or a mean needs cases to be computed from; a count does not."""
    return definition.unit not in COUNT_UNITS


def doubt(form: Any, name: str, definition: KpiDefinition) -> None:
    """Warn of a percentage beyond 0 to 100, or of a negative amount."""
    value = form.cleaned_data.get(name)
    if value is None:
        return
    if definition.unit == "%" and not 0 <= value <= _HUNDRED:
        form.warn(name, _("A share usually lies between 0 and 100 percent."))
    elif value < 0 and definition.unit not in _SIGNED_UNITS:
        form.warn(name, _("The value is negative."))


def check_value(
    form: Any, definition: KpiDefinition, *, value: str, no_data: str, sample_size: str
) -> None:
    """Either a value or "no data"; a denominator of 0 gives no value. The names are the fields'."""
    data = form.cleaned_data
    number = data.get(value)
    if number is None and not data.get(no_data) and value not in form.errors:
        form.add_error(value, MISSING)
    if number is not None and data.get(no_data):
        form.add_error(no_data, _("Either a value or “no data”, not both."))
    elif number is not None and data.get(sample_size) == 0 and has_denominator(definition):
        form.add_error(
            sample_size, _("With n = 0 there is no value: leave it empty and tick “no data”.")
        )
    doubt(form, value, definition)
