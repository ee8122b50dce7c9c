"""Who may be written to, and why not; no database, no clock.

Sources: § 7 UWG (e-mail advertising needs prior express consent, between businesses too);
Art. 7 and 21 DSGVO (proof of consent, withdrawal, objection to direct marketing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from winback.clients.enums import NEEDS_CONSENT, Barrier, ConsentState


@dataclass(frozen=True, slots=True)
class Given:
    """A consent for one channel and purpose."""

    given_on: date
    withdrawn_on: date | None
    is_proved: bool

    def is_live(self, on: date) -> bool:
        """Given by that day and not withdrawn by it: a withdrawal counts from its own day."""
        return self.given_on <= on and (self.withdrawn_on is None or self.withdrawn_on > on)


def consent_state(consents: Iterable[Given], objected_on: Iterable[date], on: date) -> ConsentState:
    """Where a person stood on that day for one channel and purpose.

    An objection ends every consent given up to its day; only a consent given later counts again
    (Art. 21 Abs. 3 DSGVO). A proved live consent beats an unproved one.
    """
    stopped = max((day for day in objected_on if day <= on), default=None)
    known = [row for row in consents if row.given_on <= on]
    counting = [row for row in known if stopped is None or row.given_on > stopped]
    live = [row for row in counting if row.is_live(on)]
    if any(row.is_proved for row in live):
        return ConsentState.LIVE
    if live:
        return ConsentState.UNPROVED
    if stopped is not None:
        return ConsentState.OBJECTED
    return ConsentState.WITHDRAWN if known else ConsentState.NONE


_BARRIERS = {
    ConsentState.OBJECTED: Barrier.OBJECTED,
    ConsentState.WITHDRAWN: Barrier.WITHDRAWN,
    ConsentState.UNPROVED: Barrier.UNPROVED,
    ConsentState.NONE: Barrier.NO_CONSENT,
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """What the gate asks about a person."""

    has_address: bool
    has_left: bool
    consent: ConsentState
    #: the last advertising this person was sent
    last_on: date | None = None


def barrier(addressee: Addressee, *, purpose: str, on: date, pause_days: int) -> Barrier | None:
    """Why an e-mail of this purpose must not go to the person on that day; None where it may.

    Contract communication needs an address only. Everything else needs a live consent that can be
    proved, and at least ``pause_days`` calendar days since the last such mail.
    """
    if addressee.has_left:
        return Barrier.LEFT
    if not addressee.has_address:
        return Barrier.NO_ADDRESS
    if purpose not in NEEDS_CONSENT:
        return None
    if addressee.consent != ConsentState.LIVE:
        return _BARRIERS[addressee.consent]
    last_on = addressee.last_on
    if last_on is not None and on < last_on + timedelta(days=pause_days):
        return Barrier.TOO_SOON
    return None
