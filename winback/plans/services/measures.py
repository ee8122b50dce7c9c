"""Verbs of a measure. Each is one transaction, writes a row version and one case event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audits import services as audits
from audits.models import Finding
from winback.cases.services import let_see, record
from winback.causes.models import Cause
from winback.common import clock
from winback.common.claims import claim, sign
from winback.dialogue.models import Commitment
from winback.plans.enums import NEEDS_NOTE, SETTABLE, MeasureStatus, Verb
from winback.plans.models import (
    DateMove,
    Measure,
    MeasureCompletion,
    PlanPhase,
    RecoveryPlan,
)
from winback.plans.rules import next_round
from winback.plans.services.plan import PlanError


def measure_presets(
    phases: Sequence[PlanPhase],
    owner: User,
    *,
    finding: Finding | None = None,
    cause: Cause | None = None,
    commitment: Commitment | None = None,
) -> dict[str, Any]:
    """What the form for a new measure begins with: what it answers knows owner, date and words."""
    found: dict[str, Any] = {"owner": owner}
    if cause is not None:
        found |= {"description": cause.statement}
    if finding is not None:
        found |= {"owner": finding.owner, "due_on": finding.due_on}
        found |= {"description": f"{finding.number}: {finding.statement}"}
    if commitment is not None:
        found |= {"owner": commitment.owner, "due_on": commitment.due_on}
        found |= {"title": commitment.what}
    return found | {"phase": next((each for each in phases if not each.is_passed), None)}


@transaction.atomic
def add_measure(
    *,
    plan: RecoveryPlan,
    actor: User,
    today: date,
    changes: dict[str, Any],
    finding: Finding | None = None,
    cause: Cause | None = None,
    commitment: Commitment | None = None,
    reason: str = "",
) -> Measure:
    """Add a measure of one's own, possibly as the answer to a finding, cause or commitment.

    Effects: the owner and deputy join the team, the finding is in progress.
    ``reason`` is why an unusual date was insisted on.
    """
    _must_be_live(plan)
    _must_belong(plan, finding, cause, commitment)
    measure = Measure(plan=plan, finding=finding, cause=cause, commitment=commitment, **changes)
    _must_differ(measure)
    _must_serve_contract(measure)
    measure.original_due_on = measure.due_on
    measure.repeats_from = measure.due_on if measure.recurrence else None
    measure.number = _next_number(plan)
    sign(measure, actor)
    measure.save()
    _let_in(measure, today)
    if finding is not None and not finding.is_strength:
        audits.start_finding(finding=finding, actor=actor)
    _record(measure, actor, Verb.ADDED, reason=reason)
    return measure


@transaction.atomic
def change_measure(
    *,
    measure: Measure,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
) -> Measure:
    """Change title, description, phase, deputy or recurrence. Owner and date have their own verbs.

    A measure that begins to repeat does so from its due date.
    """
    _must_be_open(measure)
    claim(measure, version=version, actor=actor)
    changed = [name for name, value in changes.items() if getattr(measure, name) != value]
    for name in changed:
        setattr(measure, name, changes[name])
    _must_differ(measure)
    _must_serve_contract(measure)
    if "recurrence" in changed:
        measure.repeats_from = measure.original_due_on if measure.recurrence else None
    measure.save()
    _let_in(measure, today)
    _record(measure, actor, Verb.CHANGED, fields=changed)
    return measure


@transaction.atomic
def complete(
    *,
    measure: Measure,
    actor: User,
    today: date,
    result: str = "",
    done_on: date | None = None,
    round_due: date | None = None,
    reason: str = "",
) -> bool:
    """Complete the measure, or one round of a recurring one; False when that was done already.

    Effects: a recurring measure records the round and moves to its next one, until its phase ends;
    then, and for every other measure, it is done. The last measure of a finding to be done makes
    the finding done.

    Args:
        done_on: when it was really done, today unless recorded late.
        round_due: due date of the round the user looked at; another round is not touched.
        reason: why an unusual day was insisted on.
    """
    stale_round = round_due is not None and bool(measure.recurrence) and round_due != measure.due_on
    if not measure.is_open or stale_round:
        return False
    _must_be_live(measure.plan)
    claim(measure, version=measure.version, actor=actor)
    done_on = done_on or today
    measure.result = result or measure.result
    if measure.recurrence:
        _record_round(measure, actor, done_on, result)
        if _enter_next_round(measure, done_on):
            _record(measure, actor, Verb.REPEATED, note=result, next=measure.due_on, reason=reason)
            return True
    measure.status, measure.done_on, measure.status_note = MeasureStatus.DONE, done_on, ""
    measure.save()
    _record(measure, actor, Verb.COMPLETED, note=result, reason=reason)
    _finish_finding(measure, actor, today)
    return True


def _record_round(measure: Measure, actor: User, done_on: date, note: str) -> None:
    MeasureCompletion.objects.update_or_create(
        measure=measure,
        due_on=measure.original_due_on,
        defaults={"done_on": done_on, "done_by": actor, "note": note[:250]},
    )


def _enter_next_round(measure: Measure, done_on: date) -> bool:
    """Move to the next round after both the due date and the day it was done; False at the end.

    Rounds that were missed meanwhile are not made up for: the count of rounds shows them.
    """
    assert measure.repeats_from is not None  # held by a constraint
    after = max(measure.due_on, measure.original_due_on, done_on)
    due_on = next_round(measure.repeats_from, measure.recurrence, after, measure.plan.bundesland)
    if due_on > measure.phase.ends_on:
        return False
    measure.due_on = measure.original_due_on = due_on
    measure.status, measure.status_note = MeasureStatus.IN_PROGRESS, ""
    measure.save()
    return True


def _finish_finding(measure: Measure, actor: User, today: date) -> None:
    """Its last open measure is done, so the finding is; effectiveness is checked later."""
    finding = measure.finding
    if finding is not None and finding.is_open and not finding.measures.open().exists():
        done = ": ".join(filter(None, (f"{measure.code} {measure.title}", measure.result)))
        audits.finish_finding(finding, actor, today, resolution=done)


@transaction.atomic
def move(
    *, measure: Measure, version: int, actor: User, to: date, reason: str, doubt: str = ""
) -> Measure:
    """Give the measure a new due date. The original one stays: lateness is judged by it.

    ``doubt`` is why an unusual date was insisted on.
    """
    _must_be_open(measure)
    if to == measure.due_on:
        raise PlanError(_("The measure is already due on this day."), field="due_on")
    claim(measure, version=version, actor=actor)
    before, measure.due_on = measure.due_on, to
    measure.save()
    DateMove.objects.create(
        measure=measure,
        moved_from=before,
        moved_to=to,
        reason=reason,
        moved_by=actor,
        moved_at=clock.now(),
    )
    _record(measure, actor, Verb.MOVED, reason=reason, note=doubt, before=before, after=to)
    return measure


@transaction.atomic
def hand_over(
    *, measure: Measure, version: int, actor: User, owner: User, today: date, reason: str = ""
) -> Measure:
    """Give the measure another owner, who joins the team; a deputy who takes over is none more."""
    _must_be_open(measure)
    if owner == measure.owner:
        raise PlanError(_("This person owns the measure already."), field="owner")
    claim(measure, version=version, actor=actor)
    before, measure.owner = measure.owner, owner
    if measure.deputy_id == owner.pk:
        measure.deputy = None
    measure.save()
    let_see(measure.case, owner, today)
    _record(measure, actor, Verb.REASSIGNED, user=str(owner), reason=reason, before=str(before))
    return measure


def hand_over_by_pk(pk: int, owner: User, actor: User) -> None:
    """For the registry of obligations: hand over whatever version stands now."""
    measure = Measure.objects.with_page().get(pk=pk)
    if owner.pk != measure.owner_id:
        hand_over(
            measure=measure,
            version=measure.version,
            actor=actor,
            owner=owner,
            today=timezone.localdate(),
        )


@transaction.atomic
def drop(*, measure: Measure, version: int, actor: User, reason: str) -> Measure:
    """Do without the measure, with a reason; dropping it twice changes nothing."""
    if measure.status == MeasureStatus.DROPPED:
        return measure
    _must_be_open(measure)
    claim(measure, version=version, actor=actor)
    measure.status, measure.status_note = MeasureStatus.DROPPED, reason
    measure.save()
    _record(measure, actor, Verb.DROPPED, reason=reason)
    return measure


def drop_by_pk(pk: int, actor: User, reason: str) -> None:
    """For the registry of obligations: drop whatever version stands now."""
    measure = Measure.objects.with_page().get(pk=pk)
    drop(measure=measure, version=measure.version, actor=actor, reason=reason)


@transaction.atomic
def reopen(*, measure: Measure, version: int, actor: User, reason: str) -> Measure:
    """Take a done or dropped measure up again; its dates stay as they were.

    Effect: a finding that counted as done is in progress again.
    """
    _must_be_live(measure.plan)
    if measure.is_open:
        raise PlanError(_("Only an ended measure can be reopened."))
    claim(measure, version=version, actor=actor)
    measure.status, measure.done_on, measure.status_note = MeasureStatus.OPEN, None, ""
    measure.save()
    _record(measure, actor, Verb.REOPENED, reason=reason)
    finding = measure.finding
    if finding is not None and finding.is_done:
        audits.reopen_finding(finding=finding, version=finding.version, actor=actor, reason=reason)
        audits.start_finding(finding=finding, actor=actor)
    return measure


@transaction.atomic
def set_status(
    *, measure: Measure, version: int, actor: User, status: str, note: str = ""
) -> Measure:
    """Say how the measure stands: open, in progress, blocked, waiting for the client.

    Blocked and waiting say why. Done and dropped have their own verbs.
    """
    _must_be_open(measure)
    if status not in SETTABLE:
        raise PlanError(_("This status has its own step."), field="status")
    if status in NEEDS_NOTE and not note:
        raise PlanError(_("Say what is missing or whom we wait for."), field="note")
    claim(measure, version=version, actor=actor)
    measure.status, measure.status_note = status, note
    measure.save()
    _record(measure, actor, Verb.STATUS_SET, status=status, note=note)
    return measure


def _record(measure: Measure, actor: User, verb: Verb, **data: Any) -> None:
    title = f"{measure.code} {measure.title}"
    record(measure.case, actor, verb, title=title, measure=measure.number, **data)


def _let_in(measure: Measure, today: date) -> None:
    let_see(measure.case, measure.owner, today)
    if measure.deputy is not None:
        let_see(measure.case, measure.deputy, today)


def _next_number(plan: RecoveryPlan) -> int:
    """Counted per plan under its row lock; numbers of dropped measures are not used again."""
    list(RecoveryPlan.objects.select_for_update().filter(pk=plan.pk).values_list("pk"))
    last: int | None = plan.measures.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _must_be_live(plan: RecoveryPlan) -> None:
    if not plan.case.is_live:
        raise PlanError(_("The case has ended. Reopen it first."))


def _must_be_open(measure: Measure) -> None:
    _must_be_live(measure.plan)
    if not measure.is_open:
        raise PlanError(_("The measure has ended. Reopen it first."))


def _must_differ(measure: Measure) -> None:
    if measure.deputy_id is not None and measure.deputy_id == measure.owner_id:
        raise PlanError(_("The deputy must be somebody else than the owner."), field="deputy")


def _must_belong(
    plan: RecoveryPlan,
    finding: Finding | None,
    cause: Cause | None,
    commitment: Commitment | None,
) -> None:
    """What a measure answers stands in the same case."""
    homes = {row.case_id for row in (cause, commitment) if row is not None}
    if finding is not None:
        homes.add(finding.audit.case_id)
    if homes - {plan.case_id}:
        raise PlanError(_("The measure would answer something of another case."))


def _must_serve_contract(measure: Measure) -> None:
    """The amendment whose obligation it is belongs to the contract of the case."""
    amendment = measure.amendment
    if amendment is not None and amendment.contract_id != measure.case.contract_id:
        raise PlanError(_("The amendment belongs to another contract."), field="amendment")
