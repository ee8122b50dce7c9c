"""The calculator: end, rule of every step, and what must never happen."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winback.common.workdays import Bundesland, is_working_day
from winback.contracts.enums import Counting, DayOff, Unit
from winback.contracts.rows.steps import step_rows, stored_steps
from winback.contracts.rules.periods import (
    Pause,
    Period,
    Result,
    add_months,
    compute,
    last_working_day,
    merged,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(received: str, length: int, unit: str, land: str = "BY", **facts: object) -> Result:
    return compute(
        Period(unit=unit, length=length, event_on=day(received), land=land, **facts)  # type: ignore[arg-type]  # keywords of the dataclass
    )


def words(result: Result) -> str:
    """All titles and texts of the computation, as the page shows them."""
    return "\n".join(f"{row.title}: {row.text}" for row in step_rows(result.steps))


# received, length, unit, Land, the plain end's rule, last step's rule, end, a text that is shown
TABLE = [
    # Two weeks from a Friday over a holiday in one Land and not in another.
    ("2025-10-17", 2, "weeks", "SN", "weeks", "shifted", "2025-11-03", "Reformationstag"),
    ("2025-10-17", 2, "weeks", "BY", "weeks", "working_day", "2025-10-31", "Bayern"),
    ("2024-10-18", 2, "weeks", "BY", "weeks", "shifted", "2024-11-04", "Allerheiligen"),
    ("2024-10-18", 2, "weeks", "SN", "weeks", "working_day", "2024-11-01", "Sachsen"),
    ("2026-11-04", 2, "weeks", "SN", "weeks", "shifted", "2026-11-19", "Buß- und Bettag"),
    ("2026-11-04", 2, "weeks", "BY", "weeks", "working_day", "2026-11-18", "Bayern"),
    ("2026-05-21", 2, "weeks", "NW", "weeks", "shifted", "2026-06-05", "Fronleichnam"),
    ("2026-05-21", 2, "weeks", "NI", "weeks", "working_day", "2026-06-04", "Niedersachsen"),
    ("2026-12-23", 2, "weeks", "ST", "weeks", "shifted", "2027-01-07", "Heilige Drei Könige"),
    ("2026-12-23", 2, "weeks", "HH", "weeks", "working_day", "2027-01-06", "Hamburg"),
    ("2026-02-20", 2, "weeks", "BE", "weeks", "working_day", "2026-03-06", "Berlin"),
    ("2027-02-22", 2, "weeks", "BE", "weeks", "shifted", "2027-03-09", "Frauentag"),
    ("2027-02-22", 2, "weeks", "BB", "weeks", "working_day", "2027-03-08", "Brandenburg"),
    ("2026-09-06", 2, "weeks", "TH", "weeks", "shifted", "2026-09-21", "So., 20.09.2026"),
    # Holidays in a row: Good Friday to Easter Monday, and Christmas.
    ("2026-03-20", 2, "weeks", "BY", "weeks", "shifted", "2026-04-07", "Karfreitag"),
    ("2026-12-11", 2, "weeks", "BY", "weeks", "shifted", "2026-12-28", "Erster Weihnachtstag"),
    # Weekends without any holiday.
    ("2026-11-14", 1, "weeks", "BY", "weeks", "shifted", "2026-11-23", "Sa., 21.11.2026"),
    ("2026-11-15", 1, "weeks", "BY", "weeks", "shifted", "2026-11-23", "So., 22.11.2026"),
    ("2026-11-12", 3, "weeks", "BY", "weeks", "working_day", "2026-12-03", "§ 188 Abs. 2 BGB"),
    # Days.
    ("2026-11-12", 10, "days", "BY", "days", "shifted", "2026-11-23", "§ 188 Abs. 1 BGB"),
    ("2026-11-13", 10, "days", "BY", "days", "working_day", "2026-11-23", "10 Tage"),
    ("2026-11-23", 1, "days", "BY", "days", "working_day", "2026-11-24", "1 Tag"),
    # Months: like day, month ends, leap day.
    ("2026-11-12", 1, "months", "BY", "months", "shifted", "2026-12-14", "1 Monat"),
    ("2026-01-31", 1, "months", "BY", "month_end", "shifted", "2026-03-02", "§ 188 Abs. 3 BGB"),
    ("2028-01-31", 1, "months", "BY", "month_end", "working_day", "2028-02-29", "fehlt"),
    ("2028-01-29", 1, "months", "BY", "months", "working_day", "2028-02-29", "§ 188 Abs. 2"),
    ("2028-02-29", 12, "months", "BY", "month_end", "working_day", "2029-02-28", "12 Monate"),
    ("2028-02-29", 48, "months", "BY", "months", "working_day", "2032-03-01", "48 Monate"),
    ("2026-08-31", 3, "months", "BY", "month_end", "working_day", "2026-11-30", "3 Monate"),
    ("2026-02-28", 1, "months", "BY", "months", "shifted", "2026-03-30", "Sa., 28.03.2026"),
    ("2026-11-30", 3, "months", "BY", "month_end", "shifted", "2027-03-01", "So., 28.02.2027"),
    ("2024-11-22", 24, "months", "BY", "months", "shifted", "2026-11-23", "24 Monate"),
    # Working days jump over holidays of the Land only.
    ("2026-11-06", 10, "working_days", "BY",
     "working_days", "working_day", "2026-11-20", "Bayern"),
    ("2026-11-06", 10, "working_days", "SN",
     "working_days", "working_day", "2026-11-23", "Sachsen"),
    ("2026-12-23", 2, "working_days", "BY", "working_days", "working_day", "2026-12-28", "Montag"),
]  # fmt: skip
# The 29th of February 2032 is a Sunday: the 48-month period above moves to the Monday.
MOVED_LEAP = ("2028-02-29", 48)


@pytest.mark.parametrize(
    ("received", "length", "unit", "land", "rule", "last", "end", "text"), TABLE
)
def test_period_ends_by_the_rule_that_is_shown(
    received: str, length: int, unit: str, land: str, rule: str, last: str, end: str, text: str
) -> None:
    result = period(received, length, unit, land)
    rules = [step.rule for step in result.steps]
    expected = "shifted" if (received, length) == MOVED_LEAP else last
    assert rules == ["event", "next_day", rule, expected, "end"]
    assert result.end == result.computed == day(end)
    assert text in words(result)
    assert "§ 187 Abs. 1 BGB: Der Tag des Ereignisses zählt nicht mit." in words(result)


@pytest.mark.parametrize(
    ("received", "length", "unit", "end"),
    [
        ("2026-11-12", 2, "weeks", "2026-11-25"),
        ("2026-11-12", 10, "days", "2026-11-21"),
        ("2026-01-01", 1, "months", "2026-01-31"),
        ("2026-01-30", 1, "months", "2026-02-28"),
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2027-01-29", 1, "months", "2027-02-28"),
        ("2028-02-29", 12, "months", "2029-02-28"),
        ("2026-11-12", 1, "working_days", "2026-11-12"),
    ],
)
def test_period_that_includes_the_first_day(
    received: str, length: int, unit: str, end: str
) -> None:
    result = period(received, length, unit, counting=Counting.SAME_DAY, day_off=DayOff.STAY)
    assert result.end == day(end)
    assert result.steps[1].on == day(received)
    assert "§ 187 Abs. 2 BGB" in words(result)


def test_notice_period_stays_on_the_day_off_and_names_the_day_to_act() -> None:
    result = period("2026-10-17", 3, "months", day_off=DayOff.STAY)  # ends on a Sunday
    step = result.steps[3]
    assert (step.rule, result.end) == ("not_shifted", day("2027-01-17"))
    assert step.facts["act_by"] == "2027-01-15"
    assert "nicht angewendet" in words(result)
    assert "Fr., 15.01.2027" in words(result)


def test_notice_period_on_a_working_day_needs_no_hint() -> None:
    result = period("2026-10-19", 1, "months", day_off=DayOff.STAY)
    assert [step.rule for step in result.steps][3] == "working_day"


@pytest.mark.parametrize(
    ("pauses", "end", "days"),
    [
        ([("2026-11-16", "2026-11-18")], "2026-11-30", [3]),  # Sunday the 29th moves
        ([("2026-11-16", "2026-11-17")], "2026-11-30", [2]),  # Saturday the 28th moves
        ([("2026-11-13", "2026-11-13")], "2026-11-27", [1]),  # first counted day
        ([("2026-11-01", "2026-11-13")], "2026-11-27", [1]),  # begins before the period
        ([("2026-11-01", "2026-11-12")], "2026-11-26", []),  # over before it begins
        ([("2026-11-27", "2026-12-31")], "2026-11-26", []),  # after its end
        ([("2026-11-26", "2026-11-26")], "2026-11-27", [1]),  # on its last day
        ([("2026-11-16", "2026-11-17"), ("2026-11-17", "2026-11-18")], "2026-11-30", [3]),
        ([("2026-11-16", "2026-11-16"), ("2026-11-27", "2026-12-01")], "2026-12-02", [1, 5]),
    ],
)
def test_pause_inside_the_period_adds_its_days(
    pauses: list[tuple[str, str]], end: str, days: list[int]
) -> None:
    standing = [Pause(day(first), day(last), "Zutritt verweigert") for first, last in pauses]
    result = period("2026-11-12", 2, "weeks", pauses=standing)
    added = [step.facts["days"] for step in result.steps if step.rule == "paused"]
    assert (result.end, added) == (day(end), days)
    assert ("Zutritt verweigert" in words(result)) is bool(days)


def test_pause_of_working_days_adds_working_days() -> None:
    pause = Pause(day("2026-11-17"), day("2026-11-19"), "Freigabe fehlt")
    saxon = period("2026-11-12", 5, "working_days", "SN", pauses=[pause])
    bavarian = period("2026-11-12", 5, "working_days", "BY", pauses=[pause])
    assert (saxon.end, bavarian.end) == (day("2026-11-24"), day("2026-11-24"))
    assert [s.facts["days"] for s in saxon.steps if s.rule == "paused"] == [2]
    assert [s.facts["days"] for s in bavarian.steps if s.rule == "paused"] == [3]


def test_merged_joins_overlapping_and_adjoining_pauses_with_their_reasons() -> None:
    found = merged(
        [
            Pause(day("2026-11-20"), day("2026-11-20"), "C"),
            Pause(day("2026-11-05"), day("2026-11-06"), "B"),
            Pause(day("2026-11-02"), day("2026-11-04"), "A"),
            Pause(day("2026-11-03"), day("2026-11-03"), "A"),
        ]
    )
    assert [(each.first.day, each.last.day, each.reason) for each in found] == [
        (2, 6, "A, B"),
        (20, 20, "C"),
    ]


def test_manual_end_overrides_and_keeps_the_computed_one() -> None:
    result = period(
        "2026-11-12", 2, "weeks", manual_on=day("2026-12-12"), manual_reason="Brief vom 14.11."
    )
    assert (result.end, result.computed) == (day("2026-12-12"), day("2026-11-26"))
    assert [step.rule for step in result.steps][-2:] == ["manual", "end"]
    assert "Grund: Brief vom 14.11." in words(result)


@pytest.mark.parametrize(
    ("day_off", "end", "rule"),
    [(DayOff.SHIFT, "2027-01-18", "shifted"), (DayOff.STAY, "2027-01-16", "not_shifted")],
)
def test_fixed_date_counts_nothing(day_off: str, end: str, rule: str) -> None:
    result = compute(
        Period(unit=Unit.FIXED, land="BY", fixed_on=day("2027-01-16"), day_off=day_off)
    )
    assert [step.rule for step in result.steps] == ["fixed", rule, "end"]
    assert result.end == day(end)
    assert "Festes Datum" in words(result)


def test_fixed_date_is_paused_too() -> None:
    pause = Pause(day("2027-01-10"), day("2027-01-12"), "Zutritt verweigert")
    result = compute(
        Period(
            unit=Unit.FIXED,
            land="BY",
            fixed_on=day("2027-01-13"),
            pauses=[Pause(day("2027-01-01"), day("2027-01-02")), pause],
            day_off=DayOff.STAY,
        )
    )
    assert [step.rule for step in result.steps][:1] == ["fixed"]
    assert result.computed == day("2027-01-13")


@pytest.mark.parametrize(
    "broken",
    [
        Period(unit=Unit.FIXED, land="BY"),
        Period(unit=Unit.WEEKS, land="BY", length=2),
        Period(unit=Unit.WEEKS, land="BY", event_on=day("2026-11-12")),
    ],
)
def test_period_without_its_facts_is_refused(broken: Period) -> None:
    with pytest.raises(ValueError, match="missing"):
        compute(broken)


def test_stored_steps_read_as_they_were_computed() -> None:
    result = period("2026-11-04", 2, "weeks", "SN")
    stored = [
        {"rule": each.rule, "on": each.on.isoformat(), "facts": each.facts} for each in result.steps
    ]
    assert words(result) == words(Result(result.end, result.end, stored_steps(stored)))


def test_months_go_back_as_well() -> None:
    assert add_months(day("2027-03-31"), -1) == day("2027-02-28")
    assert add_months(day("2027-01-15"), -13) == day("2025-12-15")


def test_last_working_day_before_a_long_weekend() -> None:
    assert last_working_day(day("2026-04-06"), "BY") == day("2026-04-02")


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
LANDS = st.sampled_from([land.value for land in Bundesland])
UNITS = st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS, Unit.MONTHS])
PAUSES = st.lists(
    st.tuples(st.integers(-30, 90), st.integers(0, 40)).map(
        lambda pair: Pause(
            date(2026, 1, 1) + timedelta(days=pair[0]),
            date(2026, 1, 1) + timedelta(days=sum(pair)),
        )
    ),
    max_size=4,
)


@given(DAYS, st.integers(1, 60), UNITS, LANDS, st.sampled_from(list(Counting)))
def test_end_is_a_working_day_never_before_the_receipt(
    event: date, length: int, unit: str, land: str, counting: str
) -> None:
    result = compute(Period(unit=unit, length=length, event_on=event, land=land, counting=counting))
    assert result.end >= event
    assert is_working_day(result.end, land)
    plain = result.steps[2].on
    assert plain <= result.end <= plain + timedelta(days=10)
    assert all(not is_working_day(plain + timedelta(days=n), land)
               for n in range((result.end - plain).days))  # fmt: skip


@given(DAYS, st.integers(1, 60), UNITS, LANDS)
def test_notice_period_never_moves(event: date, length: int, unit: str, land: str) -> None:
    result = compute(
        Period(unit=unit, length=length, event_on=event, land=land, day_off=DayOff.STAY)
    )
    assert result.end == result.steps[2].on


@given(st.integers(1, 60), UNITS, PAUSES)
def test_pauses_only_lengthen_and_their_order_does_not_matter(
    length: int, unit: str, pauses: list[Pause]
) -> None:
    event = date(2026, 1, 1)
    facts = {"unit": unit, "length": length, "event_on": event, "land": "BY"}
    plain = compute(Period(**facts))  # type: ignore[arg-type]  # keywords of the dataclass
    paused = compute(Period(**facts, pauses=pauses))  # type: ignore[arg-type]  # keywords
    turned = compute(Period(**facts, pauses=pauses[::-1]))  # type: ignore[arg-type]  # keywords
    assert plain.end <= paused.end == turned.end


@given(PAUSES)
def test_merged_pauses_hold_the_same_days_once(pauses: list[Pause]) -> None:
    def days(rows: list[Pause]) -> list[date]:
        return [
            each.first + timedelta(days=n)
            for each in rows
            for n in range((each.last - each.first).days + 1)
        ]

    found = merged(pauses)
    assert set(days(found)) == set(days(pauses))
    assert len(days(found)) == len(set(days(found)))
    assert all(one.last < other.first for one, other in pairwise(found))
