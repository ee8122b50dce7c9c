"""Verbs of talks: record, correct, share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.common.claims import RuleBroken, claim
from winback.dialogue import rules
from winback.dialogue.enums import Verb
from winback.dialogue.models import Interaction, MeetingSeries, land_of
from winback.dialogue.services.base import save_changes, save_new, tell_history

_PEOPLE = ("contacts", "our_people")


class NotShared(RuleBroken):
    """Sharing cannot be withdrawn from what is internal, nor given twice."""


@transaction.atomic
def record_talk(
    *, case: Case, actor: User, changes: dict[str, Any], reason: str = ""
) -> Interaction:
    """Record a contact with the client; internal until it is shared.

    An ended case takes talks too: the loose contact goes on. Effects: the meeting series it belongs
    to moves on to its next date. ``reason`` says why an unusual date was insisted on.
    """
    people = {name: changes.pop(name, []) for name in _PEOPLE}
    talk = Interaction(case=case, **changes)
    save_new(talk, actor, **people)
    if talk.series is not None:
        _move_on(talk.series, talk.held_on)
    tell_history(talk, actor, Verb.TALKED, kind=talk.kind, reason=reason)
    return talk


def _move_on(series: MeetingSeries, held_on: date) -> None:
    """The next round after ``held_on``; a talk recorded late does not turn the date back."""
    following = rules.next_meeting(held_on, series.rhythm_days, land_of(series.case))
    if series.is_open and following > series.next_on:
        MeetingSeries.objects.filter(pk=series.pk).update(next_on=following)


@transaction.atomic
def change_talk(
    *, talk: Interaction, version: int, actor: User, changes: dict[str, Any], reason: str = ""
) -> Interaction:
    """Correct or complete the record; earlier wordings stay in its row versions.

    Raises StaleVersion.
    """
    people = {name: changes.pop(name) for name in _PEOPLE if name in changes}
    changed = save_changes(talk, version=version, actor=actor, changes=changes)
    for name, rows in people.items():
        getattr(talk, name).set(rows)
    tell_history(talk, actor, Verb.TALK_CHANGED, fields=changed, reason=reason)
    return talk


@transaction.atomic
def share(*, talk: Interaction, version: int, actor: User, today: date) -> Interaction:
    """Let the client see the record, on purpose. Raises NotShared, StaleVersion."""
    if talk.is_shared:
        raise NotShared(_("It is shared with the client already."))
    claim(talk, version=version, actor=actor)
    talk.shared_on, talk.shared_by = today, actor
    talk.save()
    tell_history(talk, actor, Verb.TALK_SHARED)
    return talk


@transaction.atomic
def withdraw_sharing(*, talk: Interaction, version: int, actor: User, reason: str) -> Interaction:
    """Make the record internal again, saying why. Raises NotShared, StaleVersion."""
    if not talk.is_shared:
        raise NotShared(_("It is internal already."))
    claim(talk, version=version, actor=actor)
    talk.shared_on = talk.shared_by = None
    talk.save()
    tell_history(talk, actor, Verb.TALK_WITHDRAWN, reason=reason)
    return talk
