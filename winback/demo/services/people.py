"""The people of the demo, their absences and how they sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.services import add_absence, save_view
from winback.demo import rules
from winback.demo.services.stage import Stage
from winback.demo.services.story import FOLDER, read

DOMAIN = "winback-demo.example"
#: Printed at every start: the demo is for trying out and holds nothing worth protecting.
PASSWORD = "Rueckgewinnung-Probe"  # noqa: S105  # see above


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account of the demo as it is printed."""

    role: str
    name: str
    email: str


def build_people(stage: Stage) -> None:
    """Make all accounts with the printed password; who is away has a deputy."""
    text = read(FOLDER / "people.yaml")
    # Hashed once: a start password for each, replaced at once, would cost half of the whole build.
    password = make_password(PASSWORD)
    for key, person in text["people"].items():
        stage.people[key] = _account(person, password)
    for absence in text["absences"]:
        first = stage.today + timedelta(days=absence["from"])
        add_absence(
            user=stage.people[absence["who"]],
            deputy=stage.people[absence["deputy"]],
            starts_on=first,
            ends_on=stage.today + timedelta(days=absence["until"]),
            today=stage.today,
        )


def build_views(stage: Stage) -> None:
    """The saved views colleagues share."""
    for view in read(FOLDER / "people.yaml")["views"]:
        facts = {name: value for name, value in view.items() if name != "who"}
        save_view(owner=stage.people[view["who"]], **facts)


def _account(person: dict[str, Any], password: str) -> User:
    user = User(**person, password=password)
    user.email = rules.address(user.first_name, user.last_name, DOMAIN)
    user.fill_keys()
    user.save()
    return user


def sign_ins() -> list[SignIn]:
    """The accounts to try first, one per role; empty where the demo was never loaded.

    Whoever does not stand in the list signs in with the same password.
    """
    shown = set(read(FOLDER / "people.yaml")["shown"])
    people = User.objects.active().filter(email__endswith=f"@{DOMAIN}").order_by("pk")
    return [
        SignIn(_role(user), user.full_name, user.email)
        for user in people
        if user.email.partition("@")[0] in shown
    ]


def _role(user: User) -> str:
    return "Administrator" if user.is_administrator else str(user.get_role_display())
