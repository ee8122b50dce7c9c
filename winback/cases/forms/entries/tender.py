"""Tenders and their award criteria."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.forms.checks import not_in_future
from winback.cases.forms.entries.entry import EntryForm
from winback.cases.models import (
    AwardCriterion,
    Tender,
)
from winback.common.fields import DateField
from winback.common.forms import WinbackModelForm, limit


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
