"""First approach, mediation, farewell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.cases.forms.sheets.sheet import SheetForm
from winback.cases.models import (
    Approach,
    Farewell,
    Mediation,
)
from winback.common.forms import WinbackModelForm, limit


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
