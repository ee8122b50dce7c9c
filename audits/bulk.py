"""Changing many findings at once: the owner, and the due date."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.filters import OwnerFilter
from audits import services
from audits.filters import FindingFilter
from audits.models import Finding
from audits.permissions import oversees
from winback.cases.permissions import can_list_cases
from winback.common.bulk import BulkKind, BulkRow

if TYPE_CHECKING:
    from accounts.models import User

BULK = "feststellungen"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Finding]:
    """The findings of the list's query."""
    return FindingFilter(query).apply(Finding.objects.visible_to(user), user, today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These findings as far as the user sees them; one statement."""
    findings = Finding.objects.visible_to(user).filter(pk__in=pks).with_audit()
    return [_row(finding, user) for finding in findings.order_by("due_on", "pk")]


def _row(finding: Finding, user: User) -> BulkRow:
    refusal = _refusal(finding, user)
    return BulkRow(
        pk=finding.pk,
        version=finding.version,
        title=finding.statement,
        context=f"{finding.number} · {finding.case.title}",
        url=finding.get_absolute_url(),
        owner_id=finding.owner_id,
        owner=finding.owner.full_name,
        due_on=finding.due_on,
        land=finding.audit.site.bundesland,
        hand_over_refusal=refusal,
        move_refusal=refusal,
    )


def _refusal(finding: Finding, user: User) -> str:
    if finding.is_settled or finding.is_strength or not finding.case.is_live:
        return _("Nothing is owed here any more.")
    return "" if oversees(user, finding.audit) else _("You may not change this finding.")


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Give one finding to another owner, if nobody changed it since ``version``."""
    _change(pk, version, actor, {"owner": owner}, reason)


def move(pk: int, version: int, actor: User, to: date, reason: str) -> None:
    """Give one finding another due date, if nobody changed it since ``version``."""
    _change(pk, version, actor, {"due_on": to}, reason)


def _change(pk: int, version: int, actor: User, changes: dict[str, Any], reason: str) -> None:
    services.change_finding(
        finding=Finding.objects.with_audit().get(pk=pk),
        version=version,
        actor=actor,
        today=timezone.localdate(),
        changes=changes,
        reason=reason,
    )


KIND = BulkKind(
    key=BULK,
    page="audits:findings",
    title=gettext_lazy("Findings"),
    may=can_list_cases,
    found=found,
    find=find,
    owners=OwnerFilter.owners,
    hand_over=hand_over,
    move=move,
)
