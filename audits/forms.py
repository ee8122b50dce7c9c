"""Forms of audits and findings: input to clean data, German messages, soft warnings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User, UserQuerySet
from audits import rules
from audits.enums import MOVABLE, Grade, Result
from audits.models import Audit, AuditTemplate, Finding
from winback.cases.models import Case
from winback.common.fields import DateField, RowsField, nothing
from winback.common.forms import WinbackForm, WinbackModelForm, limit
from winback.contracts.models import ServiceLine
from winback.documents.forms import PhotoField

#: Roles that carry out audits wherever they are asked to.
AUDITING = (Role.QUALITY_MANAGER, Role.EXTERNAL_AUDITOR)
NOTE_LENGTH = 4000


class AuditForm(WinbackModelForm):
    """When, where and by whom. The site is one of the client's."""

    class Meta(WinbackModelForm.Meta):
        model = Audit
        fields = ["site", "due_on", "owner", "team", "objective"]
        widgets = {"team": forms.CheckboxSelectMultiple}
        labels = {"due_on": _("Audit date"), "owner": _("Lead auditor")}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        limit(self, "site", case.client.sites.all())
        limit(self, "owner", _auditors(case))
        limit(self, "team", _auditors(case))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lead, due_on = data.get("owner"), data.get("due_on")
        if lead and lead in data.get("team", ()):
            self.add_error("team", _("The lead auditor is part of the team anyway."))
        if lead and lead.pk == self.case.owner_id:
            self.warn("owner", _("The owner of the case would audit their own work."))
        if due_on and "due_on" in self.changed_data and due_on < timezone.localdate():
            self.warn("due_on", _("The date lies in the past."))
        return data


class PlanForm(AuditForm):
    """A new audit: the checklist as well. Its newest version is taken."""

    template = forms.ModelChoiceField(
        label=_("Audit template"),
        queryset=AuditTemplate.objects.filter(active=True, versions__isnull=False).distinct(),
        empty_label=nothing(required=True),
    )
    field_order = ["template", "site", "due_on", "owner", "team", "objective"]


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
        limit(self, "owner", _possible_owners(user, case))
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


class FindingsField(RowsField):
    """Findings to tick, each with its grade and what was found."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, finding: Any) -> str:
        words = Truncator(finding.statement).chars(120)
        return f"{finding.number} · {finding.get_grade_display()}: {words}"


class DisclosureForm(WinbackForm):
    """What the client was told, when, by whom, and in which words where somebody kept them."""

    findings = FindingsField(
        label=_("Findings told"),
        queryset=Finding.objects.none(),
        error_messages={"invalid_choice": _("One of them is recorded as told already.")},
    )
    told_on = DateField(label=_("Told on"), initial=timezone.localdate)
    told_by = forms.ModelChoiceField(
        label=_("Told by"),
        queryset=User.objects.none(),
        empty_label=nothing(required=True),
    )
    words = forms.CharField(
        label=_("In which words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("as said or written, if you kept it"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        untold = Finding.objects.filter(audit__case=case).undisclosed()
        limit(self, "findings", untold.gravest_first())
        team = case.members.filter(left_on__isnull=True).values("user")
        limit(self, "told_by", User.objects.staff().filter(pk__in=team))

    def clean_told_on(self) -> date:
        day: date = self.cleaned_data["told_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        return day


def _check_containment(form: FindingForm, data: dict[str, Any], today: date) -> None:
    """A day of containment needs the action, and has come already."""
    day = data.get("contained_on")
    if day and not data.get("containment"):
        form.add_error("containment", _("Say what was done at once."))
    if day and day > today:
        form.add_error("contained_on", _("The date lies in the future."))


def _is_moved_into_past(form: FindingForm, day: date | None, today: date) -> bool:
    return day is not None and "due_on" in form.changed_data and day < today


def _auditors(case: Case) -> UserQuerySet:
    """Quality managers, external auditors, and the people of the case."""
    team = case.members.filter(left_on__isnull=True).values("user")
    found: UserQuerySet = User.objects.active().filter(Q(role__in=AUDITING) | Q(pk__in=team))
    return found


def _possible_owners(user: User, case: Case) -> UserQuerySet:
    """Anybody of the provider; an external auditor chooses among the people of the case."""
    staff: UserQuerySet = User.objects.staff()
    if user.is_external:
        return staff.filter(pk__in=case.members.filter(left_on__isnull=True).values("user"))
    return staff


class AggregateForm(WinbackModelForm):
    """Which minors, how the major reads, and why they are one; no date takes the term of majors."""

    parts = FindingsField(label=_("Minors"), queryset=Finding.objects.none())
    note = forms.CharField(
        label=_("Why one major"),
        max_length=250,
        help_text=_("what they have in common: the same root, the same gap in the process"),
    )
    field_order = ["parts", "note", "statement", "criterion", "owner", "due_on"]

    class Meta(WinbackModelForm.Meta):
        model = Finding
        fields = ["statement", "criterion", "owner", "due_on"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, audit: Audit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "parts", audit.findings.aggregable().order_by("pk"))
        limit(self, "owner", _possible_owners(user, audit.case))
        self.fields["due_on"].required = False
        self.fields["due_on"].help_text = _("Empty takes the term of a major: 14 days.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "due_on" not in self.errors and not data.get("due_on"):
            data["due_on"] = rules.due_on(Grade.MAJOR, timezone.localdate())
        return data
