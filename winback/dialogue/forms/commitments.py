"""Forms of commitments: input to clean data, soft warnings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.models import Case
from winback.common.fields import DateField, RowField
from winback.common.formats import format_date, format_day
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.common.workdays import is_working_day
from winback.dialogue.models import Commitment, land_of
from winback.documents.forms import UploadField

_DECLARED = (
    "contact", "promised_on", "due_on", "owner", "deputy", "confirmed_by", "confirmed_on",
)  # fmt: skip


class CommitmentForm(WinbackModelForm):
    """A promise: what, to whom, when given, due when, by whom.

    Fields that ``clean`` checks are declared here, so that the model does not ask the database too.
    """

    contact = RowField(label=_("Promised to"))
    promised_on = DateField(label=_("Promised on"), initial=timezone.localdate)
    due_on = DateField(label=_("Due on"))
    owner = RowField(
        label=pgettext_lazy("person", "Owner"),
        help_text=_("Who keeps the promise and is reminded."),
    )
    deputy = RowField(label=pgettext_lazy("person", "Deputy"), required=False)
    confirmed_by = RowField(
        label=_("Confirmed as feasible by"),
        required=False,
        help_text=_("Who has said that we can keep it. Ask before you promise."),
    )
    confirmed_on = DateField(label=_("Confirmed on"), required=False)
    field_order = ["what", "contact", "promised_on", "due_on", "owner", "deputy", "note"]
    groups = [
        (_("The promise"), ["what", "contact", "promised_on", "due_on", "owner", "deputy"]),
        (_("Can we keep it?"), ["confirmed_by", "confirmed_on", "feasibility"]),
        (_("Further details"), ["note"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Commitment
        fields = ["what", "feasibility", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"what": _("In words the client would recognise.")}

    def __init__(
        self, *args: Any, case: Case, commitment: Commitment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=commitment, **kwargs)
        self.case = case
        self.before = commitment
        today = timezone.localdate()
        self._offer("owner", User.objects.staff())
        for name in ("deputy", "confirmed_by"):
            self._offer(name, self._rows("owner").values())
        stays = Q(left_on__isnull=True) | Q(left_on__gt=today)
        if commitment is not None:
            stays |= Q(pk=commitment.contact_id)
            for name in _DECLARED:
                self.initial[name] = getattr(commitment, name)
            for name in ("promised_on", "due_on"):
                self.fields[name].disabled = commitment.is_overdue(today)
        self._offer("contact", case.client.contacts.filter(stays))
        if not self._rows("contact"):
            self.fields["contact"].required = False
            self.fields["contact"].help_text = _("The client has no contact on record yet.")

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, RowField)
        field.offer(rows)

    def _rows(self, name: str) -> dict[str, Any]:
        field = self.fields[name]
        assert isinstance(field, RowField)
        return field.rows

    def clean_promised_on(self) -> date:
        return _not_in_future(self.cleaned_data["promised_on"])

    def clean_confirmed_on(self) -> date | None:
        day: date | None = self.cleaned_data["confirmed_on"]
        return None if day is None else _not_in_future(day)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        due_on, promised_on = data.get("due_on"), data.get("promised_on")
        if due_on and promised_on and due_on < promised_on:
            self.add_error("due_on", _("The date lies before the promise was given."))
        elif due_on and "due_on" in self.changed_data:
            self._doubt(due_on)
        self._check_feasibility(data)
        return data

    def _check_feasibility(self, data: dict[str, Any]) -> None:
        """Who confirmed says when and on what basis; a promise nobody confirmed is doubted."""
        if data.get("confirmed_by") is None:
            if self.before is None and "confirmed_by" not in self.errors:
                self.warn("confirmed_by", _("Nobody has confirmed that we can keep it."))
            data["confirmed_on"] = None
            return
        if not data.get("confirmed_on") and "confirmed_on" not in self.errors:
            self.add_error("confirmed_on", _("Say when it was confirmed."))
        if not data.get("feasibility"):
            self.add_error("feasibility", _("Say on what basis."))

    def _doubt(self, due_on: date) -> None:
        """Unusual, not forbidden: a correction, a day that has passed, a day off."""
        doubts: list[str] = []
        if self.before is not None:
            text = _("So far: %(day)s. Correct a wrong entry only; a new date is a new commitment.")
            doubts.append(text % {"day": format_date(self.before.due_on)})
        if due_on < timezone.localdate():
            doubts.append(str(_("The date lies in the past.")))
        land = land_of(self.case)
        if not is_working_day(due_on, land):
            text = _("%(day)s is no working day (%(land)s).")
            doubts.append(text % {"day": format_day(due_on), "land": land.label})
        if doubts:
            self.warn("due_on", " ".join(doubts))


class _StepForm(WinbackForm):
    """One step with an open commitment, as it was read at ``version``."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        self.fields["version"].initial = commitment.version

    def _day(self, name: str) -> date:
        """Between the promise and today."""
        day = _not_in_future(self.cleaned_data[name])
        if day < self.commitment.promised_on:
            raise ValidationError(_("The date lies before the promise was given."))
        return day


class KeepForm(_StepForm):
    done_on = DateField(label=_("Kept on"), initial=timezone.localdate)

    def clean_done_on(self) -> date:
        return self._day("done_on")


class BreakForm(_StepForm):
    note = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("What prevented it, in facts. Tell the client as well."),
    )


class ReleaseForm(_StepForm):
    released_on = DateField(label=_("Released on"), initial=timezone.localdate)
    proof = forms.CharField(
        label=pgettext_lazy("commitment", "Proof"),
        max_length=250,
        help_text=_("Where the client wrote it: e-mail, minutes, letter, with date and sender."),
    )
    upload = UploadField(label=_("File with the proof"), required=False)

    def clean_released_on(self) -> date:
        return self._day("released_on")


class ForewarnForm(_StepForm):
    """The word to the client before the date."""

    on = DateField(label=_("Told on"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What we said"),
        max_length=250,
        help_text=_("What is late, why, and what the client can rely on instead."),
    )

    def clean_on(self) -> date:
        return self._day("on")


class TellForm(_StepForm):
    """The result of a settled commitment, told to the client."""

    on = DateField(label=_("Told on"), initial=timezone.localdate)
    how = forms.CharField(
        label=_("How"), max_length=250, help_text=_("For instance by phone to Mr. …, with proof.")
    )

    def clean_on(self) -> date:
        return self._day("on")


class HandOverForm(_StepForm):
    owner = RowField(label=_("New owner"))
    note = forms.CharField(label=_("Reason"), max_length=250, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, RowField)
        field.offer(User.objects.staff().exclude(pk=self.commitment.owner_id))


def _not_in_future(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(_("The date lies in the future."))
    return day
