"""What happens to a measure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.common.fields import DateField
from winback.common.formats import format_date
from winback.common.forms import WinbackForm
from winback.plans.enums import SETTABLE
from winback.plans.forms.base import NOTE_LENGTH, DatedForm, choice_of
from winback.plans.models import Measure


class CompleteForm(WinbackForm):
    """Both optional: the one click in a list sends neither."""

    done_on = DateField(label=_("Done on"), required=False, help_text=_("Empty: today."))
    result = forms.CharField(
        label=_("Result"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was achieved, and where the proof is."),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        if measure.recurrence:
            self.fields["result"] = forms.CharField(
                label=_("Result of this time"), required=False, max_length=NOTE_LENGTH
            )

    def clean_done_on(self) -> date | None:
        day: date | None = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        if day and day < self.measure.plan.started_on:
            self.warn("done_on", _("The date lies before the start of the plan."))
        return day


class _Step(WinbackForm):
    """A step on a measure that two people may take at once."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": measure.version, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.measure = measure


class MoveForm(DatedForm, _Step):
    due_on = DateField(label=_("New due date"))
    note = forms.CharField(label=_("Reason for the move"), max_length=NOTE_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = format_date(self.measure.due_on)
        self.fields["due_on"].help_text = _("So far: %(date)s") % {"date": before}

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day == self.measure.due_on:
            raise forms.ValidationError(_("The measure is already due on this day."))
        self.doubt_due_on(day, self.measure.phase)
        return day


class ReassignForm(_Step):
    note = forms.CharField(label=_("Reason"), max_length=NOTE_LENGTH, required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [user for user in people if user.pk != self.measure.owner_id]
        self.fields["owner"] = choice_of(others, _("New owner"))
        self.order_fields(["owner", "note"])


class ReasonForm(_Step):
    """A step that only needs a reason."""

    note = forms.CharField(label=_("Reason"), max_length=NOTE_LENGTH)


class StatusForm(_Step):
    status = forms.ChoiceField(
        label=pgettext_lazy("measure", "Status"),
        choices=[(each.value, each.label) for each in SETTABLE],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=_("Blocked or waiting: what is missing, whom do we wait for?"),
    )
