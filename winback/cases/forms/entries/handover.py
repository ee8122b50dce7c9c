"""A new key account manager."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from winback.cases.forms.checks import doubt_past, not_in_future
from winback.cases.forms.entries.entry import EntryForm
from winback.cases.models import Handover
from winback.common.fields import DateField
from winback.common.forms import WinbackForm, WinbackModelForm, limit
from winback.common.obligations import Item


class HandoverForm(EntryForm):
    """Who takes over, why, with what; and which obligations move along."""

    due_on = DateField(label=_("Handover finished by"))
    moving = forms.MultipleChoiceField(
        label=_("Obligations that the new key account manager takes over"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(WinbackModelForm.Meta):
        model = Handover
        fields = ["successor", "reason", "fit", "resources", "granted_by"]

    groups = [
        (_("Who and why"), ["successor", "reason", "fit"]),
        (_("Resources"), ["resources", "granted_by"]),
        (_("Handover"), ["due_on", "moving"]),
    ]

    def __init__(self, *args: Any, owed: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = User.objects.with_role(Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT)
        limit(self, "successor", leads.exclude(pk=self.case.owner_id))
        limit(self, "granted_by", User.objects.with_role(Role.MANAGEMENT))
        moving = self.fields["moving"]
        assert isinstance(moving, forms.MultipleChoiceField)
        moving.choices = [(f"{item.kind}:{item.pk}", item.title) for item in owed]
        self.initial["moving"] = [key for key, _title in moving.choices]
        if not owed:
            del self.fields["moving"]
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=self.case.version
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        doubt_past(self, "due_on")
        if data.get("resources") and not data.get("granted_by"):
            self.add_error("granted_by", _("Say who granted this."))
        return data

    @property
    def chosen(self) -> set[tuple[str, int]]:
        """Kind and pk of the obligations that move."""
        pairs = (key.rsplit(":", 1) for key in self.cleaned_data.get("moving", []))
        return {(kind, int(pk)) for kind, pk in pairs}

    @property
    def facts(self) -> dict[str, Any]:
        return {k: v for k, v in self.changes.items() if k in self.Meta.fields}


class ToldForm(WinbackForm):
    """When and how the client learned of the new contact person."""

    told_on = DateField(label=_("Client told on"))
    told_how = forms.CharField(
        label=_("How"),
        max_length=250,
        help_text=_("As a sign of a new start: by whom, in which way."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        not_in_future(self, "told_on")
        return data
