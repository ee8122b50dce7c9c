"""Forms for clients, their sites and contacts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Region
from winback.clients.models import Client, Contact, Site
from winback.common.fields import DecimalField
from winback.common.forms import WinbackModelForm, limit
from winback.common.textsearch import normalise
from winback.common.widgets import NumberInput, PercentInput

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Groups = list[tuple[Any, list[str]]]


def _percent(label: _StrOrPromise, help_text: _StrOrPromise = "") -> DecimalField:
    """A share from 0 to 100 percent."""
    return DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=100,
        widget=PercentInput(),
    )


class ClientForm(WinbackModelForm):
    revenue_share = _percent(
        _("Share of our revenue"), _("in percent of the yearly revenue of our company")
    )
    result_share = _percent(
        _("Share of our result"), _("in percent of the yearly result of our company")
    )
    groups: Groups = [
        (_("Client"), ["name", "number", "segment", "industry", "is_public_sector", "since"]),
        (
            _("What the client means to us"),
            ["revenue_share", "result_share", "is_hard_to_replace"],
        ),
        (_("What moves the client"), ["business_goals", "operational_problems"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Client
        fields = [
            "name",
            "number",
            "segment",
            "industry",
            "is_public_sector",
            "since",
            "revenue_share",
            "result_share",
            "is_hard_to_replace",
            "business_goals",
            "operational_problems",
        ]
        widgets = {
            "business_goals": forms.Textarea(attrs={"rows": 3}),
            "operational_problems": forms.Textarea(attrs={"rows": 3}),
        }

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
        fields = [
            "name",
            "kind",
            "street",
            "postcode",
            "city",
            "bundesland",
            "region",
            "lots",
            "area",
            "area_norm",
        ]

    def __init__(self, *args: Any, client: Client, site: Site | None, **kwargs: Any) -> None:
        super().__init__(*args, instance=site or Site(client=client), **kwargs)
        self.client = client
        limit(self, "region", Region.objects.all())

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


class EraseForm(WinbackModelForm):
    """A deliberate step about a person; carries nothing but its version."""

    class Meta(WinbackModelForm.Meta):
        model = Contact
        fields: list[str] = []


class ContactForm(WinbackModelForm):
    """A person: who it is, where the person stands, how the person wants to be spoken to."""

    groups: Groups = [
        (
            _("Person"),
            ["salutation", "first_name", "last_name", "function", "email", "phone", "left_on"],
        ),
        (
            _("Role in the decision"),
            ["is_decision_maker", "influence", "attitude", "internal_need"],
        ),
        (
            _("How the person wants to be spoken to"),
            ["channel", "rhythm_days", "preferred_time", "meeting_form", "language"],
        ),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Contact
        fields = [
            "salutation",
            "first_name",
            "last_name",
            "function",
            "email",
            "phone",
            "left_on",
            "is_decision_maker",
            "influence",
            "attitude",
            "internal_need",
            "channel",
            "rhythm_days",
            "preferred_time",
            "meeting_form",
            "language",
        ]
        widgets = {
            "internal_need": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "attitude": _("As the team sees it today; a guess to work with, no verdict."),
            "channel": _("The client chooses; we propose what fits."),
        }

    def __init__(self, *args: Any, client: Client, contact: Contact | None, **kwargs: Any) -> None:
        super().__init__(*args, instance=contact or Contact(client=client), **kwargs)
