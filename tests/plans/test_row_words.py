"""What rows of a plan say, word for word; measures that are not stored where none is needed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus, Grade
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CauseFactory
from tests.contracts.factories import AmendmentFactory
from tests.dialogue.factories import CommitmentFactory, InteractionFactory
from tests.plans.factories import MeasureFactory
from winback.cases.models import Case
from winback.common import duties
from winback.plans.enums import MeasureStatus, Recurrence, Verb
from winback.plans.models import Measure, MeasureCompletion, PlanPhase, RecoveryPlan
from winback.plans.rows.measures import (
    MEASURE_COLUMNS,
    measure_actions,
    measure_facts,
    measure_record,
    measure_row,
    rounds_of,
    rounds_phrase,
    sources,
    standing,
)
from winback.plans.rows.plan import (
    gate_points,
    open_phrase,
    phase_groups,
    plan_chart,
    tally_of,
    tally_phrase,
)
from winback.plans.rows.search import SOURCES
from winback.plans.rows.versions import changes_of
from winback.plans.rules import Tally

TODAY = dt.date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


def on(day: int, month: int = 11, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def bare(**facts: Any) -> Measure:
    """A measure in memory, due on 30 November."""
    return Measure(**{"due_on": on(30), "original_due_on": on(30), "title": "Prüfen", **facts})


def reloaded(measure: Measure) -> Measure:
    row: Measure = Measure.objects.with_page().get(pk=measure.pk)
    return row


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("open", "Offen")),
        ({"status": "in_progress"}, ("run", "In Arbeit")),
        ({"status": "blocked"}, ("lock", "Blockiert")),
        ({"status": "waiting"}, ("wait", "Wartet auf den Kunden")),
        ({"status": "dropped"}, ("na", "Entfallen")),
        ({"due_on": TODAY}, ("open", "Offen")),
        ({"due_on": on(22)}, ("late", "Überfällig, 1 Tag")),
        ({"due_on": on(9), "status": "blocked"}, ("late", "Überfällig, 14 Tage")),
        ({"due_on": on(9), "status": "dropped"}, ("na", "Entfallen")),
        ({"status": "done", "done_on": on(20)}, ("done", "Erledigt 20.11.")),
        ({"status": "done", "done_on": on(30)}, ("done", "Erledigt 30.11.")),
        (
            {"status": "done", "done_on": on(20), "original_due_on": on(19), "due_on": on(27)},
            ("done", "Erledigt 20.11. (verspätet)"),
        ),
        (
            {"status": "done", "done_on": on(5, 1, 2026), "original_due_on": on(5, 1, 2026)},
            ("done", "Erledigt 05.01.2026"),
        ),
    ],
)
def test_standing_in_shape_and_words(facts: dict[str, Any], expected: tuple[str, str]) -> None:
    assert standing(bare(**facts), TODAY) == expected


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (Tally(), "0 von 0 erledigt"),
        (Tally(total=3, done=0, overdue=1), "0 von 3 erledigt, 1 überfällig"),
        (
            Tally(total=10, done=4, on_time=3),
            "4 von 10 erledigt, 3 davon zum ursprünglichen Termin",
        ),
        (
            Tally(total=10, done=6, on_time=5, overdue=2),
            "6 von 10 erledigt, 83\u202f% davon zum ursprünglichen Termin, 2 überfällig",
        ),
        (
            Tally(total=8, done=8, on_time=0),
            "8 von 8 erledigt, 0\u202f% davon zum ursprünglichen Termin",
        ),
    ],
)
def test_tally_says_counts_and_shares_from_five_on(tally: Tally, expected: str) -> None:
    assert tally_phrase(tally) == expected


def test_tally_of_rows_counts_as_the_statement_does(plan: RecoveryPlan) -> None:
    MeasureFactory(plan=plan, due_on=on(20))
    MeasureFactory(plan=plan, due_on=on(27), original_due_on=on(20))
    MeasureFactory(plan=plan, status=MeasureStatus.DONE, due_on=on(27), done_on=on(30))
    MeasureFactory(plan=plan, status=MeasureStatus.DONE, due_on=on(27), done_on=on(27))
    MeasureFactory(plan=plan, status=MeasureStatus.DROPPED, status_note="Entfällt", due_on=on(1))
    tally = tally_of(plan.measures.all(), TODAY)
    assert tally == Tally(total=4, done=2, on_time=1, overdue=1, moved=1)
    assert tally == Measure.objects.of_case(plan.case).tally(TODAY)
    assert tally.open == 2


@pytest.mark.parametrize(
    ("measures", "majors", "expected"),
    [
        (0, 0, ""),
        (1, 0, "Noch offen: 1 Pflichtmaßnahme."),
        (3, 1, "Noch offen: 3 Pflichtmaßnahmen, 1 Hauptabweichung."),
        (0, 2, "Noch offen: 2 Hauptabweichungen."),
    ],
)
def test_what_is_open_is_counted_in_words(measures: int, majors: int, expected: str) -> None:
    assert open_phrase([bare()] * measures, [object()] * majors) == expected  # type: ignore[list-item]  # only counted


@pytest.mark.parametrize(
    ("number", "count", "expected"),
    [
        ("1", 0, [(True, "Alle Pflichtmaßnahmen sind erledigt")]),
        ("2", 1, [(False, "1 Pflichtmaßnahme ist offen")]),
        (
            "3",
            2,
            [
                (False, "2 Pflichtmaßnahmen sind offen"),
                (True, "Alle Hauptabweichungen sind abgestellt"),
            ],
        ),
        (
            "5",
            0,
            [
                (True, "Alle Pflichtmaßnahmen sind erledigt"),
                (True, "Alle Hauptabweichungen sind abgestellt"),
            ],
        ),
    ],
)
def test_gate_counts_majors_from_phase_3_on(
    number: str, count: int, expected: list[tuple[bool, str]]
) -> None:
    points = gate_points(number, [bare()] * count, [])
    assert [(point.is_met, point.text) for point in points] == expected
    assert {(point.url, point.note) for point in points} == {("", "")}


def test_gate_leads_to_each_open_major(plan: RecoveryPlan, operativ: User) -> None:
    audit = AuditFactory(case=plan.case, status=AuditStatus.IN_PROGRESS)
    major = FindingFactory(audit=audit, grade=Grade.MAJOR, owner=operativ, due_on=on(27))
    _measures, point = gate_points("3", [], [major])
    assert point.text == f"Hauptabweichung {major.number} abgestellt"
    assert (point.is_met, point.url) == (False, major.get_absolute_url())
    assert point.note == f"{operativ.short_name}, 27.11.2026"


def test_row_carries_everything_a_line_shows(plan: RecoveryPlan, kam: User) -> None:
    measure = MeasureFactory(
        plan=plan,
        title="Aufzug prüfen",
        status=MeasureStatus.WAITING,
        status_note="Freigabe fehlt",
        due_on=on(30),
        original_due_on=on(16),
    )
    row = measure_row(reloaded(measure), kam, TODAY)
    assert (row.code, row.title, row.owner) == ("M-1", "Aufzug prüfen", kam.short_name)
    assert (row.due, row.late, row.moved_from) == ("30.11.2026", False, "16.11.2026")
    assert (row.shape, row.status) == ("wait", "Wartet auf den Kunden")
    assert row.note == "Freigabe fehlt"
    assert row.phase == "3\u00a0Sofortmaßnahmen"
    assert row.case_url == reverse("plans:detail", args=[plan.case.number])
    assert row.done_url == measure.url("complete")


def test_row_offers_one_click_only_to_those_who_may(measure: Measure, auditor: User) -> None:
    assert measure_row(reloaded(measure), auditor, TODAY).done_url == ""
    assert measure_row(reloaded(measure), measure.owner, TODAY).done_url == measure.url("complete")


def test_export_holds_dates_as_dates_below_its_heads(measure: Measure, kam: User) -> None:
    heads = [str(head) for head in MEASURE_COLUMNS]
    assert heads == [
        "Fallnummer",
        "Kunde",
        "Phase",
        "Nummer",
        "Maßnahme",
        "Verantwortlich",
        "Fällig am",
        "Ursprünglich fällig am",
        "Status",
    ]
    record = dict(zip(heads, measure_record(reloaded(measure), kam, TODAY), strict=True))
    assert record["Fallnummer"] == measure.case.number
    assert (record["Fällig am"], record["Ursprünglich fällig am"]) == (on(30), on(30))
    assert record["Status"] == "Offen"


def test_rounds_say_rhythm_done_and_total(plan: RecoveryPlan, kam: User) -> None:
    """From Thursday, 12 November, weekly until phase 3 ends on 4 December."""
    weekly = MeasureFactory(plan=plan, recurrence=Recurrence.WEEKLY, due_on=on(12))
    for day in (12, 19):
        MeasureCompletion.objects.create(
            measure=weekly, due_on=on(day), done_on=on(day), done_by=kam
        )
    row = reloaded(weekly)
    assert rounds_phrase(row) == "wöchentlich, 2 von 4"
    assert measure_row(row, kam, TODAY).note == "wöchentlich, 2 von 4"
    row.times_done = 9
    assert rounds_of(row) == 9  # never fewer than were done
    assert rounds_phrase(bare()) == ""


def test_sources_name_all_that_a_measure_answers(plan: RecoveryPlan) -> None:
    case = plan.case
    audit = AuditFactory(case=case, status=AuditStatus.IN_PROGRESS)
    finding, cause = FindingFactory(audit=audit), CauseFactory(case=case)
    promise, talk = CommitmentFactory(case=case), InteractionFactory(case=case)
    amendment = AmendmentFactory(contract=case.contract)
    measure = MeasureFactory(
        plan=plan,
        finding=finding,
        cause=cause,
        commitment=promise,
        interaction=talk,
        amendment=amendment,
    )
    row = reloaded(measure)
    with CaptureQueriesContext(connection) as asked:
        found = sources(row)
    assert len(asked) <= 1  # the address of the amendment may read its contract
    assert [word for word, _url in found] == [
        finding.number,
        f"Ursache: {cause}",
        "Zusage",
        "Gespräch",
        "Nachtrag",
    ]
    assert [url for _word, url in found][2:] == [
        promise.get_absolute_url(),
        talk.get_absolute_url(),
        amendment.get_absolute_url(),
    ]
    assert sources(reloaded(MeasureFactory(plan=plan))) == []


def test_facts_leave_out_what_is_empty(plan: RecoveryPlan, operativ: User) -> None:
    lean = measure_facts(reloaded(MeasureFactory(plan=plan, owner=operativ)))
    assert lean == [
        ("Phase", "3 Sofortmaßnahmen", ""),
        ("Verantwortlich", operativ.full_name, ""),
        ("Fällig am", "30.11.2026", ""),
        ("Wiederholung", "einmalig", ""),
    ]


def test_facts_tell_what_there_is(plan: RecoveryPlan, operativ: User, kollegin: User) -> None:
    rich = MeasureFactory(
        plan=plan,
        owner=operativ,
        deputy=kollegin,
        is_mandatory=True,
        original_due_on=on(16),
        status=MeasureStatus.BLOCKED,
        status_note="Teil fehlt",
        description="Mit Protokoll",
    )
    facts = {label: (value, small) for label, value, small in measure_facts(reloaded(rich))}
    assert facts["Phase"] == ("3 Sofortmaßnahmen", "Pflicht")
    assert facts["Fällig am"] == ("30.11.2026", "ursprünglich 16.11.2026")
    assert facts["Vertretung"] == (str(kollegin), "")
    assert facts["Beschreibung"] == ("Mit Protokoll", "")
    assert "Teil fehlt" in {value for value, _small in facts.values()}


@pytest.mark.parametrize(
    ("status", "who", "words"),
    [
        (
            "open",
            "kam",
            ["Mit Ergebnis erledigen", "Status setzen", "Übergeben", "Bearbeiten", "Verzichten"],
        ),
        ("open", "operativ", ["Mit Ergebnis erledigen", "Status setzen"]),
        ("done", "kam", ["Wirksamkeitsprüfung planen", "Wieder aufnehmen"]),
        ("dropped", "kam", ["Wieder aufnehmen"]),
        ("done", "operativ", []),
        ("open", "auditor", []),
    ],
)
def test_menu_offers_what_this_person_may_do(
    status: str, who: str, words: list[str], plan: RecoveryPlan, request: pytest.FixtureRequest
) -> None:
    owner = request.getfixturevalue("operativ")
    measure = MeasureFactory(plan=plan, owner=owner, status=status, status_note="Entfällt")
    user = request.getfixturevalue(who)
    assert [word for word, _url in measure_actions(reloaded(measure), user)] == words


# Versions


def test_versions_are_told_newest_first(measure: Measure, kam: User) -> None:
    measure.title, measure.due_on = "Aufzug prüfen", on(27)
    measure.save()
    measure.status = MeasureStatus.IN_PROGRESS
    measure.save()
    changes = changes_of(reloaded(measure))
    assert len(changes) == 3
    assert changes[0].title == "Status: Offen → In Arbeit"
    assert changes[0].by == "Winback"
    assert changes[1].title == "Winback hat 2 Felder geändert"
    assert "Fällig am: 30.11.2026 → 27.11.2026" in changes[1].changes
    assert changes[2].title == "Maßnahme angelegt, fällig am 30.11.2026"


def test_version_without_a_visible_change_is_left_out(measure: Measure) -> None:
    measure.save()
    assert len(changes_of(reloaded(measure))) == 1


def test_an_emptied_field_is_a_dash(measure: Measure, kollegin: User) -> None:
    measure.deputy = kollegin
    measure.save()
    measure.deputy = None
    measure.save()
    titles = [change.title for change in changes_of(reloaded(measure))]
    assert titles[:2] == [f"Vertretung: {kollegin} → –", f"Vertretung: – → {kollegin}"]


# The whole plan


def groups(plan: RecoveryPlan, user: User) -> list[Any]:
    phases = list(plan.phases.order_by("number"))
    measures = list(Measure.objects.of_case(plan.case).with_row())
    return phase_groups(plan, phases, measures, measures[:1], user, TODAY)


def test_groups_count_all_but_show_what_is_asked(plan: RecoveryPlan, kam: User) -> None:
    MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    MeasureFactory(plan=plan)
    third = groups(plan, kam)[2]
    assert (len(third.rows), third.tally.total, third.note) == (1, 2, "1 von 2 erledigt")
    assert (third.label, third.gate) == ("Sofortmaßnahmen", "Kriterien der Phase 3")


def test_later_phases_may_be_closed_by_planners_only(plan: RecoveryPlan, kam: User) -> None:
    urls = [bool(group.pass_url) for group in groups(plan, kam)]
    assert urls == [False, False, False, True, True]


def test_readers_close_no_phase(plan: RecoveryPlan, operativ: User) -> None:
    assert {group.pass_url for group in groups(plan, operativ)} == {""}


def test_phase_that_is_planned_says_so(plan: RecoveryPlan, kam: User) -> None:
    fifth = groups(plan, kam)[4]
    assert (fifth.state, fifth.state_label) == ("open", "Geplant")
    PlanPhase.objects.filter(plan=plan, number="5").update(starts_on=on(23))
    assert groups(plan, kam)[4].state_label == "Begonnen"


def test_chart_without_a_contract_has_no_deadline(plan: RecoveryPlan) -> None:
    MeasureFactory(plan=plan, title="Aufzug prüfen", due_on=on(19))
    measures = list(Measure.objects.of_case(plan.case).with_row())
    phases = list(plan.phases.order_by("number"))
    assert "16.01.2027" in plan_chart(plan, phases, measures, TODAY)
    plan.case.contract = None
    chart = plan_chart(plan, phases, measures, TODAY)
    assert "16.01.2027" not in chart
    assert "M-1 Aufzug prüfen" in chart


# What lower rooms and the search are told


@pytest.mark.parametrize("thing", ["commitment", "amendment", "interaction"])
def test_duties_are_sorted_by_date_and_say_how_they_stand(thing: str, plan: RecoveryPlan) -> None:
    case: Case = plan.case
    row: Any = {
        "commitment": lambda: CommitmentFactory(case=case),
        "amendment": lambda: AmendmentFactory(contract=case.contract),
        "interaction": lambda: InteractionFactory(case=case),
    }[thing]()
    MeasureFactory(plan=plan, title="später", **{thing: row})
    MeasureFactory(
        plan=plan,
        title="früher",
        due_on=on(20),
        status=MeasureStatus.BLOCKED,
        status_note="x",
        **{thing: row},
    )
    MeasureFactory(plan=plan, status="dropped", status_note="Entfällt", **{thing: row})
    first, second = duties.answering(thing, [row.pk], TODAY)[row.pk]
    assert (first.title, first.word, first.is_blocked) == ("früher", "Überfällig, 3 Tage", True)
    assert (second.title, second.word, second.is_blocked) == ("später", "Offen", False)
    assert second.due_on == second.original_due_on == on(30)


def test_search_finds_visible_measures_by_title(
    plan: RecoveryPlan, kam: User, fremde: User
) -> None:
    MeasureFactory(plan=plan, title="Aufzugsnotruf prüfen")
    (source,) = SOURCES
    assert source.rows(kam, "notruf").count() == 1
    assert source.rows(kam, "winterdienst").count() == 0
    assert source.rows(fremde, "notruf").count() == 0
    assert str(source.label) == "Maßnahmen"


@pytest.mark.parametrize(
    ("verb", "label"),
    [
        (Verb.STARTED, "Rückgewinnungsplan gestartet"),
        (Verb.RESUMED, "Rückgewinnungsplan fortgesetzt"),
        (Verb.PHASE_PASSED, "Phase abgeschlossen"),
        (Verb.MOVED, "Maßnahme verschoben"),
        (Verb.REPEATED, "Wiederkehrende Maßnahme durchgeführt"),
        (Verb.DROPPED, "Auf Maßnahme verzichtet"),
    ],
)
def test_verbs_speak_german(verb: Verb, label: str) -> None:
    assert str(verb.label) == label
