"""What is asked for before many rows are changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.common.bulk import DATE, BulkKind
from winback.common.fields import DateField
from winback.common.forms import WinbackForm, limit

NOTE_LENGTH = 250
MOST_DAYS = 365


class OwnerForm(WinbackForm):
    """Who takes the rows over."""

    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person", "New owner"), queryset=User.objects.none()
    )
    note = forms.CharField(label=_("Reason"), max_length=NOTE_LENGTH, required=False)

    def __init__(self, *args: Any, kind: BulkKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", kind.owners())


class DateForm(WinbackForm):
    """By how many days, or to which day."""

    days = forms.IntegerField(
        label=_("Move by days"),
        required=False,
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Each row from its own date; a free day becomes the next working day."),
    )
    due_on = DateField(
        label=_("Or to one date"), required=False, help_text=_("The same date for all rows.")
    )
    note = forms.CharField(label=_("Reason for the move"), max_length=NOTE_LENGTH)

    def __init__(self, *args: Any, kind: BulkKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("The date lies in the past."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("days")) == bool(data.get("due_on")):
            self.add_error("days", _("Give either a number of days or a date."))
        return data


def form_for(step: str) -> type[OwnerForm | DateForm]:
    return DateForm if step == DATE else OwnerForm
