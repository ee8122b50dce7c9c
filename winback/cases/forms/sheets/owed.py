"""The load of the team, and pages that leave something to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.forms.checks import at_least
from winback.cases.forms.sheets.sheet import SheetForm
from winback.cases.models import (
    Aftercare,
    PlanB,
    TeamLoad,
)
from winback.common.fields import DateField
from winback.common.forms import WinbackModelForm, limit


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
        at_least(self, 1, "every_days")
