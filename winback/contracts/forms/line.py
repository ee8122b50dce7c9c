"""The form of a service line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from winback.common.fields import RowField
from winback.common.forms import WinbackModelForm
from winback.contracts.forms.base import RegisterForm
from winback.contracts.models import Contract, ServiceLine


class LineForm(RegisterForm):
    """One LV position; its type is a choice with a reason, nothing is preset."""

    amendment = RowField(label=_("Agreed in"), required=False)

    class Meta(WinbackModelForm.Meta):
        model = ServiceLine
        fields = [
            "position", "title", "trade", "frequency", "standard", "condition",
            "kind", "kind_reason", "promised", "expected", "delivered", "feasible", "agreed",
            "price_effect", "unclear", "quotation", "answer",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 2}) for name in ("unclear", "quotation", "answer")
        }

    groups = [
        (
            _("Position"),
            ["position", "title", "trade", "frequency", "standard", "condition"],
        ),
        (_("Type of service"), ["kind", "kind_reason"]),
        (
            _("Target and actual"),
            ["promised", "expected", "delivered", "feasible"],
        ),
        (_("Agreement"), ["agreed", "amendment", "price_effect"]),
        (_("Wording"), ["unclear", "quotation", "answer"]),
    ]

    def __init__(
        self, *args: Any, contract: Contract, instance: models.Model | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.offer("amendment", contract.amendments.all())
        if isinstance(instance, ServiceLine):
            self.initial["amendment"] = instance.amendment_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amendment") and not data.get("agreed"):
            self.add_error("agreed", _("Say which level was agreed."))
        return data
