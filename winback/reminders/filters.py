"""The outbox's state as it stands in the URL."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from winback.common.forms import WinbackForm
from winback.common.rows import with_any
from winback.reminders.enums import MailState
from winback.reminders.models import OutboxQuerySet


class OutboxFilter(WinbackForm):
    """The GET form above the list. An unknown state is named at its field and not applied."""

    stand = forms.ChoiceField(
        label=pgettext_lazy("mail", "State"), choices=with_any(MailState.choices), required=False
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.is_valid()

    def apply(self, mails: OutboxQuerySet) -> OutboxQuerySet:
        """The mails asked for, the latest due first."""
        state = self.cleaned_data.get("stand")
        return mails.with_state(state) if state else mails
