"""Forms for messages to people at the client. Whom they may reach the service decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.clients.enums import Purpose
from winback.clients.models import Contact, OutwardMessage
from winback.common.fields import DateField
from winback.common.forms import WinbackModelForm


class MessageForm(WinbackModelForm):
    """Purpose, people, text."""

    purpose = forms.ChoiceField(
        label=pgettext_lazy("message", "Purpose"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        help_text=_("What the mail really is for; a mixed one counts as advertising."),
    )
    contacts = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    field_order = ["purpose", "contacts", "subject", "body"]

    class Meta(WinbackModelForm.Meta):
        model = OutwardMessage
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(contact.pk): contact for contact in contacts}
        self.fields["contacts"].choices = [  # type: ignore[attr-defined]  # a choice field
            (key, _label(contact)) for key, contact in self.people.items()
        ]

    def clean_contacts(self) -> list[Contact]:
        return [self.people[key] for key in self.cleaned_data["contacts"]]


def _label(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.function) if part)


class SentForm(WinbackModelForm):
    """On which day the person sent it."""

    sent_on = DateField(label=_("Sent on"), initial=timezone.localdate)

    class Meta(WinbackModelForm.Meta):
        model = OutwardMessage
        fields: list[str] = []


class DiscardForm(WinbackModelForm):
    """A deliberate step about a draft; carries nothing but its version."""

    class Meta(WinbackModelForm.Meta):
        model = OutwardMessage
        fields: list[str] = []
