"""What can be found of clients: the client and the people there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from winback.clients.models import Client, Contact
from winback.common.search import Found, Hit, Source, containing


def _clients(user: User, text: str) -> QuerySet[Any]:
    return Client.objects.visible_to(user).filter(search_key__contains=text)


def _client_hit(found: Found) -> Hit:
    return Hit(found.title, reverse("clients:detail", args=[found.pk]), found.number)


def _client_list(text: str) -> str:
    return f"{reverse('clients:list')}?{urlencode({'q': text})}"


def _contacts(user: User, text: str) -> QuerySet[Any]:
    return containing(
        Contact.objects.visible_to(user), text, "first_name", "last_name", "function", "email"
    )


def _contact_hit(found: Found) -> Hit:
    name = f"{found.number} {found.title}".strip()
    context = " · ".join(filter(None, [found.client, found.extra]))
    return Hit(name, reverse("clients:contact_detail", args=[found.case_number, found.pk]), context)


SOURCES = (
    Source(
        "clients",
        _("Clients"),
        20,
        _clients,
        {"title": "name", "number": "number"},
        _client_hit,
        more=_client_list,
    ),
    Source(
        "contacts",
        _("Contacts"),
        30,
        _contacts,
        {
            "title": "last_name",
            "number": "first_name",
            "extra": "function",
            "case_number": "client_id",
            "client": "client__name",
        },
        _contact_hit,
    ),
)
