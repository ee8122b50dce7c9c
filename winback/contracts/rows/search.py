"""Contracts can be found by title and number."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.common.search import Found, Hit, Source, containing
from winback.contracts.models import Contract


def _contracts(user: User, text: str) -> QuerySet[Any]:
    return containing(
        Contract.objects.legally_visible_to(user).order_by("title", "pk"), text, "title", "number"
    )


def _contract_hit(found: Found) -> Hit:
    context = " · ".join(filter(None, [found.client, found.number]))
    return Hit(found.title, reverse("contracts:detail", args=[found.pk]), context)


SOURCES = (
    Source(
        "contracts",
        _("Contracts"),
        40,
        _contracts,
        {"title": "title", "number": "number", "client": "client__name"},
        _contract_hit,
    ),
)
