"""Controls that speak German: dates and amounts as text, as people write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from winback.common.formats import format_date, format_number


class DateInput(forms.TextInput):
    """A date as text ("24.11.", "today", "+14"), with the browser's calendar beside it."""

    template_name = "django/forms/widgets/date_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "class": "inp--date",
                "placeholder": _("DD.MM.YYYY"),
                "autocomplete": "off",
                **(attrs or {}),
            }
        )

    def format_value(self, value: object) -> str | None:
        return format_date(value) if isinstance(value, dt.date) else super().format_value(value)


class NumberInput(forms.TextInput):
    """A number as text with decimal comma. ``unit`` stands behind it."""

    template_name = "django/forms/widgets/affix.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, unit: str = "", decimals: int | None = None
    ) -> None:
        self.unit = unit
        self.decimals = decimals
        super().__init__(
            {
                "class": "inp--num",
                "inputmode": "decimal",
                "autocomplete": "off",
                **(attrs or {}),
            }
        )

    def format_value(self, value: object) -> str | None:
        if isinstance(value, Decimal | int | float):
            return format_number(value, self.decimals if self.decimals is not None else _own(value))
        written: str | None = super().format_value(value)
        return written

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class MoneyInput(NumberInput):
    """An amount in euro: "1.250.000,00"."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, unit="€", decimals=2)


class PercentInput(NumberInput):
    """A percentage: 92.4 stands for 92.4 %."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, decimals: int | None = None) -> None:
        super().__init__(attrs, unit="%", decimals=decimals)


def _own(value: Decimal | float) -> int:
    """As many decimals as the value has, without trailing zeros."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
