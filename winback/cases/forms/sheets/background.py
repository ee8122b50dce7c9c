"""How the relationship stood."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.forms.sheets.sheet import SheetForm
from winback.cases.models import Background
from winback.common.forms import WinbackModelForm


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
