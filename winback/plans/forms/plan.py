"""Start a plan, pass a phase, take a rest up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.enums import Function
from winback.cases.models import Case
from winback.common.fields import DateField, nothing
from winback.common.forms import WinbackForm
from winback.common.workdays import Bundesland
from winback.plans.forms.base import NOTE_LENGTH, choice_of

FAR_AHEAD = timedelta(days=366)


class PreviewForm(WinbackForm):
    """What the dates of a plan depend on."""

    started_on = DateField(label=_("Start of the plan"))
    bundesland = forms.ChoiceField(
        label=pgettext_lazy("plan", "Bundesland"),
        choices=[("", nothing(required=True)), *Bundesland.choices],
        help_text=_("Due dates move to its working days."),
    )


class PlanForm(PreviewForm):
    """Start date, Bundesland, and one named person per function the template needs."""

    def __init__(
        self, *args: Any, case: Case, functions: Sequence[str], people: list[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.functions = functions
        for function in functions:
            self.fields[f"owner_{function}"] = choice_of(people, Function(function).label)

    @property
    def groups(self) -> list[tuple[object, list[str]]]:
        return [
            (_("Dates"), ["started_on", "bundesland"]),
            (_("Who takes over what?"), [f"owner_{each}" for each in self.functions]),
        ]

    @property
    def dates(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("started_on", "bundesland")}

    @property
    def owners(self) -> dict[str, User]:
        """Function → named person."""
        return {each: self.cleaned_data[f"owner_{each}"] for each in self.functions}

    def clean_started_on(self) -> date:
        day: date = self.cleaned_data["started_on"]
        today = timezone.localdate()
        if day < self.case.opened_on:
            self.warn("started_on", _("The plan would start before the case was opened."))
        elif day < today:
            self.warn("started_on", _("The date lies in the past."))
        elif day > today + FAR_AHEAD:
            self.warn("started_on", _("More than a year ahead."))
        return day


class PassForm(WinbackForm):
    """Close a phase; what is still open is doubted and needs a reason."""

    note = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=_("What shows that the criteria are met."),
    )

    def __init__(self, *args: Any, doubt: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubt = doubt

    def clean_note(self) -> str:
        if self.doubt:
            self.warn("note", self.doubt)
        note: str = self.cleaned_data["note"]
        return note


class ResumeForm(WinbackForm):
    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False)
