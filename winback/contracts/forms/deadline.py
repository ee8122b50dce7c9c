"""The form of a deadline, and the part of it that decides the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.fields import RowField, nothing
from winback.common.forms import WinbackModelForm
from winback.contracts.enums import DERIVED, DayOff, DeadlineKind, Unit
from winback.contracts.forms.base import RegisterForm, at_most
from winback.contracts.models import Contract, Deadline
from winback.documents.forms import UploadField

_COUNTED_FIELDS = [
    "received_on", "unit", "length", "fixed_on", "counting", "day_off", "bundesland",
    "suspended_from", "suspended_until", "suspension_reason", "manual_on", "manual_reason",
]  # fmt: skip
#: Kinds whose periods courts do not move to the next working day.
_NOTICES = (DeadlineKind.TERMINATION,)
#: Days, weeks or months of a period: ten years in days.
LONGEST = 3660
_MOST_LEADS, _LONGEST_LEAD = 8, 365


class LeadDaysField(forms.CharField):
    """Whole numbers of days: "30, 14, 7, 2"; cleaned, a list with the longest first."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(each) for each in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = str(super().to_python(value)).replace(";", ",").split(",")
        days = [part.strip() for part in parts if part.strip()]
        if not all(
            day.isascii() and day.isdecimal() and int(day[:4]) <= _LONGEST_LEAD for day in days
        ):
            raise ValidationError(
                _("Write whole numbers of days up to 365, for instance 14, 7, 2.")
            )
        if len(days) > _MOST_LEADS:
            raise ValidationError(_("At most eight warnings."))
        return sorted({int(day) for day in days}, reverse=True)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PreviewForm(WinbackModelForm):
    """What the end depends on; enough to show the computation while the form is filled in."""

    class Meta(WinbackModelForm.Meta):
        model = Deadline
        fields = _COUNTED_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_most(self, "length", LONGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _complete(self, data)
        return data


class DeadlineForm(RegisterForm):
    """One deadline of the register."""

    people = ("owner", "deputy")
    uploads = ("receipt_proof",)

    owner = RowField(
        label=pgettext_lazy("person", "Owner"),
        help_text=_("Sees to the deadline, is warned, and may see the case from now on."),
    )
    deputy = RowField(label=pgettext_lazy("person", "Deputy"), required=False)
    amendment = RowField(label=_("From amendment"), required=False)
    receipt_proof = UploadField(
        label=_("Proof of receipt"),
        required=False,
        help_text=_("For instance the letter with the stamp of receipt; optional."),
    )
    lead_days = LeadDaysField(
        label=_("Warned before (days)"), initial=[14, 7, 2, 0], max_length=60, required=False
    )

    class Meta(WinbackModelForm.Meta):
        model = Deadline
        fields = [
            "kind", "title", "basis", "clause", "trigger", "received_by", *_COUNTED_FIELDS,
            "bound", "required_form", "action", "consequence",
        ]  # fmt: skip
        help_texts = {
            "received_on": _("The receipt counts, not the date of the letter."),
            "basis": _("Your choice; Winback draws no legal conclusion. Legal check needed."),
            "length": _("Number of days, weeks or months."),
            "fixed_on": _("Only for the unit “fixed date”."),
            "manual_on": _("Overrides the computed end; needs a reason."),
        }

    groups = [
        (_("Deadline and basis"), ["kind", "title", "basis", "clause", "amendment"]),
        (
            _("Trigger and receipt"),
            ["trigger", "received_on", "received_by", "receipt_proof"],
        ),
        (
            _("Computation"),
            ["unit", "length", "fixed_on", "counting", "day_off", "bundesland"],
        ),
        (
            _("Suspension and other end"),
            [
                "suspended_from", "suspended_until", "suspension_reason",
                "manual_on", "manual_reason",
            ],
        ),
        (
            _("What is to be done"),
            [
                "bound", "action", "required_form", "consequence",
                "owner", "deputy", "lead_days",
            ],
        ),
    ]  # fmt: skip

    def __init__(
        self, *args: Any, contract: Contract, instance: models.Model | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.offer("amendment", contract.amendments.all())
        at_most(self, "length", LONGEST)
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        typed = [(each.value, each.label) for each in DeadlineKind if each not in DERIVED]
        kinds.choices = [("", nothing(required=True)), *typed]
        if isinstance(instance, Deadline):
            self.initial["lead_days"] = instance.lead_days
            self.initial["amendment"] = instance.amendment_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _complete(self, data)
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        received_on = data.get("received_on")
        if received_on and received_on > timezone.localdate():
            self.add_error("received_on", _("The date lies in the future."))
        if data.get("kind") in _NOTICES and data.get("day_off") == DayOff.SHIFT:
            self.warn("day_off", _("Courts do not apply § 193 BGB to notice periods."))
        if received_on and not data.get("received_by"):
            self.add_error("received_by", _("Say how it was received."))
        return data


def _complete(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """A fixed date stands alone; every other unit needs its event and its length."""
    needed = ["fixed_on"] if data.get("unit") == Unit.FIXED else ["received_on", "length"]
    for name in needed:
        if not data.get(name) and name not in form.errors:
            form.add_error(name, _("Needed for this unit."))
