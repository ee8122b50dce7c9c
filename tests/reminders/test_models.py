"""What the database itself holds fast, and the questions about many rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.reminders.factories import mail, note
from tests.reminders.world import MONDAY, at
from winback.reminders.enums import MailState
from winback.reminders.models import Attempt, DigestDay, Notification, OutboxMessage

pytestmark = pytest.mark.django_db


def test_notification_twice_for_one_occasion_is_refused(kam: User) -> None:
    note(kam)
    with pytest.raises(IntegrityError), transaction.atomic():
        note(kam, title="Andere Worte")


@pytest.mark.parametrize(
    "other",
    [{"kind": "other"}, {"object_id": 2}, {"part": "start"}, {"period": "overdue:2026-W48"}],
)
def test_notification_of_another_thing_or_occasion_stands_beside(
    kam: User, other: dict[str, Any]
) -> None:
    assert note(kam).key != note(kam, **other).key


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [({}, True), ({"read_at": at()}, False), ({"settled_at": at()}, False)],
    ids=["new", "read", "settled"],
)
def test_notification_is_open_until_read_or_settled(
    kam: User, facts: dict[str, Any], is_open: bool
) -> None:
    row = note(kam, **facts)
    assert row.is_open is is_open
    assert list(Notification.objects.unread()) == [row] * is_open
    assert str(row) == "Aylin Kaya test 1 due:2026-11-23"


@pytest.mark.parametrize(
    ("facts", "is_unmailed"),
    [
        ({}, True),
        ({"read_at": at()}, True),
        ({"mailed_at": at()}, False),
        ({"settled_at": at()}, False),
    ],
    ids=["new", "read in the product", "mailed", "settled"],
)
def test_unmailed_is_what_is_current_and_in_no_mail(
    kam: User, facts: dict[str, Any], is_unmailed: bool
) -> None:
    note(kam, **facts)
    assert Notification.objects.unmailed().exists() is is_unmailed


def test_unread_first_then_the_latest(kam: User) -> None:
    minute = dt.timedelta(minutes=1)
    rows = [
        note(kam, object_id=1, created_at=at(), read_at=at()),
        note(kam, object_id=2, created_at=at() - 2 * minute),
        note(kam, object_id=3, created_at=at() - minute),
        note(kam, object_id=4, created_at=at() + minute, settled_at=at()),
    ]
    order = [row.object_id for row in Notification.objects.unread_first()]
    assert order == [3, 2, 4, 1]
    assert len(rows) == len(order)


def test_digest_day_is_taken_once() -> None:
    assert str(DigestDay.objects.create(day=MONDAY, opened_at=at())) == "2026-11-23"
    with pytest.raises(IntegrityError), transaction.atomic():
        DigestDay.objects.create(day=MONDAY, opened_at=at())


def test_mail_with_the_same_key_is_refused(kam: User) -> None:
    assert str(mail(kam)) == f"digest:{kam.pk}:2026-11-23"
    with pytest.raises(IntegrityError), transaction.atomic():
        mail(kam)


@pytest.mark.parametrize(
    ("facts", "is_due"),
    [
        ({}, True),
        ({"next_try_at": at("07:01")}, False),
        ({"state": MailState.SENDING, "lease_until": at("06:59")}, True),
        ({"state": MailState.SENDING, "lease_until": at("07:00")}, False),
        ({"state": MailState.SENT}, False),
        ({"state": MailState.FAILED}, False),
        ({"state": MailState.HELD}, False),
        ({"state": MailState.CANCELLED}, False),
    ],
)
def test_due_is_what_waits_or_was_left_behind(
    kam: User, facts: dict[str, Any], is_due: bool
) -> None:
    mail(kam, **facts)
    assert OutboxMessage.objects.due(at()).exists() is is_due


@pytest.mark.parametrize("state", MailState)
def test_waiting_and_failed_follow_the_state(kam: User, state: MailState) -> None:
    row = mail(kam, state=state)
    is_waiting = state in {MailState.QUEUED, MailState.SENDING}
    assert OutboxMessage.objects.waiting().exists() is is_waiting
    assert OutboxMessage.objects.with_state(state).get() == row
    assert row.is_failed is (state == MailState.FAILED)


def test_held_by_ends_with_the_next_claim(kam: User) -> None:
    row = mail(kam, state=MailState.SENDING, fence=3)
    assert OutboxMessage.objects.held_by(row).exists()
    OutboxMessage.objects.update(fence=4)
    assert not OutboxMessage.objects.held_by(row).exists()


def test_journal_cannot_be_deleted(kam: User) -> None:
    attempt = Attempt.objects.create(message=mail(kam), number=1, started_at=at())
    assert str(attempt) == f"digest:{kam.pk}:2026-11-23 #1"
    with pytest.raises(TypeError):
        attempt.delete()
    with pytest.raises(TypeError):
        Attempt.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(message=attempt.message, number=1, started_at=at())
