"""Letting a case rest, ending it, taking it up again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from winback.cases.enums import CLOSED, Status, Verb
from winback.cases.models import Case, Outcome
from winback.cases.services.core import IllegalTransition, NotReady, must_allow, record, turn
from winback.common import obligations


@transaction.atomic
def rest(*, case: Case, version: int, actor: User, until: date, reason: str) -> Case:
    """Let the case rest until a wake-up date, instead of closing it as lost."""
    must_allow(case, Status.RESTING)
    case.resting_until = until
    turn(case, Status.RESTING, actor, version=version)
    record(case, actor, Verb.RESTED, until=until, reason=reason)
    return case


@transaction.atomic
def close_case(
    *,
    case: Case,
    version: int,
    actor: User,
    changes: dict[str, Any],
    drop_open: bool,
    reason: str = "",
) -> Outcome:
    """End the case as won, lost or parted, with reasons and lessons.

    Open obligations need a new home first: with ``drop_open`` those that can be dropped are,
    with the outcome as reason; what only a person can settle (a commitment) blocks.
    ``reason`` says why advice of the closing gate was not followed.

    Raises:
        IllegalTransition, NotReady, StaleVersion
    """
    target = Status(changes["result"])
    must_allow(case, target)
    if drop_open:
        _drop_open(case, actor, _("The case has ended: %(result)s") % {"result": target.label})
    left = open_obligations(case)
    if left:
        raise NotReady(
            ngettext(
                "%(count)d obligation is still open. Settle, hand over or drop it first.",
                "%(count)d obligations are still open. Settle, hand over or drop them first.",
                len(left),
            )
            % {"count": len(left)}
        )
    case.closed_on = changes["ended_on"]
    case.next_step, case.next_step_on = "", None
    turn(case, target, actor, version=version)
    outcome = Outcome.objects.create(case=case, recorded_by=actor, **changes)
    record(case, actor, Verb.CLOSED, result=target, reason=reason)
    return outcome


def open_obligations(case: Case) -> list[obligations.Item]:
    """What is still owed in the case: neither its own next step nor what lives on without it."""
    items = obligations.find(obligations.Query(case_id=case.pk))
    return [
        item
        for item in items
        if not (item.outlives_case or obligations.kind(item.kind).ends_with_case)
    ]


def _drop_open(case: Case, actor: User, reason: str) -> None:
    for item in open_obligations(case):
        drop = obligations.kind(item.kind).drop
        if drop is not None:
            drop(item.pk, actor, reason)


@transaction.atomic
def reopen(*, case: Case, version: int, actor: User, reason: str) -> Case:
    """Take an ended case up again; its outcome stays in the history."""
    if case.status not in CLOSED:
        raise IllegalTransition(_("Only an ended case can be reopened."))
    case.closed_on = None
    turn(case, Status.ACTIVE, actor, version=version)
    record(case, actor, Verb.REOPENED, reason=reason)
    return case
