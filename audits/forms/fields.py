"""Controls that several forms of audits share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator

from accounts.models import User, UserQuerySet
from winback.cases.models import Case
from winback.common.fields import RowsField


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def time_of_day(label: Any) -> forms.TimeField:
    """An optional time of day; the label stays lazy, so that everybody reads their language."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "inp--date"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class FindingsField(RowsField):
    """Findings to tick, each with its grade and what was found."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, finding: Any) -> str:
        words = Truncator(finding.statement).chars(120)
        return f"{finding.number} · {finding.get_grade_display()}: {words}"


def possible_owners(user: User, case: Case) -> UserQuerySet:
    """Anybody of the provider; an external auditor chooses among the people of the case."""
    staff: UserQuerySet = User.objects.staff()
    if user.is_external:
        return staff.filter(pk__in=case.members.filter(left_on__isnull=True).values("user"))
    return staff
