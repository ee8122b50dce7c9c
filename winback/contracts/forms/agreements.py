"""Forms of what both sides agreed and of what the client owes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackForm, WinbackModelForm, limit
from winback.contracts.enums import DERIVED
from winback.contracts.forms.base import RegisterForm
from winback.contracts.models import Amendment, ClientObligation, Contract, Deadline
from winback.documents.forms import UploadField


class AmendmentForm(RegisterForm):
    """An amendment or settlement paper as both sides signed it."""

    people = ("owner",)
    uploads = ("document",)

    owner = RowField(
        label=pgettext_lazy("person", "Owner"),
        help_text=_("Watches that the agreement is kept."),
    )
    document = UploadField(label=_("Signed paper"), required=False)

    class Meta(WinbackModelForm.Meta):
        model = Amendment
        fields = [
            "kind", "title", "signed_on", "signed_by_us", "signed_by_client", "content",
            "price_effect", "suspends_until", "ends_on_breach",
        ]  # fmt: skip
        widgets = {"content": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "suspends_until": _("Last day on which the client does not terminate; empty: none."),
        }

    def clean_signed_on(self) -> date:
        return _not_in_future(self.cleaned_data["signed_on"])


class BreachForm(WinbackForm):
    """When and by what the agreement was broken."""

    broken_on = DateField(label=_("Broken on"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Reason"), max_length=250, help_text=_("By which side and what, in facts.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = amendment.version
        self.amendment = amendment

    def clean_broken_on(self) -> date:
        day = _not_in_future(self.cleaned_data["broken_on"])
        if day < self.amendment.signed_on:
            raise ValidationError(_("The date lies before the paper was signed."))
        return day


class ClientObligationForm(RegisterForm):
    """What the client owes, since when it is missing, and which deadlines it holds."""

    uploads = ("evidence",)

    amendment = RowField(label=_("From amendment"), required=False)
    evidence = UploadField(
        label=_("Evidence"),
        required=False,
        help_text=_("For instance the refusal by e-mail, a photo, minutes; optional."),
    )

    class Meta(WinbackModelForm.Meta):
        model = ClientObligation
        fields = ["kind", "what", "due_on", "since", "until", "told_on", "pauses", "note"]
        widgets = {
            "pauses": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "pauses": _("The days are added to their ends once they are known. Legal check needed.")
        }

    def __init__(
        self, *args: Any, contract: Contract, instance: models.Model | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.offer("amendment", contract.amendments.all())
        ours = Deadline.objects.filter(contract=contract).exclude(kind__in=DERIVED)
        if isinstance(instance, ClientObligation):
            self.initial["amendment"] = instance.amendment_id
            held = instance.pauses.values("pk")
            limit(self, "pauses", ours.filter(pk__in=held) | ours.open())
        else:
            limit(self, "pauses", ours.open())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = timezone.localdate()
        for name in ("since", "until", "told_on"):
            day = data.get(name)
            if day and day > today:
                self.add_error(name, _("The date lies in the future."))
        if data.get("pauses") and not data.get("since") and "since" not in self.errors:
            self.add_error("since", _("Say since when it is missing."))
        return data


def _not_in_future(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(_("The date lies in the future."))
    return day
