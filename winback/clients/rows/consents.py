"""What a person allowed us, in words and shapes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.clients.enums import (
    CONSENT_CHANNELS,
    NEEDS_CONSENT,
    Channel,
    ConsentState,
    Purpose,
)
from winback.clients.models import Consent, Contact, Objection
from winback.common.formats import format_date

SHAPE = {
    ConsentState.LIVE: "ok",
    ConsentState.UNPROVED: "warn",
    ConsentState.WITHDRAWN: "no",
    ConsentState.OBJECTED: "lock",
    ConsentState.NONE: "open",
}

Status = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Per purpose one row, per channel one cell of shape and word."""

    channels: list[str]
    rows: list[tuple[str, list[tuple[str, Status]]]]


def matrix(contact: Contact, today: date) -> Matrix:
    """Where the person stands for each channel and purpose; needs ``with_consents()``."""
    channels = [(each.value, str(each.label)) for each in CONSENT_CHANNELS]
    return Matrix(
        channels=[label for _key, label in channels],
        rows=[
            (
                str(purpose.label),
                [
                    (label, _status(contact.consent_state(channel, purpose, today)))
                    for channel, label in channels
                ],
            )
            for purpose in NEEDS_CONSENT
        ],
    )


def mail_states(contact: Contact, today: date) -> list[Status]:
    """One cell per purpose that needs a consent, for e-mail."""
    return [
        _status(contact.consent_state(Channel.MAIL, purpose, today)) for purpose in NEEDS_CONSENT
    ]


def _status(state: ConsentState) -> Status:
    return SHAPE[state], str(state.label)


def mail_summary(contact: Contact, today: date) -> Status:
    """Whether advertising mail may go to the person, in one status."""
    states = {
        purpose: contact.consent_state(Channel.MAIL, purpose, today) for purpose in NEEDS_CONSENT
    }
    open_for = [purpose for purpose, state in states.items() if state == ConsentState.LIVE]
    if len(open_for) == len(states):
        return "ok", _("allowed")
    if open_for:
        return "ok", ", ".join(str(Purpose(purpose).label) for purpose in open_for)
    for state in (ConsentState.OBJECTED, ConsentState.UNPROVED, ConsentState.WITHDRAWN):
        if state in states.values():
            return _status(state)
    return "lock", _("blocked: no consent")


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent with what became of it."""

    pk: int
    what: str
    shape: str
    word: str
    given: str
    wording: str
    recorded: str
    withdrawn: str
    has_proof: bool
    is_live: bool


def consent_row(consent: Consent) -> ConsentRow:
    """Needs ``recorded_by`` joined."""
    state = _state(consent)
    withdrawn = ""
    if consent.withdrawn_on:
        day = _("withdrawn on %(day)s") % {"day": format_date(consent.withdrawn_on)}
        withdrawn = f"{day}: {consent.withdrawn_note}" if consent.withdrawn_note else day
    return ConsentRow(
        pk=consent.pk,
        what=str(consent),
        shape=SHAPE[state],
        word=str(state.label),
        given=f"{format_date(consent.given_on)} · {consent.get_source_display()}",
        wording=consent.wording,
        recorded=_("recorded by %(name)s") % {"name": consent.recorded_by.short_name},
        withdrawn=withdrawn,
        has_proof=consent.is_proved,
        is_live=not consent.is_withdrawn,
    )


def _state(consent: Consent) -> ConsentState:
    if consent.is_withdrawn:
        return ConsentState.WITHDRAWN
    return ConsentState.LIVE if consent.is_proved else ConsentState.UNPROVED


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    day: str
    covers: str
    note: str


def objection_row(objection: Objection) -> ObjectionRow:
    """Needs ``recorded_by`` joined."""
    by = _("recorded by %(name)s") % {"name": objection.recorded_by.short_name}
    return ObjectionRow(
        day=format_date(objection.objected_on),
        covers=objection.get_channel_display() or pgettext("channel", "all channels"),
        note=" · ".join(part for part in (objection.note, by) if part),
    )
