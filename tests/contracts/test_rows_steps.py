"""Every step of a computation in words, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from winback.contracts.enums import Counting, DayOff, NoticeTo, Unit
from winback.contracts.rows.steps import span, step_rows, stored_rows
from winback.contracts.rules.notice import NoticeRule, notice_day
from winback.contracts.rules.periods import Pause, Period, Step, compute

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("length", "unit", "german", "english"),
    [
        (1, Unit.DAYS, "1 Tag", "1 day"),
        (10, Unit.DAYS, "10 Tage", "10 days"),
        (1, Unit.WORKING_DAYS, "1 Arbeitstag", "1 working day"),
        (10, Unit.WORKING_DAYS, "10 Arbeitstage", "10 working days"),
        (1, Unit.WEEKS, "1 Woche", "1 week"),
        (6, Unit.WEEKS, "6 Wochen", "6 weeks"),
        (1, Unit.MONTHS, "1 Monat", "1 month"),
        (24, Unit.MONTHS, "24 Monate", "24 months"),
    ],
)
def test_span_counts_in_words(length: int, unit: str, german: str, english: str) -> None:
    assert span(length, unit) == german
    with override("en"):
        assert span(length, unit) == english


@pytest.mark.parametrize(
    ("rule", "facts", "title", "text"),
    [
        (
            "event",
            {},
            "Zugang oder Ereignis",
            "Maßgeblich ist der Zugang, nicht das Datum des Schreibens.",
        ),
        (
            "next_day",
            {},
            "Fristbeginn",
            "§ 187 Abs. 1 BGB: Der Tag des Ereignisses zählt nicht mit.",
        ),
        (
            "same_day",
            {},
            "Fristbeginn",
            "§ 187 Abs. 2 BGB: Die Frist beginnt mit diesem Tag.",
        ),
        (
            "fixed",
            {},
            "Festes Datum",
            "Als Kalendertag festgelegt; es wird nichts gezählt.",
        ),
        (
            "days",
            {"length": 10, "unit": "days"},
            "Dauer: 10 Tage",
            "§ 188 Abs. 1 BGB: Ende mit Ablauf des letzten dieser Tage.",
        ),
        (
            "working_days",
            {"length": 10, "unit": "working_days", "land": "SN"},
            "Dauer: 10 Arbeitstage",
            "Wie vereinbart: Gezählt werden Montag bis Freitag ohne die Feiertage von Sachsen.",
        ),
        (
            "weeks",
            {"length": 2, "unit": "weeks"},
            "Dauer: 2 Wochen",
            "§ 188 Abs. 2 BGB: Ende am gleichen Wochentag wie das Ereignis.",
        ),
        (
            "months",
            {"length": 1, "unit": "months"},
            "Dauer: 1 Monat",
            "§ 188 Abs. 2 BGB: Ende am Tag mit der gleichen Zahl wie das Ereignis.",
        ),
        (
            "day_before",
            {"length": 1, "unit": "months"},
            "Dauer: 1 Monat",
            "§ 188 Abs. 2 BGB: Ende am Tag vor dem, der dem Anfangstag entspricht.",
        ),
        (
            "month_end",
            {"length": 1, "unit": "months"},
            "Dauer: 1 Monat",
            "§ 188 Abs. 3 BGB: Dieser Tag fehlt, es gilt der letzte Tag des Monats.",
        ),
        (
            "paused",
            {"first": "2026-11-16", "last": "2026-11-20", "days": 5, "reason": "Zutritt"},
            "Ruhen 16.11.–20.11.2026",
            "5 Tage kommen hinzu: Zutritt",
        ),
        (
            "paused",
            {"first": "2026-11-16", "last": "2026-11-16", "days": 1, "reason": "Zutritt"},
            "Ruhen 16.11.2026",
            "1 Tag kommt hinzu: Zutritt",
        ),
        (
            "working_day",
            {"land": "BY"},
            "Wochenende oder Feiertag?",
            "§ 193 BGB: Werktag in Bayern. Das Ende verschiebt sich nicht.",
        ),
        (
            "shifted",
            {"land": "SN", "days_off": [["2026-11-18", "Buß- und Bettag"]]},
            "Wochenende oder Feiertag?",
            (
                "§ 193 BGB: kein Werktag in Sachsen: Mi., 18.11.2026 (Buß- und Bettag). "
                "Es gilt der nächste Werktag."
            ),
        ),
        (
            "not_shifted",
            {"land": "BY", "days_off": [["2027-01-16", ""]], "act_by": "2027-01-15"},
            "Wochenende oder Feiertag?",
            (
                "Kein Werktag in Bayern: Sa., 16.01.2027. § 193 BGB wird auf Kündigungsfristen und "
                "feste Termine nicht angewendet: Das Ende verschiebt sich nicht. "
                "Handeln Sie bis Fr., 15.01.2027."
            ),
        ),
        (
            "manual",
            {"reason": "Brief vom 14.11."},
            "Anderes Ende, von Hand gesetzt",
            "Grund: Brief vom 14.11.",
        ),
        (
            "contract_end",
            {"to": "quarter"},
            "Ende des Vertrags",
            "Die Kündigung wirkt zum Quartalsende.",
        ),
        (
            "counted_back",
            {"length": 3, "unit": "months"},
            "Kündigungsfrist: 3 Monate",
            (
                "Rückwärts nach §§ 187 Abs. 1, 188 BGB: Bei Zugang an diesem Tag endet die Frist "
                "gerade noch mit dem Vertrag."
            ),
        ),
        (
            "end",
            {},
            "Ende",
            "23.11.2026, 24:00\u00a0Uhr. Rechtsprüfung erforderlich.",
        ),
    ],
)
def test_step_says_its_rule(rule: str, facts: dict[str, Any], title: str, text: str) -> None:
    (row,) = step_rows([Step(rule, DAY, facts)])
    assert (row.title, row.text) == (title, text)
    assert row.day == "Mo., 23.11.2026"
    assert row.is_sum is (rule == "end")


def test_unknown_rule_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        step_rows([Step("magic", DAY)])


@pytest.mark.parametrize("counting", list(Counting))
@pytest.mark.parametrize("day_off", list(DayOff))
@pytest.mark.parametrize("unit", list(Unit))
def test_every_computation_has_words_in_both_languages(
    unit: str, day_off: str, counting: str
) -> None:
    pause = Pause(date(2026, 11, 16), date(2026, 11, 20), "Zutritt")
    period = Period(
        unit=unit,
        land="SN",
        event_on=None if unit == Unit.FIXED else date(2026, 10, 31),
        length=0 if unit == Unit.FIXED else 1,
        fixed_on=date(2026, 11, 18) if unit == Unit.FIXED else None,
        counting=counting,
        day_off=day_off,
        pauses=[pause],
        manual_on=date(2026, 12, 24),
        manual_reason="Brief",
    )
    steps = compute(period).steps
    for language in ("de", "en"):
        with override(language):
            rows = step_rows(steps)
            assert len(rows) == len(steps)
            assert all(row.title and row.text and row.day for row in rows)


@pytest.mark.parametrize("to", list(NoticeTo))
def test_every_notice_rule_has_words_in_both_languages(to: str) -> None:
    result = notice_day(NoticeRule(3, "months", to, "BY"), date(2027, 4, 16), DAY)
    assert result is not None
    with override("en"):
        english = [row.text for row in step_rows(result.steps)]
    german = [row.text for row in step_rows(result.steps)]
    assert not set(english) & set(german)


def test_stored_steps_speak_the_language_of_the_reader() -> None:
    stored = [{"rule": "end", "on": "2026-11-23", "facts": {}}]
    assert stored_rows(stored)[0].title == "Ende"
    with override("en"):
        assert stored_rows(stored)[0].title == "End"
