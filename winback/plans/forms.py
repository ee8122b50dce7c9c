"""Forms of a plan and its measures: input to clean data, German messages, soft warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.enums import Function
from winback.cases.models import Case
from winback.common.fields import DateField, RowField, nothing
from winback.common.formats import format_date, format_range
from winback.common.forms import WinbackForm
from winback.common.workdays import Bundesland
from winback.plans.enums import SETTABLE, Recurrence
from winback.plans.models import Measure, PlanPhase

FAR_AHEAD = timedelta(days=366)
NOTE_LENGTH = 250


def choice_of(
    rows: Iterable[User | PlanPhase], label: object, *, required: bool = True
) -> RowField:
    """Choose one of ``rows``, which are loaded once for all fields of a form."""
    field = RowField(label=label, required=required)
    field.offer(rows)
    return field


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


class _Dated(WinbackForm):
    """A form whose due date may lie outside the phase or in the past: unusual, not forbidden."""

    def doubt_due_on(self, due_on: date | None, phase: PlanPhase | None) -> None:
        if due_on is None:
            return
        if due_on < timezone.localdate():
            self.warn("due_on", _("The date lies in the past."))
        elif phase is not None and not phase.holds(due_on):
            span = format_range(phase.starts_on, phase.ends_on)
            self.warn("due_on", _("The date lies outside the phase (%(span)s).") % {"span": span})


class MeasureForm(_Dated):
    """A measure of one's own, or the changed facts of one; then ``measure`` is given.

    Owner and date of an existing measure have their own steps: they ask for a reason.
    """

    title = forms.CharField(label=pgettext_lazy("measure", "Measure"), max_length=250)
    description = forms.CharField(
        label=_("Description"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        phases: Sequence[PlanPhase],
        people: list[User],
        measure: Measure | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["phase"] = choice_of(phases, _("Phase"))
        if measure is None:
            self.fields["owner"] = choice_of(people, pgettext_lazy("person", "Owner"))
            self.fields["due_on"] = DateField(label=_("Due on"))
        self.fields["deputy"] = choice_of(people, pgettext_lazy("person", "Deputy"), required=False)
        self.fields["recurrence"] = forms.ChoiceField(
            label=_("Recurrence"),
            choices=Recurrence.choices,
            required=False,
            help_text=_("A recurring measure comes back until its phase ends."),
        )
        if measure is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        owner = self.measure.owner if self.measure else data.get("owner")
        if owner is not None and data.get("deputy") == owner:
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        self.doubt_due_on(data.get("due_on"), data.get("phase"))
        return data


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


class MoveForm(_Dated, _Step):
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
