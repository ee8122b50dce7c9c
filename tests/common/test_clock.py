from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.utils import timezone

from accounts.models import User
from tests.cases.factories import CaseFactory
from winback.cases.services import set_next_step
from winback.common import clock

THEN = datetime(2025, 12, 1, 9, 30, tzinfo=UTC)


def test_clock_shows_the_present() -> None:
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


def test_clock_shows_the_moment_played_back_and_returns() -> None:
    with clock.at(THEN):
        assert clock.now() == THEN
        with clock.at(THEN + timedelta(days=1)):
            assert clock.now() == THEN + timedelta(days=1)
        assert clock.now() == THEN
    assert clock.now() > THEN


def test_clock_returns_after_an_error() -> None:
    with pytest.raises(LookupError), clock.at(THEN):
        raise LookupError
    assert clock.now() > THEN


def test_clock_of_another_thread_goes_on() -> None:
    seen: list[datetime] = []
    with clock.at(THEN):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] > THEN


def test_event_and_row_version_carry_the_moment_played_back(kam: User) -> None:
    case = CaseFactory(owner=kam)
    with clock.at(THEN):
        set_next_step(case=case, version=1, actor=kam, step="Anrufen", on=THEN.date())
    assert case.events.get().at == THEN
    assert case.history.get(history_date=THEN).history_user == kam
