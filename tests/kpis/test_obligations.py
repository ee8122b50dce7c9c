"""What KPIs owe and what they say against the health of a case."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from tests.cases.factories import CaseFactory
from tests.kpis.factories import CaseKpiFactory, DefinitionFactory, enter, measured_kpi, renewed
from winback.cases.enums import Health, Status
from winback.cases.models import Case
from winback.cases.services import close_case, open_obligations, refresh_health
from winback.common import health, obligations
from winback.common.obligations import Query
from winback.kpis.enums import Standing
from winback.kpis.models import CaseKpi
from winback.kpis.obligations import KIND

pytestmark = pytest.mark.django_db


def owed(**query: object) -> list[obligations.Item]:
    return list(obligations.kind(KIND).find(Query(**query)))  # type: ignore[arg-type]  # as named


def test_the_next_value_is_owed_by_the_owner(running: CaseKpi, kam: User) -> None:
    (item,) = owed(case_id=running.case_id)
    assert item.title == "Wert für November 2026 eintragen: SLA-Erfüllung Reaktionszeit"
    assert (item.pk, item.owner_id, item.deputy_id) == (running.pk, kam.pk, None)
    assert item.due_on == dt.date(2026, 12, 2)
    assert item.context == running.case.title
    assert item.url == running.get_absolute_url()
    assert item.done_url == f"{item.url}messwerte/neu/?periode=11.2026"
    assert item.move_url == ""


def test_entering_the_value_settles_it(running: CaseKpi) -> None:
    enter(running, dt.date(2026, 11, 1), None)
    renewed(running)
    (item,) = owed()
    assert item.due_on == dt.date(2027, 1, 1)


def test_the_address_of_a_week_can_be_opened(case: Case) -> None:
    CaseKpiFactory(
        case=case,
        definition=DefinitionFactory(frequency="weekly"),
        added_on=dt.date(2026, 11, 20),
    )
    (item,) = owed()
    assert item.done_url.endswith("?periode=KW+47%2F2026")
    assert item.due_on == dt.date(2026, 11, 23)


def test_the_query_narrows_by_person_case_and_day(case: Case, kam: User, qm: User) -> None:
    mine = measured_kpi(kam, case)
    other = CaseKpiFactory(owner=qm)
    assert {item.pk for item in owed()} == {mine.pk, other.pk}
    assert [item.pk for item in owed(owner_ids=[qm.pk])] == [other.pk]
    assert [item.pk for item in owed(case_id=case.pk)] == [mine.pk]
    assert [item.pk for item in owed(due_until=dt.date(2026, 10, 2))] == [other.pk]
    assert owed(due_until=dt.date(2026, 10, 1)) == []
    assert owed(owner_ids=[]) == []


def test_a_resting_or_ended_case_owes_no_value(running: CaseKpi) -> None:
    for changes in (
        {"status": Status.RESTING, "resting_until": dt.date(2027, 2, 1)},
        {"status": Status.WON, "closed_on": dt.date(2026, 11, 1)},
    ):
        Case.objects.filter(pk=running.case_id).update(**changes)
        assert owed() == []


def test_reassigning_gives_the_kpi_to_another_person(running: CaseKpi, kam: User, qm: User) -> None:
    obligations.kind(KIND).reassign(running.pk, qm, kam)
    assert [item.owner_id for item in owed()] == [qm.pk]


def test_a_value_owed_does_not_keep_a_case_open(
    running: CaseKpi, kam: User, today: dt.date
) -> None:
    assert owed(case_id=running.case_id)
    assert open_obligations(running.case) == []
    outcome = {
        "result": Status.LOST,
        "ended_on": today,
        "reasons": "Preis",
        "lessons": "Früher messen",
        "annual_value_after": None,
    }
    close_case(
        case=running.case,
        version=running.case.version,
        actor=kam,
        changes=outcome,
        drop_open=False,
    )
    assert owed() == []


def signals(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """What KPIs say against the case; other rooms have their own signals."""
    own = ("Kennzahl", "Messwert")
    found = [each for each in health.signals(case.pk, today) if each.reason.startswith(own)]
    return [(signal.level, signal.reason) for signal in found]


def standing(kpi: CaseKpi, judgement: Standing) -> None:
    CaseKpi.objects.filter(pk=kpi.pk).update(judgement=judgement)


def test_good_kpis_say_nothing(running: CaseKpi, today: dt.date) -> None:
    assert signals(running.case, today) == []


def test_an_overdue_value_puts_the_case_at_risk(running: CaseKpi) -> None:
    case = running.case
    assert signals(case, dt.date(2026, 12, 2)) == []
    assert signals(case, dt.date(2026, 12, 3)) == [
        (health.AT_RISK, "Messwert überfällig: SLA-Erfüllung Reaktionszeit")
    ]


def test_one_worse_kpi_is_a_risk_and_two_are_critical(
    case: Case, running: CaseKpi, kam: User, today: dt.date
) -> None:
    second = measured_kpi(kam, case, name_de="Erstlösungsquote")
    standing(running, Standing.WORSE)
    assert signals(case, today) == [
        (health.AT_RISK, "Kennzahl schlechter als Baseline: SLA-Erfüllung Reaktionszeit")
    ]
    standing(second, Standing.WORSE)
    ((level, reason),) = signals(case, today)
    assert level == health.CRITICAL
    assert reason.startswith("Kennzahlen schlechter als Baseline: ")
    refresh_health(case.pk, today=today, now=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC))
    case.refresh_from_db()
    assert case.health == Health.CRITICAL


def test_not_measuring_makes_no_case_healthier(case: Case, running: CaseKpi, kam: User) -> None:
    second = measured_kpi(kam, case)
    standing(running, Standing.WORSE)
    standing(second, Standing.WORSE)
    levels = [level for level, _reason in signals(case, dt.date(2027, 6, 1))]
    assert levels == [health.CRITICAL, health.AT_RISK]


def test_ended_kpis_and_other_cases_say_nothing(
    case: Case, running: CaseKpi, kam: User, today: dt.date
) -> None:
    standing(running, Standing.WORSE)
    other = measured_kpi(kam, CaseFactory(owner=kam))
    standing(other, Standing.WORSE)
    CaseKpi.objects.filter(pk=running.pk).update(ended_on=today, end_reason="Los entfallen")
    assert signals(case, today) == []
