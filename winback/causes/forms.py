"""Forms of causes: input to clean data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.models import Finding
from winback.causes.enums import Axis, Controllability
from winback.causes.models import Cause, CauseCategory, CauseEvidence
from winback.common.fields import RowField
from winback.common.forms import WinbackForm, WinbackModelForm
from winback.common.widgets import PercentInput


class CauseForm(WinbackModelForm):
    """A cause: category, axis, statement, view, weight and whether we can do something about it."""

    category = RowField(label=pgettext_lazy("cause", "Category"))
    share = forms.IntegerField(
        label=_("Share in percent"),
        required=False,
        min_value=1,
        max_value=100,
        widget=PercentInput(decimals=0),
        help_text=_("Weight among all causes of the case; together they should be 100."),
    )
    controllability = forms.ChoiceField(
        label=_("Controllable"),
        required=False,
        choices=[("", _("as usual for the category")), *Controllability.choices],
    )
    axis = forms.ChoiceField(
        label=_("Axis of the diagram"),
        required=False,
        choices=[("", _("as usual for the category")), *Axis.choices],
    )
    field_order = [
        "category",
        "axis",
        "statement",
        "perspective",
        "share",
        "controllability",
        "is_changeable",
    ]

    class Meta(WinbackModelForm.Meta):
        model = Cause
        fields = ["statement", "perspective", "is_changeable"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, cause: Cause | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=cause, **kwargs)
        offered = Q(active=True, parent__isnull=False)
        if cause is not None:
            offered |= Q(pk=cause.category_id)
            for name in ("category", "axis", "share", "controllability"):
                self.initial[name] = getattr(cause, name)
        category = self.fields["category"]
        assert isinstance(category, RowField)
        shipped = CauseCategory.objects.filter(offered).select_related("parent")
        category.offer(shipped, group=lambda row: row.parent or row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        category = data.get("category")
        if category and not data.get("controllability"):
            data["controllability"] = category.controllability
        if category and not data["controllability"]:
            self.add_error("controllability", _("Say whether we can control it."))
        return data


class EvidenceForm(WinbackForm):
    """A finding of this case's audits, a source in words, or both."""

    finding = RowField(label=_("Finding"), required=False)
    source = forms.CharField(
        label=_("Source in words"),
        max_length=250,
        required=False,
        help_text=_("For instance: minutes of 14.09., page 14 of the offer, eight tickets."),
    )

    def __init__(self, *args: Any, cause: Cause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = CauseEvidence.objects.filter(cause=cause, finding__isnull=False)
        found = Finding.objects.filter(audit__case=cause.case_id).counting()
        finding = self.fields["finding"]
        assert isinstance(finding, RowField)
        finding.offer(found.exclude(pk__in=used.values("finding")), label=_in_short)
        if not finding.rows:
            del self.fields["finding"]
            self.fields["source"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("finding") and not data["source"]:
            self.add_error("source", _("Choose a finding or describe the source."))
        return data

    @property
    def evidence(self) -> dict[str, Any]:
        """What the service is to add."""
        data = self.cleaned_data
        return {"finding": data.get("finding"), "source": data["source"]}


class StepForm(WinbackForm):
    """One step with a cause as it was read at ``version``."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def _in_short(finding: Finding) -> str:
    return f"{finding.number} · {Truncator(finding.statement).chars(80)}"
