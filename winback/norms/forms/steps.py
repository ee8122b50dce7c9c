"""Forms of single steps with an inspection."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.contracts.forms.base import RegisterForm
from winback.documents.forms import UploadField
from winback.norms.enums import DEFECTIVE
from winback.norms.models import Inspection, InspectionRecord


def _past(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise ValidationError(_("The date lies in the future."))
    return day


class StepForm(WinbackForm):
    """One step with an inspection, as it was read at ``version``."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inspection = inspection
        self.fields["version"].initial = inspection.version


class RecordForm(RegisterForm):
    """A round that was done: result, protocol, what is left to remedy."""

    uploads = ("protocol",)

    protocol = UploadField(label=_("Protocol"), required=False)

    class Meta(WinbackModelForm.Meta):
        model = InspectionRecord
        fields = [
            "done_on", "result", "executor", "defects", "defects_due_on", "told_client_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        first = {"done_on": timezone.localdate(), "executor": inspection.executor}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=inspection.version
        )
        names = ["version", "done_on", "result", "executor", "protocol"]
        self.order_fields([*names, "defects", "defects_due_on", "told_client_on"])

    def clean_done_on(self) -> date | None:
        return _past(self.cleaned_data["done_on"])

    def clean_told_client_on(self) -> date | None:
        return _past(self.cleaned_data["told_client_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_defective = data.get("result") in DEFECTIVE
        for name in ("defects", "defects_due_on"):
            if is_defective and not data.get(name) and name not in self.errors:
                self.add_error(name, _("Needed for this result."))
            elif data.get("result") and not is_defective and data.get(name):
                self.add_error(name, _("Without defects nothing stands here."))
        done_on, told_on = data.get("done_on"), data.get("told_client_on")
        if done_on and told_on and told_on < done_on:
            self.add_error("told_client_on", _("The day lies before the inspection."))
        if done_on and data.get("defects_due_on") and data["defects_due_on"] < done_on:
            self.add_error("defects_due_on", _("The day lies before the inspection."))
        return data


class FollowUpForm(StepForm):
    """When the defects were remedied, and when the client was told."""

    remedied_on = DateField(label=_("Remedied on"), required=False)
    told_client_on = DateField(label=_("Client told on"), required=False)

    def __init__(self, *args: Any, record: InspectionRecord, **kwargs: Any) -> None:
        first = {"remedied_on": record.defects_done_on, "told_client_on": record.told_client_on}
        super().__init__(*args, inspection=record.inspection, initial=first, **kwargs)
        if not record.defects:
            del self.fields["remedied_on"]

    def clean_remedied_on(self) -> date | None:
        return _past(self.cleaned_data["remedied_on"])

    def clean_told_client_on(self) -> date | None:
        return _past(self.cleaned_data["told_client_on"])


class MoveForm(StepForm):
    """Another day for the coming round."""

    to = DateField(label=_("New date"))
    note = forms.CharField(label=_("Reason"), max_length=100)


class EndForm(StepForm):
    """Why a plant is no longer inspected."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("For instance: plant dismantled; duty handed back to the client in writing."),
    )


class HandOverForm(StepForm):
    """Who sees to it from now on."""

    owner = RowField(label=_("New owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, RowField)
        field.offer(User.objects.staff().exclude(pk=self.inspection.owner_id))
