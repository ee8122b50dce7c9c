"""Changing many commitments at once: the owner. A commitment does not move."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winback.cases.permissions import can_list_cases
from winback.common.bulk import BulkKind, BulkRow
from winback.dialogue import services
from winback.dialogue.filters import CommitmentFilter
from winback.dialogue.models import Commitment
from winback.dialogue.permissions import can_change

if TYPE_CHECKING:
    from accounts.models import User

BULK = "zusagen"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Commitment]:
    """The commitments of the list's query."""
    return CommitmentFilter(query).apply(Commitment.objects.visible_to(user), user, today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These commitments as far as the user sees them; one statement."""
    rows = Commitment.objects.visible_to(user).filter(pk__in=pks).with_people()
    return [_row(commitment, user) for commitment in rows.order_by("due_on", "pk")]


def _row(commitment: Commitment, user: User) -> BulkRow:
    settled = "" if commitment.is_open and commitment.case.is_live else _("It is settled already.")
    may = can_change(user, commitment)
    return BulkRow(
        pk=commitment.pk,
        version=commitment.version,
        title=commitment.what,
        context=commitment.case.title,
        url=commitment.get_absolute_url(),
        owner_id=commitment.owner_id,
        owner=commitment.owner.full_name,
        due_on=commitment.due_on,
        land=settings.PROVIDER_BUNDESLAND,
        hand_over_refusal=settled or ("" if may else _("You may not change this commitment.")),
    )


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Let somebody else keep one commitment, if nobody changed it since ``version``."""
    services.hand_over(
        commitment=Commitment.objects.with_people().get(pk=pk),
        version=version,
        actor=actor,
        owner=owner,
        today=timezone.localdate(),
        reason=reason,
    )


KIND = BulkKind(
    key=BULK,
    page="dialogue:list",
    title=gettext_lazy("Commitments"),
    may=can_list_cases,
    found=found,
    find=find,
    owners=CommitmentFilter.owners,
    hand_over=hand_over,
)
