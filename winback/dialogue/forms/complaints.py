"""Forms of complaints, one per step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackModelForm
from winback.dialogue.enums import ComplaintCore
from winback.dialogue.forms.base import PastDateField, RowForm, StepForm, time_field
from winback.dialogue.models import Complaint

BEFORE_RECEIPT = _("The date lies before the complaint was received.")


class ComplaintForm(RowForm):
    """What the client complains about and what he wants; who answers until when."""

    received_on = PastDateField(
        label=pgettext_lazy("complaint", "Received on"), initial=timezone.localdate
    )
    received_at = time_field(_("Time of receipt"))
    contact = RowField(label=pgettext_lazy("complaint", "From whom"), required=False)
    site = RowField(label=_("Site"), required=False)
    due_on = DateField(label=_("Answer due on"))
    owner = RowField(label=pgettext_lazy("person", "Owner"), help_text=_("Who answers."))
    deputy = RowField(label=pgettext_lazy("person", "Deputy"), required=False)
    groups = [
        (_("Receipt"), ["received_on", "received_at", "contact", "channel", "site"]),
        (_("The complaint"), ["what", "statement", "remedy_sought"]),
        (_("First assessment"), ["severity", "is_safety", "immediate_action"]),
        (_("Answer"), ["due_on", "owner", "deputy"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Complaint
        fields = [
            "channel",
            "what",
            "statement",
            "remedy_sought",
            "severity",
            "is_safety",
            "immediate_action",
        ]
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "remedy_sought": _("What the client asks for."),
            "immediate_action": _("What was done at once to avert harm."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("owner", "deputy")
        self.offer_contacts("contact", self.row.contact_id if self.row else None)  # type: ignore[attr-defined]  # a Complaint
        self.offer("site", self.case.client.sites.all())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        message = _("Say what is done at once.")
        self.demand(data, "immediate_action", message, when=data.get("is_safety"))
        received_on, due_on = data.get("received_on"), data.get("due_on")
        if received_on and due_on and due_on < received_on:
            self.add_error("due_on", BEFORE_RECEIPT)
        return data


class CoreForm(RowForm):
    """Tactical, or the real point? A judgement with its reasoning."""

    class Meta(WinbackModelForm.Meta):
        model = Complaint
        fields = ["core", "core_reason"]
        widgets = {"core_reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "core": _("Tactical: it serves another aim, for instance a lower price."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        judged = data.get("core") != ComplaintCore.UNCLEAR
        self.demand(data, "core_reason", _("A judgement needs its reasoning."), when=judged)
        return data


class _AfterReceiptForm(StepForm):
    def after_receipt(self, day: date) -> date:
        """Raises ValidationError for a day before the complaint came in."""
        if day < self.row.received_on:
            raise ValidationError(BEFORE_RECEIPT)
        return day


class AcknowledgeForm(_AfterReceiptForm):
    on = PastDateField(label=_("Acknowledged on"), initial=timezone.localdate)
    at = time_field(_("Time"))

    def clean_on(self) -> date:
        return self.after_receipt(self.cleaned_data["on"])


class AnswerForm(_AfterReceiptForm):
    text = forms.CharField(
        label=_("Answer with solution"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What we do, until when. A concrete solution, not an explanation."),
    )
    on = PastDateField(label=_("Answered on"), initial=timezone.localdate)
    at = time_field(_("Time"))
    ask_on = DateField(
        label=_("Ask until"), help_text=_("Until then we ask whether the client is content.")
    )

    def clean_on(self) -> date:
        return self.after_receipt(self.cleaned_data["on"])

    def clean_ask_on(self) -> date:
        return self.after_receipt(self.cleaned_data["ask_on"])


class CloseForm(_AfterReceiptForm):
    done_on = PastDateField(label=_("Closed on"), initial=timezone.localdate)
    content = forms.TypedChoiceField(
        label=_("Is the client content?"),
        choices=[("yes", _("Yes")), ("no", _("No, but nothing more can be done"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    closing_note = forms.CharField(
        label=_("How do we know?"),
        max_length=250,
        required=False,
        help_text=_("Who said so and when; needed where the client is not content."),
    )

    def clean_done_on(self) -> date:
        return self.after_receipt(self.cleaned_data["done_on"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("content") is False and not data.get("closing_note"):
            self.add_error("closing_note", _("Say why it is closed all the same."))
        return data


class ReopenForm(StepForm):
    due_on = DateField(label=_("Answer due on"))
    reason_text = forms.CharField(label=_("Reason"), max_length=250)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise ValidationError(_("The date lies in the past."))
        return day
