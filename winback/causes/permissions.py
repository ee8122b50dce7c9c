"""Who may do what with a cause. Predicates assume that the user may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from winback.cases.permissions import can_work_on_case
from winback.causes.models import Cause


def get_visible_cause(user: User, number: str, pk: int) -> Cause:
    """Fetch a cause of a case the user may see, with its case header and evidence. Else 404."""
    found = Cause.objects.visible_to(user).with_evidence()
    header = found.select_related("case__client", "case__owner", "case__deputy", "case__contract")
    return get_object_or_404(header, case__number=number, pk=pk)


def can_change(user: User, cause: Cause) -> bool:
    """Edit, weigh, prove, confirm, mark and remove it while the case has not ended."""
    return can_work_on_case(user, cause.case)


def can_confirm(user: User, cause: Cause) -> bool:
    """Say for the company that a cause is real: quality management, or the board."""
    return user.role in {Role.QUALITY_MANAGER, Role.MANAGEMENT} and can_change(user, cause)
