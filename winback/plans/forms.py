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
from winback.clients.models import Contact
from winback.common.fields import DateField, RowField, nothing
from winback.common.formats import format_date, format_range
from winback.common.forms import WinbackForm
from winback.common.workdays import Bundesland
from winback.contracts.models import Amendment
from winback.dialogue.models import Interaction
from winback.plans.enums import SETTABLE, Recurrence
from winback.plans.models import Measure, PlanPhase
from winback.plans.rules import Result

FAR_AHEAD = timedelta(days=366)
NOTE_LENGTH = 250


def choice_of(
    rows: Iterable[User | PlanPhase | Amendment | Contact], label: object, *, required: bool = True
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
        amendments: Sequence[Amendment] = (),
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
        if amendments:
            self.fields["amendment"] = choice_of(
                amendments, _("Obligation from amendment"), required=False
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


#: What a line of results may be.
COMMITMENT, MEASURE = "commitment", "measure"
#: Names of the fields of one line; several lines are entered at once.
_LINE = ("kind", "what", "owner", "due_on", "contact", "confirmed_by", "feasibility")
_LINES = range(1, 4)


class ResultsForm(WinbackForm):
    """What came of a talk: up to three lines, each a promise to the client or a measure."""

    def __init__(self, *args: Any, talk: Interaction, has_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.talk = talk
        people = list(User.objects.staff())
        contacts = list(talk.case.client.contacts.filter(left_on=None))
        kinds = [(COMMITMENT, _("Commitment to the client"))]
        if has_plan:
            kinds.append((MEASURE, pgettext_lazy("measure", "Measure")))
        for line in _LINES:
            self._add_line(line, kinds, people, contacts)

    def _add_line(
        self, line: int, kinds: list[tuple[str, Any]], people: list[User], contacts: list[Contact]
    ) -> None:
        required = line == 1
        own = {
            "kind": forms.ChoiceField(label=_("What is it?"), choices=kinds),
            "what": forms.CharField(label=_("What"), max_length=250, required=required),
            "owner": choice_of(people, pgettext_lazy("person", "Owner"), required=required),
            "due_on": DateField(label=_("Due on"), required=required),
            "contact": choice_of(contacts, _("Promised to"), required=False),
            "confirmed_by": choice_of(people, _("Confirmed as feasible by"), required=False),
            "feasibility": forms.CharField(
                label=_("Basis of the confirmation"), max_length=250, required=False
            ),
        }
        self.fields.update({f"{name}_{line}": own[name] for name in _LINE})
        self.fields[f"kind_{line}"].initial = kinds[0][0]

    @property
    def groups(self) -> list[tuple[object, list[str]]]:
        return [
            (_("Result %(number)d") % {"number": line}, [f"{name}_{line}" for name in _LINE])
            for line in _LINES
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for line in _LINES:
            if data.get(f"what_{line}"):
                self._check(line, data)
        return data

    def _check(self, line: int, data: dict[str, Any]) -> None:
        """A line with words has owner and date; an unconfirmed promise is doubted."""
        for name, message in (
            ("owner", _("Say who does it.")),
            ("due_on", _("Say until when.")),
        ):
            field = f"{name}_{line}"
            if not data.get(field) and field not in self.errors:
                self.add_error(field, message)
        due_on = data.get(f"due_on_{line}")
        if due_on and due_on < timezone.localdate():
            self.warn(f"due_on_{line}", _("The date lies in the past."))
        if data.get(f"kind_{line}") != COMMITMENT:
            return
        if not data.get(f"confirmed_by_{line}"):
            self.warn(f"confirmed_by_{line}", _("Nobody has confirmed that we can keep it."))
        elif not data.get(f"feasibility_{line}"):
            self.add_error(f"feasibility_{line}", _("Say on what basis."))

    @property
    def results(self) -> list[Result]:
        """The filled lines."""
        return [self._result(line) for line in _LINES if self.cleaned_data[f"what_{line}"]]

    def _result(self, line: int) -> Result:
        data = {name: self.cleaned_data[f"{name}_{line}"] for name in _LINE}
        shared = {"owner": data["owner"], "due_on": data["due_on"]}
        if data["kind"] == MEASURE:
            return Result(False, shared | {"title": data["what"]})
        today, by = timezone.localdate(), data["confirmed_by"]
        promise = {
            "what": data["what"],
            "contact": data["contact"],
            "promised_on": self.talk.held_on,
            "confirmed_by": by,
            "confirmed_on": today if by else None,
            "feasibility": data["feasibility"] if by else "",
        }
        return Result(True, shared | promise)
