"""Who judges whether it worked, and what that person found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audits.models import Finding
from winback.cases.models import CaseDocument
from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackForm
from winback.plans.enums import CheckResult
from winback.plans.forms.base import choice_of
from winback.plans.models import EffectivenessCheck, Measure


class CheckPlanForm(WinbackForm):
    """Somebody else than the doer, and from when the effect can be seen."""

    due_on = DateField(
        label=_("Check on"), help_text=_("The effect shows after a while: usually 60 to 90 days.")
    )

    def __init__(
        self,
        *args: Any,
        thing: Finding | Measure,
        people: Collection[User],
        doers: Collection[int],
        check: EffectivenessCheck | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        others = [user for user in people if user.pk not in doers]
        self.fields["owner"] = choice_of(others, _("Judged by"))
        self.fields["owner"].help_text = _("Whoever did it does not judge it.")
        self.fields["due_on"].help_text = _(
            "The effect shows after a while: usually 60 to 90 days."
        )
        self.order_fields(["owner", "due_on"])
        lead = thing.audit.owner_id if isinstance(thing, Finding) else None
        later = thing.check_on if isinstance(thing, Finding) else None
        self.initial = {
            "owner": check.owner_id if check else lead,
            "due_on": check.due_on if check else later,
        }

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            self.warn("due_on", _("The date lies in the past."))
        return day


class JudgeForm(WinbackForm):
    """Effective or not, and what shows it; a document of the case may prove it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("Did it work?"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was looked at, when and where; figures, photos, records."),
    )
    paper = RowField(label=_("Document of the case"), required=False)

    def __init__(self, *args: Any, check: EffectivenessCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = check.version
        field = self.fields["paper"]
        assert isinstance(field, RowField)
        papers = CaseDocument.objects.filter(case=check.case_id).select_related("document")
        field.offer(papers, label=lambda paper: paper.document.title)
