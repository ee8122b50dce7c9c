"""The team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.enums import Function
from winback.common.forms import WinbackForm, limit


class MemberForm(WinbackForm):
    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    function = forms.ChoiceField(
        label=pgettext_lazy("case", "Function"), choices=Function.choices, initial="contributor"
    )

    specialty = forms.CharField(
        label=_("Speciality"),
        max_length=120,
        required=False,
        help_text=_("For instance: contract, subcontractors, ticketing, ventilation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "user", User.objects.staff())
