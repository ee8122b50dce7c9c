"""Forms of single steps with an open deadline."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackForm
from winback.contracts.models import Deadline
from winback.documents.forms import UploadField


class _StepForm(WinbackForm):
    """One step with an open deadline, as it was read at ``version``."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline = deadline
        self.fields["version"].initial = deadline.version


class DoneForm(_StepForm):
    """When it was met, and what proves it."""

    done_on = DateField(label=_("Done on"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("What was done"), max_length=250, help_text=_("In facts, with form and recipient.")
    )
    proof = UploadField(label=_("Proof"), required=False)

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class EndForm(_StepForm):
    """Why a deadline no longer counts."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("For instance: warning withdrawn in writing on 20 November."),
    )


class HandOverForm(_StepForm):
    """Who sees to the deadline from now on."""

    owner = RowField(label=_("New owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, RowField)
        field.offer(User.objects.staff().exclude(pk=self.deadline.owner_id))
