"""Who may see and keep norms and inspections."""

from __future__ import annotations

from django.http import Http404

from accounts.enums import Role
from accounts.models import User
from winback.norms.models import Norm


def get_visible_norm(user: User, key: str) -> Norm:
    """Fetch a norm of the catalogue; external auditors find none."""
    found = Norm.objects.select_related("superseded_by", "checked_by").filter(key=key)
    norm = None if user.is_external else found.first()
    if norm is None:
        raise Http404(key)
    return norm


def can_list_norms(user: User) -> bool:
    return not user.is_external


def can_keep_norms(user: User) -> bool:
    """Administrators, and quality managers, who know the editions."""
    return not user.is_external and (user.is_administrator or user.role == Role.QUALITY_MANAGER)
