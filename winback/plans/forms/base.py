"""What the forms of the plan share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.clients.models import Contact
from winback.common.fields import RowField
from winback.common.formats import format_range
from winback.common.forms import WinbackForm
from winback.contracts.models import Amendment
from winback.plans.models import PlanPhase

NOTE_LENGTH = 250


def choice_of(
    rows: Iterable[User | PlanPhase | Amendment | Contact], label: object, *, required: bool = True
) -> RowField:
    """Choose one of ``rows``, which are loaded once for all fields of a form."""
    field = RowField(label=label, required=required)
    field.offer(rows)
    return field


class DatedForm(WinbackForm):
    """A form whose due date may lie outside the phase or in the past: unusual, not forbidden."""

    def doubt_due_on(self, due_on: date | None, phase: PlanPhase | None) -> None:
        if due_on is None:
            return
        if due_on < timezone.localdate():
            self.warn("due_on", _("The date lies in the past."))
        elif phase is not None and not phase.holds(due_on):
            span = format_range(phase.starts_on, phase.ends_on)
            self.warn("due_on", _("The date lies outside the phase (%(span)s).") % {"span": span})
