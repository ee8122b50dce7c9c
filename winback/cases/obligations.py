"""What a case itself owes: its next step, or the wake-up of a resting case."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Case as Choose
from django.db.models import DateField, F, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import LIVE, Status
from winback.cases.models import Case
from winback.common.obligations import Item, Kind, Query

#: The kind of obligation that is the case's own next step (or wake-up).
OWN_KIND = "case"


def find(query: Query) -> Iterable[Item]:
    """Live cases with a next step, resting ones with their wake-up date; one statement."""
    cases = (
        Case.objects.filter(status__in=LIVE)
        .annotate(
            acts_on=Choose(
                When(status=Status.RESTING, then=F("resting_until")),
                default=F("next_step_on"),
                output_field=DateField(),
            )
        )
        .filter(acts_on__isnull=False)
        .select_related("client")
    )
    if query.owner_ids is not None:
        cases = cases.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        cases = cases.filter(pk=query.case_id)
    if query.due_until is not None:
        cases = cases.filter(acts_on__lte=query.due_until)
    return [_item(case) for case in cases]


def _item(case: Case) -> Item:
    resting = case.status == Status.RESTING
    due_on = case.resting_until if resting else case.next_step_on
    assert due_on is not None  # the query left out cases without a date
    return Item(
        kind=OWN_KIND,
        pk=case.pk,
        title=_("Wake the resting case up") if resting else case.next_step,
        owner_id=case.owner_id,
        deputy_id=case.deputy_id,
        due_on=due_on,
        case_id=case.pk,
        context=case.title,
        url=case.get_absolute_url(),
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; ``reassign`` is the room's service."""
    return Kind(
        key=OWN_KIND,
        label=gettext_lazy("Next steps of my cases"),
        find=find,
        reassign=reassign,
        lead_days=(1,),
    )
