"""The check that names missing system packages."""

import pytest
from django.core.checks import registry

from winback.common import checks
from winback.common.checks import LIBRARIES, check_pdf_libraries


def test_check_is_registered() -> None:
    names = {getattr(check, "__name__", "") for check in registry.registry.get_checks()}
    assert check_pdf_libraries.__name__ in names


def test_nothing_to_say_when_all_libraries_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "find_library", lambda name: f"lib{name}.so")
    assert check_pdf_libraries() == []


def test_missing_libraries_are_named_by_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    found = set(LIBRARIES) - {"pangoft2-1.0", "harfbuzz-subset"}
    monkeypatch.setattr(checks, "find_library", lambda name: name if name in found else None)
    (message,) = check_pdf_libraries()
    assert message.id == "winback.W001"
    assert message.hint is not None
    assert "libpangoft2-1.0-0 libharfbuzz-subset0" in message.hint
    assert "libfontconfig1" not in message.hint


def test_check_needs_no_app_configs() -> None:
    assert check_pdf_libraries(app_configs=None, databases=[]) == check_pdf_libraries()
