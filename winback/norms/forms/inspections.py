"""The form of an inspection, and the one that takes some over from the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.clients.models import Site
from winback.common.fields import DateField, RowField, RowsField
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.contracts.forms.base import RegisterForm, at_most
from winback.documents.forms import UploadField
from winback.norms.models import LONGEST_INTERVAL, Inspection, InspectionRule, Norm


class InspectionForm(RegisterForm):
    """One plant and the inspection it needs. The dates are asked for a new row alone."""

    people = ("owner", "deputy")
    uploads = ("qualification_proof",)

    norm = RowField(label=_("Norm"), required=False)
    owner = RowField(
        label=pgettext_lazy("person", "Owner"),
        help_text=_("Sees that it is done, and is reminded."),
    )
    deputy = RowField(label=pgettext_lazy("person", "Deputy"), required=False)
    qualification_proof = UploadField(label=_("Proof of qualification"), required=False)
    due_on = DateField(
        label=_("Next due"), required=False, help_text=_("Left empty: computed from the last one.")
    )

    class Meta(WinbackModelForm.Meta):
        model = Inspection
        fields = [
            "plant", "task", "basis", "duty_holder", "interval_months", "interval_source",
            "interval_checked_on", "is_safety", "executor_kind", "executor", "qualification",
            "last_done_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, inspection: Inspection | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=inspection, **kwargs)
        self.inspection = inspection
        self.offer("norm", Norm.objects.offered())
        at_most(self, "interval_months", LONGEST_INTERVAL)
        if inspection is not None:
            self.initial["norm"] = inspection.norm_id
            del self.fields["due_on"], self.fields["last_done_on"]

    @property
    def groups(self) -> list[tuple[object, list[str]]]:
        dates = [] if self.inspection else ["last_done_on", "due_on"]
        return [
            (_("Plant and duty"), ["plant", "task", "norm", "basis", "duty_holder", "is_safety"]),
            (
                _("Interval and dates"),
                ["interval_months", "interval_source", "interval_checked_on", *dates],
            ),
            (
                _("Who inspects"),
                [
                    "owner", "deputy", "executor_kind", "executor", "qualification",
                    "qualification_proof",
                ],
            ),
        ]  # fmt: skip

    def clean_interval_months(self) -> int:
        months: int = self.cleaned_data["interval_months"]
        if months < 1:
            raise ValidationError(_("The interval is between 1 and 600 months."))
        return months

    def clean_last_done_on(self) -> Any:
        day = self.cleaned_data["last_done_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("norm") and not data.get("basis"):
            self.add_error("norm", _("Name a norm or another basis."))
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        self._doubt_interval(data)
        return data

    def _doubt_interval(self, data: dict[str, Any]) -> None:
        """Longer than the catalogue knows: allowed, with the reason why."""
        rule = self.inspection.rule if self.inspection else None
        months = data.get("interval_months")
        if rule is not None and months and months > rule.longest:
            text = gettext("The catalogue knows at most %(months)d months for this plant.")
            self.warn("interval_months", text % {"months": rule.longest})

    @property
    def changes(self) -> dict[str, Any]:
        """The cleaned values; why a longer interval holds stands at its source."""
        found = super().changes
        if self.reason:
            found["interval_source"] = f"{found['interval_source']}; {self.reason}"[:400]
        return found


class RulesField(RowsField):
    """Inspections of the catalogue as boxes: plant, task and interval."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        months = obj.interval_months
        words = gettext("%(rule)s, every %(months)d months") if months > 1 else ""
        words = words or gettext("%(rule)s, every month")
        return words % {"rule": obj, "months": months}


class ProposalForm(WinbackForm):
    """Which inspections of the catalogue the site needs."""

    rules = RulesField(label=_("Plants of this site"), queryset=InspectionRule.objects.none())
    start = DateField(
        label=_("Last inspected, or in use since"),
        initial=timezone.localdate,
        help_text=_("The first due dates are computed from this day; make each row precise later."),
    )
    owner = RowField(label=pgettext_lazy("person", "Owner"))

    def __init__(self, *args: Any, site: Site, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Inspection.objects.open().filter(site=site, rule__isnull=False).values("rule")
        rules = self.fields["rules"]
        assert isinstance(rules, RowsField)
        rules.queryset = InspectionRule.objects.filter(active=True).exclude(pk__in=known)
        owner = self.fields["owner"]
        assert isinstance(owner, RowField)
        owner.initial = user.pk
        owner.offer(User.objects.staff())

    def clean_start(self) -> Any:
        day = self.cleaned_data["start"]
        if day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day
