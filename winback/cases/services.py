"""Verbs of a case. Each is one transaction and ends in one case event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from winback.cases.enums import CLOSED, Function, GoReason, Status, Verb
from winback.cases.models import (
    Case,
    CaseEvent,
    CaseMember,
    HealthOverride,
    NumberRange,
    Outcome,
    Qualification,
)
from winback.cases.rules import case_number, judge, may_become, number_scope
from winback.common import clock, health, obligations
from winback.common.claims import RuleBroken, claim, sign


class IllegalTransition(RuleBroken):
    """The status machine does not allow this step."""


class NotReady(RuleBroken):
    """Something the step needs is missing."""


def next_number(scope: str) -> int:
    """Count up the number range ``scope`` under its row lock; gaps only after a rollback."""
    NumberRange.objects.get_or_create(scope=scope)
    NumberRange.objects.filter(scope=scope).update(last=F("last") + 1)
    return NumberRange.objects.values_list("last", flat=True).get(scope=scope)


def record(case: Case, actor: User | None, verb: str, **data: Any) -> CaseEvent:
    """Append one entry to the history of the case; ``actor`` None means the product itself."""
    return CaseEvent.objects.create(case=case, actor=actor, verb=verb, data=data, at=clock.now())


def join_team(case: Case, user: User, function: str, today: date) -> bool:
    """Make ``user`` a member of the case in this function; True when that is new.

    Rooms call it when they give somebody something to do: membership makes the case visible.
    """
    _member, is_new = CaseMember.objects.get_or_create(
        case=case, user=user, function=function, left_on=None, defaults={"joined_on": today}
    )
    return is_new


def join_many(case: Case, people: Iterable[tuple[User, str]], today: date) -> None:
    """Make several (person, function) pairs members in two statements; existing ones stay."""
    present = set(
        CaseMember.objects.filter(case=case, left_on=None).values_list("user_id", "function")
    )
    wanted = {(user.pk, function) for user, function in people}
    CaseMember.objects.bulk_create(
        CaseMember(case=case, user_id=user_id, function=function, joined_on=today)
        for user_id, function in sorted(wanted - present)
    )


def let_see(case: Case, user: User, today: date) -> None:
    """Make ``user`` a contributor unless the person is in the team already."""
    if not CaseMember.objects.filter(case=case, user=user, left_on=None).exists():
        join_team(case, user, Function.CONTRIBUTOR, today)


@transaction.atomic
def open_case(*, actor: User, today: date, changes: dict[str, Any], reason: str = "") -> Case:
    """Record a lost or endangered client as a new open case.

    Effects: gives the case its number, makes owner and deputy team members, writes the event.
    ``reason`` is why an unusual input was insisted on.
    """
    sites = changes.pop("sites", [])
    case = Case(opened_on=today, **changes)
    case.number = case_number(today.year, next_number(number_scope(today)))
    case.fill_keys()
    sign(case, actor)
    case.save()
    case.sites.set(sites)
    _enrol(case, today)
    if actor.pk not in {case.owner_id, case.deputy_id}:
        let_see(case, actor, today)
    record(case, actor, Verb.OPENED, reason=reason)
    return case


def _enrol(case: Case, today: date) -> None:
    join_team(case, case.owner, Function.KEY_ACCOUNT_MANAGER, today)
    if case.deputy is not None:
        let_see(case, case.deputy, today)


@transaction.atomic
def change_case(
    *,
    case: Case,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> Case:
    """Change facts of the case; new owner and deputy join the team.

    Raises StaleVersion when somebody else was quicker.
    """
    _must_be_live(case)
    claim(case, version=version, actor=actor)
    sites = changes.pop("sites", None)
    changed = [name for name, value in changes.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, changes[name])
    case.fill_keys()
    case.save()
    if sites is not None:
        case.sites.set(sites)
    _enrol(case, today)
    record(case, actor, Verb.CHANGED, fields=changed, reason=reason)
    return case


@transaction.atomic
def set_next_step(*, case: Case, version: int, actor: User, step: str, on: date | None) -> Case:
    """Say what is next and when; both empty means nothing is planned."""
    _must_be_live(case)
    claim(case, version=version, actor=actor)
    case.next_step, case.next_step_on = step, on
    case.save()
    record(case, actor, Verb.STEP_SET, step=step, on=on)
    return case


@transaction.atomic
def write_situation(*, case: Case, version: int, actor: User, text: str) -> Case:
    """Describe where the case stands, in the words shown on top of its overview."""
    _must_be_live(case)
    claim(case, version=version, actor=actor)
    case.situation, case.situation_by, case.situation_at = text, actor, clock.now()
    case.save()
    record(case, actor, Verb.SITUATION_WRITTEN)
    return case


@transaction.atomic
def decide(
    *,
    case: Case,
    actor: User,
    decision: str,
    decided_by: User,
    decided_on: date,
    reasons: str,
    reason: str = "",
) -> Qualification:
    """Record whether we try to win the client back: by whom, when and why.

    ``reason`` says why an unusual date was insisted on.
    """
    _must_be_live(case)
    qualification = Qualification.objects.create(
        case=case,
        decision=decision,
        decided_by=decided_by,
        decided_on=decided_on,
        reasons=reasons,
    )
    record(case, actor, Verb.DECIDED, decision=decision, by=str(decided_by), reason=reason)
    return qualification


def has_go(case: Case) -> bool:
    """Whether the latest decision says go."""
    latest = case.qualifications.first()
    return latest is not None and latest.decision == GoReason.GO


def activate(*, case: Case, actor: User) -> Case:
    """Turn the case active; called by the room that starts its plan, inside its transaction.

    Raises:
        NotReady: the latest go decision is missing or says no.
        IllegalTransition: the case cannot become active from where it is.
    """
    if case.status == Status.ACTIVE:
        return case
    _must_allow(case, Status.ACTIVE)
    if not has_go(case):
        raise NotReady(_("Record the go decision first: who decided, when and why."))
    _turn(case, Status.ACTIVE, actor, version=case.version)
    return case


def set_phase(case: Case, phase: str) -> None:
    """Store the current phase; called by the room that owns the plan, inside its transaction.

    A copy for lists and the header: no version, no event; the plan records what happened.
    """
    if case.phase != phase:
        Case.objects.filter(pk=case.pk).update(phase=phase)
        case.phase = phase


@transaction.atomic
def rest(*, case: Case, version: int, actor: User, until: date, reason: str) -> Case:
    """Let the case rest until a wake-up date, instead of closing it as lost."""
    _must_allow(case, Status.RESTING)
    case.resting_until = until
    _turn(case, Status.RESTING, actor, version=version)
    record(case, actor, Verb.RESTED, until=until, reason=reason)
    return case


@transaction.atomic
def close_case(
    *, case: Case, version: int, actor: User, changes: dict[str, Any], drop_open: bool
) -> Outcome:
    """End the case as won, lost or parted, with reasons and lessons.

    Open obligations need a new home first: with ``drop_open`` those that can be dropped are,
    with the outcome as reason; what only a person can settle (a commitment) blocks.

    Raises:
        IllegalTransition, NotReady, StaleVersion
    """
    target = Status(changes["result"])
    _must_allow(case, target)
    if drop_open:
        _drop_open(case, actor, str(target.label))
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
    _turn(case, target, actor, version=version)
    outcome = Outcome.objects.create(case=case, recorded_by=actor, **changes)
    record(case, actor, Verb.CLOSED, result=target)
    return outcome


def open_obligations(case: Case) -> list[obligations.Item]:
    """What is still owed in the case, without the next step of the case itself."""
    items = obligations.find(obligations.Query(case_id=case.pk))
    return [item for item in items if not obligations.kind(item.kind).ends_with_case]


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
    _turn(case, Status.ACTIVE, actor, version=version)
    record(case, actor, Verb.REOPENED, reason=reason)
    return case


@transaction.atomic
def hand_over(pk: int, owner: User, actor: User) -> None:
    """Give the case to another owner, for instance because the present one leaves."""
    case = Case.objects.select_related("client").get(pk=pk)
    claim(case, version=case.version, actor=actor)
    before, case.owner = case.owner, owner
    case.save()
    _enrol(case, timezone.localdate())
    record(case, actor, Verb.CHANGED, fields=["owner"], before=str(before), after=str(owner))


@transaction.atomic
def add_member(*, case: Case, actor: User, user: User, function: str, today: date) -> None:
    """Take a person into the team; doing it twice changes nothing."""
    if join_team(case, user, function, today):
        record(case, actor, Verb.MEMBER_ADDED, user=str(user), function=function)


@transaction.atomic
def end_membership(*, member: CaseMember, actor: User, today: date) -> None:
    """Let a person leave the team; the case owner cannot leave.

    Raises NotReady while the person still owes something in this case.
    """
    case = member.case
    if member.user_id == case.owner_id:
        raise NotReady(_("The owner cannot leave the team. Name another owner first."))
    query = obligations.Query(owner_ids=[member.user_id], case_id=case.pk)
    if obligations.find(query):
        raise NotReady(_("This person still owes something here. Hand it over first."))
    if member.left_on is None:
        member.left_on = today
        member.save()
        record(case, actor, Verb.MEMBER_LEFT, user=str(member.user))


@transaction.atomic
def override_health(
    *, case: Case, actor: User, level: str, reason: str, until: date, today: date
) -> None:
    """Judge the case worse than its facts until a date; recomputes the stored health."""
    _must_be_live(case)
    HealthOverride.objects.create(case=case, level=level, reason=reason, until=until, set_by=actor)
    record(case, actor, Verb.HEALTH_SET, level=level, until=until, reason=reason)
    refresh_health(case.pk, today=today, now=clock.now())


def refresh_health(case_id: int, *, today: date, now: datetime) -> None:
    """Recompute the stored health with its reasons. Safe to run any number of times."""
    signals = health.signals(case_id, today)
    overrides = list(
        HealthOverride.objects.filter(case=case_id, until__gte=today).values_list("level", "reason")
    )
    level = judge(signals, [each[0] for each in overrides])
    reasons = [each[1] for each in overrides] + [signal.reason for signal in signals]
    Case.objects.filter(pk=case_id).update(health=level, health_reasons=reasons, health_at=now)


def _turn(case: Case, target: Status, actor: User, *, version: int) -> None:
    claim(case, version=version, actor=actor)
    case.status = target
    if target != Status.RESTING:
        case.resting_until = None
    case.save()


def _must_allow(case: Case, target: Status) -> None:
    if not may_become(case.status, target):
        raise IllegalTransition(
            _("A case that is “%(status)s” cannot become “%(target)s”.")
            % {"status": case.get_status_display(), "target": target.label}
        )


def _must_be_live(case: Case) -> None:
    if case.is_closed:
        raise IllegalTransition(_("The case has ended. Reopen it first."))
