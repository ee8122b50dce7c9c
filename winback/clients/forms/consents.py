"""Forms for consents and objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.clients.enums import ConsentSource
from winback.clients.models import Consent, Contact, Objection
from winback.common.fields import DateField
from winback.common.forms import WinbackModelForm
from winback.documents.forms import UploadField


class ConsentForm(WinbackModelForm):
    """What the person agreed to, how and when, and what proves it."""

    given_on = DateField(label=_("Given on"), initial=timezone.localdate)
    proof = UploadField(
        label=pgettext_lazy("consent", "Proof"),
        required=False,
        help_text=_("The signed form, the mail or the opt-in record. Without it no gate opens."),
    )

    class Meta(WinbackModelForm.Meta):
        model = Consent
        fields = ["channel", "purpose", "wording", "source"]
        widgets = {"wording": forms.Textarea(attrs={"rows": 4})}

    field_order = ["channel", "purpose", "wording", "source", "given_on", "proof"]

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") == ConsentSource.SPOKEN and not data.get("proof"):
            self.warn("source", _("Spoken and without a file: nobody can prove it later."))
        days = [row.objected_on for row in self.contact.objections.all()]
        if data.get("given_on") and any(day >= data["given_on"] for day in days):
            self.warn("given_on", _("The person objected on this day or later. That still counts."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """What is stored besides the file."""
        return {name: value for name, value in self.changes.items() if name != "proof"}


class ProofForm(WinbackModelForm):
    """The file that was missing."""

    proof = UploadField(label=pgettext_lazy("consent", "Proof"))

    class Meta(WinbackModelForm.Meta):
        model = Consent
        fields: list[str] = []


class WithdrawalForm(WinbackModelForm):
    """One day, and in which way if somebody wants to say."""

    withdrawn_on = DateField(label=_("Withdrawn on"), initial=timezone.localdate)
    note = forms.CharField(label=_("How and in which words"), max_length=250, required=False)

    class Meta(WinbackModelForm.Meta):
        model = Consent
        fields: list[str] = []


class ObjectionForm(WinbackModelForm):
    """A no to advertising; as short as it can be."""

    objected_on = DateField(label=_("Objected on"), initial=timezone.localdate)
    channel = forms.ChoiceField(
        label=pgettext_lazy("consent", "Channel"),
        required=False,
        help_text=_("Where the person named none, the objection covers all of them."),
    )

    class Meta(WinbackModelForm.Meta):
        model = Objection
        fields = ["note"]

    field_order = ["channel", "objected_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Objection._meta.get_field("channel").choices or []
        everything = ("", pgettext_lazy("channel", "all"))
        self.fields["channel"].choices = [everything, *known]  # type: ignore[attr-defined]  # a ChoiceField
