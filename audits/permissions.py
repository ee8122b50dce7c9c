"""Who may do what with audits and findings. Predicates assume that the user may see the row."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from audits.enums import FindingStatus
from audits.models import Audit, Evidence, Finding
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case


def get_visible_audit(user: User, number: str) -> Audit:
    """Fetch an audit the user may see, with what its head shows. Anything else is 404."""
    audit: Audit = get_object_or_404(Audit.objects.visible_to(user).with_head(), number=number)
    return audit


def get_visible_finding(user: User, number: str) -> Finding:
    """Fetch a finding the user may see, with its audit and case. Anything else is 404."""
    finding: Finding = get_object_or_404(
        Finding.objects.visible_to(user).with_audit(), number=number
    )
    return finding


def get_visible_evidence(user: User, number: str, key: UUID) -> Evidence:
    """Fetch evidence of an audit the user may see, with its file. Anything else is 404."""
    rows = Evidence.objects.visible_to(user).with_files()
    in_audit = Q(answer__audit__number=number) | Q(finding__audit__number=number)
    return get_object_or_404(rows.filter(in_audit), key=key)


def can_plan_audit(user: User, case: Case) -> bool:
    return can_work_on_case(user, case)


def can_edit_audit(user: User, audit: Audit) -> bool:
    """Change date, lead, team or site, or cancel it; an external lead only carries it out."""
    return audit.is_open and can_work_on_case(user, audit.case)


def is_auditing(user: User, audit: Audit) -> bool:
    """Lead, team and quality managers, whatever the state of the audit.

    An external auditor sees an audit only as its lead or in its team, so that need not be asked.
    """
    return user.is_external or oversees(user, audit) or audit.team.filter(pk=user.pk).exists()


def can_answer(user: User, audit: Audit) -> bool:
    """Answer questions and record findings, while the audit is open."""
    return audit.is_open and audit.case.is_live and is_auditing(user, audit)


def can_finish(user: User, audit: Audit) -> bool:
    """Lead and quality managers; the team of the audit cannot lock it."""
    return audit.is_open and audit.case.is_live and oversees(user, audit)


def can_edit_finding(user: User, finding: Finding) -> bool:
    """Owner and date by lead and quality managers; its wording too while the audit is open."""
    if finding.is_settled or not finding.case.is_live:
        return False
    return oversees(user, finding.audit) or can_answer(user, finding.audit)


def works_on_finding(user: User, finding: Finding) -> bool:
    """Its owner and deputy, the lead auditor, quality managers."""
    return user.pk in {finding.owner_id, finding.deputy_id} or oversees(user, finding.audit)


def can_work_on_finding(user: User, finding: Finding) -> bool:
    """Start it and report it done, while it is open."""
    return finding.is_open and finding.case.is_live and works_on_finding(user, finding)


def can_withdraw_finding(user: User, finding: Finding) -> bool:
    """Call it unfounded: lead and quality managers, before it is done."""
    return not finding.is_settled and finding.case.is_live and oversees(user, finding.audit)


def can_reopen_finding(user: User, finding: Finding) -> bool:
    """What is part of a major comes back with the withdrawal of that."""
    if finding.is_part:
        return False
    return finding.is_settled and finding.case.is_live and oversees(user, finding.audit)


def can_resolve_finding(user: User, finding: Finding) -> bool:
    """Record correction or decision: while it is open, a correction until its effect is proved."""
    if finding.is_nonconformity and finding.is_done:
        return finding.case.is_live and works_on_finding(user, finding)
    return can_work_on_finding(user, finding)


def can_report_done(user: User, finding: Finding) -> bool:
    """In one step: a nonconformity; what asks for a decision is done by deciding."""
    ready = finding.is_nonconformity or bool(finding.resolution)
    return ready and can_work_on_finding(user, finding)


def can_disclose(user: User, finding: Finding) -> bool:
    """Record that the client was told: who works on the case; an external auditor tells nobody."""
    return finding.is_untold and can_work_on_case(user, finding.case)


def can_take_back_disclosure(user: User, finding: Finding) -> bool:
    """The entry was wrong."""
    return finding.told is not None and can_work_on_case(user, finding.case)


def can_aggregate(user: User, audit: Audit) -> bool:
    """Make several minors one major, while the audit is open: lead and quality managers."""
    return can_finish(user, audit)


def can_start_finding(user: User, finding: Finding) -> bool:
    return finding.status == FindingStatus.OPEN and can_work_on_finding(user, finding)


def oversees(user: User, audit: Audit) -> bool:
    """The lead auditor, or any quality manager."""
    return user.role == Role.QUALITY_MANAGER or audit.owner_id == user.pk
