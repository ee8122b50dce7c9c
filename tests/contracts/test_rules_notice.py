"""The last day to give notice, counted back and explained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winback.contracts.enums import Counting, NoticeTo, Unit
from winback.contracts.rows.steps import step_rows
from winback.contracts.rules.notice import NoticeRule, latest_receipt, notice_day
from winback.contracts.rules.periods import plain_end

TODAY = date(2026, 11, 23)


def rule(length: int, unit: str = "months", to: str = "term", land: str = "BY") -> NoticeRule:
    return NoticeRule(length, unit, to, land)


@pytest.mark.parametrize(
    ("end", "length", "unit", "day"),
    [
        ("2027-04-16", 3, "months", "2027-01-16"),
        ("2027-06-30", 3, "months", "2027-03-31"),
        ("2027-05-31", 3, "months", "2027-02-28"),
        ("2028-05-31", 3, "months", "2028-02-29"),
        ("2027-05-30", 3, "months", "2027-02-28"),
        ("2027-02-28", 3, "months", "2026-11-30"),
        ("2027-12-31", 12, "months", "2026-12-31"),
        ("2027-03-31", 6, "weeks", "2027-02-17"),
        ("2027-03-31", 30, "days", "2027-03-01"),
        ("2027-03-31", 10, "working_days", "2027-03-15"),  # Easter 2027 begins on 26 March
        ("2027-03-30", 1, "working_days", "2027-03-29"),  # Easter Monday is still early enough
    ],
)
def test_latest_receipt_counts_back_from_the_end(
    end: str, length: int, unit: str, day: str
) -> None:
    assert latest_receipt(date.fromisoformat(end), rule(length, unit)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("to", "ends_on", "end", "day"),
    [
        ("term", "2027-04-16", "2027-04-16", "2027-01-16"),
        ("term", "2026-12-31", "2026-12-31", "2026-09-30"),  # has passed, and is shown
        ("month", None, "2027-02-28", "2026-11-30"),
        ("quarter", None, "2027-03-31", "2026-12-31"),
        ("year", None, "2027-12-31", "2027-09-30"),  # 30 September 2026 has passed
        ("quarter", "2027-02-15", "2027-02-15", "2026-11-15"),  # the term ends before the quarter
    ],
)
def test_notice_day_takes_the_next_possible_end(
    to: str, ends_on: str | None, end: str, day: str
) -> None:
    term = date.fromisoformat(ends_on) if ends_on else None
    result = notice_day(rule(3, to=to), term, TODAY)
    assert result is not None
    assert [step.rule for step in result.steps][:2] == ["contract_end", "counted_back"]
    assert result.steps[0].on == date.fromisoformat(end)
    assert result.end == date.fromisoformat(day)


def test_notice_day_of_a_term_without_end_is_unknown() -> None:
    assert notice_day(rule(3), None, TODAY) is None


def test_notice_day_on_a_saturday_does_not_move_and_says_when_to_act() -> None:
    result = notice_day(rule(3), date(2027, 4, 16), TODAY)
    assert result is not None
    texts = [f"{row.title}: {row.text}" for row in step_rows(result.steps)]
    assert result.end == date(2027, 1, 16)
    assert "Handeln Sie bis Fr., 15.01.2027." in texts[2]
    assert "zum Ende der Laufzeit" in texts[0]
    assert "3 Monate" in texts[1]


def test_notice_day_on_a_working_day_is_plain() -> None:
    result = notice_day(rule(3), date(2027, 4, 15), TODAY)
    assert result is not None
    assert [step.rule for step in result.steps] == [
        "contract_end", "counted_back", "working_day", "end",
    ]  # fmt: skip


@given(
    st.dates(date(2021, 1, 1), date(2040, 12, 31)),
    st.integers(1, 24),
    st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS]),
    st.sampled_from(["BY", "SN", "BE"]),
)
def test_latest_receipt_is_in_time_and_the_next_day_is_not(
    end: date, length: int, unit: str, land: str
) -> None:
    found = rule(length, unit, land=land)
    day = latest_receipt(end, found)
    assert plain_end(day, length, unit, Counting.NEXT_DAY, land) <= end
    after = day + timedelta(days=1)
    assert plain_end(after, length, unit, Counting.NEXT_DAY, land) > end


@given(st.dates(date(2021, 1, 1), date(2040, 12, 31)), st.integers(1, 12))
def test_notice_to_a_period_end_is_never_in_the_past(today: date, months: int) -> None:
    for to in (NoticeTo.MONTH, NoticeTo.QUARTER, NoticeTo.YEAR):
        result = notice_day(rule(months, to=to), None, today)
        assert result is not None
        assert result.end >= today
