"""Verbs of complaints, in the steps of ISO 10002."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import next_number
from winback.common.claims import RuleBroken, claim
from winback.dialogue.enums import Verb
from winback.dialogue.models import Complaint
from winback.dialogue.services.base import (
    let_in,
    must_be_live,
    must_go_on,
    save_changes,
    save_new,
    tell_history,
)


class WrongStep(RuleBroken):
    """The step does not fit where the complaint stands."""


@transaction.atomic
def receive(
    *, case: Case, actor: User, today: date, changes: dict[str, Any], reason: str = ""
) -> Complaint:
    """Take a complaint into the register under a number of its own (``C-2026-0007``).

    Effects: owner and deputy see the case. Raises CaseEnded.
    """
    must_be_live(case)
    scope = f"C-{changes['received_on'].year}"
    complaint = Complaint(
        case=case,
        number=f"{scope}-{next_number(scope):04d}",
        received_by=actor,
        original_due_on=changes["due_on"],
        **changes,
    )
    save_new(complaint, actor)
    let_in(case, today, complaint.owner, complaint.deputy)
    data = {"due_on": complaint.due_on, "reason": reason}
    tell_history(complaint, actor, Verb.COMPLAINED, **data)
    return complaint


@transaction.atomic
def change_complaint(
    *,
    complaint: Complaint,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> Complaint:
    """Correct or judge an open complaint; lateness keeps to the first date.

    Raises CaseEnded, AlreadyEnded, WrongStep, StaleVersion.
    """
    _must_be_open(complaint)
    received_on = changes.get("received_on", complaint.received_on)
    if changes.get("due_on", received_on) < received_on:
        raise WrongStep(_("The date lies before the complaint was received."))
    changed = save_changes(complaint, version=version, actor=actor, changes=changes)
    let_in(complaint.case, today, complaint.owner, complaint.deputy)
    tell_history(complaint, actor, Verb.COMPLAINT_CHANGED, fields=changed, reason=reason)
    return complaint


@transaction.atomic
def acknowledge(
    *, complaint: Complaint, version: int, actor: User, on: date, at: time | None = None
) -> Complaint:
    """The client knows that we have it. Raises CaseEnded, AlreadyEnded, WrongStep, StaleVersion."""
    _must_be_open(complaint)
    if complaint.acknowledged_on is not None:
        raise WrongStep(_("It has been acknowledged already."))
    claim(complaint, version=version, actor=actor)
    complaint.acknowledged_on, complaint.acknowledged_at = on, at
    complaint.save()
    tell_history(complaint, actor, Verb.COMPLAINT_ACKNOWLEDGED, on=on)
    return complaint


@transaction.atomic
def answer(
    *,
    complaint: Complaint,
    version: int,
    actor: User,
    text: str,
    on: date,
    ask_on: date,
    at: time | None = None,
) -> Complaint:
    """Answer with a concrete solution; by ``ask_on`` we ask whether the client is content.

    The first answer counts for the response time, later ones replace its words. An answer
    acknowledges too. Raises CaseEnded, AlreadyEnded, StaleVersion.
    """
    _must_be_open(complaint)
    claim(complaint, version=version, actor=actor)
    complaint.answer, complaint.due_on, complaint.reopened_on = text, ask_on, None
    if complaint.answered_on is None:
        complaint.answered_on, complaint.answered_at = on, at
    if complaint.acknowledged_on is None:
        complaint.acknowledged_on, complaint.acknowledged_at = on, at
    complaint.save()
    tell_history(complaint, actor, Verb.COMPLAINT_ANSWERED, on=on)
    return complaint


@transaction.atomic
def close_complaint(
    *,
    complaint: Complaint,
    version: int,
    actor: User,
    done_on: date,
    content: bool,
    closing_note: str,
) -> Complaint:
    """Close it, saying whether the client is content. Only what was answered can be closed.

    Raises CaseEnded, AlreadyEnded, WrongStep, StaleVersion.
    """
    _must_be_open(complaint)
    if complaint.awaits_answer:
        raise WrongStep(_("Answer it first: a complaint is not closed without an answer."))
    claim(complaint, version=version, actor=actor)
    complaint.done_on, complaint.content, complaint.closing_note = done_on, content, closing_note
    complaint.save()
    tell_history(complaint, actor, Verb.COMPLAINT_CLOSED, content=content, note=closing_note)
    return complaint


@transaction.atomic
def reopen_complaint(
    *, complaint: Complaint, version: int, actor: User, today: date, due_on: date, reason: str
) -> Complaint:
    """Take it up again because the client is not content; a new answer is owed by ``due_on``.

    Raises CaseEnded, WrongStep, StaleVersion.
    """
    must_be_live(complaint.case)
    if complaint.is_open:
        raise WrongStep(_("It is open already."))
    claim(complaint, version=version, actor=actor)
    complaint.done_on = complaint.content = None
    complaint.closing_note, complaint.reopened_on, complaint.due_on = "", today, due_on
    complaint.save()
    tell_history(complaint, actor, Verb.COMPLAINT_REOPENED, reason=reason)
    return complaint


def hand_over_complaint(pk: int, owner: User, actor: User) -> None:
    """For the registry: somebody else answers."""
    complaint = Complaint.objects.with_page().get(pk=pk)
    deputy = None if complaint.deputy_id == owner.pk else complaint.deputy
    change_complaint(
        complaint=complaint,
        version=complaint.version,
        actor=actor,
        today=timezone.localdate(),
        changes={"owner": owner, "deputy": deputy},
    )


def _must_be_open(complaint: Complaint) -> None:
    must_be_live(complaint.case)
    must_go_on(going=complaint.is_open)
