"""Sending: one claim, one try, the right end; and what happens when something breaks in between."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
from django.db import connection

from accounts.models import User
from tests.factories import UserFactory
from tests.reminders.world import (
    MONDAY,
    Killed,
    Ledger,
    Server,
    at,
    in_days,
    queue,
    refused,
    send,
)
from winback.reminders import rules
from winback.reminders.enums import CancelReason, MailState
from winback.reminders.models import Attempt, Notification, OutboxMessage, OutboxQuerySet
from winback.reminders.services import notify, outbox, queue_digests, retry
from winback.reminders.services.digests import write_digest
from winback.reminders.services.letters import Letter
from winback.reminders.services.outbox import LEASE

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def owed(kam: User, ledger: Ledger) -> OutboxMessage:
    """The digest of kam, queued for this morning."""
    ledger.owe(1, kam, MONDAY)
    return queue(kam)


def now_stands(message: OutboxMessage) -> OutboxMessage:
    message.refresh_from_db()
    return message


def crash(mail: object) -> None:
    raise Killed


def test_send_delivers_and_notes_it(owed: OutboxMessage, server: Server, kam: User) -> None:
    assert send(at("07:01")) == {"sent": 1}
    (mail,) = server.to(kam)
    assert mail.extra_headers["Message-ID"] == owed.message_id
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert (mail.cc, mail.bcc) == ([], [])
    done = now_stands(owed)
    assert (done.state, done.sent_at, done.attempts) == (MailState.SENT, at("07:01"), 1)
    assert (done.subject, done.lease_until) == ("1 Aufgabe diese Woche", None)
    assert Notification.objects.get().mailed_at == at("07:01")
    journal = Attempt.objects.get()
    assert (journal.number, journal.started_at) == (1, at("07:01"))
    assert (journal.ended_at, journal.error) == (at("07:01"), "")


def test_send_twice_delivers_once(owed: OutboxMessage, server: Server) -> None:
    send()
    assert send() == {}
    assert len(server.received) == 1


def test_send_leaves_what_is_not_due_yet(owed: OutboxMessage, server: Server) -> None:
    assert send(at("06:59")) == {}
    assert server.received == []


@pytest.mark.django_db(transaction=True)
def test_send_talks_to_the_server_outside_any_transaction(
    owed: OutboxMessage, server: Server
) -> None:
    """And the journal names the try already."""
    seen = []

    def look(mail: object) -> None:
        seen.append((connection.in_atomic_block, Attempt.objects.count()))

    server.after = look
    send()
    assert seen == [(False, 1)]


def test_crash_after_delivery_costs_one_copy_with_the_same_message_id(
    owed: OutboxMessage, server: Server, kam: User
) -> None:
    server.after = crash
    with pytest.raises(Killed):
        send(at("07:00"))
    server.after = lambda mail: None
    assert now_stands(owed).state == MailState.SENDING
    assert send(at("07:00") + LEASE) == {}, "the lease still runs"
    assert send(at("07:00") + LEASE + MINUTE) == {"sent": 1}
    assert send(at("08:00")) == {}
    ids = [mail.extra_headers["Message-ID"] for mail in server.to(kam)]
    assert ids == [owed.message_id, owed.message_id]
    assert list(Attempt.objects.values_list("number", "ended_at")) == [
        (1, None),
        (2, at("07:00") + LEASE + MINUTE),
    ]


def test_crash_before_delivery_loses_nothing(
    owed: OutboxMessage, server: Server, kam: User
) -> None:
    server.refuse[kam.email] = Killed()  # type: ignore[assignment]  # dies instead of an answer
    with pytest.raises(Killed):
        send(at("07:00"))
    server.refuse.clear()
    assert send(at("07:06")) == {"sent": 1}
    assert len(server.to(kam)) == 1


def test_crash_between_claim_and_try_loses_nothing(owed: OutboxMessage, server: Server) -> None:
    assert outbox.claim(at("07:00")) is not None
    assert send(at("07:04")) == {}
    assert send(at("07:06")) == {"sent": 1}
    assert now_stands(owed).attempts == 1


def test_positive_control_marking_before_sending_loses_the_mail(
    owed: OutboxMessage, server: Server, kam: User
) -> None:
    """The naive order under the same crash: the database says sent, and nobody got anything."""
    server.refuse[kam.email] = Killed()  # type: ignore[assignment]  # dies instead of an answer
    letter = write_digest(owed, at())
    assert isinstance(letter, Letter)
    OutboxMessage.objects.update(state=MailState.SENT)
    with pytest.raises(Killed):
        outbox._hand_over(owed, letter)
    server.refuse.clear()
    assert send(at("09:00")) == {}
    assert server.received == []


def test_positive_control_a_plain_read_claims_a_mail_twice(
    owed: OutboxMessage, server: Server
) -> None:
    """Two workers that only read before they write both see it; the conditional UPDATE does not."""
    naive = [OutboxMessage.objects.due(at()).get() for _worker in range(2)]
    assert naive[0] == naive[1]
    assert [outbox.claim(at()), outbox.claim(at())] == [owed, None]


def test_claim_of_several_workers_gives_each_a_different_mail(
    ledger: Ledger, kam: User, kollegin: User
) -> None:
    ledger.owe(1, kam, MONDAY)
    ledger.owe(2, kollegin, MONDAY)
    queue(kam)
    claimed = {outbox.claim(at()), outbox.claim(at())}
    assert claimed == set(OutboxMessage.objects.all())
    assert outbox.claim(at()) is None


def test_claim_beaten_by_another_worker_takes_the_next_until_none_is_left(
    ledger: Ledger, kam: User, kollegin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other worker takes each mail after this one has read it, for two of three."""
    for number, person in enumerate((kam, kollegin, UserFactory())):
        ledger.owe(number, person, MONDAY)
    queue(kam)
    take, lost = outbox._take, []

    def beaten(due: OutboxQuerySet, pk: int, fence: int, now: dt.datetime) -> bool:
        if len(lost) != 2:
            lost.append(pk)
            assert take(due, pk, fence, now)
        return take(due, pk, fence, now)

    monkeypatch.setattr(outbox, "_take", beaten)
    mine = outbox.claim(at())
    assert mine is not None
    assert mine.pk not in lost
    OutboxMessage.objects.filter(pk=mine.pk).update(state=MailState.QUEUED)
    lost.clear()
    assert outbox.claim(at()) is None


def test_claim_takes_what_has_been_due_longest(ledger: Ledger, kam: User, kollegin: User) -> None:
    ledger.owe(1, kam, in_days(1))
    ledger.owe(2, kollegin, MONDAY)
    old = queue(kollegin, at("07:00", MONDAY))
    OutboxMessage.objects.exclude(pk=old.pk).update(due_at=at("07:30"), next_try_at=at("07:30"))
    assert outbox.claim(at("08:00")) == old


def test_worker_that_lost_its_claim_writes_nothing(
    owed: OutboxMessage, server: Server, kam: User
) -> None:
    """A stalled worker ends after its lease; the one that took over has the last word."""

    def overtaken(mail: object) -> None:
        server.after = lambda mail: None
        assert send(at("07:10")) == {"sent": 1}

    server.after = overtaken
    assert send(at("07:00")) == {"sending": 1}
    assert now_stands(owed).sent_at == at("07:10")
    assert Notification.objects.get().mailed_at == at("07:10")


def test_worker_that_lost_its_claim_before_the_try_does_not_send(
    owed: OutboxMessage, server: Server
) -> None:
    slow = outbox.claim(at("07:00"))
    assert slow is not None
    assert outbox.claim(at("07:10")) is not None
    assert outbox.deliver(slow, lambda: at("07:10")) == MailState.SENDING
    assert server.received == []
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "error",
    [
        refused(450),
        smtplib.SMTPDataError(451, b"greylisted"),
        smtplib.SMTPServerDisconnected("gone"),
        ConnectionRefusedError("refused"),
        TimeoutError("stalled"),
    ],
    ids=repr,
)
def test_temporary_error_is_tried_again_until_it_is_delivered(
    owed: OutboxMessage, server: Server, kam: User, error: Exception
) -> None:
    server.refuse[kam.email] = error
    assert send(at("07:00")) == {"queued": 1}
    waiting = now_stands(owed)
    assert waiting.last_error == rules.in_words(error)
    assert Attempt.objects.get().error == waiting.last_error
    assert Notification.objects.get().mailed_at is None
    assert send(at("07:00")) == {}
    server.refuse.clear()
    assert send(at("07:02")) == {"sent": 1}
    assert now_stands(owed).last_error == ""


def test_temporary_error_waits_longer_each_time(
    owed: OutboxMessage, server: Server, kam: User
) -> None:
    server.refuse[kam.email] = refused(450)
    now = at("07:00")
    for minutes in (*rules.RETRY_MINUTES, 60):
        assert send(now) == {"queued": 1}
        pause = now_stands(owed).next_try_at - now
        assert abs(pause - minutes * MINUTE) <= minutes * MINUTE * rules.JITTER
        now = owed.next_try_at
    assert owed.attempts == 7


@pytest.mark.parametrize(
    "error",
    [refused(550), smtplib.SMTPDataError(554, b"spam"), ValueError("Invalid address")],
    ids=repr,
)
def test_permanent_error_fails_at_once_and_stays_visible(
    owed: OutboxMessage, server: Server, kam: User, error: Exception
) -> None:
    server.refuse[kam.email] = error
    assert send() == {"failed": 1}
    assert send(at("23:00")) == {}
    failed = now_stands(owed)
    assert (failed.state, failed.attempts) == (MailState.FAILED, 1)
    assert failed.last_error


def test_bad_address_delays_nobody_else(ledger: Ledger, server: Server) -> None:
    people = UserFactory.create_batch(5)
    for number, person in enumerate(people):
        ledger.owe(number, person, MONDAY)
    server.refuse = {people[0].email: refused(550), people[2].email: TimeoutError("stalled")}
    queue(people[0])
    assert send() == {"sent": 3, "failed": 1, "queued": 1}
    assert {mail.to[0] for mail in server.received} == {people[n].email for n in (1, 3, 4)}


def test_address_no_mail_can_carry_fails_alone(
    ledger: Ledger, kam: User, kollegin: User, server: Server
) -> None:
    ledger.owe(1, kam, MONDAY)
    ledger.owe(2, kollegin, MONDAY)
    queue(kam)
    server.refuse[kam.email] = UnicodeEncodeError("ascii", "ü", 0, 1, "not ascii")
    assert send() == {"failed": 1, "sent": 1}


@pytest.mark.parametrize("reason", [CancelReason.INACTIVE, CancelReason.NO_MAIL])
def test_facts_that_changed_cancel_the_mail_with_the_reason(
    owed: OutboxMessage, server: Server, kam: User, reason: CancelReason
) -> None:
    changes = {
        CancelReason.INACTIVE: {"is_active": False},
        CancelReason.NO_MAIL: {"digest": "none"},
    }
    User.objects.filter(pk=kam.pk).update(**changes[reason])
    assert send() == {"cancelled": 1}
    ended = now_stands(owed)
    assert (ended.state, ended.reason, ended.attempts) == (MailState.CANCELLED, reason, 0)
    assert server.received == []
    assert not Attempt.objects.exists()


def test_failed_mail_of_yesterday_comes_with_the_digest_of_today(
    ledger: Ledger, kam: User, server: Server
) -> None:
    """The server was away for a day: one mail, and nothing is missing in it."""
    server.refuse[kam.email] = TimeoutError("stalled")
    ledger.owe(1, kam, MONDAY, title="Erstens")
    queue(kam)
    send(at("07:00"))
    server.refuse.clear()
    ledger.owe(2, kam, in_days(1), title="Zweitens")
    tomorrow = at("07:00", in_days(1))
    notify(tomorrow)
    queue_digests(tomorrow)
    assert send(tomorrow) == {"cancelled": 1, "sent": 1}
    (mail,) = server.received
    assert "Erstens" in str(mail.body)
    assert "Zweitens" in str(mail.body)


def test_send_stops_claiming_when_its_time_is_over(ledger: Ledger, server: Server) -> None:
    """Each look at the clock takes ten seconds here."""
    people = UserFactory.create_batch(20)
    for number, person in enumerate(people):
        ledger.owe(number, person, MONDAY)
    queue(people[0])
    looks = iter(range(1000))
    done = outbox.send_due(lambda: at() + dt.timedelta(seconds=10 * next(looks)))
    assert 0 < done["sent"] < 20
    assert OutboxMessage.objects.waiting().count() == 20 - done["sent"]


def test_retry_queues_a_failed_mail_again(owed: OutboxMessage, server: Server, kam: User) -> None:
    server.refuse[kam.email] = refused(550)
    send()
    server.refuse.clear()
    assert retry(message=owed, now=at("10:00")) is True
    assert now_stands(owed).state == MailState.QUEUED
    assert send(at("10:00")) == {"sent": 1}
    assert now_stands(owed).attempts == 2


@pytest.mark.parametrize("state", [state for state in MailState if state != MailState.FAILED])
def test_retry_of_any_other_mail_changes_nothing(owed: OutboxMessage, state: MailState) -> None:
    OutboxMessage.objects.update(state=state)
    assert retry(message=owed, now=at("10:00")) is False
    assert now_stands(owed).next_try_at == at("07:00")


def test_held_mail_is_not_sent(owed: OutboxMessage, server: Server) -> None:
    OutboxMessage.objects.update(state=MailState.HELD)
    assert send(at("12:00")) == {}
    assert server.received == []
