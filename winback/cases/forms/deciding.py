"""Go or no go; worse health by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from winback.cases.enums import GoReason, Health
from winback.cases.models import Case, HealthOverride, Qualification
from winback.common.forms import WinbackModelForm, limit


class DecisionForm(WinbackModelForm):
    """Go or no go, by the executive board."""

    class Meta(WinbackModelForm.Meta):
        model = Qualification
        fields = [
            "decision",
            "decided_by",
            "decided_on",
            "reasons",
            "has_priority",
            "independence",
        ]
        widgets = {
            "decision": forms.RadioSelect,
            "reasons": forms.Textarea(attrs={"rows": 4}),
            "independence": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        limit(self, "decided_by", User.objects.with_role(Role.MANAGEMENT))
        self.fields["decision"].choices = self.fields["decision"].choices[1:]  # type: ignore[attr-defined]  # no empty radio

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == GoReason.STAY and not data.get("independence"):
            message = _("Say how we become independent: staying is for now only.")
            self.add_error("independence", message)
        return data

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        if day < self.case.opened_on:
            self.warn("decided_on", _("The decision lies before the case was opened."))
        return day


class HealthForm(WinbackModelForm):
    """Worse than the facts say, never better, and not for ever."""

    class Meta(WinbackModelForm.Meta):
        model = HealthOverride
        fields = ["level", "reason", "until"]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= day <= today + timedelta(days=92):
            raise forms.ValidationError(_("Choose a day within the next three months."))
        return day

    def clean_level(self) -> str:
        level: str = self.cleaned_data["level"]
        if self.case.health == Health.CRITICAL and level == Health.AT_RISK:
            raise forms.ValidationError(_("The facts already say worse: the case is critical."))
        return level
