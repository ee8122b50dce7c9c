"""Forms of findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from audits import rules
from audits.enums import MOVABLE
from audits.forms.fields import possible_owners
from audits.models import Finding
from winback.cases.models import Case
from winback.common.forms import WinbackModelForm, limit
from winback.contracts.models import ServiceLine


class FindingForm(WinbackModelForm):
    """A finding with its wording; an empty date means the term of its grade."""

    class Meta(WinbackModelForm.Meta):
        model = Finding
        fields = [
            "grade",
            "statement",
            "criterion",
            "service_line",
            "norm_code",
            "place",
            "containment",
            "contained_on",
            "client_severity",
            "owner",
            "due_on",
        ]
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", possible_owners(user, case))
        limit(self, "service_line", ServiceLine.objects.filter(contract=case.contract_id))
        if self.instance.pk is None:
            self.fields["due_on"].required = False
            self.fields["due_on"].help_text = _(
                "Empty takes the term of the grade: major 14, minor and observation 30, "
                "improvement 60 days."
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = timezone.localdate()
        if data.get("grade") and "due_on" not in self.errors and not data.get("due_on"):
            data["due_on"] = rules.due_on(data["grade"], today)
        if _is_moved_into_past(self, data.get("due_on"), today):
            self.warn("due_on", _("The date lies in the past."))
        _check_containment(self, data, today)
        return data


class FindingEditForm(FindingForm):
    """Another owner or date needs a reason; the wording is fixed once the audit is locked."""

    note = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=250,
        help_text=_("needed for another owner or date"),
    )

    def __init__(self, *args: Any, instance: Finding, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if instance.audit.is_locked:
            for name in set(self.fields) - {*MOVABLE, "note", "version"}:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if {"owner", "due_on"} & set(self.changed_data) and not data.get("note"):
            self.add_error("note", pgettext_lazy("finding", "Say why owner or date change."))
        return data


class ResolveForm(WinbackModelForm):
    """What was corrected, or what was decided."""

    class Meta(WinbackModelForm.Meta):
        model = Finding
        fields = ["resolution"]
        widgets = {"resolution": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, instance: Finding, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        field = self.fields["resolution"]
        field.required = True
        if instance.is_nonconformity:
            field.label = _("Correction")
            field.help_text = _("What was put right; the measure against the cause is separate.")
        else:
            field.label = _("Decision")
            field.help_text = _("What we do, or why we do nothing. With it the finding is done.")


def _check_containment(form: FindingForm, data: dict[str, Any], today: date) -> None:
    """A day of containment needs the action, and has come already."""
    day = data.get("contained_on")
    if day and not data.get("containment"):
        form.add_error("containment", _("Say what was done at once."))
    if day and day > today:
        form.add_error("contained_on", _("The date lies in the future."))


def _is_moved_into_past(form: FindingForm, day: date | None, today: date) -> bool:
    return day is not None and "due_on" in form.changed_data and day < today
