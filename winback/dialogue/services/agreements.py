"""Verbs of expectations, of the contact rhythm and of the communication matrix."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.common.claims import RuleBroken, claim
from winback.dialogue.enums import Verb
from winback.dialogue.models import CommunicationWay, ContactRhythm, Expectation
from winback.dialogue.services.base import (
    let_in,
    must_be_live,
    must_go_on,
    save_changes,
    save_new,
    tell_history,
)


class AgreedTwice(RuleBroken):
    """One rhythm at a time for the case and for each contact."""


@transaction.atomic
def record_expectation(
    *, case: Case, actor: User, changes: dict[str, Any], reason: str = ""
) -> Expectation:
    """Record what the client expects, a late change of wish or an objection. Raises CaseEnded."""
    must_be_live(case)
    expectation = Expectation(case=case, **changes)
    save_new(expectation, actor)
    tell_history(expectation, actor, Verb.EXPECTED, kind=expectation.kind, reason=reason)
    return expectation


@transaction.atomic
def change_expectation(
    *,
    expectation: Expectation,
    version: int,
    actor: User,
    changes: dict[str, Any],
    reason: str = "",
) -> Expectation:
    """Judge it, or record what the client decided. Raises CaseEnded, StaleVersion."""
    must_be_live(expectation.case)
    changed = save_changes(expectation, version=version, actor=actor, changes=changes)
    tell_history(expectation, actor, Verb.EXPECTATION_CHANGED, fields=changed, reason=reason)
    return expectation


@transaction.atomic
def agree_rhythm(
    *, case: Case, actor: User, today: date, changes: dict[str, Any], reason: str = ""
) -> ContactRhythm:
    """Agree how often the client hears from us. Effects: the owner sees the case.

    Raises CaseEnded, AgreedTwice.
    """
    must_be_live(case)
    if case.rhythms.filter(contact=changes["contact"], ended_on=None).exists():
        raise AgreedTwice(_("A rhythm is agreed for this contact already."), field="contact")
    rhythm = ContactRhythm(case=case, **changes)
    save_new(rhythm, actor)
    let_in(case, today, rhythm.owner)
    tell_history(rhythm, actor, Verb.RHYTHM_AGREED, days=rhythm.every_days, reason=reason)
    return rhythm


@transaction.atomic
def change_rhythm(
    *,
    rhythm: ContactRhythm,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> ContactRhythm:
    """Change how often, how or who; also after the case has ended.

    Raises AlreadyEnded, StaleVersion.
    """
    must_go_on(going=rhythm.ended_on is None)
    changed = save_changes(rhythm, version=version, actor=actor, changes=changes)
    let_in(rhythm.case, today, rhythm.owner)
    tell_history(rhythm, actor, Verb.RHYTHM_CHANGED, fields=changed, reason=reason)
    return rhythm


@transaction.atomic
def end_rhythm(
    *, rhythm: ContactRhythm, version: int, actor: User, today: date, reason: str
) -> ContactRhythm:
    """The client no longer wishes it. Raises AlreadyEnded, StaleVersion."""
    must_go_on(going=rhythm.ended_on is None)
    claim(rhythm, version=version, actor=actor)
    rhythm.ended_on = today
    rhythm.save()
    tell_history(rhythm, actor, Verb.RHYTHM_ENDED, reason=reason)
    return rhythm


def hand_over_rhythm(pk: int, owner: User, actor: User) -> None:
    """For the registry: somebody else keeps in touch."""
    rhythm = ContactRhythm.objects.with_page().get(pk=pk)
    today = timezone.localdate()
    change_rhythm(
        rhythm=rhythm, version=rhythm.version, actor=actor, today=today, changes={"owner": owner}
    )


@transaction.atomic
def agree_way(
    *, case: Case, actor: User, changes: dict[str, Any], reason: str = ""
) -> CommunicationWay:
    """Agree who tells whom what and when. Raises CaseEnded."""
    must_be_live(case)
    way = CommunicationWay(case=case, **changes)
    save_new(way, actor)
    tell_history(way, actor, Verb.WAY_AGREED, reason=reason)
    return way


@transaction.atomic
def change_way(
    *, way: CommunicationWay, version: int, actor: User, changes: dict[str, Any], reason: str = ""
) -> CommunicationWay:
    """Change one line of the matrix. Raises CaseEnded, AlreadyEnded, StaleVersion."""
    must_be_live(way.case)
    must_go_on(going=way.ended_on is None)
    changed = save_changes(way, version=version, actor=actor, changes=changes)
    tell_history(way, actor, Verb.WAY_CHANGED, fields=changed, reason=reason)
    return way


@transaction.atomic
def end_way(
    *, way: CommunicationWay, version: int, actor: User, today: date, reason: str
) -> CommunicationWay:
    """Take one line out of the matrix. Raises CaseEnded, AlreadyEnded, StaleVersion."""
    must_be_live(way.case)
    must_go_on(going=way.ended_on is None)
    claim(way, version=version, actor=actor)
    way.ended_on = today
    way.save()
    tell_history(way, actor, Verb.WAY_ENDED, reason=reason)
    return way
