"""Verbs of effectiveness checks, and the gate through which a finding closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from audits import services as audits
from audits.models import Finding
from winback.cases.models import CaseDocument
from winback.cases.services import let_see, record
from winback.common.claims import RuleBroken, claim
from winback.plans.enums import CheckResult, MeasureStatus, Verb
from winback.plans.models import EffectivenessCheck, Measure
from winback.plans.services.gate import doers, must_lack_nothing, open_check
from winback.plans.services.measures import reopen


class CheckError(RuleBroken):
    """The effect cannot be judged by this person, or not yet."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody found when judging the effect."""

    result: str
    evidence: str
    paper: CaseDocument | None = None

    @property
    def is_effective(self) -> bool:
        return self.result == CheckResult.EFFECTIVE


@transaction.atomic
def plan_check(
    *, thing: Finding | Measure, actor: User, today: date, owner: User, due_on: date
) -> EffectivenessCheck:
    """Name who judges the effect and when; again for the same thing changes the check.

    The first date stays for on-time ratios as long as the thing stays done. Effects: the person is
    let into the case, event. Raises CheckError for what is not done and for the doer.
    """
    _must_stand_done(thing)
    if owner.pk in doers(thing):
        raise CheckError(_("Whoever did it does not judge it: name somebody else."), field="owner")
    if thing.done_on is not None and due_on < thing.done_on:
        raise CheckError(_("The effect shows only after it is done."), field="due_on")
    known = open_check(thing)
    own = {"finding" if isinstance(thing, Finding) else "measure": thing}
    check = known or EffectivenessCheck(case=thing.case, **own)
    if known is not None:
        claim(check, version=check.version, actor=actor)
    if known is None or check.original_due_on < (thing.done_on or today):
        check.original_due_on = due_on  # a check of earlier work begins anew
    check.doer, check.owner, check.due_on = thing.owner, owner, due_on
    check.save()
    let_see(check.case, owner, today)
    _record(check, actor, Verb.CHECK_PLANNED, user=str(owner), on=due_on)
    return check


@transaction.atomic
def judge(
    *, check: EffectivenessCheck, version: int, actor: User, today: date, verdict: Verdict
) -> EffectivenessCheck:
    """Say whether it worked, and what shows it. The same verdict twice changes nothing.

    Effects: an effective finding is closed; what is not effective is open again, with the evidence
    as its reason.

    Raises:
        CheckError: by the doer or somebody not named, of what is not done, or judged already.
        GateClosed: effective, but the finding still lacks something.
        StaleVersion
    """
    if check.done_on is not None and check.result == verdict.result:
        return check
    if check.done_on is not None:
        raise CheckError(_("This check has been made already."))
    thing = check.subject
    _must_stand_done(thing)
    _must_be_named(check, thing, actor)
    if verdict.is_effective and isinstance(thing, Finding):
        must_lack_nothing(thing)
    claim(check, version=version, actor=actor)
    check.result, check.evidence, check.paper = verdict.result, verdict.evidence, verdict.paper
    check.done_on, check.judged_by = today, actor
    check.save()
    verb = Verb.CHECK_EFFECTIVE if verdict.is_effective else Verb.CHECK_FAILED
    _record(check, actor, verb, note=verdict.evidence)
    _follow(thing, actor, verdict)
    return check


def _follow(thing: Finding | Measure, actor: User, verdict: Verdict) -> None:
    """Close the finding, or take up again what did not work."""
    if verdict.is_effective:
        if isinstance(thing, Finding):
            audits.prove_finding(finding=thing, actor=actor, evidence=verdict.evidence)
        return
    reason = _("Not effective: %(why)s") % {"why": verdict.evidence}
    short = Truncator(reason).chars(250)
    if isinstance(thing, Finding):
        audits.reopen_finding(finding=thing, version=thing.version, actor=actor, reason=short)
    else:
        reopen(measure=thing, version=thing.version, actor=actor, reason=short)


def reassign_check(pk: int, owner: User, actor: User) -> None:
    """For the registry of obligations: another person judges."""
    check = EffectivenessCheck.objects.with_row().get(pk=pk)
    plan_check(
        thing=check.subject,
        actor=actor,
        today=timezone.localdate(),
        owner=owner,
        due_on=check.due_on,
    )


def name_checker(pk: int, owner: User, actor: User) -> None:
    """For the registry of obligations: the finding ``pk`` lacks a judge; this is the one."""
    finding = Finding.objects.with_audit().get(pk=pk)
    assert finding.check_on is not None  # only such findings are owed
    plan_check(
        thing=finding,
        actor=actor,
        today=timezone.localdate(),
        owner=owner,
        due_on=finding.check_on,
    )


def _must_stand_done(thing: Finding | Measure) -> None:
    is_done = thing.is_done if isinstance(thing, Finding) else thing.status == MeasureStatus.DONE
    if not is_done:
        raise CheckError(_("Only what is done can be judged."))
    if not thing.case.is_live:
        raise CheckError(_("The case has ended. Reopen it first."))


def _must_be_named(check: EffectivenessCheck, thing: Finding | Measure, actor: User) -> None:
    if actor.pk in doers(thing) | {check.doer_id}:
        raise CheckError(_("Whoever did it does not judge it: name somebody else."))
    if actor.pk not in {check.owner_id, check.deputy_id}:
        raise CheckError(_("Only the person named for the check judges the effect."))


def _record(check: EffectivenessCheck, actor: User, verb: Verb, **data: Any) -> None:
    thing = check.subject
    if isinstance(thing, Finding):
        data |= {"finding": thing.number}
        title = f"{thing.number} · {Truncator(thing.statement).chars(120)}"
    else:
        data |= {"measure": thing.number}
        title = f"{thing.code} {thing.title}"
    record(check.case, actor, verb, title=title, **data)
