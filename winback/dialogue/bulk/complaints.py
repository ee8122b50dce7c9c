"""Changing many complaints at once: who answers, and by when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winback.common.bulk import BulkKind, BulkRow
from winback.dialogue import services
from winback.dialogue.filters import ComplaintFilter
from winback.dialogue.models import Complaint
from winback.dialogue.permissions import can_change, can_list_complaints

if TYPE_CHECKING:
    from accounts.models import User

BULK = "beschwerden"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Complaint]:
    """The complaints of the list's query."""
    return ComplaintFilter(query).apply(Complaint.objects.visible_to(user), today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These complaints as far as the user sees them; one statement."""
    rows = Complaint.objects.visible_to(user).filter(pk__in=pks).with_rows()
    return [_row(complaint, user) for complaint in rows.order_by("due_on", "pk")]


def _row(complaint: Complaint, user: User) -> BulkRow:
    goes_on = complaint.is_open and complaint.case.is_live
    settled = "" if goes_on else _("It is settled already.")
    may = can_change(user, complaint)
    refusal = settled or ("" if may else _("You may not change this complaint."))
    return BulkRow(
        pk=complaint.pk,
        version=complaint.version,
        title=str(complaint),
        context=complaint.case.title,
        url=complaint.get_absolute_url(),
        owner_id=complaint.owner_id,
        owner=complaint.owner.full_name,
        due_on=complaint.due_on,
        land=settings.PROVIDER_BUNDESLAND,
        hand_over_refusal=refusal,
        move_refusal=refusal,
    )


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Let somebody else answer one complaint, if nobody changed it since ``version``."""
    complaint = Complaint.objects.with_rows().get(pk=pk)
    deputy = None if complaint.deputy_id == owner.pk else complaint.deputy
    _change(complaint, version, actor, reason, owner=owner, deputy=deputy)


def move(pk: int, version: int, actor: User, to: date, reason: str) -> None:
    """Answer, or ask whether the client is content, by another day; lateness keeps the first."""
    _change(Complaint.objects.with_rows().get(pk=pk), version, actor, reason, due_on=to)


def _change(complaint: Complaint, version: int, actor: User, reason: str, **changes: Any) -> None:
    services.change_complaint(
        complaint=complaint,
        version=version,
        actor=actor,
        today=timezone.localdate(),
        changes=changes,
        reason=reason,
    )


KIND = BulkKind(
    key=BULK,
    page="dialogue:complaints",
    title=gettext_lazy("Complaints"),
    may=can_list_complaints,
    found=found,
    find=find,
    owners=ComplaintFilter.owners,
    hand_over=hand_over,
    move=move,
)
