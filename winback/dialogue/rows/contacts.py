"""The contact rules of the client's people as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from winback.cases.models import Case
from winback.clients.enums import Channel, ConsentState, Purpose
from winback.dialogue.rows.agreements import every_days

_SHAPE = {
    ConsentState.LIVE: "ok",
    ConsentState.UNPROVED: "warn",
    ConsentState.WITHDRAWN: "no",
    ConsentState.OBJECTED: "no",
    ConsentState.NONE: "na",
}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person: the way, time and rhythm the person wishes, and what may be sent."""

    name: str
    function: str
    url: str
    channel: str
    time: str
    rhythm: str
    language: str
    shape: str
    consent: str


def contact_rows(case: Case, today: date) -> list[ContactRow]:
    """The people who have not left; three statements."""
    people = case.client.contacts.there(today).with_consents()
    rows = []
    for person in people:
        state = person.consent_state(Channel.MAIL, Purpose.ADVERTISING, today)
        rows.append(
            ContactRow(
                name=person.name,
                function=person.function,
                url=person.get_absolute_url(),
                channel=person.get_channel_display(),
                time=person.preferred_time,
                rhythm=every_days(person.rhythm_days) if person.rhythm_days else "",
                language=person.get_language_display(),
                shape=_SHAPE[state],
                consent=str(state.label),
            )
        )
    return rows
