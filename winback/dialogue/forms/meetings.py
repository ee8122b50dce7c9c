"""Forms of meeting series and call-backs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackModelForm
from winback.dialogue.forms.base import PastDateField, RowForm, StepForm
from winback.dialogue.models import FollowUp, MeetingSeries


class SeriesForm(RowForm):
    """A meeting that repeats, its next date and agenda."""

    owner = RowField(
        label=pgettext_lazy("person", "Owner"), help_text=_("Invites and is reminded.")
    )
    deputy = RowField(label=pgettext_lazy("person", "Deputy"), required=False)
    field_order = ["kind", "title", "rhythm_days", "next_on", "channel", "agenda"]

    class Meta(WinbackModelForm.Meta):
        model = MeetingSeries
        fields = ["kind", "title", "rhythm_days", "next_on", "channel", "agenda"]
        widgets = {"agenda": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("owner", "deputy")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("next_on") and data["next_on"] < timezone.localdate():
            self.warn("next_on", _("The date lies in the past."))
        return data


class FollowUpForm(RowForm):
    """A call-back: what about, whom, until when, by whom."""

    contact = RowField(label=_("Whom"), required=False)
    due_on = DateField(label=_("Due on"))
    owner = RowField(label=pgettext_lazy("person", "Owner"))
    deputy = RowField(label=pgettext_lazy("person", "Deputy"), required=False)
    field_order = ["what", "contact", "due_on", "owner", "deputy"]

    class Meta(WinbackModelForm.Meta):
        model = FollowUp
        fields = ["what"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("owner", "deputy")
        self.offer_contacts("contact", self.row.contact_id if self.row else None)  # type: ignore[attr-defined]  # a FollowUp

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("due_on") and data["due_on"] < timezone.localdate():
            self.warn("due_on", _("The date lies in the past."))
        return data


class FollowUpDoneForm(StepForm):
    done_on = PastDateField(label=_("Called back on"), initial=timezone.localdate)
    note = forms.CharField(label=_("Result"), max_length=250, required=False)
