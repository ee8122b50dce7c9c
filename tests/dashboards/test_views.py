"""The gathering pages: my work, the case on one page, the finding, the month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.audits.factories import FindingFactory
from tests.cases.factories import CaseFactory, active_case, give_go
from tests.clients.factories import ClientFactory
from tests.conftest import ClientFor
from tests.dialogue.factories import CommitmentFactory
from tests.factories import AbsenceFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from tests.statements import statements
from winback.cases.enums import Health, Status
from winback.cases.models import Case
from winback.cases.services import close_case
from winback.dashboards.rows.month import month_page
from winback.dashboards.rows.work import my_work
from winback.dashboards.rules import Month

pytestmark = pytest.mark.usefixtures("today")


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def desk(kam: User, client_for: ClientFor) -> Client:
    return client_for(kam)


@pytest.fixture
def board(leitung: User, client_for: ClientFor) -> Client:
    return client_for(leitung)


# My work


def step(owner: User, days: int, **facts: Any) -> Case:
    on = TODAY + dt.timedelta(days=days)
    return active_case(owner=owner, next_step=f"Schritt {days}", next_step_on=on, **facts)


def test_work_is_sorted_into_its_blocks(kam: User) -> None:
    for days in (-3, 0, 6, 7):
        step(kam, days)
    work = my_work(kam, TODAY)
    assert [row.title for row in work.overdue] == ["Schritt -3"]
    assert [row.title for row in work.this_week] == ["Schritt 0", "Schritt 6"]
    assert work.next is not None
    assert work.next.title == "Schritt 7"
    assert work.overdue[0].due_note == "3 Tage überfällig"
    assert work.overdue[0].late


def test_work_waits_for_the_decision_then_for_the_plan(kam: User) -> None:
    case = CaseFactory(owner=kam)
    assert [row.title for row in my_work(kam, TODAY).waiting] == ["Go-Entscheidung einholen"]
    give_go(case)
    assert [row.title for row in my_work(kam, TODAY).waiting] == ["Rückgewinnungsplan starten"]


def test_work_holds_nothing_of_others(kam: User, kollegin: User) -> None:
    step(kollegin, 0, team=[kam])
    assert my_work(kam, TODAY).is_empty


def test_work_of_an_absent_colleague_comes_to_the_deputy(kam: User, kollegin: User) -> None:
    step(kollegin, -1)
    AbsenceFactory(user=kollegin, deputy=kam, starts_on=TODAY, ends_on=TODAY)
    (row,) = my_work(kam, TODAY).overdue
    assert row.note.endswith("in Vertretung für N. Brunner")
    assert my_work(kam, TODAY + dt.timedelta(days=1)).is_empty


def test_page_says_when_nothing_is_due(desk: Client, kam: User) -> None:
    step(kam, 8)
    page = desk.get("/").content.decode()
    assert "Nichts fällig." in page
    assert "Schritt 8" in page
    assert "Überfällig" not in page


def test_page_greets_and_lists_my_cases_worst_first(desk: Client, kam: User) -> None:
    step(kam, 1, client=ClientFactory(name="Ruhig AG"))
    step(kam, 2, client=ClientFactory(name="Schlimm AG"), health=Health.CRITICAL)
    page = desk.get("/").content.decode()
    assert "Guten Morgen" in page
    assert "KW 48" in page
    mine = page[page.index("Meine Fälle") :]
    assert mine.index("Schlimm AG") < mine.index("Ruhig AG")


def test_measures_and_commitments_are_work_with_actions(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    plan = PlanFactory(case=case)
    MeasureFactory(plan=plan, owner=kam, due_on=TODAY, title="Aufzugsnotruf prüfen")
    CommitmentFactory(case=case, owner=kam, due_on=TODAY, what="Reinigungsplan vorlegen")
    page = desk.get("/").content.decode()
    assert "Aufzugsnotruf prüfen" in page
    assert "Reinigungsplan vorlegen" in page
    assert "Erledigt" in page
    assert "Verschieben" in page


def test_work_asks_the_same_for_1_and_3_rows(desk: Client, kam: User) -> None:
    def more() -> None:
        case = step(kam, -1)
        MeasureFactory(plan=PlanFactory(case=case), owner=kam, due_on=TODAY)
        CommitmentFactory(case=case, owner=kam, due_on=TODAY)

    more()
    one = statements(desk, reverse("dashboards:my_work"))
    more()
    more()
    three = statements(desk, reverse("dashboards:my_work"))
    assert len(one) == len(three) <= 10


# The case on one page


def test_overview_tells_what_each_room_knows(desk: Client, kam: User, qm: User) -> None:
    case = active_case(owner=kam, situation="Reinigung stabil.", new_provider="Blankwerk")
    CommitmentFactory(case=case, owner=kam, due_on=TODAY, done_on=TODAY)
    finding = FindingFactory(audit__case=case, grade="major", owner=qm)
    measure = MeasureFactory(plan=PlanFactory(case=case), owner=kam, due_on=TODAY)
    page = desk.get(case.get_absolute_url()).content.decode()
    for text in ("Reinigung stabil.", "Blankwerk", finding.number, measure.title, "1 von 1"):
        assert text in page
    assert "1 offene Hauptabweichung · 1 Maßnahme überfällig oder in einer Woche fällig" in page


def test_overview_leads_from_decision_to_plan(desk: Client, kam: User) -> None:
    case = CaseFactory(owner=kam)
    page = desk.get(case.get_absolute_url()).content.decode()
    assert reverse("cases:decide", args=[case.number]) in page
    assert "entscheidet die Geschäftsführung" in page
    give_go(case)
    page = desk.get(case.get_absolute_url()).content.decode()
    assert "Der Rückgewinnungsplan nennt je Maßnahme" in page
    assert reverse("plans:create", args=[case.number]) in page


def test_overview_explains_its_health(desk: Client, kam: User) -> None:
    case = active_case(owner=kam, health=Health.CRITICAL, health_reasons=["2 Zusagen gebrochen"])
    page = desk.get(case.get_absolute_url()).content.decode()
    assert "Warum „Kritisch“:" in page
    assert "2 Zusagen gebrochen" in page


def test_overview_of_an_ended_case_tells_outcome_and_lessons(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    changes = {
        "result": Status.WON,
        "ended_on": TODAY,
        "reasons": "Ausschreibung mit drei Losen gewonnen.",
        "lessons": "Betriebskonzept früh gegenlesen lassen.",
        "annual_value_after": Decimal("2900000.00"),
    }
    close_case(case=case, version=case.version, actor=kam, changes=changes, drop_open=False)
    page = desk.get(case.get_absolute_url()).content.decode()
    for text in ("Ausschreibung mit drei Losen", "früh gegenlesen", "2.900.000,00"):
        assert text in page
    assert len(statements(desk, case.get_absolute_url())) <= 12


def test_overview_of_a_live_case_has_no_outcome(desk: Client, kam: User) -> None:
    page = desk.get(active_case(owner=kam).get_absolute_url()).content.decode()
    assert 'id="ending"' not in page


def test_overview_asks_the_same_for_1_and_3_rows(desk: Client, kam: User) -> None:
    case = active_case(
        owner=kam, situation="Stabil.", situation_by=kam, situation_at=timezone.now()
    )
    plan = PlanFactory(case=case)

    def more() -> None:
        MeasureFactory(plan=plan, owner=kam, due_on=TODAY)
        CommitmentFactory(case=case, owner=kam, due_on=TODAY)
        FindingFactory(audit__case=case, grade="major")

    more()
    one = statements(desk, case.get_absolute_url())
    more()
    more()
    assert len(one) == len(statements(desk, case.get_absolute_url())) <= 12


# The finding


def test_finding_shows_its_steps_and_measures(desk: Client, kam: User) -> None:
    case = active_case(owner=kam)
    finding = FindingFactory(audit__case=case, grade="major")
    url = reverse("dashboards:finding", args=[finding.number])
    page = desk.get(url).content.decode()
    assert "Noch beantwortet keine Maßnahme diese Feststellung." in page
    assert "feststellung=" not in page
    measure = MeasureFactory(plan=PlanFactory(case=case), owner=kam, finding=finding)
    page = desk.get(url).content.decode()
    assert measure.title in page
    assert f"feststellung={finding.number}" in page


def test_finding_hides_the_case_from_an_external_auditor(
    kam: User, auditor: User, client_for: ClientFor
) -> None:
    case = active_case(owner=kam)
    finding = FindingFactory(audit__case=case, audit__owner=auditor, grade="minor")
    page = client_for(auditor).get(reverse("dashboards:finding", args=[finding.number]))
    assert page.status_code == 200
    assert case.get_absolute_url() not in page.content.decode()


# The month


def test_month_is_the_start_page_of_management(board: Client) -> None:
    assert "0 Fälle kritisch" in board.get("/").content.decode()


def test_month_counts_stock_and_flow(kam: User, leitung: User) -> None:
    active_case(owner=kam, health=Health.CRITICAL, phase="3", value_at_stake=Decimal(1_900_000))
    active_case(owner=kam, phase="2", value_at_stake=Decimal(100_000), opened_on=TODAY)
    CaseFactory(owner=kam, status=Status.WON, closed_on=TODAY, value_at_stake=Decimal(500_000))
    CaseFactory(owner=kam, status=Status.LOST, closed_on=dt.date(2026, 10, 31))
    page = month_page(Month(2026, 11), leitung, TODAY)
    figures = {label: (figure, note) for label, figure, _unit, note, _url in page.numbers}
    assert figures["Laufende Fälle"] == ("2", "+1 neu, −1 beendet")
    assert plain(figures["Gefährdeter Jahresumsatz"][0]) == "2,00 Mio. €"
    assert figures["Zurückgewonnen im Monat"][0] == "1 von 1"
    assert figures["Kritische Fälle"][0] == "1"
    assert plain(page.headline) == (
        "1 Fall kritisch, 2,00 Mio. € gefährdet; 0 Maßnahmen überfällig."
    )


def test_month_table_adds_up_by_phase_and_health(kam: User, leitung: User) -> None:
    for health in (Health.CRITICAL, Health.CRITICAL, Health.ON_TRACK):
        active_case(owner=kam, health=health, phase="3", value_at_stake=Decimal(1_000_000))
    CaseFactory(owner=kam, value_at_stake=Decimal(1_000_000))
    lines = month_page(Month(2026, 11), leitung, TODAY).lines
    assert [line.label for line in lines] == ["noch kein Plan", "3 Sofortmaßnahmen"]
    assert [cell.count for cell in lines[1].cells] == ["2", "–", "1"]
    assert lines[1].cells[0].url.endswith("?phase=3&ampel=critical")
    assert (lines[1].total.count, plain(lines[1].total.value)) == ("3", "3,00 Mio. €")


@pytest.mark.parametrize(("kept", "figure", "note"), [(4, "4 von 4", ""), (5, "100 %", "5 von 5")])
def test_month_shows_percent_from_five_on(
    kept: int, figure: str, note: str, kam: User, leitung: User
) -> None:
    case = active_case(owner=kam)
    for _number in range(kept):
        CommitmentFactory(case=case, owner=kam, due_on=TODAY, done_on=TODAY)
    numbers = {row[0]: row for row in month_page(Month(2026, 11), leitung, TODAY).numbers}
    row = numbers["Zusagen pünktlich gehalten"]
    assert plain(row[1]) == figure
    assert row[3] == note


def test_month_counts_measures_by_their_original_date(kam: User, leitung: User) -> None:
    plan = PlanFactory(case=active_case(owner=kam))
    for late in (0, 1):
        MeasureFactory(
            plan=plan,
            owner=kam,
            status="done",
            due_on=TODAY,
            original_due_on=TODAY - dt.timedelta(days=late),
            done_on=TODAY,
        )
    MeasureFactory(plan=plan, owner=kam, due_on=TODAY - dt.timedelta(days=1))
    numbers = {row[0]: row for row in month_page(Month(2026, 11), leitung, TODAY).numbers}
    assert numbers["Maßnahmen im Termin"][1] == "1 von 2"
    assert numbers["Überfällige Maßnahmen"][1] == "1"


def test_past_month_shows_only_what_is_known_of_it(board: Client, kam: User) -> None:
    CaseFactory(
        owner=kam,
        opened_on=dt.date(2026, 9, 1),
        status=Status.LOST,
        closed_on=dt.date(2026, 11, 2),
    )
    page = board.get(reverse("dashboards:month", args=[2026, 10])).content.decode()
    assert "1 Fall lief am Monatsende" in page
    assert "nur für heute bekannt" in page
    assert "Folgemonat" in page
    assert "Fälle nach Risiko und Wert" not in page


@pytest.mark.parametrize(("year", "number"), [(2026, 12), (2026, 13), (1999, 1), (2026, 0)])
def test_month_that_has_not_begun_is_not_found(year: int, number: int, board: Client) -> None:
    url = reverse("dashboards:month", args=[year, number])
    assert board.get(url).status_code == 404


def test_month_names_decisions_needed(board: Client, kam: User) -> None:
    CaseFactory(owner=kam, client=ClientFactory(name="Offen AG"))
    page = board.get(reverse("dashboards:month_now")).content.decode()
    assert "Go oder No-Go" in page


def test_month_asks_the_same_for_1_and_3_cases(board: Client, kam: User) -> None:
    def more() -> None:
        case = active_case(owner=kam, phase="3")
        MeasureFactory(plan=PlanFactory(case=case), owner=kam, due_on=TODAY)
        CommitmentFactory(case=case, owner=kam, due_on=TODAY)

    more()
    one = statements(board, reverse("dashboards:month_now"))
    more()
    more()
    assert len(one) == len(statements(board, reverse("dashboards:month_now"))) <= 10
