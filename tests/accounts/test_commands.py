"""The first administrator, made on the command line."""

from __future__ import annotations

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User

pytestmark = pytest.mark.django_db
GIVEN = {
    "email": "Sabine.Kern@provider.example",
    "first_name": "Sabine",
    "last_name": "Kern",
}


class Terminal(io.StringIO):
    """Standard input of somebody who sits there and types."""

    def isatty(self) -> bool:
        return True


def create(**options: str) -> str:
    out = io.StringIO()
    call_command("create_administrator", stdout=out, **options)
    return out.getvalue()


def test_command_creates_an_administrator_and_prints_the_password() -> None:
    printed = create(**GIVEN)
    user = User.objects.get()
    assert (user.email, user.role) == ("sabine.kern@provider.example", "operations")
    assert user.is_administrator
    assert user.must_change_password
    assert user.check_password(printed.split()[-1])


def test_command_takes_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "kern@provider.example")
    create(first_name="Sabine", last_name="Kern", role="management")
    user = User.objects.get()
    assert (user.email, user.role) == ("kern@provider.example", "management")


def test_command_asks_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("Sabine\n"))
    create(email=GIVEN["email"], last_name="Kern")
    assert User.objects.get().first_name == "Sabine"


@pytest.mark.parametrize("missing", sorted(GIVEN))
def test_command_without_a_terminal_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(CommandError, match=missing.replace("_", "-")):
        create(**{name: value for name, value in GIVEN.items() if name != missing})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"email": "kein at"}, {"first_name": "x" * 81}, {"email": f"{'x' * 250}@a.example"}]
)
def test_command_refuses_bad_values(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        create(**{**GIVEN, **wrong})
    assert not User.objects.exists()


def test_command_refuses_a_taken_email() -> None:
    create(**GIVEN)
    with pytest.raises(CommandError):
        create(**{**GIVEN, "email": GIVEN["email"].upper()})
    assert User.objects.count() == 1
