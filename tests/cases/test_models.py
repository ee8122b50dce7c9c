"""Facts of one case and the words of many."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case, give_go
from tests.clients.factories import ClientFactory
from tests.contracts.factories import ContractFactory
from winback.cases.enums import Health, Status
from winback.cases.models import Case, CaseEvent, CaseMember, HealthOverride, NumberRange, Outcome
from winback.cases.services import record

TODAY = dt.date(2026, 11, 23)


def seen(user: User) -> set[str]:
    return set(Case.objects.visible_to(user).values_list("number", flat=True))


def test_visible_to_members_and_nobody_else(
    kam: User, kollegin: User, fremde: User, operativ: User
) -> None:
    case = CaseFactory(owner=kam, team=[kollegin, operativ])
    assert seen(kam) == seen(kollegin) == seen(operativ) == {case.number}
    assert seen(fremde) == set()


def test_visible_to_former_member_no_longer(kam: User, kollegin: User) -> None:
    case = CaseFactory(owner=kam, team=[kollegin])
    CaseMember.objects.filter(case=case, user=kollegin).update(left_on=TODAY)
    assert seen(kollegin) == set()


def test_confidential_case_is_for_team_and_management(kam: User, qm: User, leitung: User) -> None:
    case = CaseFactory(owner=kam, is_confidential=True)
    assert seen(qm) == set()
    assert seen(leitung) == {case.number}
    CaseMember.objects.create(case=case, user=qm, joined_on=TODAY)
    assert seen(qm) == {case.number}


def test_external_auditor_never_sees_a_case(kam: User, auditor: User) -> None:
    CaseFactory(owner=kam, team=[auditor])
    assert seen(auditor) == set()


def test_administrator_flag_opens_no_case(kam: User, admin_user: User) -> None:
    CaseFactory(owner=kam)
    assert seen(admin_user) == set()


@pytest.mark.parametrize("text", ["noerhagen", "NÖRHAGEN", "rg-2026-00", "Größe"])
def test_matching_folds_case_and_umlauts(text: str, kam: User) -> None:
    client = ClientFactory(name="Nörhagen Größe AG")
    CaseFactory(owner=kam, client=client)
    found = Case.objects.matching(text).count()
    assert found == (0 if text == "noerhagen" else 1)


def test_worst_first_puts_critical_and_earliest_on_top(kam: User) -> None:
    fine = CaseFactory(owner=kam, health=Health.ON_TRACK)
    late = CaseFactory(owner=kam, health=Health.CRITICAL)
    soon = CaseFactory(owner=kam, health=Health.CRITICAL, next_step="Termin", next_step_on=TODAY)
    risk = CaseFactory(owner=kam, health=Health.AT_RISK)
    assert list(Case.objects.worst_first()) == [soon, late, risk, fine]


def test_led_by_covers_owner_and_deputy(kam: User, kollegin: User, fremde: User) -> None:
    case = CaseFactory(owner=kam, deputy=kollegin, team=[fremde])
    assert list(Case.objects.led_by(kollegin)) == [case]
    assert list(Case.objects.led_by(fremde)) == []


def test_running_on_is_from_opening_to_the_day_before_the_end(kam: User) -> None:
    CaseFactory(
        owner=kam,
        opened_on=dt.date(2026, 3, 2),
        status=Status.LOST,
        closed_on=dt.date(2026, 6, 30),
    )
    days = [dt.date(2026, 3, 1), dt.date(2026, 3, 2), dt.date(2026, 6, 29), dt.date(2026, 6, 30)]
    assert [Case.objects.running_on(day).count() for day in days] == [0, 1, 1, 0]


def test_flow_counts_what_came_and_went(kam: User) -> None:
    month = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    CaseFactory(owner=kam, status=Status.WON, closed_on=TODAY, value_at_stake=Decimal("100.50"))
    CaseFactory(owner=kam, status=Status.LOST, closed_on=TODAY, value_at_stake=Decimal("30"))
    CaseFactory(owner=kam, status=Status.LOST, closed_on=dt.date(2026, 10, 31))
    CaseFactory(owner=kam, opened_on=dt.date(2026, 11, 1))
    CaseFactory(owner=kam, opened_on=dt.date(2026, 12, 1))
    flow = Case.objects.flow(*month)
    assert flow["opened"] == 1
    assert (flow["won"], flow["won_value"]) == (1, Decimal("100.50"))
    assert (flow["lost"], flow["lost_value"]) == (1, Decimal("30.00"))
    assert (flow["parted"], flow["parted_value"]) == (0, Decimal("0"))


def test_flow_leaves_out_reopened_cases(kam: User) -> None:
    CaseFactory(owner=kam, status=Status.ACTIVE, opened_on=dt.date(2025, 1, 1))
    assert Case.objects.flow(TODAY, TODAY)["won"] == 0


def test_stock_adds_up(kam: User) -> None:
    assert Case.objects.stock() == {"count": 0, "value": Decimal("0")}
    CaseFactory(owner=kam, value_at_stake=Decimal("100.50"))
    CaseFactory(owner=kam, value_at_stake=Decimal("9"))
    assert Case.objects.stock() == {"count": 2, "value": Decimal("109.50")}


def test_by_phase_and_health_counts_live_cases_only(kam: User) -> None:
    CaseFactory(owner=kam, phase="3", health=Health.AT_RISK)
    CaseFactory(owner=kam, phase="3", health=Health.AT_RISK)
    CaseFactory(owner=kam, phase="3", status=Status.LOST, closed_on=TODAY)
    rows = Case.objects.by_phase_and_health()
    assert [(row["phase"], row["health"], row["count"]) for row in rows] == [("3", "at_risk", 2)]


def test_days_since_loss_counts_from_the_loss(kam: User) -> None:
    assert CaseFactory(owner=kam, lost_on=dt.date(2026, 11, 13)).days_since_loss(TODAY) == 10
    assert CaseFactory(owner=kam).days_since_loss(TODAY) is None


@pytest.mark.parametrize(
    ("on", "status", "late"),
    [
        (dt.date(2026, 11, 22), Status.ACTIVE, True),
        (dt.date(2026, 11, 23), Status.ACTIVE, False),
        (None, Status.ACTIVE, False),
        (dt.date(2026, 11, 22), Status.LOST, False),
    ],
)
def test_next_step_is_overdue_the_day_after(on: dt.date | None, status: str, late: bool) -> None:
    case = Case(status=status, next_step_on=on)
    assert case.next_step_is_overdue(TODAY) is late


def test_days_to_notice_turn_negative(db: None) -> None:
    contract = ContractFactory(notice_on=dt.date(2026, 11, 20))
    assert contract.days_to_notice(TODAY) == -3
    assert ContractFactory(notice_on=None).days_to_notice(TODAY) is None


def test_events_cannot_be_changed_or_removed(kam: User) -> None:
    event = record(CaseFactory(owner=kam), kam, "case.opened")
    with pytest.raises(TypeError):
        CaseEvent.objects.update(verb="case.closed")
    with pytest.raises(TypeError):
        CaseEvent.objects.all().delete()
    with pytest.raises(TypeError):
        event.delete()


def test_event_is_read_in_words(kam: User) -> None:
    case = CaseFactory(owner=kam)
    assert record(case, kam, "case.opened").label == "Fall eröffnet"
    assert record(case, kam, "unknown.verb").label == "unknown.verb"


BROKEN = [
    {"value_at_stake": Decimal("-1")},
    {"first_sign_on": dt.date(2026, 2, 1), "lost_on": dt.date(2026, 1, 31)},
    {"next_step": "Termin", "next_step_on": None},
    {"next_step": "", "next_step_on": TODAY},
    {"status": Status.RESTING, "resting_until": None},
    {"status": Status.WON, "closed_on": None},
    {"status": Status.ACTIVE, "closed_on": TODAY},
]


@pytest.mark.parametrize("broken", BROKEN, ids=",".join)
def test_database_refuses_contradictions(broken: dict[str, object], kam: User) -> None:
    case = CaseFactory(owner=kam)
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(**broken)


def test_rows_speak_for_themselves(kam: User, leitung: User) -> None:
    case = active_case(owner=kam, client=ClientFactory(name="Norhagen Bau AG"))
    member = case.members.get()
    override = HealthOverride(case=case, level=Health.AT_RISK)
    outcome = Outcome(case=case, result=Status.WON)
    assert str(case) == case.number
    assert case.title == f"Norhagen Bau AG · {case.number}"
    assert str(member) == "Aylin Kaya · Key-Account-Manager"
    assert str(give_go(case, leitung)).endswith("Go: Wir versuchen, den Kunden zurückzugewinnen")
    assert str(override).endswith("Angespannt")
    assert str(outcome).endswith("Gewonnen")
    assert str(record(case, kam, "x")) == f"{case.number} x"
    assert str(NumberRange(scope="RG-2026", last=3)) == "RG-2026 3"
