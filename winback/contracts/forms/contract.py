"""The form of a contract: facts, term, notice rule, option, check and legal notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.clients.models import Client
from winback.common.forms import WinbackModelForm, limit
from winback.contracts.forms.base import at_most
from winback.contracts.models import Contract

#: Days, weeks or months; nobody agrees on more.
LONGEST_NOTICE = 730
LONGEST_OPTION = 240


class ContractForm(WinbackModelForm):
    """The contract as it is kept; dates may follow from its rule."""

    class Meta(WinbackModelForm.Meta):
        model = Contract
        fields = [
            "title", "number", "kind", "annual_value", "sites", "lots", "bundesland",
            "starts_on", "ends_on", "owner",
            "notice_length", "notice_unit", "notice_to", "notice_on", "notice_reason",
            "option_months", "option_on", "option_note", "check_months",
            "vob_b", "public_terms", "standard", "legal_basis", "legal_note", "note",
        ]  # fmt: skip
        widgets = {
            "sites": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 3}),
            "public_terms": forms.Textarea(attrs={"rows": 2}),
            "legal_note": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {"notice_on": pgettext_lazy("contract form", "Last day to give notice")}
        help_texts = {
            "notice_on": _(
                "Empty: computed from the rule. The notice must have been received by this day."
            ),
            "notice_length": _("For instance 3, with months to the end of the term."),
        }

    #: heading → fields, for the page
    groups = [
        (
            _("Contract"),
            ["title", "number", "kind", "annual_value", "sites", "lots", "bundesland"],
        ),
        (_("Term and responsibility"), ["starts_on", "ends_on", "owner"]),
        (
            _("Notice"),
            ["notice_length", "notice_unit", "notice_to", "notice_on", "notice_reason"],
        ),
        (
            _("Option and check"),
            ["option_months", "option_on", "option_note", "check_months"],
        ),
        (
            _("Law and terms"),
            ["vob_b", "public_terms", "standard", "legal_basis", "legal_note", "note"],
        ),
    ]

    def __init__(
        self, *args: Any, client: Client, contract: Contract | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=contract, **kwargs)
        limit(self, "sites", client.sites.all())
        limit(self, "owner", User.objects.staff())
        at_most(self, "notice_length", LONGEST_NOTICE)
        at_most(self, "option_months", LONGEST_OPTION)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        notice_on, ends_on = data.get("notice_on"), data.get("ends_on")
        if notice_on and "notice_on" in self.changed_data and notice_on < timezone.localdate():
            self.warn("notice_on", _("The last day to give notice has passed."))
        if ends_on and not notice_on and not data.get("notice_length"):
            self.warn("notice_on", _("Without this day nobody is warned before the term renews."))
        return data
