"""Verbs of what a device sends later: each entry counts once, however often it arrives."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audits.models import Answer, Audit, Evidence, Question, Transmission
from audits.rules import entered
from audits.services.audits import begin
from audits.services.evidence import add_photo
from winback.common import clock
from winback.common.claims import RuleBroken, sign
from winback.documents.rules import CheckedFile


class OtherPerson(RuleBroken):
    """Somebody else is signed in than the one who entered it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How one entry of a device arrives; both moments are by the device's clock."""

    key: uuid.UUID
    person: int
    entered_at: datetime
    sent_at: datetime

    @property
    def moment(self) -> datetime:
        """When it was entered, by our clock."""
        return entered(self.entered_at, self.sent_at, clock.now())


@transaction.atomic
def receive_answer(
    *,
    audit: Audit,
    question: Question,
    actor: User,
    today: date,
    sent: Sent,
    result: str,
    note: str,
) -> Transmission:
    """Take an answer that waited on a device; under the same key again it changes nothing.

    Per question the answer entered last counts, whenever it arrives. The other one stays: in the
    history of the answer when it stood there, here when it came too late.

    Raises:
        OtherPerson: not ``actor`` entered it.
        AuditLocked: the audit was finished meanwhile.
    """
    _must_be_own(sent, actor)
    known = Transmission.objects.filter(key=sent.key).first()
    if known is not None:
        return known
    begin(audit, actor, today)
    received = Transmission(
        key=sent.key,
        result=result,
        note=note,
        entered_at=sent.entered_at,
        moment=sent.moment,
        received_at=clock.now(),
        entered_by=actor,
    )
    answer = Answer.objects.filter(audit=audit, question=question).first()
    if answer is not None:
        _compare(received, answer)
    received.answer = _written(answer or Answer(audit=audit, question=question), received)
    received.save()
    return received


def _must_be_own(sent: Sent, actor: User) -> None:
    if sent.person != actor.pk:
        raise OtherPerson(
            _("Somebody else entered this on the device. It is sent when they sign in again.")
        )


def _compare(received: Transmission, answer: Answer) -> None:
    """Whether it counts: it does unless what stands there was entered later.

    Between two entries of one person's device its clock decides, not how long they travelled.
    """
    standing = answer.transmissions.filter(
        counted=True, moment=answer.answered_at, entered_by=received.entered_by
    ).last()
    if standing is None:
        received.counted = received.moment >= answer.answered_at
        return
    received.counted = received.entered_at >= standing.entered_at
    if received.counted:
        received.moment = max(received.moment, answer.answered_at)


def _written(answer: Answer, received: Transmission) -> Answer:
    """The answer, overwritten where what was received counts."""
    if received.counted:
        answer.result, answer.note = received.result, received.note
        answer.answered_by, answer.answered_at = received.entered_by, received.moment
        sign(answer, received.entered_by)
        answer.save()
    return answer


@transaction.atomic
def receive_photo(
    *,
    audit: Audit,
    question: Question,
    actor: User,
    today: date,
    sent: Sent,
    photo: CheckedFile,
) -> Evidence:
    """Take a photo that waited on a device; under the same key again it changes nothing.

    Raises OtherPerson, and what ``add_photo`` raises.
    """
    _must_be_own(sent, actor)
    known = Evidence.objects.of_audit(audit).filter(key=sent.key).first()
    return known or add_photo(
        audit=audit,
        question=question,
        actor=actor,
        today=today,
        photo=photo,
        key=sent.key,
        taken_at=sent.moment,
    )
