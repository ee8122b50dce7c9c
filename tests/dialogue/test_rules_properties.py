"""What holds for every input: states, ratios, working time, rhythms and what is about to break."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winback.common.workdays import (
    Bundesland,
    add_working_days,
    is_working_day,
    working_days_between,
)
from winback.dialogue import rules
from winback.dialogue.enums import CommitmentState, Rhythm
from winback.dialogue.rules import KeptRatio

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)

LANDS = st.sampled_from([land.value for land in Bundesland])
DATES = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
COUNTS = st.integers(0, 60)
quick = settings(max_examples=40, deadline=None)


def day(offset: int) -> dt.date:
    return TODAY + offset * DAY


def state(
    due: int,
    *,
    original: int | None = None,
    done: int | None = None,
    broken: int | None = None,
    released: int | None = None,
) -> CommitmentState:
    """The state by offsets from today."""
    return rules.state(
        due_on=day(due),
        original_due_on=day(due if original is None else original),
        done_on=None if done is None else day(done),
        broken_on=None if broken is None else day(broken),
        released_on=None if released is None else day(released),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("due", "ends", "expected"),
    [
        (1, {}, CommitmentState.OPEN),
        (0, {}, CommitmentState.OPEN),
        (-1, {}, CommitmentState.BROKEN),
        (-400, {}, CommitmentState.BROKEN),
        (5, {"done": 0}, CommitmentState.KEPT),
        (0, {"done": 0}, CommitmentState.KEPT),
        (-2, {"done": -2}, CommitmentState.KEPT),
        (-2, {"done": -1}, CommitmentState.KEPT_LATE),
        (5, {"original": -3, "done": -3}, CommitmentState.KEPT),
        (5, {"original": -3, "done": -2}, CommitmentState.KEPT_LATE),
        (5, {"broken": 0}, CommitmentState.BROKEN),
        (-5, {"broken": -6}, CommitmentState.BROKEN),
        (5, {"released": 0}, CommitmentState.RELEASED),
        (-5, {"released": -1}, CommitmentState.RELEASED),
        (-5, {"original": -9, "released": -1}, CommitmentState.RELEASED),
    ],
    ids=str,
)
def test_state_by_offsets(due: int, ends: dict[str, int], expected: CommitmentState) -> None:
    assert state(due, **ends) == expected


@quick
@given(st.integers(-400, 400), st.integers(-400, 400))
def test_released_is_never_counted_whatever_its_dates(due: int, released: int) -> None:
    found = state(due, released=released)
    assert rules.kept_ratio(Counter([found.value])).due == 0


@quick
@given(st.integers(-400, 400), st.integers(-400, 400))
def test_kept_is_on_time_or_late_and_never_both(due: int, done: int) -> None:
    ratio = rules.kept_ratio(Counter([state(due, done=done).value]))
    assert (ratio.on_time, ratio.late, ratio.broken) == (int(done <= due), int(done > due), 0)


@quick
@given(st.integers(-400, 400))
def test_open_one_turns_broken_on_the_day_after_its_date(due: int) -> None:
    assert (state(due) == CommitmentState.BROKEN) == (due < 0)


@quick
@given(COUNTS, COUNTS, COUNTS)
def test_ratio_is_between_nothing_and_all(on_time: int, late: int, broken: int) -> None:
    ratio = KeptRatio(on_time, late, broken)
    assert ratio.due == on_time + late + broken
    if ratio.due < rules.LEAST_SHOWN:
        assert ratio.percent is None
        assert ratio.percent_with_late is None
        return
    assert ratio.percent is not None
    assert ratio.percent_with_late is not None
    assert 0 <= ratio.percent <= ratio.percent_with_late <= 100


@quick
@given(st.integers(5, 60), st.integers(5, 60))
def test_one_more_break_never_lifts_the_ratio(on_time: int, broken: int) -> None:
    before, after = KeptRatio(on_time, 0, broken).percent, KeptRatio(on_time, 0, broken + 1).percent
    assert before is not None
    assert after is not None
    assert after < before


@quick
@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_ratio_ignores_what_is_open_or_released(a: int, b: int, c: int, d: int, e: int) -> None:
    counts = {"kept": a, "kept_late": b, "broken": c}
    assert rules.kept_ratio(counts) == rules.kept_ratio({**counts, "open": d, "released": e})


@pytest.mark.parametrize(
    ("counts", "percent", "with_late"),
    [
        ((5, 0, 0), "100", "100"),
        ((4, 1, 0), "80", "100"),
        ((0, 5, 0), "0", "100"),
        ((0, 0, 5), "0", "0"),
        ((3, 2, 3), "37.5", "62.5"),
        ((13, 1, 2), "81.25", "87.5"),
        ((7, 1, 0), "87.5", "100"),
        ((1, 1, 6), "12.5", "25"),
    ],
    ids=str,
)
def test_ratio_figures(counts: tuple[int, int, int], percent: str, with_late: str) -> None:
    ratio = KeptRatio(*counts)
    assert (ratio.percent, ratio.percent_with_late) == (Decimal(percent), Decimal(with_late))


def at(offset: int, hour: int, minute: int = 0) -> dt.datetime:
    """A local moment, ``offset`` days from Monday 2026-11-23."""
    return dt.datetime.combine(day(offset), dt.time(hour, minute))


@pytest.mark.parametrize(
    ("start", "end", "land", "hours"),
    [
        (at(0, 8), at(0, 17), "HE", 9),
        (at(0, 7, 59), at(0, 17, 1), "HE", 9),
        (at(0, 17), at(0, 23), "HE", 0),
        (at(0, 0), at(0, 8), "HE", 0),
        (at(0, 16, 45), at(1, 8, 15), "HE", 0.5),
        (at(0, 9), at(0, 9), "HE", 0),
        (at(-3, 12), at(0, 12), "HE", 9),
        (at(-3, 17), at(0, 8), "HE", 0),
        (at(-2, 10), at(-1, 10), "HE", 0),
        (at(-6, 12), at(-4, 12), "HE", 18),
        (at(-6, 12), at(-4, 12), "SN", 9),
        (at(31, 8), at(34, 17), "HE", 9),
        (at(0, 9), at(7, 9), "HE", 45),
    ],
    ids=[
        "one whole day",
        "minutes outside do not count",
        "after closing",
        "before opening",
        "overnight",
        "the same moment",
        "Friday noon to Monday noon",
        "closing to opening",
        "only the weekend",
        "Tuesday to Thursday",
        "with the Day of Repentance",
        "Christmas Eve to the Sunday after",
        "a week",
    ],
)
def test_working_hours_figures(
    start: dt.datetime, end: dt.datetime, land: str, hours: float
) -> None:
    assert rules.working_hours_between(start, end, land) == hours


MOMENTS = st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2026, 12, 31))  # noqa: DTZ001  # local times of one place


@quick
@given(MOMENTS, MOMENTS, LANDS)
def test_working_hours_stay_within_nine_a_working_day(
    start: dt.datetime, end: dt.datetime, land: str
) -> None:
    hours = rules.working_hours_between(start, end, land)
    eve = start.date() - DAY
    days = working_days_between(eve, end.date(), land) if end >= start else 0
    assert 0 <= hours <= 9 * max(days, 0)


@quick
@given(MOMENTS, MOMENTS, MOMENTS, LANDS)
def test_working_hours_add_up(a: dt.datetime, b: dt.datetime, c: dt.datetime, land: str) -> None:
    first, middle, last = sorted([a, b, c])
    whole = rules.working_hours_between(first, last, land)
    parts = rules.working_hours_between(first, middle, land)
    parts += rules.working_hours_between(middle, last, land)
    assert whole == pytest.approx(parts)


@quick
@given(DATES, st.sampled_from(Rhythm.values), LANDS)
def test_next_meeting_is_on_the_first_working_day_from_its_rhythm_on(
    held_on: dt.date, rhythm: int, land: str
) -> None:
    found = rules.next_meeting(held_on, rhythm, land)
    planned = held_on + rhythm * DAY
    assert is_working_day(found, land)
    assert found >= planned
    skipped = [planned + n * DAY for n in range((found - planned).days)]
    assert not any(is_working_day(each, land) for each in skipped)


@pytest.mark.parametrize(
    ("held_on", "rhythm", "land", "expected"),
    [
        (dt.date(2026, 11, 23), Rhythm.WEEKLY, "HE", dt.date(2026, 11, 30)),
        (dt.date(2026, 11, 23), Rhythm.FORTNIGHTLY, "HE", dt.date(2026, 12, 7)),
        (dt.date(2026, 11, 23), Rhythm.MONTHLY, "HE", dt.date(2026, 12, 21)),
        (dt.date(2026, 11, 23), Rhythm.QUARTERLY, "HE", dt.date(2027, 2, 22)),
        (dt.date(2026, 12, 18), Rhythm.WEEKLY, "HE", dt.date(2026, 12, 28)),
        (dt.date(2026, 12, 18), Rhythm.FORTNIGHTLY, "HE", dt.date(2027, 1, 4)),
        (dt.date(2026, 12, 23), Rhythm.FORTNIGHTLY, "HE", dt.date(2027, 1, 6)),
        (dt.date(2026, 12, 23), Rhythm.FORTNIGHTLY, "BY", dt.date(2027, 1, 7)),
        (dt.date(2026, 11, 11), Rhythm.WEEKLY, "SN", dt.date(2026, 11, 19)),
        (dt.date(2026, 11, 11), Rhythm.WEEKLY, "HE", dt.date(2026, 11, 18)),
    ],
    ids=str,
)
def test_next_meeting_dates(held_on: dt.date, rhythm: int, land: str, expected: dt.date) -> None:
    assert rules.next_meeting(held_on, rhythm, land) == expected


@quick
@given(DATES, st.integers(1, 365))
def test_contact_is_due_by_calendar_days(last_on: dt.date, every: int) -> None:
    """Calendar, not working days: the client set the rhythm."""
    assert (rules.contact_due(last_on, every) - last_on).days == every


def breaks(promised: int, measure: int, *, begun: bool = False) -> bool:
    return rules.about_to_break(
        promised_for=day(promised),
        measure_due=day(measure),
        has_begun=begun,
        today=TODAY,
        land="HE",
    )


@pytest.mark.parametrize(
    ("promised", "measure", "begun", "expected"),
    [
        (30, -1, True, True),
        (30, 0, True, False),
        (30, 0, False, True),
        (30, 31, True, True),
        (30, 30, True, False),
        (30, 7, False, True),
        (30, 8, False, False),
        (30, 7, True, False),
        (0, 0, True, False),
        (0, 1, True, True),
        (4, 4, False, True),
        (4, 5, False, True),
    ],
    ids=[
        "overdue though begun",
        "due today and begun",
        "due today and not begun",
        "planned after the promise",
        "on the day of the promise",
        "five working days and not begun",
        "six working days and not begun",
        "five working days and begun",
        "promised for today, done today",
        "promised for today, done tomorrow",
        "soon and not begun",
        "after it and not begun",
    ],
)
def test_about_to_break(promised: int, measure: int, begun: bool, expected: bool) -> None:
    assert breaks(promised, measure, begun=begun) is expected


@quick
@given(st.integers(-20, 60), st.integers(-20, 60))
def test_beginning_a_measure_never_endangers_a_promise(promised: int, measure: int) -> None:
    if breaks(promised, measure, begun=True):
        assert breaks(promised, measure, begun=False)


@quick
@given(DATES, st.integers(1, 20), LANDS)
def test_lateness_counts_working_days_back(due_on: dt.date, days: int, land: str) -> None:
    done_on = add_working_days(due_on, days, land)
    assert rules.median_lateness([(due_on, done_on)], land) == days


@pytest.mark.parametrize(
    ("late", "expected"),
    [([1], 1), ([1, 2], 1.5), ([1, 2, 9], 2), ([4, 1, 3, 2], 2.5), ([5, 5, 5], 5)],
    ids=str,
)
def test_median_is_the_middle_not_the_average(late: list[int], expected: float) -> None:
    dates = [(TODAY, add_working_days(TODAY, days, "HE")) for days in late]
    assert rules.median_lateness(dates, "HE") == expected


@quick
@given(DATES)
def test_break_stops_weighing_after_sixty_days(today: dt.date) -> None:
    assert (today - rules.weighs_since(today)).days == 60
