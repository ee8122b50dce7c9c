"""All that is stored about a person, to be handed to the person (Art. 15 DSGVO)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from winback.clients.models import Contact
from winback.clients.rows.client import wishes
from winback.common import persons
from winback.common.formats import format_date, format_datetime
from winback.common.forms import in_words

_FACTS = (
    "salutation", "first_name", "last_name", "function", "email", "phone", "left_on",
    "is_decision_maker", "influence", "attitude", "internal_need", "channel", "rhythm_days",
    "preferred_time", "meeting_form", "language",
)  # fmt: skip


def stored_about(contact: Contact, now: datetime) -> dict[str, Any]:
    """The person's data under translated headings; needs ``with_consents()``."""
    received = contact.received.select_related("message").order_by("pk")
    versions = contact.history.order_by("history_date")
    return {
        _("As of"): format_datetime(now),
        _("Person"): {**_facts(contact), _("Wishes to be spoken to"): wishes(contact)},
        _("Earlier versions"): [
            {_("Recorded"): format_datetime(row.history_date), **_facts(row.instance)}
            for row in versions
        ],
        _("Consents"): [
            {
                _("What"): str(row),
                _("Wording"): row.wording,
                _("Given on"): format_date(row.given_on),
                _("Withdrawn on"): format_date(row.withdrawn_on),
            }
            for row in contact.consents.all()
        ],
        _("Objections to advertising"): [
            {_("Objected on"): format_date(row.objected_on), _("Note"): row.note}
            for row in contact.objections.all()
        ],
        _("Mails"): [
            {
                _("Sent on"): format_date(row.message.sent_on),
                _("Subject"): row.message.subject,
                _("Text"): row.message.body,
            }
            for row in received
        ],
        _("Named in"): [
            {_("What"): f"{use.kind}: {use.text}", _("Day"): format_date(use.on)}
            for use in persons.uses(contact.pk)
        ],
    }


def _facts(contact: Contact) -> dict[str, str]:
    fields = [contact._meta.get_field(name) for name in _FACTS]
    return {
        str(field.verbose_name): _value(contact, field.name)  # type: ignore[union-attr]  # columns
        for field in fields
    }


def _value(contact: Contact, name: str) -> str:
    display = getattr(contact, f"get_{name}_display", None)
    return str(display()) if display else in_words(getattr(contact, name))


def as_file(contact: Contact, now: datetime) -> HttpResponse:
    """The data as a JSON file to be saved."""
    text = json.dumps(stored_about(contact, now), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = _("personal-data-%(number)s.json") % {"number": contact.pk}
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response
