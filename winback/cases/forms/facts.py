"""What is known about a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from winback.cases.forms.checks import doubt_past, not_in_future
from winback.cases.models import Case
from winback.clients.models import Client
from winback.common.forms import WinbackModelForm, limit
from winback.contracts.models import Contract

LEADING = (Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT)


class CaseForm(WinbackModelForm):
    """The facts of a case. Contract and sites must be the client's own."""

    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = [
            "client",
            "contract",
            "sites",
            "trigger",
            "loss_kind",
            "first_sign_on",
            "lost_on",
            "new_provider",
            "value_at_stake",
            "owner",
            "deputy",
            "is_confidential",
            "next_step",
            "next_step_on",
        ]
        widgets = {"sites": forms.CheckboxSelectMultiple}

    #: heading → fields, for the page
    groups = [
        (_("Client and contract"), ["client", "contract", "sites"]),
        (
            _("Trigger and loss"),
            [
                "trigger",
                "loss_kind",
                "first_sign_on",
                "lost_on",
                "new_provider",
                "value_at_stake",
            ],
        ),
        (_("Who is responsible"), ["owner", "deputy", "is_confidential"]),
        (_("Next step"), ["next_step", "next_step_on"]),
    ]

    def __init__(self, *args: Any, user: User, client: Client | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        limit(self, "client", Client.objects.visible_to(user))
        limit(self, "owner", User.objects.with_role(*LEADING))
        limit(self, "deputy", User.objects.staff())
        if client is None:  # chosen with the form: only then are contract and sites known
            del self.fields["contract"], self.fields["sites"]
        else:
            self.fields["client"].disabled = True
            self.initial["client"] = client
            limit(self, "contract", Contract.objects.filter(client=client))
            limit(self, "sites", client.sites.all())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        for name in ("first_sign_on", "lost_on"):
            not_in_future(self, name)
        doubt_past(self, "next_step_on")
        if data.get("value_at_stake") == 0:
            self.warn("value_at_stake", _("Nothing at stake? Then nobody will give it priority."))
        return data


class NextStepForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = ["next_step", "next_step_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        doubt_past(self, "next_step_on")
        return data


class SituationForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Case
        fields = ["situation"]
        widgets = {"situation": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"situation": _("Two or three sentences: how is it, what decides, what next?")}
