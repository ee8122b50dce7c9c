"""Who and what the cases are about: 200 users, 20 regions, clients with their sites."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice

from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import Region, User
from winback.clients.models import Client, Site
from winback.common.workdays import Bundesland
from winback.demo.services.mass.clients import build_clients
from winback.demo.services.people import PASSWORD

DOMAIN = "winback-load.example"
#: How many of each role: 200 people.
CROWD = {
    Role.KEY_ACCOUNT_MANAGER: 80,
    Role.OPERATIONS: 80,
    Role.QUALITY_MANAGER: 24,
    Role.MANAGEMENT: 8,
    Role.EXTERNAL_AUDITOR: 8,
}
_FIRST = ("Alma", "Bela", "Cleo", "Dario", "Edda", "Finn", "Greta", "Henry", "Ida", "Jannis")
_LAST = ("Ahorn", "Birke", "Eiche", "Erle", "Fichte", "Kiefer", "Linde", "Tanne", "Ulme", "Weide")
_AREAS = ("Nord", "Mitte", "Süd")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody by role, and the clients with their sites."""

    people: dict[str, list[User]]
    clients: list[tuple[Client, list[Site]]]

    def pick(self, role: Role, place: int) -> User:
        """Evenly among the people of a role."""
        found = self.people[role]
        return found[place % len(found)]


def address(role: Role, number: int) -> str:
    """``kam-001@winback-load.example``: known beforehand, for whoever signs in by program."""
    return f"{role.value}-{number:03d}@{DOMAIN}"


def build_crowd(clients: int) -> Crowd:
    """Make everybody, the tree of regions, and so many clients with two sites each."""
    people = _people()
    regions = _regions([user for users in people.values() for user in users])
    return Crowd(people, build_clients(clients, regions))


def _people() -> dict[str, list[User]]:
    password = make_password(PASSWORD)
    names = cycle((first, last) for last in _LAST for first in _FIRST)
    users = []
    for role, count in CROWD.items():
        for number, (first, last) in enumerate(islice(names, count), start=1):
            user = User(first_name=first, last_name=last, role=role, password=password)
            user.email = address(role, number)
            user.fill_keys()
            users.append(user)
    User.objects.bulk_create(users)
    return {role: [user for user in users if user.role == role] for role in CROWD}


def _regions(people: list[User]) -> list[Region]:
    """One root, three areas, sixteen Bundesländer; everybody belongs to one of the latter."""
    root = Region.objects.create(name="Lastprobe")
    areas = Region.objects.bulk_create(Region(name=name, parent=root) for name in _AREAS)
    regions = Region.objects.bulk_create(
        Region(name=str(land.label), parent=area)
        for land, area in zip(Bundesland, cycle(areas), strict=False)
    )
    links = Region.members.through
    links.objects.bulk_create(
        links(region=region, user=user)
        for user, region in zip(people, cycle(regions), strict=False)
    )
    return regions
