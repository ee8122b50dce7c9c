"""Forms of expectations, the contact rhythm and the communication matrix."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.common.fields import RowField
from winback.common.forms import WinbackModelForm
from winback.dialogue.enums import ClientDecision, Realism
from winback.dialogue.forms.base import PastDateField, RowForm
from winback.dialogue.models import CommunicationWay, ContactRhythm, Expectation


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ExpectationForm(RowForm):
    """What the client expects, and our judgement of it."""

    contact = RowField(label=pgettext_lazy("expectation", "Said by"), required=False)
    since = PastDateField(label=_("Known since"), initial=timezone.localdate)
    groups = [
        (_("The client's view"), ["kind", "what", "contact", "since"]),
        (_("Our judgement"), ["realistic", "assessment", "precondition", "alternative"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Expectation
        fields = ["kind", "what", "realistic", "assessment", "precondition", "alternative"]
        widgets = {"assessment": _area(3), "precondition": _area(3), "alternative": _area(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_contacts("contact", self.row.contact_id if self.row else None)  # type: ignore[attr-defined]  # an Expectation

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        doubted = data.get("realistic") in {Realism.NO, Realism.PARTLY}
        self.demand(data, "assessment", _("Say why, in facts."), when=doubted)
        return data


class DecisionForm(RowForm):
    """What we told the client, what he decided knowing it, and whether it was disappointed."""

    told_on = PastDateField(label=_("Told the client on"), required=False)
    decided_on = PastDateField(label=_("Decided on"), required=False)
    disappointed_on = PastDateField(label=_("Disappointed on"), required=False)
    groups = [
        (_("The client decides knowing"), ["told_on", "decision", "decided_on", "decision_note"]),
        (_("Was it disappointed?"), ["disappointed_on", "disappointment"]),
    ]

    class Meta(WinbackModelForm.Meta):
        model = Expectation
        fields = ["decision", "decision_note", "disappointment"]
        widgets = {"decision_note": _area(3), "disappointment": _area(3)}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        decided = data.get("decision") != ClientDecision.PENDING
        self.demand(data, "told_on", _("The client decides only what was told."), when=decided)
        self.demand(data, "decided_on", _("Say when the client decided."), when=decided)
        if data.get("decided_on") and not decided:
            self.add_error("decision", _("Say what the client decided."))
        message = _("Say how it was disappointed.")
        self.demand(data, "disappointment", message, when=data.get("disappointed_on"))
        return data


class RhythmForm(RowForm):
    """How often the client wishes to hear from us."""

    contact = RowField(
        label=_("Contact"), required=False, help_text=_("None: it holds for the whole case.")
    )
    agreed_on = PastDateField(label=_("Agreed on"), initial=timezone.localdate)
    owner = RowField(
        label=pgettext_lazy("person", "Owner"), help_text=_("Keeps in touch and is reminded.")
    )
    field_order = ["contact", "every_days", "channel", "wish", "agreed_on", "owner"]

    class Meta(WinbackModelForm.Meta):
        model = ContactRhythm
        fields = ["every_days", "channel", "wish", "outlives_case"]
        help_texts = {
            "every_days": _("7 is weekly, 14 every two weeks. The client sets it."),
            "wish": _("Way, time and rhythm in his words."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("owner")
        self.offer_contacts("contact", self.row.contact_id if self.row else None)  # type: ignore[attr-defined]  # a ContactRhythm


class WayForm(RowForm):
    """One line of the communication matrix."""

    field_order = ["topic", "sender", "recipient", "occasion", "channel"]

    class Meta(WinbackModelForm.Meta):
        model = CommunicationWay
        fields = ["topic", "sender", "recipient", "occasion", "channel"]
        help_texts = {
            "topic": _("For instance weekly report, incident, invoice."),
            "occasion": _("For instance every Friday, at once, within two hours."),
        }
