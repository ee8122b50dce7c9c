"""What plans owe: open measures; and what their lateness says about the health of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.cases.enums import LIVE
from winback.common.health import Signal
from winback.common.obligations import Item, Kind, Query
from winback.plans.models import Measure
from winback.plans.rules import overdue_level

KIND = "measure"


def find(query: Query) -> Iterable[Item]:
    """Open measures of cases that have not ended; one statement."""
    return [_item(measure) for measure in _open(query).select_related("plan__case__client")]


def _open(query: Query) -> QuerySet[Measure]:
    found = Measure.objects.open().filter(plan__case__status__in=LIVE)
    if query.owner_ids is not None:
        found = found.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        found = found.of_case(query.case_id)
    if query.due_until is not None:
        found = found.filter(due_on__lte=query.due_until)
    return found


def _item(measure: Measure) -> Item:
    return Item(
        kind=KIND,
        pk=measure.pk,
        title=_("Complete measure “%(title)s”") % {"title": measure.title},
        owner_id=measure.owner_id,
        deputy_id=measure.deputy_id,
        due_on=measure.due_on,
        case_id=measure.case.pk,
        context=measure.case.title,
        url=measure.get_absolute_url(),
        done_url=measure.done_url,
        move_url=measure.url("move"),
    )


def kind(
    reassign: Callable[[int, User, User], None], drop: Callable[[int, User, str], None]
) -> Kind:
    """The declaration for the registry; both callables are the room's services."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Measures of the recovery plan"),
        find=find,
        reassign=reassign,
        drop=drop,
        lead_days=(7, 2),
    )


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """Overdue mandatory measures speak against the health of the case; one statement."""
    overdue = Measure.objects.of_case(case_id).overdue(today).filter(is_mandatory=True)
    days = [(today - due_on).days for due_on in overdue.values_list("due_on", flat=True)]
    level = overdue_level(days)
    if level is None:
        return []
    reason = ngettext(
        "%(count)d mandatory measure is overdue, the oldest by %(days)d days.",
        "%(count)d mandatory measures are overdue, the oldest by %(days)d days.",
        len(days),
    ) % {"count": len(days), "days": max(days)}
    return [Signal(level, reason)]
