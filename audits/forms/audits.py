"""Forms of an audit: who audits what, where and when; its mandate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User, UserQuerySet
from audits.enums import AuditKind, AuditStatus
from audits.forms.fields import area
from audits.models import Audit, AuditTemplate
from winback.cases.models import Case
from winback.common.fields import nothing
from winback.common.forms import WinbackModelForm, limit

#: Roles that carry out audits wherever they are asked to.
AUDITING = (Role.QUALITY_MANAGER, Role.EXTERNAL_AUDITOR)


class AuditForm(WinbackModelForm):
    """When, where and by whom. The site is one of the client's."""

    groups: list[tuple[object, list[str]]] = [
        (_("What is audited"), ["kind", "site", "due_on", "objective", "previous"]),
        (_("Who audits"), ["owner", "team", "external_reason"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Audit
        fields = [
            "kind",
            "site",
            "due_on",
            "objective",
            "previous",
            "owner",
            "team",
            "external_reason",
        ]
        widgets = {"team": forms.CheckboxSelectMultiple, "external_reason": area(2)}
        labels = {"due_on": _("Audit date"), "owner": _("Lead auditor")}

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "site", case.client.sites.all())
        limit(self, "owner", _auditors(case))
        limit(self, "team", _auditors(case))
        earlier = case.audits.filter(status=AuditStatus.FINISHED).exclude(pk=self.instance.pk)
        limit(self, "previous", earlier.select_related("version_used__template"))
        self.fields["previous"].label_from_instance = lambda audit: audit.title  # type: ignore[attr-defined]  # a model choice

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lead, due_on = data.get("owner"), data.get("due_on")
        if lead and lead in data.get("team", ()):
            self.add_error("team", _("The lead auditor is part of the team anyway."))
        if due_on and "due_on" in self.changed_data and due_on < timezone.localdate():
            self.warn("due_on", _("The date lies in the past."))
        from_outside = data.get("kind") == AuditKind.EXTERNAL or (lead and lead.is_external)
        if from_outside and not data.get("external_reason"):
            self.add_error("external_reason", _("Say who audits from outside, and why."))
        if data.get("kind") == AuditKind.FOLLOW_UP and not data.get("previous"):
            self.add_error("previous", _("Choose the audit whose findings are checked again."))
        return data


class PlanForm(AuditForm):
    """A new audit: the checklist as well. Its newest version is taken."""

    template = forms.ModelChoiceField(
        label=_("Audit template"),
        queryset=AuditTemplate.objects.filter(active=True, versions__isnull=False).distinct(),
        empty_label=nothing(required=True),
    )
    groups = [
        (
            _("What is audited"),
            ["template", "kind", "site", "due_on", "objective", "previous"],
        ),
        (_("Who audits"), ["owner", "team", "external_reason"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.required, kind.initial = False, ""
        kind.choices = [("", pgettext_lazy("audit kind", "as in the template")), *AuditKind.choices]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        template: AuditTemplate | None = data.get("template")
        if template and not data.get("kind") and "kind" not in self.errors:
            data["kind"] = template.kind
        return super().clean()


class MandateForm(WinbackModelForm):
    """What the auditors are asked to do, in words: before the visit."""

    groups = [
        (_("What is audited"), ["scope", "criteria", "further_sites", "auditees", "agenda"]),
        (_("Who reads the report"), ["distribution", "confidentiality"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Audit
        fields = [
            "scope",
            "criteria",
            "further_sites",
            "auditees",
            "agenda",
            "distribution",
            "confidentiality",
        ]
        widgets = {
            "scope": area(3),
            "criteria": area(3),
            "further_sites": forms.CheckboxSelectMultiple,
            "auditees": area(2),
            "agenda": area(6),
            "distribution": area(2),
        }

    def __init__(self, *args: Any, instance: Audit, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        others = instance.case.client.sites.exclude(pk=instance.site_id)
        limit(self, "further_sites", others)


def _auditors(case: Case) -> UserQuerySet:
    """Quality managers, external auditors, and the people of the case."""
    team = case.members.filter(left_on__isnull=True).values("user")
    found: UserQuerySet = User.objects.active().filter(Q(role__in=AUDITING) | Q(pk__in=team))
    return found
