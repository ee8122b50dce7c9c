"""A measure is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.common.fields import DateField
from winback.contracts.models import Amendment
from winback.plans.enums import Recurrence
from winback.plans.forms.base import DatedForm, choice_of
from winback.plans.models import Measure, PlanPhase


class MeasureForm(DatedForm):
    """A measure of one's own, or the changed facts of one; then ``measure`` is given.

    Owner and date of an existing measure have their own steps: they ask for a reason.
    """

    title = forms.CharField(label=pgettext_lazy("measure", "Measure"), max_length=250)
    description = forms.CharField(
        label=_("Description"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        phases: Sequence[PlanPhase],
        people: list[User],
        amendments: Sequence[Amendment] = (),
        measure: Measure | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["phase"] = choice_of(phases, _("Phase"))
        if measure is None:
            self.fields["owner"] = choice_of(people, pgettext_lazy("person", "Owner"))
            self.fields["due_on"] = DateField(label=_("Due on"))
        self.fields["deputy"] = choice_of(people, pgettext_lazy("person", "Deputy"), required=False)
        self.fields["recurrence"] = forms.ChoiceField(
            label=_("Recurrence"),
            choices=Recurrence.choices,
            required=False,
            help_text=_("A recurring measure comes back until its phase ends."),
        )
        if amendments:
            self.fields["amendment"] = choice_of(
                amendments, _("Obligation from amendment"), required=False
            )
        if measure is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        owner = self.measure.owner if self.measure else data.get("owner")
        if owner is not None and data.get("deputy") == owner:
            self.add_error("deputy", _("The deputy must be somebody else than the owner."))
        self.doubt_due_on(data.get("due_on"), data.get("phase"))
        return data
