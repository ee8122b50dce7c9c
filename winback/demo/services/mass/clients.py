"""Clients with their sites, spread over the regions."""

from __future__ import annotations

from random import Random

from simple_history.utils import bulk_create_with_history

from accounts.models import Region
from winback.clients.enums import Segment, SiteKind
from winback.clients.models import Client, Site
from winback.common.workdays import Bundesland

_TOWNS = ("Althausen", "Bergfeld", "Lindental", "Mühlbach", "Neukirch", "Seefeld", "Waldau")
_TRADES = ("Logistik", "Metallbau", "Klinik", "Verwaltung", "Handel", "Druck", "Optik", "Chemie")
_BATCH = 500


def build_clients(count: int, regions: list[Region]) -> list[tuple[Client, list[Site]]]:
    """So many clients with two sites each."""
    lands = list(zip(Bundesland, regions, strict=True))
    found = [_client(place, lands) for place in range(count)]
    bulk_create_with_history([client for client, _ in found], Client, batch_size=_BATCH)
    sites = [site for _, each in found for site in each]
    bulk_create_with_history(sites, Site, batch_size=_BATCH)
    return found


def _client(place: int, lands: list[tuple[Bundesland, Region]]) -> tuple[Client, list[Site]]:
    chance = Random(f"client {place}")  # noqa: S311  # invented data, the same every time
    town, trade = chance.choice(_TOWNS), chance.choice(_TRADES)
    client = Client(name=f"{trade} {town} {place + 1}", segment=chance.choice(Segment.values))
    client.fill_keys()
    sites = []
    for name in ("Haupthaus", "Werk 2"):
        land, region = chance.choice(lands)
        kind = chance.choice(SiteKind.values)
        sites.append(
            Site(client=client, name=name, city=town, bundesland=land, region=region, kind=kind)
        )
    return client, sites
