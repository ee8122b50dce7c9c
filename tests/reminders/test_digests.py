"""The digest: who gets one, on which day, and what it says when it is written."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.factories import AbsenceFactory, UserFactory
from tests.reminders.world import MONDAY, Ledger, at, in_days, queue
from winback.common import obligations
from winback.reminders.enums import CancelReason, MailState
from winback.reminders.models import DigestDay, Notification, OutboxMessage
from winback.reminders.services import notify, queue_digests
from winback.reminders.services.digests import write_digest
from winback.reminders.services.letters import Letter

pytestmark = pytest.mark.django_db


def write(user: User, now: dt.datetime | None = None) -> Letter:
    letter = write_digest(queue(user, now), now or at())
    assert isinstance(letter, Letter)
    return letter


def made(now: dt.datetime) -> int:
    """One tick without sending."""
    notify(now)
    return queue_digests(now)


def test_queue_makes_one_per_person_and_day(kam: User, kollegin: User, ledger: Ledger) -> None:
    for number in range(5):
        ledger.owe(number, kam, MONDAY)
    ledger.owe(9, kollegin, MONDAY)
    ledger.owe(10, UserFactory(), in_days(30))
    assert made(at("07:00")) == 2
    row = OutboxMessage.objects.get(recipient=kam)
    assert row.key == f"digest:{kam.pk}:2026-11-23"
    assert (row.due_at, row.next_try_at) == (at("07:00"), at("07:00"))
    assert (row.state, row.attempts, row.fence) == (MailState.QUEUED, 0, 0)


def test_queue_waits_for_seven(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    assert made(at("06:59")) == 0
    assert not DigestDay.objects.exists()
    assert made(at("07:00")) == 1


def test_queue_catches_up_when_the_worker_starts_late(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    assert made(at("09:30")) == 1
    assert OutboxMessage.objects.get().due_at == at("07:00")


def test_queue_makes_no_second_one_for_what_comes_up_during_the_day(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    ledger.owe(1, kam, MONDAY)
    made(at("07:00"))
    ledger.owe(2, kam, MONDAY)
    ledger.owe(3, kollegin, in_days(1))
    assert made(at("14:00")) == 0
    assert made(at("07:00", in_days(1))) == 2


def test_queue_on_a_weekend_waits_for_monday(kam: User, ledger: Ledger) -> None:
    saturday = in_days(-2)
    ledger.owe(1, kam, saturday)
    assert [made(at("09:30", saturday)), made(at("09:30", in_days(-1)))] == [0, 0]
    assert made(at("07:00")) == 1


def test_queue_on_a_holiday_of_the_provider_waits(
    kam: User, ledger: Ledger, settings: Settings
) -> None:
    settings.PROVIDER_BUNDESLAND = "BY"
    epiphany = dt.date(2027, 1, 6)
    ledger.owe(1, kam, epiphany)
    assert made(at("07:00", epiphany)) == 0
    assert made(at("07:00", epiphany + dt.timedelta(days=1))) == 1


def test_queue_after_twelve_missed_days_makes_one(kam: User, ledger: Ledger) -> None:
    for number in range(12):
        ledger.owe(number, kam, in_days(number))
    made(at("07:00"))
    OutboxMessage.objects.update(state=MailState.SENT)
    assert made(at("09:30", in_days(12) + dt.timedelta(days=2))) == 1
    assert OutboxMessage.objects.count() == 2


def test_queue_of_two_ticks_at_once_makes_one(kam: User, ledger: Ledger) -> None:
    """The day is taken already: the second tick finds its row and makes nothing."""
    ledger.owe(1, kam, MONDAY)
    notify(at())
    assert [queue_digests(at()), queue_digests(at())] == [1, 0]
    assert DigestDay.objects.get().day == MONDAY


def test_queue_without_the_day_row_is_still_held_by_the_key(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    made(at())
    DigestDay.objects.all().delete()
    made(at())
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"digest": "none"}, {"is_active": False}, {"muted_kinds": ["test"]}],
    ids=["no mail", "inactive", "muted"],
)
def test_queue_leaves_out_who_gets_no_mail(
    kam: User, ledger: Ledger, changes: dict[str, object]
) -> None:
    ledger.owe(1, kam, MONDAY)
    notify(at())
    User.objects.filter(pk=kam.pk).update(**changes)
    assert queue_digests(at()) == 0


def test_queue_needs_one_kind_that_is_not_muted(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Ledger(key="other")
    kinds = {each.key: each.kind() for each in (ledger, other)}
    monkeypatch.setattr(obligations, "_kinds", kinds)
    kam.muted_kinds = ["test"]
    kam.save()
    ledger.owe(1, kam, MONDAY, title="stumm")
    other.owe(2, kam, MONDAY, title="laut")
    text = write(kam).text
    assert "laut" in text
    assert "stumm" not in text


def test_queue_leaves_out_who_has_heard_everything(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    notify(at())
    Notification.objects.update(mailed_at=at())
    assert queue_digests(at()) == 0


def test_message_id_is_the_same_for_every_try(
    kam: User, ledger: Ledger, settings: Settings
) -> None:
    settings.SITE_URL = "https://winback.provider.example:8443"
    ledger.owe(1, kam, MONDAY)
    expected = f"<digest.{kam.pk}.2026-11-23@winback.provider.example>"
    assert queue(kam).message_id == expected


def test_write_counts_in_the_subject(kam: User, ledger: Ledger) -> None:
    for number, offset in enumerate((-9, -4, -1, 0, 1, 2, 2, 4, 7)):
        ledger.owe(number, kam, in_days(offset))
    assert write(kam).subject == "3 Aufgaben überfällig, 5 diese Woche, 1 demnächst"


@pytest.mark.parametrize(
    ("offsets", "subject"),
    [
        ((-1,), "1 Aufgabe überfällig"),
        ((0,), "1 Aufgabe diese Woche"),
        ((7,), "1 Aufgabe demnächst"),
        ((7, 7), "2 Aufgaben demnächst"),
        ((-1, 7), "1 Aufgabe überfällig, 1 demnächst"),
        ((0, 0, 7), "2 Aufgaben diese Woche, 1 demnächst"),
    ],
)
def test_write_leaves_out_of_the_subject_what_there_is_none_of(
    kam: User, ledger: Ledger, offsets: tuple[int, ...], subject: str
) -> None:
    for number, offset in enumerate(offsets):
        ledger.owe(number, kam, in_days(offset))
    assert write(kam).subject == subject


def test_write_says_what_until_when_and_why(kam: User, ledger: Ledger, settings: Settings) -> None:
    settings.SITE_URL = "https://winback.provider.example"
    kam.salutation = "ms"
    kam.save()
    ledger.owe(1, kam, in_days(-3), title="Aufzugsnotruf prüfen", url="/massnahmen/7/")
    letter = write(kam)
    for body in (letter.text, letter.html):
        assert "Guten Tag, Frau Kaya" in body
        assert "Norhagen Bau AG · RG-2026-0042" in body
        assert "Aufzugsnotruf prüfen" in body
        assert "Fr., 20.11.2026 (3 Tage überfällig)" in body
        assert "Sie sind verantwortlich" in body
        assert "https://winback.provider.example/massnahmen/7/" in body
        assert "https://winback.provider.example/einstellungen/profil/" in body
    assert '<html lang="de">' in letter.html


def test_write_groups_by_case_and_begins_with_the_longest_overdue(
    kam: User, ledger: Ledger
) -> None:
    auental = {"context": "Klinikum Auental · RG-2026-0002", "case_id": CaseFactory().pk}
    norhagen = {"context": "Norhagen Bau AG · RG-2026-0001", "case_id": CaseFactory().pk}
    ledger.owe(1, kam, in_days(2), title="Viertens", **auental)
    ledger.owe(2, kam, in_days(-1), title="Drittens", **auental)
    ledger.owe(3, kam, in_days(-9), title="Erstens", **norhagen)
    ledger.owe(4, kam, in_days(1), title="Zweitens", **norhagen)
    words = ["Norhagen", "Erstens", "Zweitens", "Klinikum", "Drittens", "Viertens"]
    for body in (write(kam).text, write(kam).html):
        places = [body.index(word) for word in words]
        assert places == sorted(places)
        assert body.count("Klinikum Auental") == 1


def test_write_names_a_group_without_a_case(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY, context="")
    assert "Ohne Fall" in write(kam).text


def test_write_shows_everything_that_has_an_occasion_once_something_is_new(
    kam: User, ledger: Ledger
) -> None:
    """The whole picture: what was told on another day and is still open stays visible."""
    ledger.owe(1, kam, in_days(-1), title="alt")
    notify(at())
    Notification.objects.update(mailed_at=at())
    ledger.owe(2, kam, MONDAY, title="neu")
    letter = write(kam)
    assert "alt" in letter.text
    assert letter.told == list(Notification.objects.unmailed().values_list("pk", flat=True))
    assert len(letter.told) == 1


def test_write_leaves_out_what_was_done_since_it_was_queued(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY, title="erledigt")
    ledger.owe(2, kam, MONDAY, title="offen")
    message = queue(kam)
    ledger.settle(1)
    letter = write_digest(message, at())
    assert isinstance(letter, Letter)
    assert "erledigt" not in letter.text
    assert letter.subject == "1 Aufgabe diese Woche"


def test_write_for_a_stand_in_names_the_absent_owner(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    AbsenceFactory(user=kam, deputy=kollegin, starts_on=MONDAY, ends_on=MONDAY)
    ledger.owe(1, kam, MONDAY)
    assert "Sie vertreten Aylin Kaya" in write(kollegin).text
    assert not OutboxMessage.objects.filter(recipient=kam).exists()


def test_write_for_a_stand_in_leaves_out_what_reaches_others(
    kam: User, qm: User, kollegin: User, ledger: Ledger
) -> None:
    for owner, deputy in ((kam, kollegin), (qm, UserFactory())):
        AbsenceFactory(user=owner, deputy=deputy, starts_on=MONDAY, ends_on=MONDAY)
    ledger.owe(1, kam, MONDAY, title="für Nele Brunner")
    ledger.owe(2, qm, MONDAY, title="für jemand anderen")
    letter = write(kollegin)
    assert letter.subject == "1 Aufgabe diese Woche"
    assert "für jemand anderen" not in letter.text


def test_write_for_the_deputy_of_somebody_who_has_left(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    kam.is_active = False
    kam.save()
    ledger.owe(1, kam, MONDAY, deputy=kollegin)
    assert "Sie sind Stellvertretung" in write(kollegin).text


def test_write_speaks_the_language_of_the_person(kam: User, ledger: Ledger) -> None:
    kam.language = "en"
    kam.save()
    ledger.owe(1, kam, in_days(-1))
    letter = write(kam)
    assert letter.subject == "1 task overdue"
    assert "Good day, Aylin Kaya" in letter.text
    assert "Edit 1" in letter.text
    assert '<html lang="en">' in letter.html


def test_write_escapes_markup_in_html_only(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY, title="<b>R&D</b>", context="A & B")
    letter = write(kam)
    assert "<b>R&D</b>" in letter.text
    assert "A & B" in letter.text
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in letter.html


def test_write_has_no_blank_subject_lines(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    assert "\n" not in write(kam).subject


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_active": False}, CancelReason.INACTIVE),
        ({"digest": "none"}, CancelReason.NO_MAIL),
        ({"muted_kinds": ["test"]}, CancelReason.NOTHING_OPEN),
    ],
)
def test_write_gives_the_reason_when_the_person_gets_none_any_more(
    kam: User, ledger: Ledger, changes: dict[str, object], reason: CancelReason
) -> None:
    ledger.owe(1, kam, MONDAY)
    queue(kam)
    User.objects.filter(pk=kam.pk).update(**changes)
    assert write_digest(OutboxMessage.objects.get(), at()) == reason


def test_write_gives_the_reason_when_nothing_is_open(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    message = queue(kam)
    ledger.settle(1)
    assert write_digest(message, at()) == CancelReason.NOTHING_OPEN


def test_write_gives_way_to_a_newer_digest(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    made(at())
    made(at(day=in_days(1)))
    old, new = OutboxMessage.objects.order_by("due_at")
    tomorrow = at(day=in_days(1))
    assert write_digest(old, tomorrow) == CancelReason.SUPERSEDED
    assert isinstance(write_digest(new, tomorrow), Letter)


def test_write_of_yesterday_stands_while_there_is_no_newer_one(kam: User, ledger: Ledger) -> None:
    friday = in_days(-3)
    ledger.owe(1, kam, friday)
    made(at(day=friday))
    saturday = at("08:00", in_days(-2))
    made(saturday)
    letter = write_digest(OutboxMessage.objects.get(), saturday)
    assert isinstance(letter, Letter)
    assert "überfällig" in letter.subject
