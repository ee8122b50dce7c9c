"""What the room owes: a look at a client that has gone quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.clients.models import DormantLook
from winback.common.obligations import Item, Kind, Owed, Query, Source, no_key, owed, text

KIND = "dormant_look"


def _rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    """Open looks at dormant clients; they belong to no case."""
    if query.case_id is None:
        yield owed(
            DormantLook.objects.open(),
            KIND,
            query,
            code=Cast(F("client_id"), CharField()),
            words=F("occasion"),
            case=no_key(),
            client=F("client__name"),
            number=text(""),
        )


def _item(row: Owed) -> Item:
    page = reverse("clients:look", args=[row.code])
    return row.item(
        title=_("Examine dormant client “%(name)s”") % {"name": row.client},
        context=row.words,
        url=page,
        done_url=page,
    )


find = Source(_rows, _item)


def kind(reassign: Callable[[int, User, User], None]) -> Kind:
    """The declaration for the registry; only a person can say what became of a client."""
    return Kind(
        key=KIND,
        label=gettext_lazy("Looks at dormant clients"),
        find=find,
        reassign=reassign,
        lead_days=(2,),
    )
