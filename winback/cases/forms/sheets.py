"""Pages of facts: at most ten fields each, none of them required for its own sake."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.forms.checks import not_in_future
from winback.cases.models import (
    ActualEffort,
    Aftercare,
    Approach,
    Assessment,
    Background,
    Case,
    Farewell,
    Mediation,
    PlanB,
    PlannedEffort,
    Sheet,
    TeamLoad,
)
from winback.common.fields import DateField
from winback.common.forms import WinbackModelForm, limit


class SheetForm(WinbackModelForm):
    """One page of facts; its version is 0 until somebody has saved it."""

    #: heading → fields, for the page
    groups: list[tuple[Any, list[str]]] = []
    #: dates that lie in the past
    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, instance: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        version = instance.version if instance.pk else 0
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)
        shorten(self)

    @classmethod
    def sheet_of(cls, case: Case) -> Sheet:
        """The page as it stands, or a new one."""
        model: type[Sheet] = cls._meta.model
        found: Sheet | None = model._default_manager.filter(case=case).first()
        if found is not None:
            found.case = case
        return found or model(case=case)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.past:
            not_in_future(self, name)
        return data


def shorten(form: forms.BaseForm) -> None:
    """Texts start with three lines and grow as one types."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3


class RelationshipForm(SheetForm):
    class Meta(WinbackModelForm.Meta):
        model = Background
        fields = [
            "stage",
            "revenue_share",
            "dependency",
            "dependency_note",
            "trust_note",
            "strain",
            "dispute_risk",
            "dispute_note",
        ]

    groups = [
        (
            pgettext_lazy("case", "Relationship"),
            ["stage", "trust_note", "strain", "dispute_risk", "dispute_note"],
        ),
        (
            pgettext_lazy("case", "Dependency"),
            ["revenue_share", "dependency", "dependency_note"],
        ),
    ]


class LossForm(SheetForm):
    past = ("provider_since",)

    class Meta(WinbackModelForm.Meta):
        model = Background
        fields = [
            "provider_since",
            "competitor",
            "outside_reasons",
            "went_silently",
            "unspoken",
            "in_absence",
            "absence_note",
        ]

    groups = [
        (_("Another provider"), ["provider_since", "competitor", "outside_reasons"]),
        (
            _("How the client went"),
            ["went_silently", "unspoken", "in_absence", "absence_note"],
        ),
    ]


class AssessmentForm(SheetForm):
    """The factors a person judges; how recent the loss is follows from its date."""

    class Meta(WinbackModelForm.Meta):
        model = Assessment
        fields = [
            "long_unhappy",
            "hopeless",
            "controllable",
            "changeable",
            "strategic",
            "recovery",
            "complaints",
            "decider",
            "window",
            "note",
        ]

    groups = [
        (_("Two questions first"), ["long_unhappy", "hopeless"]),
        (_("Factors of the score"), Meta.fields[2:]),
    ]


class ValueForm(SheetForm):
    """The second lifetime value; nothing is prefilled."""

    class Meta(WinbackModelForm.Meta):
        model = Assessment
        fields = [
            "contribution",
            "care_cost",
            "years",
            "survival",
            "interest",
            "belief",
            "belief_reason",
        ]

    groups = [
        (_("The second contract"), Meta.fields[:5]),
        (_("Our belief"), Meta.fields[5:]),
    ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("belief") is not None and not data.get("belief_reason"):
            self.add_error("belief_reason", _("Say what this belief rests on."))
        care, brings = data.get("care_cost"), data.get("contribution")
        if care is not None and brings is not None and care >= brings:
            self.warn("care_cost", _("Care costs as much as the contract brings, or more."))
        return data


class PlannedEffortForm(SheetForm):
    class Meta(WinbackModelForm.Meta):
        model = PlannedEffort
        fields = ["hours", "rate", "goodwill", "audit", "mediation_cost", "note"]


class ActualEffortForm(SheetForm):
    class Meta(WinbackModelForm.Meta):
        model = ActualEffort
        fields = PlannedEffortForm.Meta.fields


class ApproachForm(SheetForm):
    class Meta(WinbackModelForm.Meta):
        model = Approach
        fields = ["way", "way_reason", "caller", "suitability", "support", "conflict"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "caller", User.objects.staff())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("way") and not data.get("way_reason"):
            self.add_error("way_reason", _("Say why this way fits this client."))
        return data


class MediationForm(SheetForm):
    past = ("ended_on",)

    class Meta(WinbackModelForm.Meta):
        model = Mediation
        fields = [
            "considered",
            "reasons",
            "neutral_person",
            "subject",
            "starts_on",
            "ended_on",
            "is_confidential",
            "result",
            "result_note",
        ]

    groups = [
        (_("Whether"), ["considered", "reasons"]),
        (_("How"), ["neutral_person", "subject", "is_confidential", "starts_on"]),
        (_("What came of it"), ["ended_on", "result", "result_note"]),
    ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("considered") and not data.get("reasons"):
            self.add_error("reasons", _("Say why."))
        if data.get("result") and not data.get("ended_on"):
            self.add_error("ended_on", _("A result needs the day on which it was reached."))
        return data


class FarewellForm(SheetForm):
    past = ("held_on",)

    class Meta(WinbackModelForm.Meta):
        model = Farewell
        fields = ["held_on", "held_by", "form", "explanation", "released_capacity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "held_by", User.objects.staff())


class TeamLoadForm(SheetForm):
    past = ("briefed_on",)

    class Meta(WinbackModelForm.Meta):
        model = TeamLoad
        fields = ["load", "note", "support", "briefed_on"]


class OwedForm(SheetForm):
    """Facts with a step that somebody owes."""

    owner = forms.ModelChoiceField(
        label=pgettext_lazy("person", "Owner"), queryset=User.objects.none()
    )
    due_on = DateField(label=_("Due on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", User.objects.staff())
        duty = self.instance.duty if self.instance.pk else None
        self.initial.setdefault("owner", duty.owner_id if duty else self.instance.case.owner_id)
        if duty:
            self.initial.setdefault("due_on", duty.due_on)

    @property
    def facts(self) -> dict[str, Any]:
        """The changes without owner and date, which belong to the step."""
        return {k: v for k, v in self.changes.items() if k not in ("owner", "due_on")}


class PlanBForm(OwedForm):
    class Meta(WinbackModelForm.Meta):
        model = PlanB
        fields = ["revenue_at_risk", "alternatives", "trigger"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = _("Trigger date")
        self.fields["due_on"].help_text = _("By then it is decided whether Plan B begins.")


class AftercareForm(OwedForm):
    class Meta(WinbackModelForm.Meta):
        model = Aftercare
        fields = ["every_days", "topics"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = _("Next contact on")
