"""Obligations in memory and a mail server for the tests of this room."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.reminders.world import Backend, Ledger, Server
from winback.common import obligations


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The only kind of obligation while the test runs."""
    ledger = Ledger()
    monkeypatch.setattr(obligations, "_kinds", {ledger.key: ledger.kind()})
    return ledger


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The mail server everything is handed to."""
    settings.EMAIL_BACKEND = "tests.reminders.world.Backend"
    server = Server()
    monkeypatch.setattr(Backend, "server", server)
    return server
