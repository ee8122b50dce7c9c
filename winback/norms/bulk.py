"""Changing many inspections at once: the owner, and the date of the coming round."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.filters import OwnerFilter
from winback.common.bulk import BulkKind, BulkRow
from winback.norms import services
from winback.norms.filters import InspectionFilter
from winback.norms.models import Inspection
from winback.norms.permissions import can_change_inspection, can_list_inspections, can_move

if TYPE_CHECKING:
    from accounts.models import User

BULK = "pruefungen"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Inspection]:
    """The inspections of the list's query."""
    rows = Inspection.objects.visible_to(user).with_row()
    return InspectionFilter(query).apply(rows, user, today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These inspections as far as the user sees them; one statement."""
    rows = Inspection.objects.visible_to(user).filter(pk__in=pks).with_row()
    return [_row(inspection, user) for inspection in rows.order_by("due_on", "pk")]


def _row(inspection: Inspection, user: User) -> BulkRow:
    ended = "" if inspection.is_open else _("This plant is no longer inspected.")
    refused = ended or _("You may not change this inspection.")
    return BulkRow(
        pk=inspection.pk,
        version=inspection.version,
        title=str(inspection),
        context=inspection.place,
        url=inspection.get_absolute_url(),
        owner_id=inspection.owner_id,
        owner=inspection.owner.full_name,
        due_on=inspection.due_on,
        land=inspection.site.bundesland,
        hand_over_refusal="" if can_change_inspection(user, inspection) else refused,
        move_refusal="" if can_move(user, inspection) else refused,
    )


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Give one inspection to another owner, if nobody changed it since ``version``."""
    services.hand_over_inspection(
        inspection=Inspection.objects.get(pk=pk),
        version=version,
        actor=actor,
        owner=owner,
        reason=reason,
    )


def move(pk: int, version: int, actor: User, to: date, reason: str) -> None:
    """Give one inspection another date, if nobody changed it since ``version``."""
    services.move_inspection(
        inspection=Inspection.objects.get(pk=pk), version=version, actor=actor, to=to, reason=reason
    )


KIND = BulkKind(
    key=BULK,
    page="norms:inspections",
    title=gettext_lazy("Inspections"),
    may=can_list_inspections,
    found=found,
    find=find,
    owners=OwnerFilter.owners,
    hand_over=hand_over,
    move=move,
)
