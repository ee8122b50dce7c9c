"""Who may read and ask for reports. Predicates assume that the user may see the subject."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from audits.models import Audit
from winback.cases.models import Case
from winback.reports.models import Report

_ASKING = {Role.KEY_ACCOUNT_MANAGER, Role.QUALITY_MANAGER, Role.MANAGEMENT}
_RELEASING = {Role.QUALITY_MANAGER, Role.MANAGEMENT}


def get_visible_report(user: User, token: uuid.UUID) -> Report:
    """Fetch a report the user may see, without its snapshot. Anything else is 404."""
    return get_object_or_404(Report.objects.visible_to(user).with_row(), token=token)


def can_request_progress(user: User, case: Case) -> bool:
    """Those who steer the case; also after its end, as its last report."""
    return user.role in _ASKING


def can_request_audit(user: User, audit: Audit) -> bool:
    """Those who steer the case, the lead auditor, and external auditors of the audit."""
    return user.role in _ASKING or user.is_external or audit.owner_id == user.pk


def can_release(user: User, report: Report) -> bool:
    """Sign for a finished draft: quality managers and the board, not the lead who wrote it."""
    audit = report.audit
    if audit is None or not (report.is_ready and report.is_draft):
        return False
    return user.role in _RELEASING and user.pk != audit.owner_id


def can_retry(user: User, report: Report) -> bool:
    """Who may ask for it may ask again."""
    if report.audit is not None:
        return can_request_audit(user, report.audit)
    return can_request_progress(user, report.case)
