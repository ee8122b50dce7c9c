"""Verbs on consents and objections. Taking back is as easy as giving; nothing is ever deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Consent, Contact, Objection
from winback.common.claims import RuleBroken, claim, sign
from winback.documents.enums import DocumentKind
from winback.documents.models import Document
from winback.documents.rules import CheckedFile
from winback.documents.services import store


class WrongDay(RuleBroken):
    """The day contradicts the calendar or an earlier step."""


class AlreadyProved(RuleBroken):
    """The first proof stays: a proof that could be exchanged proves nothing."""


@transaction.atomic
def give_consent(
    *,
    contact: Contact,
    actor: User,
    today: date,
    changes: dict[str, Any],
    proof: CheckedFile | None = None,
) -> Consent:
    """Record that the person agreed to one channel and purpose (Art. 7 DSGVO).

    Without ``proof`` it is kept, but opens no gate. Raises WrongDay for a day to come.
    """
    _must_have_been(changes["given_on"], today, field="given_on")
    consent = Consent(contact=contact, recorded_by=actor, **changes)
    if proof is not None:
        consent.proof = _store(consent, proof, actor)
    sign(consent, actor)
    consent.save()
    return consent


@transaction.atomic
def prove_consent(*, consent: Consent, version: int, actor: User, proof: CheckedFile) -> Consent:
    """Add the missing proof. Raises AlreadyProved, StaleVersion."""
    if consent.is_proved:
        raise AlreadyProved(_("There already is a proof; it stays."))
    claim(consent, version=version, actor=actor)
    consent.proof = _store(consent, proof, actor)
    consent.save()
    return consent


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, version: int, actor: User, today: date, on: date, note: str = ""
) -> Consent:
    """The person takes the consent back; it ends on that very day (Art. 7 Abs. 3 DSGVO).

    A withdrawn one stays as it is. Raises WrongDay, StaleVersion.
    """
    if consent.is_withdrawn:
        return consent
    _must_have_been(on, today, field="withdrawn_on")
    if on < consent.given_on:
        raise WrongDay(_("The withdrawal lies before the consent."), field="withdrawn_on")
    claim(consent, version=version, actor=actor)
    consent.withdrawn_on, consent.withdrawn_note = on, note
    consent.save()
    return consent


@transaction.atomic
def record_objection(
    *, contact: Contact, actor: User, today: date, changes: dict[str, Any]
) -> Objection:
    """The person objects to advertising (Art. 21 DSGVO): blocks at once, whatever was agreed.

    Raises WrongDay for a day to come.
    """
    _must_have_been(changes["objected_on"], today, field="objected_on")
    return Objection.objects.create(contact=contact, recorded_by=actor, **changes)


def _must_have_been(day: date, today: date, *, field: str) -> None:
    if day > today:
        raise WrongDay(_("The date lies in the future."), field=field)


def _store(consent: Consent, proof: CheckedFile, actor: User) -> Document:
    title = _("Consent of %(name)s, %(what)s")
    return store(
        upload=proof,
        title=(title % {"name": consent.contact.name, "what": consent})[:200],
        kind=DocumentKind.PROOF,
        actor=actor,
    )
