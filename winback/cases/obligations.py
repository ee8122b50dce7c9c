"""What a case itself owes: its next step, or the wake-up of a resting case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.cases.enums import LIVE, Status
from winback.cases.models import Case
from winback.common.obligations import Item, Kind, Query

#: The kind of obligation that is the case's own: next step, wake-up or start.
OWN_KIND = "case"
#: Its start is owed beside its next step.
START = "start"
#: A new case should be decided and started within this many calendar days.
START_DAYS = 7


def find(query: Query) -> Iterable[Item]:
    """What cases owe, in one statement.

    A live case its next step, a resting one its wake-up; a case that is still open also its start:
    the go decision first, then the recovery plan.
    """
    cases = Case.objects.filter(status__in=LIVE).with_decision().select_related("client")
    if query.owner_ids is not None:
        cases = cases.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        cases = cases.filter(pk=query.case_id)
    items = [item for case in cases for item in _items(case)]
    return [item for item in items if query.due_until is None or item.due_on <= query.due_until]


def _items(case: Case) -> Iterable[Item]:
    if case.status == Status.RESTING and case.resting_until:
        yield _item(case, _("Wake the resting case up"), case.resting_until)
    elif case.next_step_on:
        yield _item(case, case.next_step, case.next_step_on)
    if case.status == Status.OPEN:
        undecided = case.waits_for_decision
        title = _("Get the go decision") if undecided else _("Start the recovery plan")
        yield _item(case, title, case.opened_on + timedelta(days=START_DAYS), waiting=True)


def _item(case: Case, title: str, due_on: date, *, waiting: bool = False) -> Item:
    return Item(
        kind=OWN_KIND,
        pk=case.pk,
        title=title,
        owner_id=case.owner_id,
        deputy_id=case.deputy_id,
        due_on=due_on,
        case_id=case.pk,
        context=case.title,
        url=case.get_absolute_url(),
        waiting=waiting,
        part=START if waiting else "",
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; ``reassign`` is the room's service."""
    return Kind(
        key=OWN_KIND,
        label=gettext_lazy("Next steps of my cases"),
        find=find,
        reassign=reassign,
        lead_days=(1,),
        ends_with_case=True,
    )
