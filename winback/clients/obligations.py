"""What the room owes: a look at a client that has gone quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.clients.models import DormantLook
from winback.common.obligations import Item, Kind, Query

KIND = "dormant_look"


def find(query: Query) -> Iterable[Item]:
    """Open looks at dormant clients, in one statement; they belong to no case."""
    if query.case_id is not None:
        return []
    looks = DormantLook.objects.open().select_related("client")
    if query.owner_ids is not None:
        looks = looks.filter(owner__in=query.owner_ids)
    if query.due_until is not None:
        looks = looks.filter(due_on__lte=query.due_until)
    return [_item(look) for look in looks]


def _item(look: DormantLook) -> Item:
    return Item(
        kind=KIND,
        pk=look.pk,
        title=_("Examine dormant client “%(name)s”") % {"name": look.client.name},
        owner_id=look.owner_id,
        deputy_id=look.deputy_id,
        due_on=look.due_on,
        case_id=None,
        context=look.occasion,
        url=look.get_absolute_url(),
        done_url=look.get_absolute_url(),
    )


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; only a person can say what became of a client."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Looks at dormant clients"),
        find=find,
        reassign=reassign,
        lead_days=(2,),
    )
