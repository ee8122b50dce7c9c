"""Steps of an escalation, sites, duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.enums import EscalationLevel
from winback.cases.forms.checks import doubt_past
from winback.cases.forms.entries.entry import EntryForm
from winback.cases.models import (
    Case,
    SiteFact,
)
from winback.common.fields import DateField
from winback.common.forms import WinbackForm, WinbackModelForm, limit


class SiteForm(EntryForm):
    """One of the sites of the case."""

    class Meta(WinbackModelForm.Meta):
        model = SiteFact
        fields = ["site", "state", "lots", "annual_value", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "site", self.case.sites.all())


class StepForm(WinbackForm):
    """One step of the escalation."""

    title = forms.CharField(label=_("What"), max_length=200)
    level = forms.TypedChoiceField(
        label=_("Escalation level"), choices=EscalationLevel.choices[1:], coerce=int
    )
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"), queryset=User.objects.none()
    )
    due_on = DateField(label=_("Due on"))
    helper = forms.CharField(
        label=_("External help"),
        max_length=200,
        required=False,
        help_text=_("Consultant or moderator, where somebody from outside does it."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", User.objects.staff())
        self.initial.setdefault("level", max(1, case.escalation_level))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        doubt_past(self, "due_on")
        return data


class EscalationForm(WinbackForm):
    level = forms.TypedChoiceField(
        label=_("Escalation level"), choices=EscalationLevel.choices, coerce=int
    )
    note = forms.CharField(label=_("Reason"), max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DutyForm(WinbackForm):
    """A step is done."""

    result = forms.CharField(
        label=_("Result"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
