"""Several minors that are one major."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audits import rules
from audits.enums import Grade
from audits.forms.fields import FindingsField, possible_owners
from audits.models import Audit, Finding
from winback.common.forms import WinbackModelForm, limit


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
        limit(self, "owner", possible_owners(user, audit.case))
        self.fields["due_on"].required = False
        self.fields["due_on"].help_text = _("Empty takes the term of a major: 14 days.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "due_on" not in self.errors and not data.get("due_on"):
            data["due_on"] = rules.due_on(Grade.MAJOR, timezone.localdate())
        return data
