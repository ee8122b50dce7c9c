"""What proves a cause, who confirms it, and steps that only ask for the version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audits.models import Finding
from winback.causes.models import Cause, CauseEvidence
from winback.clients.models import Contact
from winback.common.fields import DateField, RowField
from winback.common.forms import WinbackForm


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


class ClientConfirmForm(StepForm):
    """The client agrees: who, when, in which words."""

    contact = RowField(label=pgettext_lazy("cause", "Who at the client"))
    on = DateField(label=pgettext_lazy("cause", "On"))
    words = forms.CharField(
        label=_("The client's words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Word for word, as far as you noted it."),
    )
    field_order = ["contact", "on", "words"]

    def __init__(self, *args: Any, cause: Cause, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        contact = self.fields["contact"]
        assert isinstance(contact, RowField)
        contact.offer(Contact.objects.filter(client=cause.case.client_id).there(today))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("The date lies in the future."))
        return day


def _in_short(finding: Finding) -> str:
    return f"{finding.number} · {Truncator(finding.statement).chars(80)}"
