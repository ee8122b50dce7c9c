"""Commitments as obligations, and what broken ones say about the health of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.common.health import Signal
from winback.common.obligations import Item, Kind, Query
from winback.dialogue.models import Commitment
from winback.dialogue.rules import weight

KIND = "commitment"


def find(query: Query) -> Iterable[Item]:
    """Open commitments, overdue ones included; one statement."""
    found = Commitment.objects.open().select_related("case__client")
    if query.owner_ids is not None:
        found = found.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        found = found.filter(case=query.case_id)
    if query.due_until is not None:
        found = found.filter(due_on__lte=query.due_until)
    return [_item(commitment) for commitment in found]


def _item(commitment: Commitment) -> Item:
    return Item(
        kind=KIND,
        pk=commitment.pk,
        title=_("Keep commitment “%(what)s”") % {"what": commitment.what},
        owner_id=commitment.owner_id,
        deputy_id=commitment.deputy_id,
        due_on=commitment.due_on,
        case_id=commitment.case_id,
        context=commitment.case.title,
        url=commitment.get_absolute_url(),
        done_url=reverse("dialogue:keep", args=[commitment.case.number, commitment.pk]),
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; only a person can settle a commitment: nothing drops it."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Commitments to clients"),
        find=find,
        reassign=reassign,
        lead_days=(7, 2),
    )


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """Overdue and lately broken commitments speak against a case; one statement."""
    count = Commitment.objects.filter(case=case_id).weighing(today).count()
    level = weight(count)
    if level is None:
        return []
    reason = ngettext("%(count)d broken commitment", "%(count)d broken commitments", count)
    return [Signal(level, reason % {"count": count})]
