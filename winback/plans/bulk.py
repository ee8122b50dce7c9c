"""Changing many measures at once: the owner, and the due date."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winback.cases.permissions import can_list_cases
from winback.common.bulk import BulkKind, BulkRow
from winback.plans import services
from winback.plans.filters import MeasureFilter
from winback.plans.models import Measure
from winback.plans.permissions import can_change_measure, can_do_measure

if TYPE_CHECKING:
    from accounts.models import User

BULK = "massnahmen"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Measure]:
    """The measures of the list's query."""
    return MeasureFilter(query).apply(Measure.objects.visible_to(user), user, today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These measures as far as the user sees them; one statement."""
    measures = Measure.objects.visible_to(user).filter(pk__in=pks)
    rows = measures.select_related("plan__case__client", "owner").order_by("due_on", "pk")
    return [_row(measure, user) for measure in rows]


def _row(measure: Measure, user: User) -> BulkRow:
    ended = "" if measure.is_open and measure.case.is_live else _("The measure has ended.")
    no_right = _("You may not change this measure.")
    return BulkRow(
        pk=measure.pk,
        version=measure.version,
        title=measure.title,
        context=f"{measure.code} · {measure.case.title}",
        url=measure.get_absolute_url(),
        owner_id=measure.owner_id,
        owner=measure.owner.full_name,
        due_on=measure.due_on,
        land=measure.plan.bundesland,
        hand_over_refusal=ended or ("" if can_change_measure(user, measure) else no_right),
        move_refusal=ended or ("" if can_do_measure(user, measure) else no_right),
    )


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Give one measure to another owner, if nobody changed it since ``version``."""
    services.hand_over(
        measure=Measure.objects.with_page().get(pk=pk),
        version=version,
        actor=actor,
        owner=owner,
        today=timezone.localdate(),
        reason=reason,
    )


def move(pk: int, version: int, actor: User, to: date, reason: str) -> None:
    """Give one measure another due date, if nobody changed it since ``version``."""
    measure = Measure.objects.with_page().get(pk=pk)
    services.move(measure=measure, version=version, actor=actor, to=to, reason=reason)


KIND = BulkKind(
    key=BULK,
    page="plans:measure_list",
    title=gettext_lazy("Measures"),
    may=can_list_cases,
    found=found,
    find=find,
    owners=MeasureFilter.owners,
    hand_over=hand_over,
    move=move,
)
