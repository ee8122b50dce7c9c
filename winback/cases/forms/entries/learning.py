"""Successes, lessons and decisions on means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User
from winback.cases.enums import LessonState
from winback.cases.forms.entries.entry import EntryForm
from winback.cases.models import (
    Lesson,
    ResourceDecision,
    Success,
)
from winback.common.forms import WinbackForm, WinbackModelForm, limit


class SuccessForm(EntryForm):
    past = ("happened_on",)

    class Meta(WinbackModelForm.Meta):
        model = Success
        fields = ["kind", "happened_on", "what"]


class LessonForm(EntryForm):
    class Meta(WinbackModelForm.Meta):
        model = Lesson
        fields = ["what", "proposal", "target"]


class ResourceForm(EntryForm):
    past = ("decided_on",)

    class Meta(WinbackModelForm.Meta):
        model = ResourceDecision
        fields = ["conflict", "decision", "decided_by", "decided_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "decided_by", User.objects.with_role(Role.MANAGEMENT))


class LessonDecisionForm(WinbackForm):
    state = forms.ChoiceField(
        label=pgettext_lazy("go", "decision"),
        choices=[(s.value, s.label) for s in (LessonState.ACCEPTED, LessonState.REJECTED)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
