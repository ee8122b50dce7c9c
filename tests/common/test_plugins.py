from datetime import UTC, date, datetime

import pytest

from tests import plugins


def test_absent_server_skips_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WINBACK_NO_SKIP", raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs a server"):
        plugins.absent("needs a server")


def test_absent_server_fails_where_nothing_may_be_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINBACK_NO_SKIP", "1")
    with pytest.raises(pytest.fail.Exception, match=r"needs a server .*no skip"):
        plugins.absent("needs a server")


def test_clock_of_the_tests_stands_still_on_a_monday_morning(today: date) -> None:
    assert today == date(2026, 11, 23)
    assert datetime.now(UTC) == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
