"""Notifications follow what is open: made once, settled when no longer true, each person's own."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.factories import AbsenceFactory
from tests.reminders.world import MONDAY, Ledger, at, in_days
from winback.cases.enums import Status
from winback.reminders.enums import Stage
from winback.reminders.models import Notification
from winback.reminders.services import mark_all_read, mark_read, notify

pytestmark = pytest.mark.django_db


def told(user: User) -> list[tuple[int, str]]:
    """What the person is reminded of at present."""
    rows = Notification.objects.of(user).current().order_by("object_id", "pk")
    return list(rows.values_list("object_id", "period"))


def test_notify_makes_one_per_item_and_occasion(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, in_days(7))
    ledger.owe(2, kam, MONDAY)
    ledger.owe(3, kam, in_days(-3))
    ledger.owe(4, kam, in_days(8))
    assert notify(at()) == 3
    assert told(kam) == [
        (1, "before:2026-11-30:7"),
        (2, "due:2026-11-23"),
        (3, "overdue:2026-W48"),
    ]


def test_notify_stores_what_the_inbox_shows(kam: User, ledger: Ledger) -> None:
    case = CaseFactory(owner=kam)
    ledger.owe(1, kam, in_days(2), title="Aufzugsnotruf prüfen", case_id=case.pk, url="/plan/1/")
    notify(at("08:15"))
    row = Notification.objects.get()
    assert (row.title, row.context) == ("Aufzugsnotruf prüfen", "Norhagen Bau AG · RG-2026-0042")
    assert (row.url, row.case, row.due_on) == ("/plan/1/", case, in_days(2))
    assert (row.stage, row.created_at) == (Stage.BEFORE, at("08:15"))
    assert (row.read_at, row.mailed_at, row.settled_at) == (None, None, None)


def test_notify_again_makes_nothing(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    assert [notify(at()), notify(at("07:01")), notify(at("23:59"))] == [1, 0, 0]
    assert Notification.objects.get().created_at == at()


def test_notify_at_the_same_moment_from_two_sides_makes_one(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second sweep runs whole after the first has looked and before it writes."""
    ledger.owe(1, kam, MONDAY)
    write = Notification.objects.bulk_create
    beaten = []

    def late(*args: object, **kwargs: object) -> object:
        if not beaten:
            beaten.append(1)
            notify(at())
        return write(*args, **kwargs)  # type: ignore[arg-type]  # passes on whatever it was given

    manager = type(Notification.objects)
    monkeypatch.setattr(manager, "bulk_create", lambda self, *a, **k: late(*a, **k))
    notify(at())
    assert beaten == [1]
    assert Notification.objects.count() == 1


def test_notify_goes_on_weekly_while_overdue(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, in_days(-1))
    made = [notify(at(day=in_days(offset))) for offset in range(14)]
    assert made == [1, 0, 0, 0, 0, 0, 0] * 2
    assert told(kam) == [(1, "overdue:2026-W49")]


def test_notify_lets_a_later_occasion_take_the_place_of_the_earlier(
    kam: User, ledger: Ledger
) -> None:
    ledger.owe(1, kam, in_days(2))
    for offset in range(4):
        notify(at(day=in_days(offset)))
    assert told(kam) == [(1, "overdue:2026-W48")]
    assert Notification.objects.count() == 3


def test_notify_settles_what_is_done(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    notify(at())
    ledger.settle(1)
    assert notify(at("10:00")) == 0
    assert Notification.objects.get().settled_at == at("10:00")


def test_notify_settles_what_was_moved_and_reminds_of_the_new_date(
    kam: User, ledger: Ledger
) -> None:
    ledger.owe(1, kam, MONDAY)
    notify(at())
    ledger.owe(1, kam, in_days(7))
    notify(at("10:00"))
    assert told(kam) == [(1, "before:2026-11-30:7")]


def test_notify_unsettles_what_is_open_again(kam: User, ledger: Ledger) -> None:
    """Reopened on the same day: the same reminder counts again, with its present words."""
    ledger.owe(1, kam, MONDAY, title="Alt")
    notify(at())
    ledger.settle(1)
    notify(at("10:00"))
    ledger.owe(1, kam, MONDAY, title="Neu")
    notify(at("11:00"))
    row = Notification.objects.get()
    assert (row.settled_at, row.title, row.created_at) == (None, "Neu", at())


def test_notify_after_reassigning_reminds_the_new_owner_only(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    ledger.owe(1, kam, MONDAY)
    notify(at())
    ledger.owe(1, kollegin, MONDAY)
    notify(at("10:00"))
    assert (told(kam), told(kollegin)) == ([], [(1, "due:2026-11-23")])


def test_notify_during_absence_reminds_the_stand_in(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    AbsenceFactory(user=kam, deputy=kollegin, starts_on=MONDAY, ends_on=in_days(1))
    ledger.owe(1, kam, in_days(1))
    notify(at())
    assert (told(kam), told(kollegin)) == ([], [(1, "before:2026-11-24:2")])


def test_notify_after_the_return_reminds_the_owner_of_what_is_still_open(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    AbsenceFactory(user=kam, deputy=kollegin, starts_on=MONDAY, ends_on=in_days(1))
    ledger.owe(1, kam, in_days(1))
    for offset in range(3):
        notify(at(day=in_days(offset)))
    assert (told(kam), told(kollegin)) == ([(1, "overdue:2026-W48")], [])


def test_notify_skips_people_without_an_account(kam: User, ledger: Ledger) -> None:
    kam.is_active = False
    kam.save()
    ledger.owe(1, kam, MONDAY)
    assert notify(at()) == 0


def test_notify_reminds_the_deputy_of_the_thing_when_the_owner_has_left(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    kam.is_active = False
    kam.save()
    ledger.owe(1, kam, MONDAY, deputy=kollegin)
    notify(at())
    assert told(kollegin) == [(1, "due:2026-11-23")]


def test_notify_speaks_the_language_of_each_person(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    kollegin.language = "en"
    kollegin.save()
    ledger.owe(1, kam, MONDAY)
    ledger.owe(2, kollegin, MONDAY)
    notify(at())
    titles = Notification.objects.order_by("object_id").values_list("title", flat=True)
    assert list(titles) == ["Bearbeiten 1", "Edit 2"]


def test_notify_keeps_two_obligations_of_one_thing_apart(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    ledger.owe(2, kam, MONDAY, pk=1, part="start")
    assert notify(at()) == 2
    assert notify(at("07:01")) == 0


def test_notify_takes_a_thing_a_room_names_twice_once(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    ledger.owe(2, kam, MONDAY, pk=1)
    assert notify(at()) == 1


def test_notify_cuts_words_that_are_too_long(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY, title="ä" * 500, context="ö" * 300)
    notify(at())
    row = Notification.objects.get()
    assert (len(row.title), len(row.context)) == (400, 250)


def test_notify_settles_more_than_one_chunk(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winback.reminders.services.notifications._CHUNK", 2)
    for number in range(5):
        ledger.owe(number, kam, MONDAY)
    assert notify(at()) == 5
    ledger.items.clear()
    notify(at())
    assert told(kam) == []


def test_notify_keeps_to_the_lead_days_of_each_kind(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = Ledger(key="short")
    kinds = {"test": ledger.kind(lead_days=(7,)), "short": short.kind(lead_days=(1,))}
    monkeypatch.setattr("winback.common.obligations._kinds", kinds)
    ledger.owe(1, kam, in_days(5))
    short.owe(2, kam, in_days(5))
    notify(at())
    assert told(kam) == [(1, "before:2026-11-28:7")]


def test_notify_without_any_kind_makes_nothing(
    kam: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winback.common.obligations._kinds", {})
    assert notify(at()) == 0


def test_notify_of_a_real_case_names_step_and_start(kam: User) -> None:
    """An open case owes its next step and its start; both may be overdue in the same week."""
    case = CaseFactory(owner=kam, next_step="Gespräch mit Frau Seel", next_step_on=in_days(-4))
    assert notify(at()) == 2
    rows = Notification.objects.of(kam)
    assert set(rows.values_list("part", "period")) == {
        ("", "overdue:2026-W48"),
        ("start", "overdue:2026-W48"),
    }
    assert {row.case for row in rows} == {case}


def test_notify_of_a_resting_case_comes_on_its_wake_up_date(kam: User) -> None:
    """Nothing wakes by itself: the date is an obligation like any other."""
    case = CaseFactory(owner=kam, status=Status.RESTING, resting_until=in_days(1))
    notify(at())
    assert told(kam) == [(case.pk, "before:2026-11-24:1")]
    case.refresh_from_db()
    assert case.status == Status.RESTING


def test_mark_read_keeps_the_first_time(kam: User, ledger: Ledger) -> None:
    ledger.owe(1, kam, MONDAY)
    notify(at())
    row = Notification.objects.get()
    mark_read(notification=row, now=at("09:00"))
    mark_read(notification=row, now=at("10:00"))
    row.refresh_from_db()
    assert row.read_at == at("09:00")


def test_mark_all_read_leaves_others_and_settled_ones_alone(
    kam: User, kollegin: User, ledger: Ledger
) -> None:
    ledger.owe(1, kam, MONDAY)
    ledger.owe(2, kollegin, MONDAY)
    ledger.owe(3, kam, MONDAY)
    notify(at())
    ledger.settle(3)
    notify(at())
    assert mark_all_read(user=kam, now=at("09:00")) == 1
    assert mark_all_read(user=kam, now=at("09:00")) == 0
    assert Notification.objects.of(kollegin).unread().count() == 1


@pytest.mark.parametrize("missed", [1, 5, 12, 40])
def test_notify_after_missed_days_makes_the_present_one_only(
    kam: User, ledger: Ledger, missed: int
) -> None:
    ledger.owe(1, kam, in_days(2))
    notify(at(day=in_days(-5)))
    notify(at(day=in_days(-5) + dt.timedelta(days=missed)))
    assert len(told(kam)) == 1
    assert Notification.objects.count() == (1 if missed == 1 else 2)
