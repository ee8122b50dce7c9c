"""Forms of talks: what was said, the minutes, what was admitted and offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.common.fields import RowField
from winback.common.forms import WinbackModelForm
from winback.dialogue.forms.base import PastDateField, RowForm, RowsField, time_field
from winback.dialogue.models import Interaction


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TalkForm(RowForm):
    """Who spoke with whom, when, how, and what came of it."""

    held_on = PastDateField(
        label=pgettext_lazy("interaction", "Held on"), initial=timezone.localdate
    )
    starts_at = time_field(_("Time"))
    contacts = RowsField(label=_("Contacts of the client"))
    our_people = RowsField(label=_("Our people"))
    groups = [
        (_("The talk"), ["kind", "subject", "held_on", "starts_at", "channel", "is_two_sided"]),
        (_("Who took part?"), ["contacts", "our_people", "others"]),
        (_("What came of it?"), ["summary", "mood"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Interaction
        fields = ["kind", "subject", "channel", "is_two_sided", "others", "summary", "mood"]
        widgets = {"summary": _area(4)}
        help_texts = {
            "is_two_sided": _("Only such contacts count for the agreed rhythm."),
            "others": _("Names of those who are not listed, separated by commas."),
            "mood": _("As you perceived it at the end."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.initial.get("contacts") or []
        self.offer_contacts("contacts", *(contact.pk for contact in present))
        members = User.objects.filter(memberships__case=self.case, memberships__left_on=None)
        self.offer("our_people", members.distinct().order_by("sort_key"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("contacts") or data.get("others")):
            self.add_error("contacts", _("Name at least one person of the client."))
        return data


class CrisisTalkForm(TalkForm):
    """A crisis talk with the agenda it was held along."""

    groups = [TalkForm.groups[0], (_("What was on the agenda?"), ["agenda"]), *TalkForm.groups[1:]]

    class Meta(TalkForm.Meta):
        fields = [*TalkForm.Meta.fields, "agenda"]
        widgets = {**TalkForm.Meta.widgets, "agenda": _area(12)}


class MinutesForm(RowForm):
    """Agenda, minutes and decisions, and what the client said in his own words."""

    class Meta(WinbackModelForm.Meta):
        model = Interaction
        fields = ["moderator", "agenda", "minutes", "decisions", "client_words"]
        widgets = {
            "agenda": _area(4),
            "minutes": _area(8),
            "decisions": _area(4),
            "client_words": _area(4),
        }
        help_texts = {
            "moderator": _("For a workshop or mediation led by a neutral person."),
            "client_words": _("Annoyances, needs, reasons for leaving: quoted, not judged."),
        }


class AdmissionForm(RowForm):
    """What belongs to an honest crisis talk: failure, responsibility, apology, making good."""

    apologised_by = RowField(
        label=_("Apology given by"),
        required=False,
        help_text=_("Whoever speaks may apologise without being personally at fault."),
    )
    groups = [
        (_("Failure and responsibility"), ["failures_admitted", "takes_responsibility"]),
        (_("Apology"), ["apologised_by", "apology_form"]),
        (_("Making good"), ["solutions_offered", "make_good_asked", "make_good_answer"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Interaction
        fields = [
            "failures_admitted",
            "takes_responsibility",
            "apology_form",
            "solutions_offered",
            "make_good_asked",
            "make_good_answer",
        ]
        widgets = {
            "failures_admitted": _area(3),
            "solutions_offered": _area(3),
            "make_good_answer": _area(3),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("apologised_by")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        by, form = data.get("apologised_by"), data.get("apology_form")
        self.demand(data, "apology_form", _("Say in which form."), when=by)
        self.demand(data, "apologised_by", _("Say who apologised."), when=form)
        if data.get("make_good_answer") and not data.get("make_good_asked"):
            self.add_error("make_good_asked", _("An answer needs the question."))
        return data
