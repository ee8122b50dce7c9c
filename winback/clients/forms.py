"""Forms for clients, their sites and contacts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winback.clients.models import Client, Contact, Site
from winback.common.fields import DecimalField
from winback.common.forms import WinbackModelForm
from winback.common.textsearch import normalise
from winback.common.widgets import NumberInput


class ClientForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Client
        fields = [
            "name",
            "number",
            "segment",
            "industry",
            "is_public_sector",
            "since",
            "business_goals",
        ]
        widgets = {"business_goals": forms.Textarea(attrs={"rows": 3})}

    def clean_name(self) -> str:
        """Doubt a second client of the same name: usually it is the same one."""
        name: str = self.cleaned_data["name"]
        twins = Client.objects.filter(sort_key=normalise(name)).exclude(pk=self.instance.pk)
        if twins.exists():
            self.warn("name", _("There already is a client of this name."))
        return name

    def clean_since(self) -> date | None:
        day: date | None = self.cleaned_data["since"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class SiteForm(WinbackModelForm):
    area = DecimalField(
        label=_("area in m²"),
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=NumberInput(unit="m²"),
    )

    class Meta(WinbackModelForm.Meta):
        model = Site
        fields = ["name", "kind", "street", "postcode", "city", "bundesland", "area", "area_norm"]

    def __init__(self, *args: Any, client: Client, site: Site | None, **kwargs: Any) -> None:
        super().__init__(*args, instance=site or Site(client=client), **kwargs)
        self.client = client

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.client.sites.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The client already has a site of this name."))
        return name

    def clean_postcode(self) -> str:
        code: str = self.cleaned_data["postcode"]
        if code and not (len(code) == 5 and code.isdecimal()):
            raise ValidationError(_("A German postcode has five digits."))
        return code


class ContactForm(WinbackModelForm):
    class Meta(WinbackModelForm.Meta):
        model = Contact
        fields = [
            "salutation",
            "first_name",
            "last_name",
            "function",
            "is_decision_maker",
            "email",
            "phone",
            "channel",
            "language",
            "left_on",
        ]

    def __init__(self, *args: Any, client: Client, contact: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, instance=contact or Contact(client=client), **kwargs)
