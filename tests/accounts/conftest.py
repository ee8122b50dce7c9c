"""Obligations for the tests of this room."""

import pytest

from tests.accounts.owing import Ledger
from winback.common import obligations


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The only kind of obligation while the test runs."""
    ledger = Ledger()
    monkeypatch.setattr(obligations, "_kinds", {"test": ledger.kind()})
    return ledger


@pytest.fixture
def no_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """No room owes anything."""
    monkeypatch.setattr(obligations, "_kinds", {})
