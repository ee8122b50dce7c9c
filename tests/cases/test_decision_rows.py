"""What the pages of the decisions say, without a request."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import TODAY, assess, finish, plan_effort, step, swap, tender
from tests.cases.factories import CaseFactory, active_case, give_go
from winback.cases import services
from winback.cases.enums import DutyKind, Function, Health, Load, Status
from winback.cases.models import (
    ActualEffort,
    Approach,
    Background,
    Case,
    Duty,
    Lesson,
    Mediation,
    PlannedEffort,
    TeamLoad,
)
from winback.cases.obligations import find_duties, signals
from winback.cases.permissions import can_decide_lessons, can_do_duty, can_keep_records
from winback.cases.rows import decisions as rows
from winback.cases.rows import steps
from winback.cases.rows.facts import Fact, Section
from winback.common.obligations import Query

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def loaded(case: Case) -> Case:
    return Case.objects.with_sheets().get(pk=case.pk)


def plain(section: Section) -> dict[str, str]:
    """Label → value, with ordinary blanks."""
    return {label: _blank(value) for label, value, _note in section.facts}


def _blank(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def notes(facts: list[Fact]) -> str:
    return _blank(" ".join(note for _label, _value, note in facts))


def test_background_shows_what_is_filled_and_hints_at_routine(case: Case) -> None:
    case.client.since = dt.date(2010, 4, 1)
    case.client.save()
    Background.objects.create(
        case=case, stage="warned", revenue_share=Decimal("11.5"), went_silently="no"
    )
    section = rows.background_section(loaded(case), may_edit=False)
    assert plain(section) == {
        "Stadium der Beziehung": "Abgemahnt",
        "Anteil an unserem Umsatz": "11,5 %",
        "Kunde ging ohne ein Wort": "nein",
        "Kunde seit": "01.04.2010",
    }
    assert "Trott" in notes(section.facts)
    assert section.links == []


def test_sections_without_facts_are_empty_but_offer_their_forms(case: Case) -> None:
    row = loaded(case)
    found = [
        rows.background_section(row, may_edit=True),
        rows.assessment_section(row, None, may_edit=True),
        rows.effort_section(row, may_edit=True),
        rows.approach_section(row, may_edit=True),
        rows.farewell_section(row, may_edit=True),
        steps.mediation_section(row, may_edit=True),
        steps.plan_b_section(row, may_edit=True, may_do=True),
        steps.aftercare_section(row, may_edit=True),
        steps.load_section(row, may_edit=True),
    ]
    assert all(section.is_empty and section.links for section in found)


def test_approach_names_caller_suitability_support_and_conflict(case: Case, kam: User) -> None:
    Approach.objects.create(
        case=case,
        way="personal",
        way_reason="Zwei Entscheider",
        caller=kam,
        suitability="hält Ablehnung aus",
        support="Rollenspiel am Vortag",
        conflict="keine Provision",
    )
    values = plain(rows.approach_section(loaded(case), may_edit=False)).values()
    assert list(values) == [
        "Persönlicher Besuch",
        "Zwei Entscheider",
        "Aylin Kaya",
        "hält Ablehnung aus",
        "Rollenspiel am Vortag",
        "keine Provision",
    ]


def test_mediation_names_person_subject_and_confidentiality(case: Case) -> None:
    Mediation.objects.create(
        case=case,
        considered="yes",
        reasons="verhärtet",
        neutral_person="Frau Sanders",
        subject="contract",
        is_confidential=True,
        starts_on=TODAY,
    )
    facts = plain(steps.mediation_section(loaded(case), may_edit=False))
    assert facts["Neutrale Person"] == "Frau Sanders"
    assert facts["Gegenstand der Mediation"] == "Vertragsauslegung"
    assert facts["Vertraulichkeit vereinbart"] == "ja"
    assert facts["Beginnt am"] == "23.11.2026"


def test_effort_compares_plan_actual_and_return(case: Case) -> None:
    assess(case)
    plan_effort(case)
    ActualEffort.objects.create(
        case=case,
        hours=Decimal("50.5"),
        rate=Decimal(100),
        audit=Decimal(2450),
        mediation_cost=Decimal(2500),
        note="ohne Reisen",
    )
    section = rows.effort_section(loaded(case), may_edit=False)
    assert plain(section) == {
        "Geplanter Aufwand": "15.000,00 €",
        "Tatsächlicher Aufwand": "10.000,00 €",
        "Rendite des tatsächlichen Aufwands": "2.900 %",
    }
    for words in ("50,5 Stunden", "Kulanz 6.000,00 €", "Mediation 2.500,00 €", "ohne Reisen"):
        assert words in notes(section.facts)


def test_effort_without_a_value_knows_no_return(case: Case) -> None:
    ActualEffort.objects.create(case=case)
    facts = plain(rows.effort_section(loaded(case), may_edit=False))
    assert facts == {"Tatsächlicher Aufwand": "0,00 €"}


SLTV, BAND = "Wert der zweiten Kundenbeziehung (SLTV)", "Nur zum Vergleich"
VALUE = [
    ({}, None, [SLTV, BAND]),
    ({"years": None}, None, []),
    ({}, {}, [SLTV, "Break-even-Wahrscheinlichkeit p*", BAND]),
    (
        {"belief": Decimal(40)},
        {},
        [SLTV, "Break-even-Wahrscheinlichkeit p*", "Erwartungswert", BAND],
    ),
]


@pytest.mark.parametrize(("facts", "effort", "labels"), VALUE)
def test_value_says_as_much_as_its_inputs_allow(
    facts: dict[str, Any], effort: dict[str, Any] | None, labels: list[str], case: Case
) -> None:
    row = assess(case, **facts)
    sheet = None if effort is None else plan_effort(case, **effort)
    assert [label for label, _value, _note in rows.value_facts(row, sheet)] == labels


BREAK_EVEN = [
    (Decimal(300_000), "5 %", "mehr als 5 %"),
    (Decimal(14_999), "100 %", "mehr als 100 %"),
    (Decimal(10_000), "150 %", "kostet mehr"),
    (Decimal(0), "nicht erreichbar", "kostet mehr"),
]


@pytest.mark.parametrize(("value", "words", "note"), BREAK_EVEN)
def test_break_even_is_told_in_a_sentence(value: Decimal, words: str, note: str) -> None:
    effort = PlannedEffort(hours=Decimal(100), rate=Decimal(150))
    assert _blank(rows.break_even_words(effort, value)) == words
    assert note in _blank(rows.break_even_note(effort, value))
    assert effort.break_even(None) is None


def test_score_shows_every_factor_with_its_points(case: Case) -> None:
    assess(case, strategic="partly", window="")
    score = rows.case_score(loaded(case), TODAY)
    assert score is not None
    table = {row.factor: (row.degree, row.points, row.weight) for row in rows.score_rows(score)}
    assert table["Der Kunde hat strategischen Wert"] == ("trifft teilweise zu", "8", "15")
    assert table["Vertrags- oder Vergabefenster innerhalb von 18 Monaten"] == ("–", "–", "10")
    assert table["Es gibt eine lange Beschwerdegeschichte"] == ("trifft nicht zu", "0", "−10")
    assert table["Der Verlust liegt nicht lange zurück"][0] == "trifft zu"


def test_summary_tells_the_decisions_in_a_few_lines(case: Case, leitung: User) -> None:
    Background.objects.create(case=case, stage="warned")
    assess(case)
    plan_effort(case)
    decisions.plan_b(case)
    services.set_escalation(case=case, version=1, actor=leitung, level=3, reason="x")
    latest = case.qualifications.select_related("decided_by").get()
    labels = [label for label, _v, _n in rows.summary(loaded(case), latest, TODAY)]
    assert labels == [
        "Go-Entscheidung",
        "Stadium der Beziehung",
        "Punktzahl",
        "Break-even p*",
        "Eskalation",
        "Plan B",
    ]


def test_summary_of_an_untouched_case_is_empty(kam: User) -> None:
    assert rows.summary(loaded(CaseFactory(owner=kam)), None, TODAY) == []


def test_figures_stand_before_the_eyes_of_the_board(case: Case) -> None:
    assert rows.figures(loaded(case), TODAY) == ""
    row = assess(case, years=None)
    assert rows.figures(loaded(case), TODAY) == "Punktzahl: 100 von 100."
    row.years = 3
    row.save()
    told = "Punktzahl: 100 von 100. Wert der zweiten Kundenbeziehung: 300.000,00 €."
    assert _blank(rows.figures(loaded(case), TODAY)) == told
    plan_effort(case)
    assert _blank(rows.figures(loaded(case), TODAY)) == (
        f"{told} Geplanter Aufwand: 15.000,00 €. "
        "Den Versuch wert, wenn wir an mehr als 5 % glauben."
    )


def test_decisions_name_who_why_priority_and_score(kam: User, leitung: User) -> None:
    row = give_go(CaseFactory(owner=kam), leitung)
    row.has_priority, row.score = True, 72
    ((day, _decision, note),) = rows.decision_facts([row])
    assert day == "31.08.2026"
    assert note == (
        "Maria Lindner · Ursache liegt bei uns und ist veränderbar. · höchste Priorität · 72 Punkte"
    )


STATES = [
    (dt.date(2026, 11, 22), "late", "Überfällig", True),
    (dt.date(2026, 11, 23), "open", "offen", False),
]


@pytest.mark.parametrize(("due_on", "shape", "status", "late"), STATES)
def test_step_row_tells_how_it_stands(
    due_on: dt.date, shape: str, status: str, late: bool, case: Case, kam: User
) -> None:
    row = steps.step_row(step(case, kam, helper="Frau Keller", due_on=due_on), kam, TODAY)
    assert (row.shape, row.status, row.late) == (shape, status, late)
    assert row.note == "2 Regionalleitung · Frau Keller"
    assert row.done_url


def test_step_row_offers_the_end_to_those_who_may_end_it(
    case: Case, kam: User, qm: User, operativ: User
) -> None:
    found = step(case, operativ)
    assert steps.step_row(found, operativ, TODAY).done_url
    assert not steps.step_row(found, qm, TODAY).done_url
    finish(found.duty, kam)
    done = steps.step_row(found, kam, TODAY)
    assert (done.shape, done.result, done.done_url) == ("done", "erledigt", "")


def test_plan_b_row_knows_who_may_decide(case: Case, kam: User) -> None:
    decisions.plan_b(case)
    row = loaded(case)
    offered = steps.plan_b_section(row, may_edit=False, may_do=True).links
    assert [label for label, _url in offered] == ["Über Plan B entscheiden"]
    assert steps.plan_b_section(row, may_edit=False, may_do=False).links == []
    finish(row.planb.duty, kam, "Nicht nötig")
    decided = steps.plan_b_section(loaded(case), may_edit=False, may_do=True)
    assert decided.links == []
    assert "erledigt am 23.11.2026 · Nicht nötig" in notes(decided.facts)


def test_tender_row_without_criteria_has_no_sums_to_doubt(case: Case, kam: User) -> None:
    row = steps.tender_row(tender(case, kam), kam)
    assert (row.shape, row.criteria, row.weight_off) == ("open", [], False)
    assert (row.ours, row.gap) == ("–", "")
    assert row.done_url
    assert steps.tender_row(tender(case), kam).done_url == ""


def test_handover_facts_say_what_is_still_missing(
    case: Case, kollegin: User, leitung: User
) -> None:
    row = swap(case, kollegin, resources="Ein Jahr Zeit", granted_by=leitung)
    facts = {label: (value, note) for label, value, note in steps.handover_facts(row)}
    assert facts["Kunde informiert"][0] == "noch nicht"
    assert facts["Gewährte Ressourcen und Freiräume"] == ("Ein Jahr Zeit", "durch Maria Lindner")
    bare = swap(case, row.former)
    assert "Gewährte Ressourcen und Freiräume" not in {
        label for label, _value, _note in steps.handover_facts(bare)
    }


def test_lesson_row_leads_to_its_decision_until_it_is_taken(case: Case, qm: User) -> None:
    row = decisions.lesson(case, target="tender")
    assert steps.lesson_row(row).url
    services.decide_lesson(
        lesson=row, version=1, actor=qm, today=TODAY, state="accepted", reason="Trifft zu"
    )
    decided = steps.lesson_row(Lesson.objects.get())
    assert (decided.url, decided.shape, decided.target) == ("", "done", "Angebotsstandard")
    assert decided.decided == "T. Wolf, 23.11.2026 · Trifft zu"


# Words of the models


def test_models_speak_for_themselves(case: Case, kam: User, kollegin: User) -> None:
    row = swap(case, kollegin)
    item = row.items.first()
    lost = tender(case)
    criterion = lost.criteria.create(name="Preis", weight=50)
    changes = {"kind": "team", "happened_on": TODAY, "what": "Lob"}
    success = services.record_success(case=case, actor=kam, changes=changes)
    resources = services.decide_resources(
        case=case,
        actor=kam,
        changes={"conflict": "x", "decision": "y", "decided_by": kam, "decided_on": TODAY},
    )
    lesson = decisions.lesson(case)
    assert [str(each) for each in (row, item, lost, criterion, success, resources, lesson)] == [
        "Aylin Kaya → Nele Brunner",
        "Vertrag erklärt",
        "Los Süd",
        "Preis",
        "Lob",
        "x",
        "Zu viel zugesagt",
    ]
    assert str(step(case, kam)) == "Regionalleitung einschalten"
    assert str(Background(case=case)) == f"{case.number} · Hintergrund"


# Team and health


def test_speciality_of_a_member_is_kept(case: Case, operativ: User, kam: User) -> None:
    for specialty in ("Lüftung", "Aufzüge"):  # twice changes nothing
        services.add_member(
            case=case,
            actor=kam,
            user=operativ,
            function=Function.TECHNICIAN,
            today=TODAY,
            specialty=specialty,
        )
    assert case.members.get(user=operativ).specialty == "Lüftung"
    assert case.events.get().data["title"] == "Lüftung"


@pytest.mark.parametrize("load", Load)
def test_only_an_overloaded_team_weighs_on_the_case(load: Load, case: Case) -> None:
    TeamLoad.objects.create(case=case, load=load, support="Zwei Springer", briefed_on=TODAY)
    found = list(signals(case.pk, TODAY))
    expected = [(Health.AT_RISK, "Das Team des Falls ist überlastet.")]
    assert [(s.level, s.reason) for s in found] == (expected if load == Load.OVERLOADED else [])
    section = steps.load_section(loaded(case), may_edit=False)
    assert plain(section)["Zusätzliche Unterstützung"] == "Zwei Springer"


# Rights and obligations


def test_rights_over_steps_records_and_lessons(
    case: Case, kam: User, qm: User, operativ: User, leitung: User, auditor: User
) -> None:
    duty = Duty(owner=operativ, deputy=qm)
    assert [can_do_duty(u, duty) for u in (kam, qm, operativ, leitung)] == [True] * 4
    assert not can_do_duty(auditor, duty)
    assert [can_keep_records(u, case) for u in (kam, qm, operativ)] == [True, True, False]
    assert [can_decide_lessons(u) for u in (kam, qm, leitung, auditor)] == [
        False,
        True,
        True,
        False,
    ]


OWED = [
    (DutyKind.ESCALATION, Status.ACTIVE, True),
    (DutyKind.ESCALATION, Status.RESTING, True),
    (DutyKind.ESCALATION, Status.LOST, False),
    (DutyKind.PLAN_B, Status.WON, False),
    (DutyKind.TENDER, Status.LOST, True),
    (DutyKind.TENDER, Status.ACTIVE, True),
    (DutyKind.CARE, Status.ACTIVE, False),
    (DutyKind.CARE, Status.WON, True),
    (DutyKind.CARE, Status.LOST, True),
    (DutyKind.CARE, Status.PARTED, True),
]


@pytest.mark.parametrize(("kind", "status", "is_owed"), OWED)
def test_duty_is_owed_as_long_as_it_is_of_use(
    kind: DutyKind, status: Status, is_owed: bool, kam: User
) -> None:
    closed = TODAY if status in {Status.WON, Status.LOST, Status.PARTED} else None
    rest = TODAY if status == Status.RESTING else None
    case = CaseFactory(owner=kam, status=status, closed_on=closed, resting_until=rest)
    Duty.objects.create(
        case=case, kind=kind, title="x", owner=kam, due_on=TODAY, original_due_on=TODAY
    )
    assert bool(find_duties(Query(case_id=case.pk))) is is_owed


QUERIES = [
    ({"due_until": dt.date(2026, 11, 30)}, 0),
    ({"due_until": dt.date(2026, 12, 1)}, 1),
    ({"owner_ids": [0]}, 0),
    ({"case_id": 0}, 0),
    ({}, 1),
]


@pytest.mark.parametrize(("query", "count"), QUERIES, ids=str)
def test_duties_are_found_by_owner_case_and_date(
    query: dict[str, Any], count: int, case: Case, kam: User
) -> None:
    step(case, kam)
    assert len(find_duties(Query(**query))) == count


def test_duty_item_leads_to_its_page_and_end(case: Case, kam: User, kollegin: User) -> None:
    step(case, kam)
    swap(case, kollegin)
    decisions.plan_b(case)
    tender(case, kam)
    found = {item.title: item for item in find_duties(Query(case_id=case.pk))}
    assert found["Regionalleitung einschalten"].url.endswith("/eskalation/")
    assert found["Über Plan B entscheiden"].url.endswith("/plan-b/")
    assert found["Ausschreibung „Los Süd“ vorbereiten"].outlives_case
    handover = found["Übergabe abschließen"]
    assert (handover.done_url, handover.outlives_case) == ("", False)
    assert "/uebergaben/" in handover.url
