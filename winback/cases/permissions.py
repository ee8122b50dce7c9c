"""Who may do what in a case. Predicates on a case assume that the user may see it."""

from __future__ import annotations

from django.db.models import F
from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from winback.cases.models import Case, CaseDocument, CaseQuerySet, Duty

_LEADING = {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT}
_WORKING = _LEADING | {Role.QUALITY_MANAGER}


def get_visible_case(user: User, number: str, among: CaseQuerySet | None = None) -> Case:
    """Fetch a case the user may see, with what its header shows. Anything else is 404.

    ``among`` brings more along in the same statement: ``Case.objects.with_sheets()``.
    """
    found = Case.objects.with_header() if among is None else among
    case: Case = get_object_or_404(found.visible_to(user), number=number)
    return case


def cases_of_contracts(user: User | None) -> CaseQuerySet:
    """Cases that have a contract, live and newest first; those ``user`` may see, None for all."""
    found: CaseQuerySet = Case.objects.all()
    if user is not None:
        found = found.visible_to(user)
    newest = (F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")
    return found.filter(contract__isnull=False).order_by(*newest)


def can_list_cases(user: User) -> bool:
    return not user.is_external


def can_open_case(user: User) -> bool:
    return user.role in _LEADING


def can_lead_case(user: User, case: Case) -> bool:
    """Change the case itself, its team, decision, rest and end."""
    return user.role in _LEADING


def can_edit_case(user: User, case: Case) -> bool:
    """Lead it while it has not ended: an ended case is reopened first."""
    return can_lead_case(user, case) and case.is_live


def can_work_on_case(user: User, case: Case) -> bool:
    """Add causes, audits, KPIs, commitments and measures while the case has not ended."""
    return user.role in _WORKING and case.is_live


def can_do_duty(user: User, duty: Duty) -> bool:
    """Who owes a step says that it is done; leading people may do so for them."""
    return user.role in _LEADING or duty.belongs_to(user)


def can_keep_records(user: User, case: Case) -> bool:
    """Record tenders, successes, lessons and aftercare: also once the case has ended."""
    return user.role in _WORKING


def can_decide_lessons(user: User) -> bool:
    """Accept or reject what a case proposes for templates and standards."""
    return user.role in {Role.QUALITY_MANAGER, Role.MANAGEMENT}


def can_reopen_case(user: User, case: Case) -> bool:
    return can_lead_case(user, case) and case.is_closed


def can_add_document(user: User, case: Case) -> bool:
    """Everybody in the house who sees the case brings papers, while it has not ended."""
    return not user.is_external and case.is_live


def can_change_document(user: User, paper: CaseDocument) -> bool:
    """Who works on the case, or keeps the document valid."""
    mine = paper.owner_id == user.pk
    return can_work_on_case(user, paper.case) or (mine and can_add_document(user, paper.case))
