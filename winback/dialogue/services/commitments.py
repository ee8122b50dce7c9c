"""Verbs of commitments. Each is one transaction and ends in one case event."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import let_see, record
from winback.common.claims import RuleBroken, claim, sign
from winback.dialogue.enums import Verb
from winback.dialogue.models import Commitment
from winback.dialogue.services.base import let_in, must_be_live
from winback.documents.enums import DocumentKind
from winback.documents.rules import CheckedFile
from winback.documents.services import store

_DATES = ("promised_on", "due_on")


class AlreadySettled(RuleBroken):
    """The commitment was kept, broken or released before."""


class DateStays(RuleBroken):
    """The dates of an overdue commitment are part of the truth."""


class NotYet(RuleBroken):
    """There is no result to tell as long as the commitment is open."""


@transaction.atomic
def give(
    *, case: Case, actor: User, today: date, changes: dict[str, Any], reason: str = ""
) -> Commitment:
    """Record a promise to the client, in the phase the case is in.

    Effects: lets owner and deputy see the case. ``reason`` says why an unusual date was insisted
    on, or why it was given although nobody had confirmed that we can keep it. Raises CaseEnded.
    """
    must_be_live(case)
    commitment = Commitment(
        case=case, original_due_on=changes["due_on"], phase=case.phase, **changes
    )
    if commitment.confirmed_by is None:
        commitment.unconfirmed_reason = reason
    sign(commitment, actor)
    commitment.save()
    let_in(case, today, commitment.owner, commitment.deputy)
    _record(commitment, actor, Verb.PROMISED, due_on=commitment.due_on, reason=reason)
    return commitment


@transaction.atomic
def change(
    *,
    commitment: Commitment,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> Commitment:
    """Correct an open commitment; new owner and deputy are let into the case.

    A corrected due date replaces the original one too: it was recorded wrongly, not moved.

    Raises:
        CaseEnded, AlreadySettled, StaleVersion
        DateStays: a date changes although the commitment is overdue.
    """
    _must_be_open(commitment)
    changed = [name for name, value in changes.items() if getattr(commitment, name) != value]
    if commitment.is_overdue(today) and any(name in changed for name in _DATES):
        raise DateStays(_("It is overdue: its dates stay. A new date is a new commitment."))
    claim(commitment, version=version, actor=actor)
    before = {name: getattr(commitment, name) for name in _DATES if name in changed}
    for name in changed:
        setattr(commitment, name, changes[name])
    commitment.original_due_on = commitment.due_on
    if commitment.confirmed_by is not None:
        commitment.unconfirmed_reason = ""
    commitment.save()
    if {"owner", "deputy"} & set(changed):
        let_in(commitment.case, today, commitment.owner, commitment.deputy)
    _record(commitment, actor, Verb.CHANGED, fields=changed, before=before, reason=reason)
    return commitment


@transaction.atomic
def keep(*, commitment: Commitment, version: int, actor: User, done_on: date) -> Commitment:
    """The promise was kept on ``done_on``; after its date it counts as kept late.

    Keeping a kept one changes nothing. Raises CaseEnded, AlreadySettled, StaleVersion.
    """
    if commitment.done_on is not None:
        return commitment
    _must_be_open(commitment)
    claim(commitment, version=version, actor=actor)
    commitment.done_on = done_on
    commitment.save()
    _record(commitment, actor, Verb.KEPT, done_on=done_on)
    return commitment


@transaction.atomic
def declare_broken(
    *, commitment: Commitment, version: int, actor: User, today: date, reason: str
) -> Commitment:
    """Say that the promise will not be kept any more, and why; final.

    Raises CaseEnded, AlreadySettled, StaleVersion.
    """
    _must_be_open(commitment)
    claim(commitment, version=version, actor=actor)
    commitment.broken_on, commitment.broken_reason = today, reason
    commitment.save()
    _record(commitment, actor, Verb.BROKEN, reason=reason)
    return commitment


@transaction.atomic
def release(
    *,
    commitment: Commitment,
    version: int,
    actor: User,
    released_on: date,
    proof: str,
    upload: CheckedFile | None = None,
) -> Commitment:
    """The client no longer insists, as ``proof`` shows; it leaves the kept ratio.

    ``upload`` is the checked file in which the client said so; it is kept.

    Raises CaseEnded, AlreadySettled, StaleVersion.
    """
    _must_be_open(commitment)
    claim(commitment, version=version, actor=actor)
    commitment.released_on, commitment.proof = released_on, proof
    if upload is not None:
        title, kind = f"{_('Release')}: {commitment.what}"[:200], DocumentKind.PROOF
        commitment.proof_document = store(upload=upload, title=title, kind=kind, actor=actor)
    commitment.save()
    _record(commitment, actor, Verb.RELEASED, released_on=released_on, reason=proof)
    return commitment


@transaction.atomic
def forewarn(
    *, commitment: Commitment, version: int, actor: User, on: date, words: str
) -> Commitment:
    """The client was told before the date that the promise may not hold, and in which words.

    The date stays: a promise kept late is kept late, but it surprises nobody. Telling again
    replaces what was recorded. Raises CaseEnded, AlreadySettled, StaleVersion.
    """
    _must_be_open(commitment)
    claim(commitment, version=version, actor=actor)
    commitment.forewarned_on, commitment.forewarning = on, words
    commitment.save()
    _record(commitment, actor, Verb.FOREWARNED, on=on, note=words)
    return commitment


@transaction.atomic
def tell(*, commitment: Commitment, version: int, actor: User, on: date, how: str) -> Commitment:
    """The client knows the result: kept, kept late or broken.

    Raises CaseEnded, NotYet, StaleVersion.
    """
    must_be_live(commitment.case)
    if commitment.is_open:
        raise NotYet(_("There is no result to tell yet."))
    claim(commitment, version=version, actor=actor)
    commitment.told_on, commitment.told_how = on, how
    commitment.save()
    _record(commitment, actor, Verb.TOLD, on=on, note=how)
    return commitment


@transaction.atomic
def hand_over(
    *,
    commitment: Commitment,
    version: int,
    actor: User,
    owner: User,
    today: date,
    reason: str = "",
) -> Commitment:
    """Let somebody else keep the promise; the date stays.

    Effects: lets the new owner see the case; a deputy who becomes owner leaves the deputy's place.
    Raises CaseEnded, AlreadySettled, StaleVersion.
    """
    _must_be_open(commitment)
    if owner.pk == commitment.owner_id:
        return commitment
    claim(commitment, version=version, actor=actor)
    before, commitment.owner = commitment.owner, owner
    if commitment.deputy_id == owner.pk:
        commitment.deputy = None
    commitment.save()
    let_see(commitment.case, owner, today)
    _record(commitment, actor, Verb.REASSIGNED, before=str(before), user=str(owner), reason=reason)
    return commitment


def reassign(pk: int, owner: User, actor: User) -> None:
    """Hand one commitment over for the registry, for instance because its owner leaves."""
    commitment = Commitment.objects.with_people().get(pk=pk)
    hand_over(
        commitment=commitment,
        version=commitment.version,
        actor=actor,
        owner=owner,
        today=timezone.localdate(),
    )


def _record(commitment: Commitment, actor: User, verb: Verb, **data: Any) -> None:
    record(commitment.case, actor, verb, commitment=commitment.pk, title=commitment.what, **data)


def _must_be_open(commitment: Commitment) -> None:
    must_be_live(commitment.case)
    if not commitment.is_open:
        raise AlreadySettled(_("This commitment has been settled already."))
