"""Why, why, why: answers in a row with what proves each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.causes.forms.naming import people_of
from winback.causes.forms.steps import StepForm
from winback.causes.models import Cause
from winback.causes.rules import MOST_WHYS, Why, names_in, places_left_out

#: As many as the method is named after; a chain that fills them gets the rest.
USUAL = 5


class WhysForm(StepForm):
    """Pairs of answer and proof, five or seven, and whether the last answer is ours to change."""

    ends_with_us = forms.BooleanField(
        label=_("We can control what the last answer says"),
        required=False,
        help_text=_("Only then may the chain stop: everything before is a symptom."),
    )

    def __init__(self, *args: Any, cause: Cause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, chain = cause.case, cause.chain
        self.places = range(1, (MOST_WHYS if len(chain) >= USUAL else USUAL) + 1)
        for place in self.places:
            known = chain[place - 1] if place <= len(chain) else Why("")
            self.fields[f"why_{place}"] = forms.CharField(
                label=pgettext_lazy("why", "Answer"),
                max_length=500,
                required=False,
                initial=known.answer,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"proof_{place}"] = forms.CharField(
                label=_("What proves it"), max_length=250, required=False, initial=known.proof
            )
        self.initial["ends_with_us"] = cause.whys_end_with_us
        self.order_fields([name for _legend, names in self.groups for name in names])

    @property
    def groups(self) -> list[tuple[Any, list[str]]]:
        """One group per answer, the stop criterion last."""
        rows = [
            (_("Why? (%(place)s)") % {"place": place}, [f"why_{place}", f"proof_{place}"])
            for place in self.places
        ]
        return [*rows, (_("Where the chain stops"), ["ends_with_us"])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        answers = [data.get(f"why_{place}", "") for place in self.places]
        for place in places_left_out(answers):
            self.add_error(f"why_{place}", _("Answer this one first, or move the others up."))
        for place, answer in zip(self.places, answers, strict=True):
            if data.get(f"proof_{place}") and not answer:
                self.add_error(f"why_{place}", _("Say what is proved."))
        self._doubt_names(answers)
        return data

    def _doubt_names(self, answers: list[str]) -> None:
        people = list(people_of(self.case)) if any(answers) else []
        for place, answer in zip(self.places, answers, strict=True):
            if named := names_in(answer, people):
                names = {"names": ", ".join(named)}
                self.warn(f"why_{place}", _("Causes name things, not persons: %(names)s") % names)

    @property
    def whys(self) -> list[Why]:
        """The chain without its empty end."""
        data = self.cleaned_data
        pairs = [Why(data[f"why_{place}"], data[f"proof_{place}"]) for place in self.places]
        return [why for why in pairs if why.answer]
