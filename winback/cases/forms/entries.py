"""Entries that a case has many of: steps, tenders, successes, lessons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User
from winback.cases.enums import EscalationLevel, LessonState
from winback.cases.forms.checks import doubt_past, not_in_future
from winback.cases.forms.sheets import shorten
from winback.cases.models import (
    AwardCriterion,
    Case,
    Handover,
    Lesson,
    ResourceDecision,
    SiteFact,
    Success,
    Tender,
)
from winback.common.fields import DateField
from winback.common.forms import WinbackForm, WinbackModelForm, limit
from winback.common.obligations import Item


class EntryForm(WinbackModelForm):
    """A new row of the case."""

    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        shorten(self)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.past:
            not_in_future(self, name)
        return data


class SuccessForm(EntryForm):
    past = ("happened_on",)

    class Meta(WinbackModelForm.Meta):
        model = Success
        fields = ["kind", "happened_on", "what"]


class LessonForm(EntryForm):
    class Meta(WinbackModelForm.Meta):
        model = Lesson
        fields = ["what", "proposal", "target"]


class ResourceForm(EntryForm):
    past = ("decided_on",)

    class Meta(WinbackModelForm.Meta):
        model = ResourceDecision
        fields = ["conflict", "decision", "decided_by", "decided_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "decided_by", User.objects.with_role(Role.MANAGEMENT))


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


class TenderForm(EntryForm):
    """A tender; one still to come needs somebody who prepares it."""

    owner = forms.ModelChoiceField(
        label=_("Who prepares it"), queryset=User.objects.none(), required=False
    )
    due_on = DateField(label=_("Prepared by"), required=False)

    class Meta(WinbackModelForm.Meta):
        model = Tender
        fields = [
            "title",
            "result",
            "held_on",
            "winner",
            "lots_before",
            "lots_after",
            "reasons",
            "lessons",
        ]

    groups = [
        (pgettext_lazy("case", "Tender"), ["title", "result", "held_on", "winner"]),
        (_("Preparation of the next one"), ["owner", "due_on"]),
        (_("What it brought"), ["lots_before", "lots_after", "reasons", "lessons"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", User.objects.staff())
        duty = self.instance.duty
        if duty is not None:
            self.initial.update(owner=duty.owner_id, due_on=duty.due_on)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        planned = data.get("result") == "planned"
        for name in ("owner", "due_on"):
            if planned and not data.get(name):
                self.add_error(name, _("A tender to come is prepared by somebody until a date."))
        due_on, held_on = data.get("due_on"), data.get("held_on")
        if planned and due_on and held_on and due_on > held_on:
            self.add_error("due_on", _("The preparation ends after the award."))
        if data.get("result") and not planned:
            not_in_future(self, "held_on")
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The changes without owner and date, which belong to the preparation."""
        return {k: v for k, v in self.changes.items() if k not in ("owner", "due_on")}


class CriterionForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = AwardCriterion
        fields = ["name", "weight", "our_points", "their_points"]


class LessonDecisionForm(WinbackForm):
    state = forms.ChoiceField(
        label=pgettext_lazy("go", "decision"),
        choices=[(s.value, s.label) for s in (LessonState.ACCEPTED, LessonState.REJECTED)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HandoverForm(EntryForm):
    """Who takes over, why, with what; and which obligations move along."""

    due_on = DateField(label=_("Handover finished by"))
    moving = forms.MultipleChoiceField(
        label=_("Obligations that the new key account manager takes over"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(WinbackModelForm.Meta):
        model = Handover
        fields = ["successor", "reason", "fit", "resources", "granted_by"]

    groups = [
        (_("Who and why"), ["successor", "reason", "fit"]),
        (_("Resources"), ["resources", "granted_by"]),
        (_("Handover"), ["due_on", "moving"]),
    ]

    def __init__(self, *args: Any, owed: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = User.objects.with_role(Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT)
        limit(self, "successor", leads.exclude(pk=self.case.owner_id))
        limit(self, "granted_by", User.objects.with_role(Role.MANAGEMENT))
        moving = self.fields["moving"]
        assert isinstance(moving, forms.MultipleChoiceField)
        moving.choices = [(f"{item.kind}:{item.pk}", item.title) for item in owed]
        self.initial["moving"] = [key for key, _title in moving.choices]
        if not owed:
            del self.fields["moving"]
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=self.case.version
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        doubt_past(self, "due_on")
        if data.get("resources") and not data.get("granted_by"):
            self.add_error("granted_by", _("Say who granted this."))
        return data

    @property
    def chosen(self) -> set[tuple[str, int]]:
        """Kind and pk of the obligations that move."""
        pairs = (key.rsplit(":", 1) for key in self.cleaned_data.get("moving", []))
        return {(kind, int(pk)) for kind, pk in pairs}

    @property
    def facts(self) -> dict[str, Any]:
        return {k: v for k, v in self.changes.items() if k in self.Meta.fields}


class ToldForm(WinbackForm):
    """When and how the client learned of the new contact person."""

    told_on = DateField(label=_("Client told on"))
    told_how = forms.CharField(
        label=_("How"),
        max_length=250,
        help_text=_("As a sign of a new start: by whom, in which way."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        not_in_future(self, "told_on")
        return data
