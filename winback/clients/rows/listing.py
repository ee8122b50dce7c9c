"""Clients as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from accounts.models import User
from winback.clients.models import Client
from winback.common import clientpages

#: Heads of the exported columns; those of the counts follow.
CLIENT_COLUMNS = (
    gettext_lazy("Name"),
    gettext_lazy("Client number"),
    gettext_lazy("Segment"),
    gettext_lazy("Sites"),
)


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the list of clients."""

    name: str
    url: str
    number: str
    segment: str
    sites: int
    #: label and number
    counts: list[tuple[str, int]]


def client_rows(clients: Iterable[Client], user: User) -> list[ClientRow]:
    """Needs ``site_count``; one statement per counting column."""
    found = list(clients)
    counts = clientpages.counts(user, [each.pk for each in found])
    return [
        ClientRow(
            name=client.name,
            url=client.get_absolute_url(),
            number=client.number or "",
            segment=client.get_segment_display(),
            sites=client.site_count,  # type: ignore[attr-defined]  # annotated by the filter
            counts=[(label, numbers.get(client.pk, 0)) for label, numbers in counts],
        )
        for client in found
    ]
