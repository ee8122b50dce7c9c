"""What speaks for trying, its value and its cost."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from winback.cases.forms.sheets.sheet import SheetForm
from winback.cases.models import (
    ActualEffort,
    Assessment,
    PlannedEffort,
)
from winback.common.forms import WinbackModelForm


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
