"""Changing many cases at once: the owner, and the date of the next step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from winback.cases import services
from winback.cases.enums import Status
from winback.cases.filters import CaseFilter
from winback.cases.models import Case
from winback.cases.permissions import can_lead_case, can_open_case
from winback.common.bulk import BulkKind, BulkRow

if TYPE_CHECKING:
    from accounts.models import User

BULK = "faelle"


def found(user: User, query: QueryDict, today: date) -> QuerySet[Case]:
    """The cases of the list's query."""
    return CaseFilter(query).apply(Case.objects.visible_to(user), user, today)


def find(user: User, pks: Collection[int]) -> list[BulkRow]:
    """These cases as far as the user sees them; two statements."""
    cases = Case.objects.visible_to(user).filter(pk__in=pks)
    rows = cases.select_related("client", "owner").prefetch_related("sites").order_by("sort_key")
    return [_row(case, user) for case in rows]


def _row(case: Case, user: User) -> BulkRow:
    refusal = _refusal(case, user)
    lead = next(iter(case.sites.all()), None)
    return BulkRow(
        pk=case.pk,
        version=case.version,
        title=case.client.name,
        context=case.number,
        url=case.get_absolute_url(),
        owner_id=case.owner_id,
        owner=case.owner.full_name,
        due_on=case.next_step_on,
        land=lead.bundesland if lead else settings.PROVIDER_BUNDESLAND,
        hand_over_refusal=refusal,
        move_refusal=refusal or _stuck(case),
    )


def _refusal(case: Case, user: User) -> str:
    if not can_lead_case(user, case):
        return _("You may not change this case.")
    return _("The case has ended.") if case.is_closed else ""


def _stuck(case: Case) -> str:
    if case.status == Status.RESTING:
        return _("The case rests; its wake-up date is moved in the case.")
    return "" if case.next_step_on else _("No next step with a date is planned.")


def hand_over(pk: int, version: int, actor: User, owner: User, reason: str) -> None:
    """Give one case to another owner, if nobody changed it since ``version``."""
    services.hand_over(pk, owner, actor, version=version, reason=reason)


def move(pk: int, version: int, actor: User, to: date, reason: str) -> None:
    """Give the next step of one case another date, if nobody changed it since ``version``."""
    case = Case.objects.select_related("client").get(pk=pk)
    services.set_next_step(
        case=case, version=version, actor=actor, step=case.next_step, on=to, reason=reason
    )


KIND = BulkKind(
    key=BULK,
    page="cases:list",
    title=gettext_lazy("Cases"),
    may=can_open_case,
    found=found,
    find=find,
    owners=CaseFilter.owners,
    hand_over=hand_over,
    move=move,
)
