"""Rows of the gathering pages: which block, which step, which words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from accounts.enums import Role, Salutation
from accounts.models import User
from audits.enums import Grade
from tests.audits.factories import FindingFactory
from tests.cases.factories import CaseFactory, active_case
from tests.causes.factories import CauseFactory
from tests.dialogue.factories import CommitmentFactory
from tests.kpis.factories import CaseKpiFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.cases.enums import Health, Status
from winback.cases.models import Case
from winback.causes.models import with_primary_cause
from winback.common.obligations import Item
from winback.dashboards.rows.finding import finding_page
from winback.dashboards.rows.month import month_page
from winback.dashboards.rows.overview import overview
from winback.dashboards.rows.work import end_of_week, greeting, long_day, sort_work, work_row
from winback.dashboards.rules import Month

TODAY = dt.date(2026, 11, 23)
NOVEMBER = Month(2026, 11)
BERLIN = ZoneInfo("Europe/Berlin")


def item(due_on: dt.date, *, waiting: bool = False, owner: int = 1, part: str = "") -> Item:
    return Item(
        kind="test",
        pk=7,
        title="Etwas tun",
        owner_id=owner,
        deputy_id=None,
        due_on=due_on,
        case_id=1,
        context="Norhagen Bau AG · RG-2026-0001",
        url="/x/",
        waiting=waiting,
        part=part,
    )


@pytest.mark.parametrize(
    ("today", "sunday"),
    [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 29)),
        (dt.date(2026, 11, 29), dt.date(2026, 11, 29)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 3)),
        (dt.date(2024, 2, 26), dt.date(2024, 3, 3)),
    ],
)
def test_week_ends_on_sunday(today: dt.date, sunday: dt.date) -> None:
    assert end_of_week(today) == sunday


@pytest.mark.parametrize(
    ("days", "block"),
    [
        (-1, "overdue"),
        (0, "this_week"),
        (6, "this_week"),
        (7, "next"),
    ],
)
def test_item_falls_into_one_block(days: int, block: str) -> None:
    work = sort_work([item(TODAY + dt.timedelta(days=days))], TODAY, {})
    found = [name for name in ("overdue", "this_week", "waiting") if getattr(work, name)]
    assert (found or ["next"]) == [block]


def test_waiting_item_stays_in_its_block_even_when_late() -> None:
    work = sort_work([item(TODAY - dt.timedelta(days=9), waiting=True)], TODAY, {})
    assert [row.kind for row in work.waiting] == ["late"]
    assert work.overdue == []


def test_only_the_first_later_item_is_next() -> None:
    later = [item(TODAY + dt.timedelta(days=days)) for days in (10, 20)]
    work = sort_work(later, TODAY, {})
    assert work.is_empty
    assert work.next is not None
    assert work.next.due == "Do., 03.12.2026"


@pytest.mark.parametrize(
    ("days", "waiting", "kind", "state"),
    [
        (-1, False, "late", "Überfällig"),
        (0, False, "open", "Offen"),
        (3, True, "wait", "Wartet auf mich"),
    ],
)
def test_row_says_its_state_in_word_and_shape(
    days: int, waiting: bool, kind: str, state: str
) -> None:
    row = work_row(item(TODAY + dt.timedelta(days=days), waiting=waiting), TODAY, "")
    assert (row.kind, row.state) == (kind, state)
    assert row.late is (days < 0)


def test_row_names_whom_it_stands_in_for() -> None:
    row = work_row(item(TODAY), TODAY, "N. Brunner")
    assert row.note.endswith(" · in Vertretung für N. Brunner")
    assert work_row(item(TODAY), TODAY, "").note == "Norhagen Bau AG · RG-2026-0001"


def test_rows_of_one_object_have_ids_of_their_own() -> None:
    ids = {work_row(item(TODAY, part=part), TODAY, "").row_id for part in ("", "start")}
    assert ids == {"test-7", "test-7-start"}


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Guten Morgen"),
        (10, "Guten Morgen"),
        (11, "Guten Tag"),
        (17, "Guten Tag"),
        (18, "Guten Abend"),
    ],
)
def test_greeting_follows_the_local_hour(hour: int, words: str) -> None:
    user = User(
        first_name="Aylin",
        last_name="Kaya",
        salutation=Salutation.MS,
        role=Role.KEY_ACCOUNT_MANAGER,
    )
    now = dt.datetime(2026, 11, 23, hour, tzinfo=BERLIN)
    assert greeting(now, user) == f"{words}, Frau Kaya"


def test_greeting_without_salutation_uses_the_full_name() -> None:
    user = User(first_name="Kim", last_name="Brand", salutation=Salutation.NONE)
    now = dt.datetime(2026, 11, 23, 9, tzinfo=BERLIN)
    assert greeting(now, user) == "Guten Morgen, Kim Brand"


def test_long_day_names_day_and_week() -> None:
    assert long_day(TODAY) == "Mo., 23.11.2026 · KW 48"
    assert long_day(dt.date(2027, 1, 1)).endswith("KW 53")


# The finding


def steps(finding: object, user: User) -> list[tuple[str, str]]:
    page = finding_page(finding, user, TODAY)  # type: ignore[arg-type]  # a factory's object
    return [(step.label, step.kind) for step in page.steps]


def test_steps_of_a_nonconformity_ask_for_cause_and_measure(kam: User) -> None:
    case = active_case(owner=kam)
    finding = FindingFactory(audit__case=case, grade=Grade.MAJOR)
    assert steps(finding, kam) == [
        ("Erfasst", "done"),
        ("Ursache", "open"),
        ("Maßnahme", "open"),
        ("Umgesetzt", "open"),
        ("Wirksam geprüft", "open"),
    ]
    CauseFactory(case=case).evidence.create(finding=finding)
    MeasureFactory(plan=PlanFactory(case=case), owner=kam, finding=finding)
    assert steps(finding, kam)[1:3] == [("Ursache", "done"), ("Maßnahme", "done")]


@pytest.mark.parametrize("grade", [Grade.OBSERVATION, Grade.IMPROVEMENT])
def test_steps_of_other_grades_are_two(grade: Grade, kam: User) -> None:
    finding = FindingFactory(audit__case=active_case(owner=kam), grade=grade)
    assert [label for label, _kind in steps(finding, kam)] == ["Erfasst", "Entschieden"]


@pytest.mark.parametrize(
    ("status", "last"),
    [
        ("open", ("Entschieden", "open")),
        ("in_progress", ("Entschieden", "open")),
        ("done", ("Entschieden", "done")),
        ("withdrawn", ("Zurückgezogen", "done")),
    ],
)
def test_last_step_follows_the_status(status: str, last: tuple[str, str], kam: User) -> None:
    finding = FindingFactory(
        audit__case=active_case(owner=kam),
        grade=Grade.OBSERVATION,
        status=status,
        done_on=TODAY if status == "done" else None,
        withdrawn_reason="Doppelt" if status == "withdrawn" else "",
    )
    assert steps(finding, kam)[-1] == last


def test_finding_offers_a_measure_to_those_who_plan(kam: User, operativ: User) -> None:
    case = active_case(owner=kam, team=[operativ])
    finding = FindingFactory(audit__case=case, grade=Grade.MAJOR)
    assert finding_page(finding, kam, TODAY).measure_url == ""
    PlanFactory(case=case)
    assert finding.number in finding_page(finding, kam, TODAY).measure_url
    assert finding_page(finding, operativ, TODAY).measure_url == ""


# The overview


def test_overview_of_a_new_case_is_empty_but_whole(kam: User) -> None:
    case = Case.objects.with_header().get(pk=CaseFactory(owner=kam).pk)
    page = overview(case, kam, TODAY)
    assert (page.cause, page.kpis, page.majors, page.measures, page.audits) == ("", [], [], [], [])
    assert page.has_commitments is False
    assert page.situation_by == ""
    assert page.move is not None


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.RESTING, Status.LOST])
def test_overview_moves_on_only_while_open(status: Status, kam: User) -> None:
    case = CaseFactory(
        owner=kam,
        status=status,
        resting_until=TODAY if status == Status.RESTING else None,
        closed_on=TODAY if status == Status.LOST else None,
    )
    assert overview(case, kam, TODAY).move is None


def test_overview_names_the_primary_cause_with_its_weight(kam: User) -> None:
    case = active_case(owner=kam)
    CauseFactory(case=case, statement="Nebensache")
    CauseFactory(case=case, statement="Zu viel versprochen", share=45, is_primary=True)
    page = overview(with_primary_cause(Case.objects.with_summary()).get(pk=case.pk), kam, TODAY)
    assert page.cause == "Zu viel versprochen"
    assert "Anteil 45" in page.cause_note


def test_overview_leaves_out_minors_and_settled_majors(kam: User) -> None:
    case = active_case(owner=kam)
    major = FindingFactory(audit__case=case, grade=Grade.MAJOR)
    FindingFactory(audit=major.audit, grade=Grade.MINOR)
    FindingFactory(audit=major.audit, grade=Grade.MAJOR, status="done", done_on=TODAY)
    assert [row.number for row in overview(case, kam, TODAY).majors] == [major.number]


def test_overview_looks_one_week_ahead(kam: User) -> None:
    plan = PlanFactory(case=active_case(owner=kam))
    for days in (-1, 7, 8):
        due = TODAY + dt.timedelta(days=days)
        MeasureFactory(plan=plan, owner=kam, due_on=due, title=f"M {days}")
    titles = [row.title for row in overview(plan.case, kam, TODAY).measures]
    assert titles == ["M -1", "M 7"]


def test_overview_counts_days_since_the_loss(kam: User) -> None:
    case = active_case(owner=kam, lost_on=TODAY - dt.timedelta(days=1))
    notes = [note for _label, _value, note in overview(case, kam, TODAY).facts]
    assert "vor 1 Tag" in notes


# The month


def numbers(user: User) -> dict[str, tuple[str, str, str]]:
    page = month_page(NOVEMBER, user, TODAY)
    return {label: (figure, note, url) for label, figure, _unit, note, url in page.numbers}


def test_month_of_nothing_says_so(leitung: User) -> None:
    found = numbers(leitung)
    assert found["Laufende Fälle"][0] == "0"
    assert found["Zurückgewonnen im Monat"][:2] == ("–", "noch keiner beendet")
    assert found["Zusagen pünktlich gehalten"][:2] == ("–", "noch keine")
    assert all(url for _figure, _note, url in found.values())


def test_month_counts_a_broken_promise_against_the_ratio(kam: User, leitung: User) -> None:
    case = active_case(owner=kam)
    for done_on in (TODAY, None):
        CommitmentFactory(
            case=case, owner=kam, due_on=TODAY - dt.timedelta(days=1), done_on=done_on
        )
    assert numbers(leitung)["Zusagen pünktlich gehalten"][0] == "0 von 2"


def test_month_leaves_cases_of_others_to_those_who_see_them(kam: User, qm: User) -> None:
    active_case(owner=kam, is_confidential=True)
    assert numbers(qm)["Laufende Fälle"][0] == "0"
    assert numbers(kam)["Laufende Fälle"][0] == "1"


def test_month_orders_cases_by_risk_then_value(kam: User, leitung: User) -> None:
    small = active_case(owner=kam, health=Health.CRITICAL, value_at_stake=Decimal(1))
    large = active_case(owner=kam, health=Health.CRITICAL, value_at_stake=Decimal(2))
    fine = active_case(owner=kam, value_at_stake=Decimal(9))
    lines = month_page(NOVEMBER, leitung, TODAY).cases
    assert [line.row.number for line in lines] == [large.number, small.number, fine.number]


@pytest.mark.parametrize(
    ("situation", "comment"),
    [
        ("Reinigung stabil. Aufzug nicht.", "Reinigung stabil"),
        ("Nur ein Satz.", "Nur ein Satz"),
        ("", ""),
    ],
)
def test_month_comments_with_the_first_sentence(
    situation: str, comment: str, kam: User, leitung: User
) -> None:
    active_case(owner=kam, situation=situation)
    assert month_page(NOVEMBER, leitung, TODAY).cases[0].comment == comment


def test_month_counts_kpis_by_standing(kam: User, leitung: User) -> None:
    CaseKpiFactory(case=active_case(owner=kam))
    assert sum(int(count) for _label, count in month_page(NOVEMBER, leitung, TODAY).kpis) == 1


def test_month_speaks_english_to_those_who_read_it(kam: User, leitung: User) -> None:
    active_case(owner=kam, health=Health.CRITICAL, phase="3")
    with translation.override("en"):
        page = month_page(NOVEMBER, leitung, TODAY)
    assert page.headline.startswith("1 case is critical")
    assert page.name == "November 2026"
    assert page.lines[0].label == "3 Immediate measures"


def test_month_links_back_and_forth(leitung: User) -> None:
    now, past = (
        month_page(NOVEMBER, leitung, TODAY),
        month_page(Month(2026, 1), leitung, TODAY),
    )
    assert now.next_url == ""
    assert now.previous_url == "/monat/2026-10/"
    assert (past.previous_url, past.next_url) == ("/monat/2025-12/", "/monat/2026-02/")
