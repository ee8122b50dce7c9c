"""The form of a contract."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winback.clients.models import Client
from winback.common.forms import WinbackModelForm, limit
from winback.contracts.models import Contract


class ContractForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Contract
        fields = [
            "title",
            "number",
            "kind",
            "starts_on",
            "ends_on",
            "notice_on",
            "annual_value",
            "sites",
            "note",
        ]
        widgets = {
            "sites": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, *args: Any, client: Client, contract: Contract | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=contract, **kwargs)
        limit(self, "sites", client.sites.all())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        notice_on, ends_on = data.get("notice_on"), data.get("ends_on")
        if notice_on and "notice_on" in self.changed_data and notice_on < timezone.localdate():
            self.warn("notice_on", _("The last day to give notice has passed."))
        if ends_on and not notice_on:
            self.warn("notice_on", _("Without this day nobody is warned before the term renews."))
        return data
