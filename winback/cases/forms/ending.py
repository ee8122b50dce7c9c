"""Rest, outcome, and steps that only need a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.enums import Extent, Status
from winback.cases.forms.checks import at_least, not_in_future
from winback.cases.models import Case, Outcome
from winback.cases.rules import results_of
from winback.common.fields import DateField, nothing
from winback.common.forms import WinbackForm, WinbackModelForm


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
        fields = [
            "result",
            "extent",
            "ended_on",
            "annual_value_before",
            "annual_value_after",
            "lots_before",
            "lots_after",
            "reasons",
            "lessons",
        ]
        widgets = {
            "reasons": forms.Textarea(attrs={"rows": 3}),
            "lessons": forms.Textarea(attrs={"rows": 3}),
        }

    groups = [
        (pgettext_lazy("case", "Outcome"), ["result", "extent", "ended_on"]),
        (
            _("Before and after"),
            ["annual_value_before", "annual_value_after", "lots_before", "lots_after"],
        ),
        (_("What remains"), ["reasons", "lessons", "drop_open"]),
    ]

    def __init__(
        self, *args: Any, case: Case, advice: Mapping[str, list[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.advice = case, advice
        at_least(self, 0, "annual_value_before", "annual_value_after")
        self.initial.setdefault("annual_value_before", case.value_at_stake)
        legal = results_of(case.status)
        self.fields["result"].choices = [("", nothing(required=True))] + [  # type: ignore[attr-defined]
            (each.value, each.label) for each in legal
        ]
        # that of the case: the outcome is new
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=case.version)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        not_in_future(self, "ended_on")
        ended_on = data.get("ended_on")
        if ended_on and ended_on < self.case.opened_on:
            self.add_error("ended_on", _("The end lies before the case was opened."))
        if data.get("result") == Status.WON and data.get("annual_value_after") is None:
            self.add_error("annual_value_after", _("Say what the client is worth per year now."))
        self._check_extent(data)
        open_advice = self.advice.get(data.get("result") or "", [])
        if open_advice:
            self.warn("result", " ".join(open_advice))
        return data

    def _check_extent(self, data: dict[str, Any]) -> None:
        won, extent = data.get("result") == Status.WON, data.get("extent")
        before, after = data.get("lots_before"), data.get("lots_after")
        if extent and not won:
            self.add_error("extent", _("Only for a client won back."))
        elif won and not extent:
            self.add_error("extent", _("Say how the client was won back."))
        if extent == Extent.EXTENDED and (before is None or after is None or after <= before):
            self.add_error("lots_after", _("Extended means more lots than before."))


class ReasonForm(WinbackForm):
    """A step that only needs a reason."""

    note = forms.CharField(label=_("Reason"), max_length=250)
    version = forms.IntegerField(widget=forms.HiddenInput)
