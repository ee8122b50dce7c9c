"""What plans owe, and what it says about the health of a case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import active_case
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.services import NotReady, close_case, end_membership, refresh_health
from winback.common import health, obligations
from winback.common.obligations import Query
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, RecoveryPlan
from winback.plans.obligations import KIND, find, signals

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def found(**query: object) -> list[int]:
    return sorted(item.pk for item in find(Query(**query)))  # type: ignore[arg-type]  # keywords of any type, for brevity


def test_item_is_ready_to_be_listed_and_mailed(measure: Measure, operativ: User) -> None:
    (item,) = find(Query())
    assert item.kind == KIND
    assert item.title == f"Maßnahme „{measure.title}“ abschließen"
    assert (item.owner_id, item.deputy_id, item.due_on) == (operativ.pk, None, measure.due_on)
    assert item.context == measure.case.title
    assert item.url == measure.get_absolute_url()
    assert item.done_url == measure.url("complete")
    assert item.move_url == measure.url("move")


def test_only_open_measures_are_owed(plan: RecoveryPlan) -> None:
    owed = [
        MeasureFactory(plan=plan, status=status).pk for status in ("open", "blocked", "waiting")
    ]
    MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    MeasureFactory(plan=plan, status=MeasureStatus.DROPPED, status_note="Entfällt")
    assert found() == owed


def test_ended_cases_owe_nothing_resting_ones_still_do(measure: Measure) -> None:
    case = measure.case
    case.status, case.resting_until = Status.RESTING, dt.date(2027, 3, 1)
    case.save()
    assert found() == [measure.pk]
    case.status, case.closed_on = Status.LOST, TODAY
    case.save()
    assert found() == []


def test_query_narrows_by_owner_case_and_date(plan: RecoveryPlan, operativ: User) -> None:
    own = MeasureFactory(plan=plan, owner=operativ, due_on=TODAY)
    later = MeasureFactory(plan=plan, owner=operativ, due_on=dt.date(2026, 12, 4))
    other = MeasureFactory(plan=PlanFactory(case=active_case()))
    assert found(owner_ids=[operativ.pk]) == [own.pk, later.pk]
    assert found(owner_ids=[]) == []
    assert found(case_id=other.case.pk) == [other.pk]
    assert found(due_until=TODAY) == [own.pk]
    assert found(owner_ids=[operativ.pk], case_id=other.case.pk) == []


def test_asking_takes_one_statement_for_any_number(plan: RecoveryPlan) -> None:
    for _number in range(3):
        MeasureFactory(plan=plan)
    with CaptureQueriesContext(connection) as captured:
        assert len(list(find(Query()))) == 3
    assert len(captured) == 1


def test_kind_is_registered_with_its_lead_days() -> None:
    kind = obligations.kind(KIND)
    assert kind.lead_days == (7, 2)
    assert str(kind.label) == "Maßnahmen des Rückgewinnungsplans"


def test_registry_hands_a_measure_over(measure: Measure, kam: User) -> None:
    owner = UserFactory()
    kind = obligations.kind(KIND)
    kind.reassign(measure.pk, owner, kam)
    kind.reassign(measure.pk, owner, kam)  # twice changes nothing
    assert Measure.objects.get().owner == owner
    assert measure.case.events.count() == 1
    assert Case.objects.visible_to(owner).exists()


def test_closing_a_case_drops_its_measures_with_the_outcome(measure: Measure, kam: User) -> None:
    case = Case.objects.get(pk=measure.case.pk)
    outcome = {
        "result": Status.LOST,
        "ended_on": TODAY,
        "annual_value_after": None,
        "reasons": "Preis",
        "lessons": "Früher sprechen",
    }
    close_case(case=case, version=case.version, actor=kam, changes=outcome, drop_open=True)
    dropped = Measure.objects.get()
    assert (dropped.status, dropped.status_note) == (
        MeasureStatus.DROPPED,
        "Der Fall ist beendet: Verloren",
    )


def test_nobody_leaves_the_team_while_owing_a_measure(
    measure: Measure, kam: User, operativ: User
) -> None:
    member = measure.case.members.get(user=operativ)
    with pytest.raises(NotReady, match="noch etwas zu erledigen"):
        end_membership(member=member, actor=kam, today=TODAY)


# Health


def late(plan: RecoveryPlan, days: int, **more: object) -> Measure:
    due_on = TODAY - dt.timedelta(days=days)
    measure: Measure = MeasureFactory(plan=plan, due_on=due_on, **{"is_mandatory": True, **more})
    return measure


def test_overdue_mandatory_measure_puts_the_case_at_risk(plan: RecoveryPlan) -> None:
    late(plan, 4)
    (signal,) = signals(plan.case.pk, TODAY)
    assert signal.level == health.AT_RISK
    assert signal.reason == "1 Pflichtmaßnahme ist überfällig, die älteste seit 4 Tagen."


def test_five_overdue_or_one_for_long_are_critical(plan: RecoveryPlan) -> None:
    for _number in range(5):
        late(plan, 1)
    (signal,) = signals(plan.case.pk, TODAY)
    assert signal.level == health.CRITICAL
    other = PlanFactory()
    late(other, 15)
    (signal,) = signals(other.case.pk, TODAY)
    assert signal.level == health.CRITICAL


def test_nothing_speaks_against_a_plan_in_time(plan: RecoveryPlan) -> None:
    late(plan, 0)
    late(plan, 30, is_mandatory=False)
    late(plan, 30, status=MeasureStatus.DONE)
    late(PlanFactory(), 30)
    assert list(signals(plan.case.pk, TODAY)) == []


def test_stored_health_follows_the_plan(plan: RecoveryPlan) -> None:
    late(plan, 20)
    now = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    refresh_health(plan.case.pk, today=TODAY, now=now)
    stored = Case.objects.get(pk=plan.case.pk)
    assert stored.health == health.CRITICAL
    assert "Pflichtmaßnahme" in stored.health_reasons[0]
