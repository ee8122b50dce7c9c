"""Inbox, bell and outbox as people use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from tests.conftest import ClientFor
from tests.factories import UserFactory
from tests.reminders.factories import mail, note
from tests.reminders.world import MONDAY, Ledger, at, in_days
from tests.statements import statements
from winback.reminders.enums import CancelReason, MailState, Stage
from winback.reminders.models import Notification, OutboxMessage
from winback.reminders.services import notify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
INBOX = "/benachrichtigungen/"
OUTBOX = "/verwaltung/mails/"
LIST, WRITE = 8, 10


@pytest.fixture
def admin(client_for: ClientFor, admin_user: User) -> Client:
    return client_for(admin_user)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_inbox_shows_what_until_when_and_which_case(
    client_for: ClientFor, kam: User, ledger: Ledger
) -> None:
    ledger.owe(1, kam, in_days(-3), title="Aufzugsnotruf prüfen", url="/plan/1/")
    notify(at())
    page = text(client_for(kam), INBOX)
    assert '<a href="/plan/1/">Aufzugsnotruf prüfen</a>' in page
    assert "Norhagen Bau AG · RG-2026-0042" in page
    assert "Fr., 20.11.2026" in page
    assert "3 Tage überfällig" in page
    assert "23.11.2026, 07:00" in page


def test_inbox_shows_nothing_of_others(client_for: ClientFor, kam: User, fremde: User) -> None:
    note(kam, title="GEHEIM")
    page = text(client_for(fremde), INBOX)
    assert "GEHEIM" not in page
    assert "Noch nichts." in page


def test_inbox_begins_with_the_unread(client_for: ClientFor, kam: User) -> None:
    note(kam, object_id=1, title="gelesen", read_at=at())
    note(kam, object_id=2, title="ungelesenes", created_at=at() - dt.timedelta(days=3))
    page = text(client_for(kam), INBOX)
    assert page.index("ungelesenes") < page.index(">gelesen<")


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"stage": Stage.BEFORE}, "steht an"),
        ({"stage": Stage.DUE}, "heute fällig"),
        ({"stage": Stage.OVERDUE}, "überfällig"),
        ({"stage": Stage.OVERDUE, "settled_at": at()}, "erledigt"),
    ],
)
def test_inbox_names_the_stage(
    client_for: ClientFor, kam: User, facts: dict[str, object], word: str
) -> None:
    note(kam, **facts)
    assert word in text(client_for(kam), INBOX)


def test_inbox_offers_reading_where_something_is_unread_only(
    client_for: ClientFor, kam: User
) -> None:
    note(kam, read_at=at())
    note(kam, object_id=2, settled_at=at())
    page = text(client_for(kam), INBOX)
    assert "Als gelesen markieren" not in page
    assert "Alle als gelesen markieren" not in page


def test_read_marks_one(client_for: ClientFor, kam: User) -> None:
    rows = [note(kam, object_id=number) for number in (1, 2)]
    response = client_for(kam).post(f"{INBOX}{rows[0].pk}/gelesen/")
    assert response["Location"] == INBOX
    assert [row.object_id for row in Notification.objects.unread()] == [2]


def test_read_of_somebody_elses_is_404(client_for: ClientFor, kam: User, fremde: User) -> None:
    row = note(kam)
    assert client_for(fremde).post(f"{INBOX}{row.pk}/gelesen/").status_code == 404
    assert Notification.objects.unread().exists()


def test_read_all_marks_mine(client_for: ClientFor, kam: User, kollegin: User) -> None:
    for person in (kam, kollegin):
        note(person)
    client_for(kam).post(f"{INBOX}gelesen/")
    assert [row.user for row in Notification.objects.unread()] == [kollegin]


@pytest.mark.parametrize("path", ["gelesen/", "1/gelesen/"])
def test_reading_needs_a_post(client_for: ClientFor, kam: User, path: str) -> None:
    assert client_for(kam).get(INBOX + path).status_code == 405


def test_bell_counts_the_unread(client_for: ClientFor, kam: User) -> None:
    client = client_for(kam)
    assert "count--due" not in text(client, "/einstellungen/passwort/")
    for number in range(3):
        note(kam, object_id=number)
    note(kam, object_id=9, read_at=at())
    page = text(client, "/einstellungen/passwort/")
    assert '<span class="count count--due">3<span class="vh"> ungelesen</span></span>' in page


def test_bell_costs_one_statement(client_for: ClientFor, kam: User) -> None:
    note(kam)
    asked = statements(client_for(kam), "/einstellungen/passwort/")
    assert len([sql for sql in asked if "reminders_notification" in sql]) == 1


def test_inbox_asks_the_same_for_one_three_and_sixty(client_for: ClientFor, kam: User) -> None:
    client, counts = client_for(kam), []
    for numbers in (range(1), range(1, 3), range(3, 60)):
        for number in numbers:
            note(kam, object_id=number)
        counts.append(len(statements(client, INBOX)))
    assert counts[0] <= LIST
    assert counts == [counts[0]] * 3
    assert "Seite 3" in text(client, INBOX)


def test_reading_stays_within_the_budget_of_a_write(client_for: ClientFor, kam: User) -> None:
    row, client = note(kam), client_for(kam)
    assert len(statements(client, f"{INBOX}{row.pk}/gelesen/", {"x": 1})) <= WRITE
    assert len(statements(client, f"{INBOX}gelesen/", {"x": 1})) <= WRITE


def test_outbox_shows_state_tries_and_error(admin: Client, kam: User) -> None:
    mail(kam, state=MailState.FAILED, attempts=3, last_error="550 Postfach unbekannt")
    page = text(admin, OUTBOX)
    assert "Aylin Kaya" in page
    assert kam.email in page
    assert "fehlgeschlagen" in page
    assert "550 Postfach unbekannt" in page
    assert "Tägliche Erinnerung" in page
    assert "Erneut versuchen" in page


def test_outbox_says_why_a_mail_was_not_sent(admin: Client, kam: User) -> None:
    mail(kam, state=MailState.CANCELLED, reason=CancelReason.NOTHING_OPEN)
    page = text(admin, OUTBOX)
    assert "nicht gesendet" in page
    assert "Es ist nichts Neues mehr offen." in page
    assert "Erneut versuchen" not in page


def test_outbox_escapes_what_the_server_said(admin: Client, kam: User) -> None:
    mail(kam, state=MailState.FAILED, last_error="<script>x</script>")
    assert "<script>x" not in text(admin, OUTBOX)


def test_outbox_filter_narrows_by_state(admin: Client, kam: User, kollegin: User) -> None:
    mail(kam, state=MailState.FAILED)
    mail(kollegin, state=MailState.SENT, subject="3 Aufgaben überfällig")
    failed = text(admin, f"{OUTBOX}?stand=failed")
    assert kam.email in failed
    assert kollegin.email not in failed
    assert kam.email in text(admin, f"{OUTBOX}?stand=unsinn")
    assert "Keine Mail hier." in text(admin, f"{OUTBOX}?stand=held")


def test_outbox_status_counts_and_dates_the_oldest(admin: Client) -> None:
    for number, state in enumerate((MailState.QUEUED, MailState.SENDING, MailState.FAILED)):
        mail(UserFactory(), state=state, due_at=at(f"08:5{number}"))
    mail(UserFactory(), due_at=at("07:00", in_days(1)))
    page = " ".join(text(admin, OUTBOX).split())
    assert f'<a href="{OUTBOX}?stand=queued">2</a>' in page
    assert f'<a href="{OUTBOX}?stand=failed">1</a>' in page
    assert '<span class="big">23.11.2026, 08:50 Uhr</span>' in page
    assert "Mails warten länger" not in page


@pytest.mark.parametrize(("clock", "alarms"), [("08:44", True), ("08:45", False)])
def test_outbox_alarms_after_fifteen_minutes(
    admin: Client, kam: User, clock: str, alarms: bool
) -> None:
    """It is 9:00."""
    mail(kam, due_at=at(clock))
    assert ("Mails warten länger als 15 Minuten." in text(admin, OUTBOX)) is alarms


def test_outbox_without_mails_is_calm(admin: Client) -> None:
    page = text(admin, OUTBOX)
    assert "Keine Mail hier." in page
    assert "Mails warten länger" not in page


def test_outbox_links_the_folder_only_where_it_is_used(admin: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert "/verwaltung/mails/ordner/" in text(admin, OUTBOX)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "/verwaltung/mails/ordner/" not in text(admin, OUTBOX)


def test_retry_queues_a_failed_mail_and_says_so(
    admin: Client, kam: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = mail(kam, state=MailState.FAILED, attempts=1)
    with django_capture_on_commit_callbacks() as rung:
        page = admin.post(f"{OUTBOX}{row.pk}/wiederholung/", follow=True).content.decode()
    assert "Die Mail wird innerhalb einer Minute erneut versucht." in page
    assert len(rung) == 1
    row.refresh_from_db()
    assert (row.state, row.next_try_at) == (MailState.QUEUED, at("09:00"))


def test_retry_of_a_sent_mail_says_and_does_nothing(admin: Client, kam: User) -> None:
    row = mail(kam, state=MailState.SENT)
    page = admin.post(f"{OUTBOX}{row.pk}/wiederholung/", follow=True).content.decode()
    assert "erneut versucht" not in page
    row.refresh_from_db()
    assert row.state == MailState.SENT


def test_retry_of_an_unknown_mail_is_404(admin: Client) -> None:
    assert admin.post(f"{OUTBOX}4711/wiederholung/").status_code == 404


def test_outbox_asks_the_same_for_one_three_and_thirty(admin: Client) -> None:
    counts = []
    for count in (1, 2, 27):
        for _number in range(count):
            mail(UserFactory(), state=MailState.FAILED)
        counts.append(len(statements(admin, OUTBOX)))
    assert counts[0] <= LIST
    assert counts == [counts[0]] * 3
    row = OutboxMessage.objects.all()[0]
    assert len(statements(admin, f"{OUTBOX}{row.pk}/wiederholung/", {"x": 1})) <= WRITE


def test_navigation_shows_mails_to_administrators_only(
    admin: Client, client_for: ClientFor, kam: User
) -> None:
    assert f'href="{OUTBOX}"' in text(admin, INBOX)
    assert f'href="{OUTBOX}"' not in text(client_for(kam), INBOX)


def test_inbox_of_a_day_is_dated_from_today(client_for: ClientFor, kam: User) -> None:
    note(kam, due_on=MONDAY)
    assert "heute" in text(client_for(kam), INBOX)
