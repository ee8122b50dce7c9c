"""KPIs in words and pictures: what pages and reports place."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.kpis.factories import (
    CaseKpiFactory,
    DefinitionFactory,
    agree,
    enter,
    measured_kpi,
    renewed,
)
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.kpis.enums import Frequency, Standing
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Target
from winback.kpis.rows import kpi_page, kpi_row, kpi_rows, portfolio_progress, realism_text
from winback.kpis.rows.pictures import axis_of, big_line, bullet_graph, slots, spark
from winback.kpis.rows.words import window_text
from winback.kpis.rules import period_start

pytestmark = pytest.mark.django_db
D = Decimal
OCTOBER = dt.date(2026, 10, 1)


def plain(text: object) -> str:
    return " ".join(str(text).split())


def kpi_at(case: Case, value: str | None, **definition: Any) -> CaseKpi:
    """Baseline 78, target 95 by February 2027 and one value in October 2026."""
    kpi = CaseKpiFactory(case=case, definition=DefinitionFactory(**definition))
    agree(kpi)
    if value is not None:
        enter(kpi, OCTOBER, value)
    return renewed(kpi)


def fresh(kpi: CaseKpi, **target: Any) -> CaseKpi:
    Target.objects.filter(kpi=kpi).update(**target)
    return renewed(kpi)


@pytest.mark.parametrize(
    ("value", "definition", "sentence"),
    [
        ("91.2", {}, "13,2 Punkte besser als Baseline, 3,8 Punkte unter Ziel; 78 % des Weges."),
        (
            "75.1",
            {},
            "2,9 Punkte schlechter als Baseline, 19,9 Punkte unter Ziel; −17 % des Weges.",
        ),
        ("78.0", {}, "Unverändert gegenüber der Baseline, 17,0 Punkte unter Ziel; 0 % des Weges."),
        ("95.0", {}, "17,0 Punkte besser als Baseline, genau im Ziel; 100 % des Weges."),
        ("98.4", {}, "20,4 Punkte besser als Baseline, 3,4 Punkte über Ziel; 120 % des Weges."),
        (
            "91",
            {"unit": "min", "decimals": 0, "direction": "down"},
            "13 min schlechter als Baseline, 4 min unter Ziel; 76 % des Weges.",
        ),
        (
            "80",
            {"unit": "Anzahl", "decimals": 0},
            "2 besser als Baseline, 15 unter Ziel; 12 % des Weges.",
        ),
        (None, {}, "Noch kein Wert."),
    ],
)
def test_the_sentence_says_how_far_from_both(
    case: Case, value: str | None, definition: dict[str, Any], sentence: str
) -> None:
    assert plain(kpi_row(kpi_at(case, value, **definition), OCTOBER).sentence) == sentence


def test_the_sentence_of_a_band(case: Case) -> None:
    kpi = fresh(kpi_at(case, "91.2", direction="range", unit="°C"), value=D(21), upper=D(24))
    row = kpi_row(kpi, OCTOBER)
    assert plain(row.sentence) == (
        "13,2 °C schlechter als Baseline, 67,2 °C über dem Zielkorridor; −24 % des Weges."
    )
    assert plain(row.target) == "21,0–24,0 °C"
    below = fresh(kpi, value=D(92), upper=D(93))
    assert "0,8 °C unter dem Zielkorridor" in plain(kpi_row(below, OCTOBER).sentence)
    inside = fresh(kpi, value=D(90), upper=D(93))
    assert "im Zielkorridor; 100 % des Weges" in plain(kpi_row(inside, OCTOBER).sentence)


def test_a_value_to_hold_has_no_way(case: Case) -> None:
    kpi = fresh(kpi_at(case, "80.0"), value=D(78))
    assert (
        plain(kpi_row(kpi, OCTOBER).sentence)
        == "2,0 Punkte besser als Baseline, 2,0 Punkte über Ziel."
    )


def test_without_agreements_the_sentence_says_so(kpi: CaseKpi) -> None:
    enter(kpi, OCTOBER, "80")
    row = kpi_row(renewed(kpi), OCTOBER)
    assert row.sentence == "Baseline und Ziel sind noch nicht vereinbart."
    assert (row.target, row.baseline, row.change, row.progress) == ("–", "–", "", "")
    assert row.standing == "Noch nicht bewertbar"


@pytest.mark.parametrize(
    ("value", "change", "css"),
    [
        ("91.2", "+13,2 Punkte zur Baseline, besser", "better"),
        ("75.1", "−2,9 Punkte zur Baseline, schlechter", "worse"),
        ("78.0", "±0,0 Punkte zur Baseline, unverändert", ""),
    ],
)
def test_the_change_shows_movement_and_evaluation(
    case: Case, value: str, change: str, css: str
) -> None:
    row = kpi_row(kpi_at(case, value), OCTOBER)
    assert (plain(row.change), row.change_css) == (change, css)


def test_less_is_better_moves_down_and_is_called_better(case: Case) -> None:
    row = kpi_row(kpi_at(case, "70", unit="min", direction="down", decimals=0), OCTOBER)
    assert (plain(row.change), row.change_css) == ("−8 min zur Baseline, besser", "better")


def test_english_readers_get_english_words(case: Case) -> None:
    kpi = kpi_at(case, "91.2")
    with translation.override("en"):
        row = kpi_row(kpi, OCTOBER)
    assert plain(row.sentence) == (
        "13.2 points better than the baseline, 3.8 points below the target; 78% of the way."
    )


def test_a_row_names_period_sample_and_due_day(running: CaseKpi, today: dt.date) -> None:
    row = kpi_row(running, today)
    assert (row.period, plain(row.sample)) == ("Oktober 2026", "n = 96")
    assert (row.due, row.late) == ("02.12.2026", False)
    assert (row.shape, row.standing) == ("ok", "Auf dem Zielpfad")
    assert (row.spark, row.bullet) == ("", "")
    late = kpi_row(running, dt.date(2026, 12, 3))
    assert (late.shape, late.standing, late.late) == ("late", "Wert überfällig", True)


def test_an_ended_case_is_judged_as_it_ended(running: CaseKpi) -> None:
    Case.objects.filter(pk=running.case_id).update(
        status=Status.WON, closed_on=dt.date(2026, 11, 30)
    )
    row = kpi_row(renewed(running), dt.date(2027, 11, 1))
    assert (row.standing, row.late) == ("Auf dem Zielpfad", False)


def test_rows_of_a_case_come_in_two_statements_with_pictures(case: Case, kam: User) -> None:
    counts = []
    for more in (1, 2, 9):
        for _each in range(more):
            measured_kpi(kam, case)
        found = Case.objects.with_header().get(pk=case.pk)
        with CaptureQueriesContext(connection) as captured:
            rows = kpi_rows(found, dt.date(2026, 11, 23))
        counts.append(len(captured))
    assert counts == [2, 2, 2]
    assert len(rows) == 12
    assert all(row.spark.startswith("<svg") and row.bullet.startswith("<svg") for row in rows)
    ids = re.findall(r'id="([^"]+)"', "".join(row.spark + row.bullet for row in rows))
    assert len(ids) == len(set(ids))


def test_ended_kpis_are_no_rows(running: CaseKpi) -> None:
    CaseKpi.objects.update(ended_on=dt.date(2026, 11, 1), end_reason="Los entfallen")
    assert kpi_rows(running.case, dt.date(2026, 11, 23)) == []


# pictures


def test_a_missing_period_is_a_gap_and_never_zero(running: CaseKpi, today: dt.date) -> None:
    values = {dt.date(2026, 7, 1): D(77), dt.date(2026, 8, 1): None, OCTOBER: D("91.2")}
    small, large = spark(running, values, today), big_line(running, values, today)
    assert "2 Werte" in small
    assert "10 Zeiträume ohne Wert" in small
    assert "ohne Wert: Aug, Sep" in large
    assert "77,0" in large
    assert ">0,0<" not in large


def test_the_line_shows_window_and_path(running: CaseKpi, today: dt.date) -> None:
    values = {OCTOBER: D("91.2")}
    periods, future = slots(running, values, today)
    assert (periods[0], periods[-1]) == (dt.date(2026, 8, 1), OCTOBER)
    assert (future[0], future[-1]) == (dt.date(2026, 11, 1), dt.date(2027, 2, 1))
    drawn = big_line(running, values, today)
    assert "06–08/2026" in drawn
    assert "bis 28.02.2027" in drawn


def test_the_past_is_a_year_but_reaches_back_to_the_baseline(
    running: CaseKpi, today: dt.date
) -> None:
    old = {dt.date(2024, 1, 1): D(70), OCTOBER: D("91.2")}
    assert slots(running, old, today)[0][0] == dt.date(2025, 11, 1)
    assert slots(running, old, dt.date(2027, 11, 2))[0][0] == dt.date(2026, 8, 1)
    assert len(slots(running, old, dt.date(2029, 11, 2))[0]) == 24


def test_a_target_too_far_away_is_a_level_line(running: CaseKpi, today: dt.date) -> None:
    kpi = fresh(running, due_on=dt.date(2031, 1, 1))
    assert slots(kpi, {OCTOBER: D(90)}, today)[1] == []
    assert "target-mark" not in big_line(kpi, {OCTOBER: D(90)}, today)
    near = fresh(running, due_on=dt.date(2027, 2, 28))
    assert "target-mark" in big_line(near, {OCTOBER: D(90)}, today)


def test_the_present_period_is_shown_once_it_has_a_value(running: CaseKpi, today: dt.date) -> None:
    enter(running, dt.date(2026, 11, 1), "93")
    periods, _future = slots(renewed(running), {}, today)
    assert periods[-1] == dt.date(2026, 11, 1)


def test_a_kpi_without_anything_still_has_a_picture(kpi: CaseKpi, today: dt.date) -> None:
    assert "keine Daten" in bullet_graph(kpi)
    assert "noch kein Messwert erfasst" in big_line(kpi, {}, today)


@pytest.mark.parametrize(
    ("unit", "baseline", "value", "low", "high"),
    [
        ("%", "78", "91.2", 0, 100),
        ("%", "1.1", "1.2", 0, 1.5),
        ("%", "78", "120", 0, 150),
        ("min", "176", "152", 0, 200),
        ("Punkte", "-20", "-10", -25, 1),
        ("Anzahl", "0", "0", 0, 1),
    ],
)
def test_the_axis_starts_at_zero_unless_values_are_negative(
    case: Case, unit: str, baseline: str, value: str, low: float, high: float
) -> None:
    kpi = CaseKpiFactory(case=case, definition=DefinitionFactory(unit=unit))
    agree(kpi, baseline=D(baseline), value=D(baseline))
    enter(kpi, OCTOBER, value)
    from_zero = bullet_graph(renewed(kpi))
    assert "jenseits" not in from_zero
    assert axis_of(renewed(kpi)) == (low, high)


@pytest.mark.parametrize("frequency", Frequency.values)
@pytest.mark.parametrize("direction", ["up", "down", "range"])
def test_every_frequency_and_direction_is_drawn(
    case: Case, frequency: str, direction: str, today: dt.date
) -> None:
    kpi = kpi_at(case, None, frequency=frequency, direction=direction)
    Target.objects.filter(kpi=kpi).update(upper=D(97))
    enter(kpi, period_start(OCTOBER, frequency), "91.2")
    kpi = renewed(kpi)
    page = kpi_page(kpi, today)
    assert page["line"].startswith("<svg")
    assert page["row"].standing


# the page of one KPI


def test_the_page_sets_path_and_deviation_beside_each_value(
    running: CaseKpi, today: dt.date
) -> None:
    enter(running, dt.date(2026, 8, 1), "78.2")
    enter(running, dt.date(2026, 11, 1), None, note="Ticketsystem umgestellt", sample_size=0)
    rows = kpi_page(renewed(running), today)["values"]
    assert [(row.period, row.value, row.path, row.deviation, row.css) for row in rows] == [
        ("November 2026", "keine Daten", "86,5", "–", ""),
        ("Oktober 2026", "91,2", "83,7", "+7,5", "better"),
        ("September 2026", "84,0", "80,8", "+3,2", "better"),
        ("August 2026", "78,2", "–", "–", ""),
    ]
    assert rows[0].note == "Ticketsystem umgestellt"


def test_a_value_behind_the_path_is_marked(running: CaseKpi, today: dt.date) -> None:
    enter(running, dt.date(2026, 11, 1), "80.0")
    row = kpi_page(renewed(running), today)["values"][0]
    assert (row.deviation, row.css) == ("−6,5", "worse")


def test_the_page_says_what_the_path_foresees_and_what_pace_is_needed(
    running: CaseKpi, today: dt.date
) -> None:
    page = kpi_page(running, today)
    assert plain(page["path"]) == "Der Zielpfad sieht für Oktober 2026 83,7 % vor."
    assert plain(page["pace"]) == (
        "Bis zum Zieltermin sind noch 1,0 Punkte Verbesserung je Monat nötig;"
        " seit der Baseline waren es +6,6 Punkte."
    )
    assert plain(page["what"]) == "%, August 2026 – Oktober 2026"
    assert plain(realism_text(running)).startswith("13,2 Punkte besser als Baseline")


def test_nothing_agreed_needs_no_pace(kpi: CaseKpi, today: dt.date) -> None:
    page = kpi_page(kpi, today)
    assert (page["path"], page["pace"], page["baselines"]) == ("", "", [])
    assert realism_text(kpi) == ""
    enter(kpi, OCTOBER, "80")
    page = kpi_page(renewed(kpi), today)
    assert (page["path"], page["pace"], page["what"]) == ("", "", "%, Oktober 2026")


def test_a_target_without_baseline_needs_a_pace_without_history(
    kpi: CaseKpi, today: dt.date
) -> None:
    Target.objects.create(kpi=kpi, value=D(95), due_on=dt.date(2027, 2, 28))
    enter(kpi, OCTOBER, "80")
    assert plain(kpi_page(renewed(kpi), today)["pace"]) == (
        "Bis zum Zieltermin sind noch 3,8 Punkte Verbesserung je Monat nötig."
    )


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 8, 31), "06–08/2026"),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 30), "06/2026"),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 29), "01.06.2026–29.06.2026"),
        (dt.date(2026, 6, 2), dt.date(2026, 6, 30), "02.06.2026–30.06.2026"),
        (dt.date(2025, 12, 1), dt.date(2026, 1, 31), "01.12.2025–31.01.2026"),
    ],
)
def test_a_window_of_whole_months_is_short(start: dt.date, end: dt.date, text: str) -> None:
    assert window_text(Baseline(window_start=start, window_end=end)) == text


# the portfolio


def test_the_portfolio_counts_standings_and_improvements(
    case: Case, kam: User, fremde: User, today: dt.date
) -> None:
    kpi_at(case, "91.2")
    kpi_at(case, "95")
    kpi_at(case, "80")
    kpi_at(case, "70")
    kpi_at(case, "78.0")  # unchanged: neither better nor worse
    kpi_at(case, None)
    stale = kpi_at(case, "91.2")
    CaseKpi.objects.filter(pk=stale.pk).update(due_on=dt.date(2026, 11, 1))
    ended = kpi_at(case, "70")
    CaseKpi.objects.filter(pk=ended.pk).update(ended_on=today, end_reason="x")
    foreign = measured_kpi(fremde, CaseFactory(owner=fremde))
    with CaptureQueriesContext(connection) as captured:
        found = portfolio_progress(Case.objects.visible_to(kam), today)
    assert len(captured) == 2
    assert foreign.value is not None
    expected = {
        Standing.ON_PATH: 1,
        Standing.REACHED: 1,
        Standing.BEHIND: 2,
        Standing.WORSE: 1,
        Standing.STALE: 2,  # the one without any value was owed on 2 October
    }
    assert {each: n for each, n in found.by_standing.items() if n} == expected
    assert (found.total, found.compared, found.better, found.worse) == (7, 6, 4, 1)
    assert (found.on_course, found.judged) == (2, 5)


def test_an_empty_portfolio_counts_nothing(db: None, today: dt.date) -> None:
    found = portfolio_progress(Case.objects.all(), today)
    assert (found.total, found.compared, found.judged, found.on_course) == (0, 0, 0, 0)
    assert KpiDefinition.objects.count() == 0
