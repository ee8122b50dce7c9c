"""Deadlines as obligations, and what they and endangered amendments say about a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.common import caselinks, duties
from winback.common.formats import format_date
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.obligations import Item, Kind, Query
from winback.contracts.enums import AmendmentState
from winback.contracts.models import Amendment, Deadline
from winback.contracts.rules.states import weigh

KIND = "deadline"
#: All days on which some deadline warns; each row names its own.
LEAD_DAYS = (180, 90, 60, 30, 14, 7, 2, 1, 0)


def find(query: Query) -> Iterable[Item]:
    """Open deadlines; one statement.

    A suspended one is reminded of all the same: whether the clock stands still is for a person
    to say, and silence would be the dangerous mistake.
    """
    found = Deadline.objects.open().with_case().select_related("contract__client")
    if query.owner_ids is not None:
        found = found.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        found = found.filter(contract__in=_contracts_of(query.case_id))
    if query.due_until is not None:
        found = found.filter(due_on__lte=query.due_until)
    return [_item(deadline) for deadline in found]


def _contracts_of(case_id: int) -> QuerySet[Any, Any]:
    return caselinks.cases().filter(pk=case_id).values("contract")


def _item(deadline: Deadline) -> Item:
    client = deadline.contract.client.name
    number = deadline.case_number or deadline.contract.title
    return Item(
        kind=KIND,
        pk=deadline.pk,
        title=_("Meet deadline “%(name)s”") % {"name": deadline.name},
        owner_id=deadline.owner_id,
        deputy_id=deadline.deputy_id,
        due_on=deadline.due_on,
        case_id=deadline.case_id,
        context=f"{client} · {number}",
        url=deadline.get_absolute_url(),
        done_url=reverse("contracts:deadline_done", args=[deadline.contract_id, deadline.pk]),
        lead_days=tuple(deadline.lead_days),
        outlives_case=deadline.is_derived,
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; nothing drops a deadline but a person with a reason."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Contract and legal deadlines"),
        find=find,
        reassign=reassign,
        lead_days=LEAD_DAYS,
    )


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """Overdue and near deadlines, and amendments at risk or broken; at most three statements."""
    yield from _deadline_signals(case_id, today)
    yield from _amendment_signals(case_id, today)


def _deadline_signals(case_id: int, today: date) -> Iterable[Signal]:
    rows = Deadline.objects.open().with_row().filter(contract__in=_contracts_of(case_id))
    running = [each for each in rows if not each.is_paused(today)]
    found = weigh(((each.kind, each.bound, each.due_on) for each in running), today)
    if found.overdue:
        text = ngettext(
            "%(count)d deadline that binds us is overdue",
            "%(count)d deadlines that bind us are overdue",
            found.overdue,
        )
        yield Signal(CRITICAL, text % {"count": found.overdue})
    if found.near:
        text = ngettext(
            "%(count)d contract deadline is near",
            "%(count)d contract deadlines are near",
            found.near,
        )
        yield Signal(AT_RISK, text % {"count": found.near})


def _amendment_signals(case_id: int, today: date) -> Iterable[Signal]:
    rows = Amendment.objects.filter(
        contract__in=_contracts_of(case_id), suspends_until__isnull=False
    )
    amendments = list(rows)
    owed = duties.answering("amendment", [each.pk for each in amendments], today)
    for each in amendments:
        state = each.state(owed.get(each.pk, []), today)
        if state == AmendmentState.AT_RISK:
            text = _("Suspended termination right until %(day)s at risk: %(title)s")
            facts = {"day": format_date(each.suspends_until), "title": each.title}
            yield Signal(AT_RISK, text % facts)
        elif state == AmendmentState.BROKEN and each.suspended(today):
            text = _("Amendment broken, termination possible: %(title)s")
            yield Signal(CRITICAL, text % {"title": each.title})
