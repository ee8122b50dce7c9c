"""Where the dialogue names a person at the client."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.common.persons import Use
from winback.dialogue.models import (
    Commitment,
    Complaint,
    ContactRhythm,
    Expectation,
    FollowUp,
    Interaction,
)


def uses(contact_id: int) -> list[Use]:
    """Talks, promises, complaints, expectations, call-backs and rhythms; one statement each."""
    talks = Interaction.objects.filter(contacts=contact_id)
    promises = Commitment.objects.filter(contact=contact_id)
    complaints = Complaint.objects.filter(contact=contact_id)
    expectations = Expectation.objects.filter(contact=contact_id)
    calls = FollowUp.objects.filter(contact=contact_id)
    rhythms = ContactRhythm.objects.filter(contact=contact_id).select_related("case")
    return [
        *(Use(_("Talk"), row.subject, row.held_on, is_open=False) for row in talks),
        *(Use(_("Commitment"), row.what, row.promised_on, row.is_open) for row in promises),
        *(Use(_("Complaint"), row.what, row.received_on, row.is_open) for row in complaints),
        *(Use(_("Expectation"), row.what, row.since, is_open=False) for row in expectations),
        *(Use(_("Call-back"), row.what, row.due_on, _owed(row)) for row in calls),
        *(_rhythm(row) for row in rhythms),
    ]


def _owed(call: FollowUp) -> bool:
    return call.done_on is None and call.dropped_on is None


def _rhythm(row: ContactRhythm) -> Use:
    text = _("every %(days)s days") % {"days": row.every_days}
    kind = pgettext("person", "Contact rhythm")
    return Use(kind, text, row.agreed_on, is_open=row.ended_on is None and row.case.is_live)
