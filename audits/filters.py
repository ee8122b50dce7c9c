"""The lists of audits and findings: which rows, in which order; all of it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Case as Choose
from django.db.models import Expression, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from audits.enums import AuditKind, AuditStatus, FindingStatus, Grade
from audits.models import Audit, Finding
from winback.cases.models import Case
from winback.common.filters import ListFilter
from winback.common.rows import with_any
from winback.common.textsearch import normalise

_GRADE_RANK = Choose(
    *(When(grade=grade, then=Value(rank)) for rank, grade in enumerate(Grade.values)),
    output_field=IntegerField(),
)
LONG_OPEN_DAYS = 30


class AuditFilter(ListFilter):
    """Above the list of audits."""

    views: ClassVar[Mapping[str, object]] = {
        "offen": pgettext_lazy("audit view", "Open"),
        "meine": pgettext_lazy("audit view", "Mine"),
        "team": pgettext_lazy("audit view", "Team"),
        "abgeschlossen": pgettext_lazy("audit view", "Finished"),
        "alle": pgettext_lazy("audit view", "All"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "audit": "number",
        "kunde": "case__sort_key",
        "termin": "due_on",
        "status": "status",
        "ergebnis": "score",
    }
    default_sort = "-termin"
    then = ("-pk",)

    art = forms.ChoiceField(
        label=pgettext_lazy("audit", "Kind"), required=False, choices=with_any(AuditKind.choices)
    )
    status = forms.ChoiceField(
        label=pgettext_lazy("audit", "Status"),
        required=False,
        choices=with_any(AuditStatus.choices),
    )

    def apply(self, audits: QuerySet[Audit], user: User) -> QuerySet[Audit]:
        """Narrow and order the visible audits."""
        if self.view == "offen":
            audits = audits.filter(done_on__isnull=True).exclude(status=AuditStatus.CANCELLED)
        elif self.view == "meine":
            audits = audits.filter(owner=user)
        elif self.view == "team":
            audits = audits.filter(case__in=Case.objects.in_team_of(user))
        elif self.view == "abgeschlossen":
            audits = audits.filter(status=AuditStatus.FINISHED)
        if text := self.chosen("q"):
            audits = audits.filter(_matches(text, "case__search_key", "number"))
        if kind := self.chosen("art"):
            audits = audits.filter(kind=kind)
        if status := self.chosen("status"):
            audits = audits.filter(status=status)
        return self.ordered(audits)


class FindingFilter(ListFilter):
    """Above the list of findings."""

    views: ClassVar[Mapping[str, object]] = {
        "offen": pgettext_lazy("finding view", "Open"),
        "ueberfaellig": pgettext_lazy("finding view", "Overdue"),
        "meine": pgettext_lazy("finding view", "Mine"),
        "team": pgettext_lazy("finding view", "Team"),
        "alle": pgettext_lazy("finding view", "All"),
    }
    sorts: ClassVar[Mapping[str, str | Expression]] = {
        "nummer": "number",
        "grad": _GRADE_RANK,
        "kunde": "audit__case__sort_key",
        "faellig": "due_on",
        "status": "status",
    }
    default_sort = "faellig"
    then = ("-pk",)

    grad = forms.ChoiceField(label=_("Grade"), required=False, choices=with_any(Grade.choices))
    status = forms.ChoiceField(
        label=pgettext_lazy("finding", "Status"),
        required=False,
        choices=with_any(FindingStatus.choices),
    )
    alter = forms.ChoiceField(
        label=pgettext_lazy("finding", "Open for"),
        required=False,
        choices=with_any([(str(LONG_OPEN_DAYS), _("more than 30 days"))]),
    )

    offengelegt = forms.ChoiceField(
        label=_("Told to the client"),
        required=False,
        choices=with_any([("ja", _("yes")), ("nein", pgettext_lazy("told", "not yet"))]),
    )

    def apply(self, findings: QuerySet[Finding], user: User, today: date) -> QuerySet[Finding]:
        """Narrow and order the visible findings."""
        findings = _in_view(findings, self.view, user, today)
        if text := self.chosen("q"):
            findings = findings.filter(_matches(text, "audit__case__search_key", "number"))
        if grade := self.chosen("grad"):
            findings = findings.filter(grade=grade)
        if status := self.chosen("status"):
            findings = findings.filter(status=status)
        if told := self.chosen("offengelegt"):
            findings = (
                findings.filter(disclosure__isnull=False)
                if told == "ja"
                else findings.undisclosed()  # type: ignore[attr-defined]  # FindingQuerySet
            )
        if days := self.chosen("alter"):
            since = today - timedelta(days=int(days))
            findings = findings.open().filter(audit__started_on__lt=since)  # type: ignore[attr-defined]  # FindingQuerySet
        return self.ordered(findings)


def _in_view(findings: Any, view: str, user: User, today: date) -> Any:
    if view == "offen":
        return findings.open()
    if view == "ueberfaellig":
        return findings.overdue(today)
    if view == "meine":
        return findings.open().owned_by(user)
    if view == "team":
        return findings.open().filter(audit__case__in=Case.objects.in_team_of(user))
    return findings


def _matches(text: str, search_key: str, number: str) -> Q:
    return Q(**{f"{search_key}__contains": normalise(text)}) | Q(
        **{f"{number}__icontains": text.strip()}
    )
