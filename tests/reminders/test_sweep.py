"""The tick as a whole: from what is open to the mail in the folder, any number of times at once."""

from __future__ import annotations

import datetime as dt
import email
import threading
from email import policy
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from celery import current_app
from django.core.management import call_command
from django.db import connection
from django.utils import timezone, translation
from pytest_django import Settings

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.factories import UserFactory
from tests.reminders.world import MONDAY, Killed, Ledger, Server, at, in_days
from winback.cases.enums import Health, Status
from winback.cases.models import Case
from winback.common import health
from winback.common.health import Signal
from winback.reminders import tasks
from winback.reminders.enums import MailState
from winback.reminders.models import Attempt, Notification, OutboxMessage
from winback.reminders.services import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Mails are written into this folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def mails(folder: Path) -> list[EmailMessage]:
    """Each file as a mail program would read it."""
    read = (path.read_bytes().rpartition(b"\n" + b"-" * 79)[0] for path in folder.iterdir())
    return [email.message_from_bytes(source, policy=policy.default) for source in read]


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body(preferencelist=(kind,))
    assert body is not None
    return str(body.get_content())


def test_sweep_writes_a_real_german_mail(kam: User, folder: Path, settings: Settings) -> None:
    settings.SITE_URL = "https://winback.provider.example"
    case = CaseFactory(owner=kam, next_step="Gespräch mit Frau Seel führen", next_step_on=MONDAY)
    tally = sweep(at("07:00"))
    assert (tally.notified, tally.queued, tally.mails["sent"]) == (2, 1, 1)
    (mail,) = mails(folder)
    assert mail["To"] == kam.email
    assert mail["Subject"] == "1 Aufgabe überfällig, 1 diese Woche"
    assert mail["Message-ID"] == f"<digest.{kam.pk}.2026-11-23@winback.provider.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert "Gespräch mit Frau Seel führen" in text
        assert "Mo., 23.11.2026 (heute)" in text
        assert "Norhagen" in text
        assert f"https://winback.provider.example/faelle/{case.number}/" in text


@pytest.mark.parametrize("start", ["07:00", "09:30", "23:59"])
def test_sweep_every_minute_sends_once(kam: User, ledger: Ledger, folder: Path, start: str) -> None:
    ledger.owe(1, kam, MONDAY)
    for minute in range(5):
        sweep(at(start) + dt.timedelta(minutes=minute) * (start != "23:59"))
    assert len(mails(folder)) == 1


def test_sweep_through_two_weeks_sends_once_per_working_day_with_news(
    kam: User, ledger: Ledger, server: Server
) -> None:
    """Ticks every three hours; something new is due every day, weekends included."""
    for offset in range(14):
        ledger.owe(offset, kam, in_days(offset))
    sent = []
    for hours in range(0, 14 * 24, 3):
        now = at("00:00") + dt.timedelta(hours=hours)
        before = len(server.received)
        sweep(now)
        sent += [now] * (len(server.received) - before)
    assert [now.date() for now in sent] == [in_days(n) for n in range(14) if n % 7 < 5]
    assert {now.hour for now in sent} == {9}


def test_sweep_after_twelve_missed_days_sends_one_mail_that_says_all(
    kam: User, ledger: Ledger, server: Server
) -> None:
    for number in range(12):
        ledger.owe(number, kam, in_days(number), title=f"Aufgabe-{number:02d}")
    sweep(at("12:00", in_days(14)))
    (mail,) = server.received
    assert mail.subject == "12 Aufgaben überfällig"
    assert all(f"Aufgabe-{number:02d}" in str(mail.body) for number in range(12))


@pytest.mark.parametrize(
    "sunday", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)], ids=["to summer", "to winter"]
)
def test_sweep_across_the_change_of_time_sends_once_a_local_day(
    kam: User, ledger: Ledger, server: Server, sunday: dt.date
) -> None:
    """Ticks by interval in UTC, from Friday to Tuesday."""
    for offset in range(-2, 3):
        ledger.owe(offset + 9, kam, in_days(offset, sunday))
    start = at("00:00", in_days(-2, sunday)).astimezone(dt.UTC)
    for half_hours in range(4 * 48):
        sweep(start + dt.timedelta(minutes=30 * half_hours))
    days = sorted(OutboxMessage.objects.values_list("due_at", flat=True))
    expected = [at("07:00", in_days(offset, sunday)) for offset in (-2, 1)]
    assert days == expected
    assert len(server.received) == 2


def test_sweep_speaks_german_whatever_language_is_active(kam: User, ledger: Ledger) -> None:
    """Also in a thread that has just served somebody in English."""
    CaseFactory(owner=kam)
    said: list[str] = []
    health.register(lambda pk, today: said.append(translation.get_language() or "") or [])  # type: ignore[func-returns-value]  # list.append
    with translation.override("en"):
        sweep(at())
    health._sources.pop()
    assert set(said) == {"de"}


def test_sweep_judges_live_cases_and_leaves_fresh_ones(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_sources", [lambda pk, day: [Signal(health.CRITICAL, "schlimm")]])
    stale = CaseFactory(owner=kam, health_at=at("06:00"))
    new = CaseFactory(owner=kam)
    fresh = CaseFactory(owner=kam, health_at=at("06:55"))
    ended = CaseFactory(owner=kam, status=Status.LOST, closed_on=MONDAY)
    assert sweep(at("07:00")).judged == 2
    critical = Case.objects.filter(health=Health.CRITICAL)
    assert set(critical) == {stale, new}
    assert {fresh, ended}.isdisjoint(critical)
    stale.refresh_from_db()
    assert (stale.health_at, stale.health_reasons) == (at("07:00"), ["schlimm"])


def test_sweep_judges_the_stalest_first_when_there_are_many(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winback.reminders.services.heartbeat.HEALTH_BATCH", 1)
    later = CaseFactory(owner=kam, health_at=at("06:30"))
    oldest = CaseFactory(owner=kam, health_at=at("05:00"))
    unknown = CaseFactory(owner=kam)
    order = []
    for _tick in range(3):
        sweep(at("07:00"))
        order += [
            pk
            for pk in Case.objects.filter(health_at=at("07:00")).values_list("pk", flat=True)
            if pk not in order
        ]
    assert order == [unknown.pk, oldest.pk, later.pk]


def test_sweep_that_dies_is_finished_by_the_next(
    kam: User, ledger: Ledger, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the notifications are written and before the digests are."""
    ledger.owe(1, kam, MONDAY)

    def killed(now: dt.datetime) -> int:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr("winback.reminders.services.heartbeat.queue_digests", killed)
        with pytest.raises(Killed):
            sweep(at())
    assert server.received == []
    sweep(at("07:01"))
    assert len(server.received) == 1


def test_second_sweep_inside_the_first_sends_nothing_twice(ledger: Ledger, server: Server) -> None:
    """Another beat ticks while the first mail is on its way."""
    people = UserFactory.create_batch(4)
    for number, person in enumerate(people):
        ledger.owe(number, person, MONDAY)
    nested = []

    def again(mail: object) -> None:
        if not nested:
            nested.append(1)
            sweep(at())

    server.after = again
    sweep(at())
    addresses = [mail.to[0] for mail in server.received]
    assert sorted(addresses) == sorted(person.email for person in people)
    assert Attempt.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_eight_sweeps_at_once_send_every_mail_exactly_once(
    ledger: Ledger, server: Server, postgres: None
) -> None:
    people = UserFactory.create_batch(20)
    for number, person in enumerate(people):
        ledger.owe(number, person, MONDAY)
    gate = threading.Barrier(8)

    def work() -> None:
        gate.wait()
        try:
            sweep(at())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    addresses = [mail.to[0] for mail in server.received]
    assert sorted(addresses) == sorted(person.email for person in people)
    assert Notification.objects.count() == 20
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_task_has_the_name_that_beat_rings(kam: User, ledger: Ledger, server: Server) -> None:
    task = current_app.tasks["reminders.sweep"]
    ledger.owe(1, kam, MONDAY)
    with time_machine.travel(at("07:30"), tick=False):
        task.apply().get()
    assert len(server.received) == 1


def test_task_nobody_took_expires_before_the_next_tick() -> None:
    scheduled = current_app.conf.beat_schedule["sweep"]
    assert tasks.sweep.expires < scheduled["schedule"]
    assert tasks.sweep.ignore_result is True


def test_tick_command_does_the_same_without_celery(
    kam: User, ledger: Ledger, server: Server
) -> None:
    ledger.owe(1, kam, MONDAY)
    out = StringIO()
    with time_machine.travel(at("07:30"), tick=False):
        call_command("tick", stdout=out)
        call_command("tick", stdout=out)
    first, second = out.getvalue().splitlines()
    assert first.startswith("1 new notifications, 1 digests queued, 1 mails sent, 0 to be")
    assert second.startswith("0 new notifications, 0 digests queued, 0 mails sent, 0 to be")
    assert len(server.received) == 1


def test_sweep_uses_the_present_instant_for_each_lease(
    kam: User, ledger: Ledger, server: Server
) -> None:
    ledger.owe(1, kam, timezone.localdate())
    now = timezone.now()
    sweep(now)
    sent = [row.sent_at for row in OutboxMessage.objects.all()]
    assert all(moment is not None and moment >= now for moment in sent)
