"""Verbs of what is agreed to come: meeting series and call-backs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from winback.cases.models import Case
from winback.common.claims import claim
from winback.dialogue.enums import Verb
from winback.dialogue.models import FollowUp, MeetingSeries
from winback.dialogue.services.base import (
    let_in,
    must_be_live,
    must_go_on,
    save_changes,
    save_new,
    tell_history,
)


@transaction.atomic
def agree_series(
    *, case: Case, actor: User, today: date, changes: dict[str, Any], reason: str = ""
) -> MeetingSeries:
    """Agree on a meeting that repeats. Effects: its people see the case. Raises CaseEnded."""
    must_be_live(case)
    series = MeetingSeries(case=case, **changes)
    save_new(series, actor)
    let_in(case, today, series.owner, series.deputy)
    tell_history(series, actor, Verb.SERIES_AGREED, on=series.next_on, reason=reason)
    return series


@transaction.atomic
def change_series(
    *,
    series: MeetingSeries,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> MeetingSeries:
    """Change rhythm, next date, agenda or people. Raises CaseEnded, AlreadyEnded, StaleVersion."""
    must_be_live(series.case)
    must_go_on(going=series.is_open)
    changed = save_changes(series, version=version, actor=actor, changes=changes)
    let_in(series.case, today, series.owner, series.deputy)
    tell_history(series, actor, Verb.SERIES_CHANGED, fields=changed, reason=reason)
    return series


@transaction.atomic
def end_series(
    *, series: MeetingSeries, version: int, actor: User, today: date, reason: str
) -> MeetingSeries:
    """No further round. Raises AlreadyEnded, StaleVersion."""
    must_go_on(going=series.is_open)
    claim(series, version=version, actor=actor)
    series.ended_on = today
    series.save()
    tell_history(series, actor, Verb.SERIES_ENDED, reason=reason)
    return series


def hand_over_series(pk: int, owner: User, actor: User) -> None:
    """For the registry: somebody else holds the meetings."""
    series = MeetingSeries.objects.with_page().get(pk=pk)
    deputy = None if series.deputy_id == owner.pk else series.deputy
    change_series(
        series=series,
        version=series.version,
        actor=actor,
        today=timezone.localdate(),
        changes={"owner": owner, "deputy": deputy},
    )


@transaction.atomic
def agree_followup(
    *, case: Case, actor: User, today: date, changes: dict[str, Any], reason: str = ""
) -> FollowUp:
    """Agree on a call-back. Effects: its people see the case. Raises CaseEnded."""
    must_be_live(case)
    followup = FollowUp(case=case, original_due_on=changes["due_on"], **changes)
    save_new(followup, actor)
    let_in(case, today, followup.owner, followup.deputy)
    tell_history(followup, actor, Verb.FOLLOWUP_AGREED, due_on=followup.due_on, reason=reason)
    return followup


@transaction.atomic
def change_followup(
    *,
    followup: FollowUp,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> FollowUp:
    """Change what, whom, when or who; the original date stays.

    Raises CaseEnded, AlreadyEnded, StaleVersion.
    """
    must_be_live(followup.case)
    must_go_on(going=followup.is_open)
    before = followup.due_on
    changed = save_changes(followup, version=version, actor=actor, changes=changes)
    let_in(followup.case, today, followup.owner, followup.deputy)
    data = {"fields": changed, "before": before, "reason": reason}
    tell_history(followup, actor, Verb.FOLLOWUP_CHANGED, **data)
    return followup


@transaction.atomic
def make_followup(
    *, followup: FollowUp, version: int, actor: User, done_on: date, note: str = ""
) -> FollowUp:
    """The call was made. Twice changes nothing. Raises CaseEnded, AlreadyEnded, StaleVersion."""
    if followup.done_on is not None:
        return followup
    must_be_live(followup.case)
    must_go_on(going=followup.is_open)
    claim(followup, version=version, actor=actor)
    followup.done_on = done_on
    followup.save()
    tell_history(followup, actor, Verb.FOLLOWUP_DONE, done_on=done_on, note=note)
    return followup


@transaction.atomic
def drop_followup(pk: int, actor: User, reason: str) -> None:
    """For the registry: nobody will call any more, and why. Dropping an ended one does nothing."""
    followup = FollowUp.objects.with_page().get(pk=pk)
    if not followup.is_open:
        return
    claim(followup, version=followup.version, actor=actor)
    followup.dropped_on, followup.drop_reason = timezone.localdate(), reason
    followup.save()
    tell_history(followup, actor, Verb.FOLLOWUP_DROPPED, reason=reason)


def hand_over_followup(pk: int, owner: User, actor: User) -> None:
    """For the registry: somebody else calls back."""
    followup = FollowUp.objects.with_page().get(pk=pk)
    deputy = None if followup.deputy_id == owner.pk else followup.deputy
    change_followup(
        followup=followup,
        version=followup.version,
        actor=actor,
        today=timezone.localdate(),
        changes={"owner": owner, "deputy": deputy},
    )
