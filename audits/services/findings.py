"""Verbs of a finding: record, work on, settle. Each is one transaction and one case event."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from accounts.models import User
from audits.enums import FINDING_OPEN, MOVABLE, FindingStatus, Verb
from audits.models import Audit, Finding, Question
from audits.rules import check_on
from audits.services.audits import AuditLocked, begin
from winback.cases.services import let_see, next_number, record
from winback.common import clock
from winback.common.claims import RuleBroken, claim, sign


class IllegalStep(RuleBroken):
    """The finding cannot take this step from where it is."""


@transaction.atomic
def record_finding(
    *,
    audit: Audit,
    actor: User,
    today: date,
    question: Question | None,
    changes: dict[str, Any],
    reason: str = "",
) -> Finding:
    """Record a finding, from an answer or free; starts a planned audit.

    Effects: number, owner let into the case, event. The same finding sent twice is recorded once.
    Raises AuditLocked.
    """
    begin(audit, actor, today)
    same = audit.findings.counting().filter(
        question=question, grade=changes["grade"], statement=changes["statement"]
    )
    twin: Finding | None = same.first()
    if twin is not None:
        return twin
    finding = store_new(Finding(audit=audit, question=question, **changes), actor, today)
    tell_history(finding, actor, Verb.FINDING_RECORDED, reason=reason)
    return finding


def store_new(finding: Finding, actor: User, today: date) -> Finding:
    """Give it its number and original date, and let its owner into the case."""
    finding.original_due_on = finding.due_on
    finding.number = f"F-{next_number('F'):04d}"
    sign(finding, actor)
    finding.save()
    let_see(finding.case, finding.owner, today)
    return finding


@transaction.atomic
def change_finding(
    *,
    finding: Finding,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str,
) -> Finding:
    """Give it another owner or date; its wording only while the audit is open.

    The original date stays for on-time ratios. Where nothing changes, nothing is recorded.

    Raises AuditLocked, IllegalStep, StaleVersion.
    """
    _must_be_unsettled(finding)
    changed = [name for name, value in changes.items() if getattr(finding, name) != value]
    if finding.audit.is_locked and not MOVABLE.issuperset(changed):
        raise AuditLocked(_("The audit is locked: the wording of its findings stays as it is."))
    if not changed:
        return finding
    claim(finding, version=version, actor=actor)
    for name in changed:
        setattr(finding, name, changes[name])
    finding.save()
    let_see(finding.case, finding.owner, today)
    tell_history(finding, actor, Verb.FINDING_CHANGED, fields=changed, reason=reason)
    return finding


@transaction.atomic
def start_finding(*, finding: Finding, actor: User) -> Finding:
    """Somebody works on it now; starting it twice changes nothing. Raises IllegalStep."""
    if finding.status == FindingStatus.IN_PROGRESS:
        return finding
    _must_be_unsettled(finding)
    return _turn(finding, FindingStatus.IN_PROGRESS, actor, Verb.FINDING_STARTED)


@transaction.atomic
def resolve_finding(
    *, finding: Finding, version: int, actor: User, today: date, resolution: str
) -> Finding:
    """Record the correction, or the decision, with which an observation or improvement is done.

    The correction can be recorded until the effect is proved. Raises IllegalStep, StaleVersion.
    """
    if finding.is_strength:
        raise IllegalStep(_("A strength needs no correction."))
    if finding.is_settled and not (finding.is_nonconformity and finding.is_done):
        _must_be_unsettled(finding)
    claim(finding, version=version, actor=actor)
    finding.resolution = resolution
    finding.save()
    tell_history(finding, actor, Verb.FINDING_RESOLVED, note=resolution)
    if not finding.is_nonconformity:
        finish_finding(finding, actor, today)
    return finding


@transaction.atomic
def finish_finding(finding: Finding, actor: User, today: date, resolution: str = "") -> Finding:
    """Correction made or decision taken; whether it works is checked later, by somebody else.

    Also called by the room whose measure answers the finding: ``resolution`` then says what was
    done, where nobody has said it yet. Effect: a grade that asks for it gets the day from which
    its effect is checked. Finishing it twice changes nothing.
    Raises IllegalStep for a withdrawn finding, for a strength, which owes nothing, and for what
    still lacks its decision.
    """
    if finding.status in {FindingStatus.DONE, FindingStatus.EFFECTIVE}:
        return finding
    _must_be_unsettled(finding)
    if finding.is_strength:
        raise IllegalStep(_("A strength needs no correction."))
    finding.resolution = finding.resolution or resolution
    if not finding.is_nonconformity and not finding.resolution:
        raise IllegalStep(_("Record the decision first: without one it cannot be done."))
    finding.done_on, finding.check_on = today, check_on(finding.grade, today)
    return _turn(finding, FindingStatus.DONE, actor, Verb.FINDING_DONE)


@transaction.atomic
def prove_finding(*, finding: Finding, actor: User, evidence: str) -> Finding:
    """Close a done finding: its effect is proved. The room above checks that nothing is missing.

    Proving it twice changes nothing. Raises IllegalStep for one that is not done.
    """
    if finding.status == FindingStatus.EFFECTIVE:
        return finding
    if not finding.is_done:
        raise IllegalStep(_("Only what is done can be effective."))
    return _turn(
        finding, FindingStatus.EFFECTIVE, actor, Verb.FINDING_EFFECTIVE, reason=evidence[:250]
    )


@transaction.atomic
def reopen_finding(*, finding: Finding, version: int, actor: User, reason: str) -> Finding:
    """Take a settled finding up again; its history stays. Raises IllegalStep, StaleVersion."""
    if finding.status in FINDING_OPEN:
        raise IllegalStep(_("The finding is open already."))
    if finding.case.is_closed:
        raise IllegalStep(_("The case has ended. Reopen it first."))
    if finding.is_part:
        raise IllegalStep(_("It is part of a major: withdraw that, then it stands for itself."))
    finding.done_on = finding.check_on = None
    finding.withdrawn_reason = ""
    return _turn(
        finding, FindingStatus.OPEN, actor, Verb.FINDING_REOPENED, version=version, reason=reason
    )


@transaction.atomic
def withdraw_finding(*, finding: Finding, version: int, actor: User, reason: str) -> Finding:
    """Call it unfounded: it no longer counts, but stays readable.

    The minors it was made of stand for themselves again. Withdrawing it twice changes nothing.
    Raises IllegalStep, StaleVersion.
    """
    if finding.status == FindingStatus.WITHDRAWN:
        return finding
    _must_be_unsettled(finding)
    finding.withdrawn_reason = reason
    _separate_parts(finding, actor)
    return _turn(
        finding,
        FindingStatus.WITHDRAWN,
        actor,
        Verb.FINDING_WITHDRAWN,
        version=version,
        reason=reason,
    )


def _separate_parts(major: Finding, actor: User) -> None:
    """What it was made of is open again."""
    turn_parts(list(major.parts.all()), None, actor)


def turn_parts(parts: list[Finding], major: Finding | None, actor: User) -> None:
    """Make the findings parts of ``major``, or open findings of their own; with row versions."""
    for part in parts:
        part.part_of, part.version = major, part.version + 1
        part.status = FindingStatus.MERGED if major else FindingStatus.OPEN
    if parts:
        fields = ["part_of", "status", "version"]
        bulk_update_with_history(
            parts, Finding, fields, default_user=actor, default_date=clock.now()
        )


def reassign_finding(pk: int, owner: User, actor: User) -> None:
    """Give the finding another owner; for the registry of obligations."""
    finding = Finding.objects.with_audit().get(pk=pk)
    change_finding(
        finding=finding,
        version=finding.version,
        actor=actor,
        today=timezone.localdate(),
        changes={"owner": owner},
        reason="",
    )


def _must_be_unsettled(finding: Finding) -> None:
    if finding.is_settled:
        raise IllegalStep(
            _("The finding is “%(status)s”. Reopen it first.")
            % {"status": finding.get_status_display()}
        )


def _turn(
    finding: Finding,
    status: FindingStatus,
    actor: User,
    verb: Verb,
    *,
    version: int | None = None,
    reason: str = "",
) -> Finding:
    claim(finding, version=finding.version if version is None else version, actor=actor)
    finding.status = status
    finding.save()
    tell_history(finding, actor, verb, reason=reason)
    return finding


def tell_history(finding: Finding, actor: User, verb: Verb, **data: Any) -> None:
    title = f"{finding.number} · {Truncator(finding.statement).chars(120)}"
    record(finding.case, actor, verb, title=title, finding=finding.number, **data)
