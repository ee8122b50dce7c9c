"""Changing many deadlines at once: the owner. A legal date does not move."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winback.common.bulk import BulkKind, BulkRow
from winback.contracts import services
from winback.contracts.filters import DeadlineFilter
from winback.contracts.models import Deadline
from winback.contracts.permissions import can_change_deadline, can_keep_register

if TYPE_CHECKING:
    from accounts.models import User

BULK = "fristen"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Deadline]:
    """The deadlines of the list's query."""
    return DeadlineFilter(query).apply(Deadline.objects.visible_to(user), today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These deadlines as far as the user sees them; one statement."""
    rows = Deadline.objects.visible_to(user).filter(pk__in=pks).with_row(user)
    return [_row(deadline, user) for deadline in rows.order_by("due_on", "pk")]


def _row(deadline: Deadline, user: User) -> BulkRow:
    settled = "" if deadline.is_open else _("This deadline is done or ended already.")
    may = can_change_deadline(user, deadline)
    return BulkRow(
        pk=deadline.pk,
        version=deadline.version,
        title=deadline.name,
        context=f"{deadline.contract.client.name} · {deadline.contract.title}",
        url=deadline.get_absolute_url(),
        owner_id=deadline.owner_id,
        owner=deadline.owner.full_name,
        due_on=deadline.due_on,
        land=deadline.bundesland,
        hand_over_refusal=settled or ("" if may else _("You may not change this deadline.")),
    )


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Let somebody else see to one deadline, if nobody changed it since ``version``."""
    services.hand_over(
        deadline=Deadline.objects.select_related("contract", "amendment", "deputy").get(pk=pk),
        version=version,
        actor=actor,
        today=timezone.localdate(),
        owner=owner,
        reason=reason,
    )


KIND = BulkKind(
    key=BULK,
    page="contracts:deadline_list",
    title=gettext_lazy("Deadlines"),
    may=can_keep_register,
    found=found,
    find=find,
    owners=DeadlineFilter.owners,
    hand_over=hand_over,
)
