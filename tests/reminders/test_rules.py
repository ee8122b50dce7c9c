"""When somebody is reminded: over many years, across missed days, summer time and year ends."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reminders.world import at, refused
from winback.common.formats.dates import BERLIN
from winback.common.workdays import is_working_day, next_working_day
from winback.reminders.enums import Stage
from winback.reminders.rules import (
    Occasion,
    digest_day,
    digest_due_at,
    in_words,
    is_permanent,
    local_day,
    occasion,
    receiver,
    retry_after,
)

LEADS = (7, 2)
DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


def periods(due_on: dt.date, watched: Iterable[dt.date]) -> list[str]:
    """The occasions in the order in which they are first seen."""
    found = (occasion(due_on, LEADS, day) for day in watched)
    return list(dict.fromkeys(each.period for each in found if each))


def around(due_on: dt.date, before: int = 10, after: int = 0) -> list[dt.date]:
    return [due_on + DAY * offset for offset in range(-before, after + 1)]


@given(days)
def test_occasion_until_the_due_date_is_each_lead_once_then_the_day_itself(due_on: dt.date) -> None:
    assert periods(due_on, around(due_on)) == [
        f"before:{due_on}:7",
        f"before:{due_on}:2",
        f"due:{due_on}",
    ]


@given(days, st.integers(1, 60))
def test_occasion_while_overdue_is_one_per_iso_week(due_on: dt.date, late: int) -> None:
    overdue = [due_on + DAY * offset for offset in range(1, late + 1)]
    weeks = list(dict.fromkeys(day.isocalendar()[:2] for day in overdue))
    assert periods(due_on, overdue) == [f"overdue:{year}-W{week:02d}" for year, week in weeks]


@given(days, st.sets(st.integers(-10, 30)))
def test_occasion_after_missed_days_is_one_of_an_unbroken_watch(
    due_on: dt.date, watched: set[int]
) -> None:
    """A hole in the watch loses occasions that are past, and invents none."""
    seen = periods(due_on, (due_on + DAY * offset for offset in sorted(watched)))
    every = periods(due_on, around(due_on, after=30))
    assert [period for period in every if period in seen] == seen


@given(days, st.integers(-400, 400))
def test_occasion_stage_says_where_the_day_lies(due_on: dt.date, offset: int) -> None:
    found = occasion(due_on, LEADS, due_on + DAY * offset)
    expected = Stage.OVERDUE if offset > 0 else Stage.DUE if offset == 0 else Stage.BEFORE
    assert (found.stage if found else None) == (expected if offset >= -7 else None)


@given(days, st.integers(-400, 400))
def test_occasion_is_stored_in_forty_signs(due_on: dt.date, offset: int) -> None:
    found = occasion(due_on, (365,), due_on + DAY * offset)
    assert found is None or len(found.period) <= 40


def test_occasion_across_the_year_end_counts_the_iso_year() -> None:
    due = dt.date(2026, 12, 30)
    assert occasion(due, LEADS, dt.date(2027, 1, 1)) == Occasion(Stage.OVERDUE, "overdue:2026-W53")
    assert occasion(due, LEADS, dt.date(2027, 1, 4)) == Occasion(Stage.OVERDUE, "overdue:2027-W01")


def test_occasion_on_29_february_is_its_own_day() -> None:
    due = dt.date(2028, 2, 29)
    assert periods(due, around(due, before=8, after=1)) == [
        "before:2028-02-29:7",
        "before:2028-02-29:2",
        "due:2028-02-29",
        "overdue:2028-W09",
    ]


def test_occasion_without_lead_days_begins_on_the_day() -> None:
    due = dt.date(2026, 11, 24)
    assert occasion(due, (), due - DAY) is None
    assert occasion(due, (), due) == Occasion(Stage.DUE, "due:2026-11-24")


def test_occasion_after_two_missed_leads_is_the_nearer_one() -> None:
    found = occasion(dt.date(2026, 11, 24), LEADS, dt.date(2026, 11, 23))
    assert found == Occasion(Stage.BEFORE, "before:2026-11-24:2")


@pytest.mark.parametrize(
    ("owner", "deputy", "stand_ins", "active", "expected"),
    [
        (1, None, {}, {1, 2}, 1),
        (1, 2, {}, {1, 2}, 1),
        (1, None, {1: 3}, {1, 2, 3}, 3),
        (1, 2, {1: 3}, {1, 2, 3}, 3),
        (1, 2, {1: 3}, {1, 2}, 2),
        (1, 2, {1: 3, 3: 4}, {1, 2, 3, 4}, 2),
        (1, None, {1: 3}, {1}, 1),
        (1, 2, {}, {2}, 2),
        (1, None, {}, {2}, None),
        (1, 2, {2: 3}, {2, 3}, None),
    ],
    ids=[
        "present",
        "present with deputy",
        "away",
        "stand-in before deputy",
        "stand-in has left",
        "stand-in is away too",
        "nobody else is left",
        "owner has left",
        "owner has left, no deputy",
        "owner has left, deputy away",
    ],
)
def test_receiver_is(
    owner: int,
    deputy: int | None,
    stand_ins: dict[int, int],
    active: set[int],
    expected: int | None,
) -> None:
    assert receiver(owner, deputy, stand_ins, active) == expected


@given(days)
def test_digest_due_at_is_seven_in_berlin_on_that_day(day: dt.date) -> None:
    local = digest_due_at(day).astimezone(BERLIN)
    assert (local.date(), local.hour, local.minute) == (day, 7, 0)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (dt.date(2026, 3, 28), 6),
        (dt.date(2026, 3, 29), 5),  # summer time begins at 02:00
        (dt.date(2026, 10, 24), 5),
        (dt.date(2026, 10, 25), 6),  # summer time ends at 03:00
        (dt.date(2026, 12, 31), 6),
        (dt.date(2028, 2, 29), 6),
    ],
)
def test_digest_due_at_follows_summer_time(day: dt.date, hour: int) -> None:
    assert digest_due_at(day) == dt.datetime.combine(day, dt.time(hour), dt.UTC)


@settings(deadline=None)  # the holidays of a year are computed when it is first met
@given(days, st.times())
def test_digest_day_is_today_or_none(date: dt.date, clock: dt.time) -> None:
    now = dt.datetime.combine(date, clock, dt.UTC)
    day, local = digest_day(now, "HE"), now.astimezone(BERLIN)
    is_time = local.time() >= dt.time(7) and is_working_day(local.date(), "HE")
    assert day == (local.date() if is_time else None)
    assert local_day(now) == local.date()


@settings(deadline=None)  # as above
@given(days)
def test_digest_of_a_day_off_comes_on_the_next_working_day(day: dt.date) -> None:
    """Ticks every hour from midnight on: the first one that opens a day."""
    ticks = (at("00:00", day) + dt.timedelta(hours=hour) for hour in range(24 * 7))
    first = next(found for tick in ticks if (found := digest_day(tick, "HE")))
    assert first == next_working_day(day, "HE")


def test_digest_day_knows_the_holidays_of_the_land() -> None:
    corpus_christi = dt.date(2026, 6, 4)
    assert digest_day(at("09:30", corpus_christi), "HE") is None
    assert digest_day(at("09:30", corpus_christi), "BE") == corpus_christi


@pytest.mark.parametrize(
    ("clock", "is_open"), [("06:59:59", False), ("07:00", True), ("09:30", True), ("23:59", True)]
)
def test_digest_day_opens_at_seven(clock: str, is_open: bool) -> None:
    assert (digest_day(at(clock), "HE") is not None) is is_open


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(0, 1), (1, 1), (2, 2), (3, 5), (4, 15), (5, 30), (6, 60), (7, 60), (500, 60)],
)
def test_retry_after_grows_to_an_hour(attempts: int, minutes: int) -> None:
    assert retry_after(attempts, 0) == dt.timedelta(minutes=minutes)


@given(st.integers(1, 20), st.floats(-1, 1))
def test_retry_after_varies_by_a_fifth(attempts: int, swing: float) -> None:
    middle = retry_after(attempts, 0)
    assert abs(retry_after(attempts, swing) - middle) <= middle * 0.2000001


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refused(550), True),
        (refused(450), False),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(451, b"greylisted"), False),
        (smtplib.SMTPSenderRefused(553, b"no", "winback@provider.example"), True),
        (smtplib.SMTPSenderRefused(452, b"full", "winback@provider.example"), False),
        (smtplib.SMTPAuthenticationError(535, b"password"), False),
        (smtplib.SMTPConnectError(554, b"go away"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), True),
        (ConnectionRefusedError("refused"), False),
        (TimeoutError("stalled"), False),
        (ValueError("Invalid address"), True),
        (UnicodeEncodeError("ascii", "ü", 0, 1, "not ascii"), True),
    ],
    ids=repr,
)
def test_is_permanent_only_for_what_the_server_says_about_this_mail(
    error: Exception, expected: bool
) -> None:
    assert is_permanent(error) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refused(550), "550 no"),
        (smtplib.SMTPDataError(451, b"4.7.1 Sp\xe4ter"), "451 4.7.1 Sp\ufffdter"),
        (smtplib.SMTPDataError(554, "5.7.1 Spam"), "554 5.7.1 Spam"),
        (TimeoutError("timed out"), "TimeoutError: timed out"),
    ],
)
def test_in_words_is_the_answer_of_the_server(error: Exception, expected: str) -> None:
    assert in_words(error) == expected
