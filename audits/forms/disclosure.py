"""What the client was told of the findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audits.forms.fields import FindingsField
from audits.models import Finding
from winback.cases.models import Case
from winback.common.fields import DateField, nothing
from winback.common.forms import WinbackForm, limit


class DisclosureForm(WinbackForm):
    """What the client was told, when, by whom, and in which words where somebody kept them."""

    findings = FindingsField(
        label=_("Findings told"),
        queryset=Finding.objects.none(),
        error_messages={"invalid_choice": _("One of them is recorded as told already.")},
    )
    told_on = DateField(label=_("Told on"), initial=timezone.localdate)
    told_by = forms.ModelChoiceField(
        label=_("Told by"),
        queryset=User.objects.none(),
        empty_label=nothing(required=True),
    )
    words = forms.CharField(
        label=_("In which words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("as said or written, if you kept it"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        untold = Finding.objects.filter(audit__case=case).undisclosed()
        limit(self, "findings", untold.gravest_first())
        team = case.members.filter(left_on__isnull=True).values("user")
        limit(self, "told_by", User.objects.staff().filter(pk__in=team))

    def clean_told_on(self) -> date:
        day: date = self.cleaned_data["told_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        return day
