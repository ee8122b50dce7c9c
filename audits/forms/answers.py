"""Forms of the visit: one answer, the record of the day, the last word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.enums import Result
from audits.forms.fields import area, time_of_day
from audits.models import Audit
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.documents.forms import PhotoField

NOTE_LENGTH = 4000


class AnswerForm(WinbackForm):
    """The answer to one question; empty means "not assessed yet"."""

    result = forms.ChoiceField(label=_("Answer"), choices=Result.choices, required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photo = PhotoField(required=False)
    photo_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("note") and not data.get("result") and "result" not in self.errors:
            self.add_error("result", _("Choose an answer first; the note belongs to it."))
        return data


class TransferForm(AnswerForm):
    """One entry that waited on a device: an answer, or a photo of one."""

    key = forms.UUIDField()
    person = forms.IntegerField()
    code = forms.CharField(max_length=12)
    entered_at = forms.DateTimeField()
    sent_at = forms.DateTimeField()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("result") and not data.get("photo"):
            self.add_error("result", _("Neither an answer nor a photo was sent."))
        return data


class FinishForm(WinbackModelForm):
    """The last word of the auditor."""

    class Meta(WinbackModelForm.Meta):
        model = Audit
        fields = ["participants", "conclusion"]
        widgets = {"conclusion": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "participants": _("who of the client was there, with function"),
            "conclusion": _("How does the site stand, what weighs most, what is good?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].required = True


class RecordForm(WinbackModelForm):
    """How the day went: both meetings, the sample, what is good."""

    opening_at = time_of_day(_("Time of the opening meeting"))
    closing_at = time_of_day(_("Time of the closing meeting"))
    groups = [
        (_("Opening meeting"), ["opening_on", "opening_at", "opening_with"]),
        (_("Closing meeting"), ["closing_on", "closing_at", "closing_with"]),
        (_("What was looked at"), ["participants", "sampling", "strengths"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Audit
        fields = [
            "opening_on",
            "opening_at",
            "opening_with",
            "closing_on",
            "closing_at",
            "closing_with",
            "participants",
            "sampling",
            "strengths",
        ]
        labels = {
            "opening_on": _("Date of the opening meeting"),
            "closing_on": _("Date of the closing meeting"),
        }
        help_texts = {"participants": _("who of the client was there, with function")}
        widgets = {"sampling": area(3), "strengths": area(3)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opened, closed = data.get("opening_on"), data.get("closing_on")
        if opened and closed and closed < opened:
            self.add_error("closing_on", _("The closing meeting is not before the opening one."))
        for name in ("opening", "closing"):
            if data.get(f"{name}_at") and not data.get(f"{name}_on"):
                self.add_error(f"{name}_on", _("Say on which day."))
        return data
