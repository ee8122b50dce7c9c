"""Forms of a case: input to clean data, German messages, soft warnings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User
from winback.cases.enums import Function, Health, Status
from winback.cases.models import Case, HealthOverride, Outcome, Qualification
from winback.cases.rules import results_of
from winback.clients.models import Client
from winback.common.fields import DateField, nothing
from winback.common.forms import WinbackForm, WinbackModelForm, limit
from winback.contracts.models import Contract

LEADING = (Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT)


class CaseForm(WinbackModelForm):
    """The facts of a case. Contract and sites must be the client's own."""

    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = [
            "client",
            "contract",
            "sites",
            "trigger",
            "loss_kind",
            "first_sign_on",
            "lost_on",
            "new_provider",
            "value_at_stake",
            "owner",
            "deputy",
            "is_confidential",
            "next_step",
            "next_step_on",
        ]
        widgets = {"sites": forms.CheckboxSelectMultiple}

    #: heading → fields, for the page
    groups = [
        (_("Client and contract"), ["client", "contract", "sites"]),
        (
            _("Trigger and loss"),
            [
                "trigger",
                "loss_kind",
                "first_sign_on",
                "lost_on",
                "new_provider",
                "value_at_stake",
            ],
        ),
        (_("Who is responsible"), ["owner", "deputy", "is_confidential"]),
        (_("Next step"), ["next_step", "next_step_on"]),
    ]

    def __init__(self, *args: Any, user: User, client: Client | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        limit(self, "client", Client.objects.visible_to(user))
        limit(self, "owner", User.objects.with_role(*LEADING))
        limit(self, "deputy", User.objects.staff())
        if client is None:  # chosen with the form: only then are contract and sites known
            del self.fields["contract"], self.fields["sites"]
        else:
            self.fields["client"].disabled = True
            self.initial["client"] = client
            limit(self, "contract", Contract.objects.filter(client=client))
            limit(self, "sites", client.sites.all())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        for name in ("first_sign_on", "lost_on"):
            _not_in_future(self, name)
        _doubt_past(self, "next_step_on")
        if data.get("value_at_stake") == 0:
            self.warn("value_at_stake", _("Nothing at stake? Then nobody will give it priority."))
        return data


class NextStepForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = ["next_step", "next_step_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _doubt_past(self, "next_step_on")
        return data


class SituationForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = ["situation"]
        widgets = {"situation": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"situation": _("Two or three sentences: how is it, what decides, what next?")}


class DecisionForm(WinbackModelForm):
    """Go or no go, by the executive board."""

    class Meta(WinbackModelForm.Meta):
        model = Qualification
        fields = ["decision", "decided_by", "decided_on", "reasons"]
        widgets = {"decision": forms.RadioSelect, "reasons": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        limit(self, "decided_by", User.objects.with_role(Role.MANAGEMENT))
        self.fields["decision"].choices = self.fields["decision"].choices[-2:]  # type: ignore[attr-defined]  # no empty radio

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        if day < self.case.opened_on:
            self.warn("decided_on", _("The decision lies before the case was opened."))
        return day


class RestForm(WinbackForm):
    until = DateField(label=_("Wake-up date"))
    note = forms.CharField(label=_("Reason"), max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("The wake-up date must lie in the future."))
        if day > today + timedelta(days=730):
            self.warn("until", _("More than two years ahead."))
        return day


class CloseForm(WinbackModelForm):
    """The outcome with its lessons."""

    drop_open = forms.BooleanField(
        label=_("Drop open measures and planned audits with this outcome as reason"),
        required=False,
    )

    class Meta(WinbackModelForm.Meta):
        model = Outcome
        fields = ["result", "ended_on", "annual_value_after", "reasons", "lessons"]
        widgets = {
            "reasons": forms.Textarea(attrs={"rows": 3}),
            "lessons": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        legal = results_of(case.status)
        self.fields["result"].choices = [("", nothing(required=True))] + [  # type: ignore[attr-defined]
            (each.value, each.label) for each in legal
        ]
        # that of the case: the outcome is new
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=case.version)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _not_in_future(self, "ended_on")
        ended_on = data.get("ended_on")
        if ended_on and ended_on < self.case.opened_on:
            self.add_error("ended_on", _("The end lies before the case was opened."))
        if data.get("result") == Status.WON and data.get("annual_value_after") is None:
            self.add_error("annual_value_after", _("Say what the client is worth per year now."))
        return data


class ReasonForm(WinbackForm):
    """A step that only needs a reason."""

    note = forms.CharField(label=_("Reason"), max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput)


class MemberForm(WinbackForm):
    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    function = forms.ChoiceField(
        label=pgettext_lazy("case", "Function"), choices=Function.choices, initial="contributor"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "user", User.objects.staff())


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


def _not_in_future(form: Any, name: str) -> None:
    day = form.cleaned_data.get(name)
    if day and day > timezone.localdate():
        form.add_error(name, _("The date lies in the future."))


def _doubt_past(form: Any, name: str) -> None:
    day = form.cleaned_data.get(name)
    if day and name in form.changed_data and day < timezone.localdate():
        form.warn(name, _("The date lies in the past."))
