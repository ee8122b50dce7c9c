from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from accounts.models import User
from winback.common.management.commands import prepare

Called = list[str]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Called:
    """The commands that ``prepare`` calls, none of which is run."""
    names: Called = []

    def note(name: str, **_options: object) -> None:
        names.append(name)

    monkeypatch.setattr(prepare, "call_command", note)
    return names


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``offer("demo")``: the commands the installed rooms bring."""

    def make(*names: str) -> None:
        monkeypatch.setattr(prepare, "get_commands", lambda: dict.fromkeys(names, "winback.demo"))

    return make


@pytest.mark.django_db
def test_prepare_fills_an_empty_database(called: Called, offer: Callable[..., None]) -> None:
    offer("load_reference", "demo")
    call_command("prepare")
    assert called == ["migrate", "load_reference", "demo"]


def test_prepare_leaves_a_database_with_users_alone(
    called: Called, offer: Callable[..., None], kam: User
) -> None:
    offer("load_reference", "demo")
    call_command("prepare")
    assert called == ["migrate", "load_reference"]


@pytest.mark.django_db
def test_prepare_works_without_demo_and_reference(
    called: Called, offer: Callable[..., None]
) -> None:
    offer()
    call_command("prepare")
    assert called == ["migrate"]


@pytest.mark.django_db
def test_prepare_makes_the_folder_of_static_files(
    called: Called, offer: Callable[..., None], settings: Settings, tmp_path: Path
) -> None:
    offer()
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    call_command("prepare")
    assert (tmp_path / "var" / "static").is_dir()
