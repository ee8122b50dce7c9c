"""What the forms of the dialogue have in common: people, contacts, days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.cases.models import Case
from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.dialogue.models.base import CaseRow


class RowsField(forms.MultipleChoiceField):
    """Several among rows that are loaded already; the cleaned value is a list of rows."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})
        self.rows: dict[str, Model] = {}

    def offer(self, rows: Iterable[Any], *, label: Callable[[Any], str] = str) -> None:
        """Offer ``rows`` in their order."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, label(row)) for key, row in self.rows.items()]

    def prepare_value(self, value: Any) -> Any:
        return [str(getattr(each, "pk", each)) for each in value or []]

    def clean(self, value: Any) -> Any:
        return [self.rows[key] for key in super().clean(value)]


def time_field(label: object) -> forms.TimeField:
    """An optional time of day."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "inp--date"}, format="%H:%M")
    return forms.TimeField(label=str(label), required=False, widget=widget)


class RowForm(WinbackModelForm):
    """A row of a case. Rules over several fields are checked in ``clean``, at the field.

    The database holds them too, but is not asked by the form.
    """

    def __init__(self, *args: Any, case: Case, row: CaseRow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=row, **kwargs)
        self.case = case
        self.row = row
        for name, field in self.fields.items():
            if row is not None and name not in self.initial and hasattr(row, name):
                many = isinstance(field, RowsField)
                self.initial[name] = getattr(row, name).all() if many else getattr(row, name)

    def offer(self, name: str, rows: Iterable[Any]) -> None:
        """Let the field ``name`` offer ``rows``."""
        field = self.fields[name]
        assert isinstance(field, RowField | RowsField)
        field.offer(rows)

    def offer_people(self, *names: str) -> None:
        """Everybody who works here, asked for once."""
        people = list(User.objects.staff())
        for name in names:
            self.offer(name, people)

    def offer_contacts(self, name: str, *keep: int | None) -> None:
        """The client's people who have not left, and those named before."""
        stays = Q(left_on__isnull=True) | Q(left_on__gt=timezone.localdate())
        kept = [pk for pk in keep if pk is not None]
        self.offer(name, self.case.client.contacts.filter(stays | Q(pk__in=kept)))

    def demand(self, data: dict[str, Any], name: str, message: object, *, when: Any) -> None:
        """An error at ``name`` where it is empty although ``when`` holds."""
        if when and not data.get(name) and name not in self.errors:
            self.add_error(name, str(message))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        return data


class StepForm(WinbackForm):
    """One step with a row, as it was read at its version."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: CaseRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row: Any = row
        self.fields["version"].initial = row.version


class EndForm(StepForm):
    """Why something no longer holds."""

    reason_text = forms.CharField(label=_("Reason"), max_length=250)


class ConfirmForm(StepForm):
    """A deliberate act that asks for nothing but the press of the button."""


def not_in_future(day: date | None) -> date | None:
    """Raises ValidationError for a day after today."""
    if day is not None and day > timezone.localdate():
        raise ValidationError(_("The date lies in the future."))
    return day


class PastDateField(DateField):
    """A day that has come already."""

    def clean(self, value: Any) -> date | None:
        return not_in_future(super().clean(value))
