"""Form fields that read dates and amounts the German way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.formats import parse_date_input, parse_decimal_input
from winback.common.widgets import DateInput, MoneyInput, NumberInput

#: 64 bits hold every number of 18 digits; no key of ours is longer
KEY_LENGTH = 18


class DateField(forms.DateField):
    """Reads ``24.11.2026``, ``24.11.``, ``heute`` and ``+14``; says what is wrong with the rest."""

    widget = DateInput

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return parse_date_input(str(value), timezone.localdate())
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class DecimalField(forms.DecimalField):
    """Reads ``1.250.000,00``; refuses what could be read two ways."""

    widget: type[forms.Widget] = NumberInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            places = self.decimal_places if self.decimal_places is not None else 2
            return parse_decimal_input(str(value), places)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class MoneyField(DecimalField):
    """An amount in euro."""

    widget = MoneyInput


class RowField(forms.ChoiceField):
    """A choice among rows that are loaded already: neither showing nor checking asks the database.

    For lists that several fields of a form share. Declare it in the form, leave it out of
    ``Meta.fields`` and call ``offer``; the cleaned value is the row, None where nothing is chosen.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows: dict[str, models.Model] = {}

    def offer(
        self,
        rows: Iterable[Any],
        *,
        group: Callable[[Any], object] | None = None,
        label: Callable[[Any], str] = str,
    ) -> None:
        """Offer ``rows`` in their order, below headings where ``group`` names one for each."""
        self.rows = {str(row.pk): row for row in rows}
        groups: dict[str, list[tuple[Any, str]]] = {}
        for key, row in self.rows.items():
            groups.setdefault(str(group(row)) if group else "", []).append((key, label(row)))
        choices: list[Any] = list(groups.items()) if group else groups.get("", [])
        self.choices = [("", nothing(required=self.required)), *choices]

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Several rows. A key no database can hold is no choice, not an error.

    Django asks the database for all keys at once, and SQLite refuses numbers beyond 64 bits.
    """

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > KEY_LENGTH:
                code = "invalid_choice"
                text = self.error_messages[code]
                raise ValidationError(text, code=code, params={"value": str(key)[:KEY_LENGTH]})
        return super().clean(value)


def form_field(db_field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """Give every model form our fields; amounts in euro are the decimals with two places."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        kwargs["form_class"] = DateField
    elif isinstance(db_field, models.DecimalField):
        kwargs["form_class"] = MoneyField if db_field.decimal_places == 2 else DecimalField
    elif isinstance(db_field, models.ManyToManyField):
        kwargs["form_class"] = RowsField
    field = db_field.formfield(**kwargs)
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = nothing(required=field.required)
    elif isinstance(field, forms.TypedChoiceField):
        choices = cast("Iterable[tuple[Any, Any]]", field.choices)
        field.choices = [(key, _first(key, label, field)) for key, label in choices]
    return field


def _first(key: Any, label: Any, field: forms.Field) -> Any:
    return label if key not in ("", None) else nothing(required=field.required)


def nothing(*, required: bool) -> Any:
    """The empty choice in words: a question, or "none" where none is an answer."""
    return _("Please choose") if required else pgettext_lazy("choice", "none")
