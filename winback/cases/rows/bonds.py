"""Which clients somebody works on, and the step to a case for one that is really gone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.permissions import can_open_case
from winback.clients.models import Client


def bound_clients(today: date) -> QuerySet[Any, Any]:
    """Keys of the clients with a live case; part of a statement.

    Confidential cases count too: the list only leaves such a client out and names no case.
    """
    return Case.objects.live().order_by().values("client")


def open_case_action(user: User, client: Client) -> tuple[str, str] | None:
    """Opening a case for the client, for whoever may."""
    if not can_open_case(user):
        return None
    return _("Open case"), f"{reverse('cases:create')}?kunde={client.pk}"
