"""What came out of a talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.clients.models import Contact
from winback.common.fields import DateField
from winback.common.forms import WinbackForm
from winback.dialogue.models import Interaction
from winback.plans.forms.base import choice_of
from winback.plans.rules import Result

#: What a line of results may be.
COMMITMENT, MEASURE = "commitment", "measure"


#: Names of the fields of one line; several lines are entered at once.
_LINE = ("kind", "what", "owner", "due_on", "contact", "confirmed_by", "feasibility")


_LINES = range(1, 4)


class ResultsForm(WinbackForm):
    """What came of a talk: up to three lines, each a promise to the client or a measure."""

    def __init__(self, *args: Any, talk: Interaction, has_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.talk = talk
        people = list(User.objects.staff())
        contacts = list(talk.case.client.contacts.filter(left_on=None))
        kinds = [(COMMITMENT, _("Commitment to the client"))]
        if has_plan:
            kinds.append((MEASURE, pgettext_lazy("measure", "Measure")))
        for line in _LINES:
            self._add_line(line, kinds, people, contacts)

    def _add_line(
        self, line: int, kinds: list[tuple[str, Any]], people: list[User], contacts: list[Contact]
    ) -> None:
        required = line == 1
        own = {
            "kind": forms.ChoiceField(label=_("What is it?"), choices=kinds),
            "what": forms.CharField(label=_("What"), max_length=250, required=required),
            "owner": choice_of(people, pgettext_lazy("person", "Owner"), required=required),
            "due_on": DateField(label=_("Due on"), required=required),
            "contact": choice_of(contacts, _("Promised to"), required=False),
            "confirmed_by": choice_of(people, _("Confirmed as feasible by"), required=False),
            "feasibility": forms.CharField(
                label=_("Basis of the confirmation"), max_length=250, required=False
            ),
        }
        self.fields.update({f"{name}_{line}": own[name] for name in _LINE})
        self.fields[f"kind_{line}"].initial = kinds[0][0]

    @property
    def groups(self) -> list[tuple[object, list[str]]]:
        return [
            (_("Result %(number)d") % {"number": line}, [f"{name}_{line}" for name in _LINE])
            for line in _LINES
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for line in _LINES:
            if data.get(f"what_{line}"):
                self._check(line, data)
        return data

    def _check(self, line: int, data: dict[str, Any]) -> None:
        """A line with words has owner and date; an unconfirmed promise is doubted."""
        for name, message in (
            ("owner", _("Say who does it.")),
            ("due_on", _("Say until when.")),
        ):
            field = f"{name}_{line}"
            if not data.get(field) and field not in self.errors:
                self.add_error(field, message)
        due_on = data.get(f"due_on_{line}")
        if due_on and due_on < timezone.localdate():
            self.warn(f"due_on_{line}", _("The date lies in the past."))
        if data.get(f"kind_{line}") != COMMITMENT:
            return
        if not data.get(f"confirmed_by_{line}"):
            self.warn(f"confirmed_by_{line}", _("Nobody has confirmed that we can keep it."))
        elif not data.get(f"feasibility_{line}"):
            self.add_error(f"feasibility_{line}", _("Say on what basis."))

    @property
    def results(self) -> list[Result]:
        """The filled lines."""
        return [self._result(line) for line in _LINES if self.cleaned_data[f"what_{line}"]]

    def _result(self, line: int) -> Result:
        data = {name: self.cleaned_data[f"{name}_{line}"] for name in _LINE}
        shared = {"owner": data["owner"], "due_on": data["due_on"]}
        if data["kind"] == MEASURE:
            return Result(False, shared | {"title": data["what"]})
        today, by = timezone.localdate(), data["confirmed_by"]
        promise = {
            "what": data["what"],
            "contact": data["contact"],
            "promised_on": self.talk.held_on,
            "confirmed_by": by,
            "confirmed_on": today if by else None,
            "feasibility": data["feasibility"] if by else "",
        }
        return Result(True, shared | promise)
