"""The page of a person: facts and wishes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from winback.clients.models import Contact
from winback.clients.rows.client import Fact, rhythm
from winback.common.formats import format_date


def person_facts(contact: Contact, today: date) -> list[Fact]:
    """Who the person is and what the word of the person counts."""
    deciding = _("decision maker") if contact.is_decision_maker else ""
    facts = [
        (_("Function"), contact.function, deciding),
        (_("Phone"), contact.phone, ""),
        (_("E-mail"), contact.email, ""),
        (_("Influence"), contact.get_influence_display(), ""),
        (_("Attitude"), contact.get_attitude_display(), ""),
    ]
    if contact.left_on:
        note = "" if contact.has_left(today) else _("still to come")
        facts.append((_("Left on"), format_date(contact.left_on), note))
    return facts


def wish_facts(contact: Contact) -> list[Fact]:
    """How the person wants to be spoken to: the client sets it, we keep to it."""
    return [
        (_("Preferred channel"), contact.get_channel_display(), ""),
        (_("Rhythm"), rhythm(contact.rhythm_days), contact.preferred_time),
        (_("Meetings"), contact.get_meeting_form_display(), ""),
        (_("Language"), contact.get_language_display(), ""),
    ]
