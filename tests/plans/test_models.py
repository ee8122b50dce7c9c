"""Facts, questions and constraints of plans and measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from tests.cases.factories import active_case
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.plans.enums import MEASURE_ENDED, MeasureStatus, Recurrence
from winback.plans.models import (
    DateMove,
    Measure,
    MeasureCompletion,
    MeasureTemplate,
    PhaseTemplate,
    PlanPhase,
    RecoveryPlan,
)
from winback.plans.rules import Tally

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def refused(**changes: Any) -> None:
    """The database itself refuses a measure with these values."""
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureFactory(**changes)


# A measure always has an owner and a date


def test_measure_without_an_owner_cannot_be_stored(plan: RecoveryPlan) -> None:
    measure = MeasureFactory(plan=plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(owner=None)


@pytest.mark.parametrize("field", ["due_on", "original_due_on", "phase"])
def test_measure_without_a_date_or_phase_cannot_be_stored(plan: RecoveryPlan, field: str) -> None:
    measure = MeasureFactory(plan=plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(**{field: None})


def test_measure_done_needs_a_day_and_only_then(plan: RecoveryPlan) -> None:
    refused(plan=plan, status=MeasureStatus.DONE, done_on=None)
    refused(plan=plan, status=MeasureStatus.OPEN, done_on=TODAY)


def test_measure_dropped_needs_a_reason(plan: RecoveryPlan) -> None:
    refused(plan=plan, status=MeasureStatus.DROPPED)
    assert MeasureFactory(plan=plan, status=MeasureStatus.DROPPED, status_note="Entfällt").pk


def test_recurring_measure_needs_its_first_round(plan: RecoveryPlan) -> None:
    refused(plan=plan, recurrence=Recurrence.WEEKLY, repeats_from=None)


def test_measure_numbers_are_unique_in_a_plan_only(plan: RecoveryPlan) -> None:
    MeasureFactory(plan=plan, number=7)
    refused(plan=plan, number=7)
    assert MeasureFactory(plan=PlanFactory(), number=7).code == "M-7"


# Phases and plans


def test_case_has_one_plan_only(plan: RecoveryPlan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryPlan.objects.create(
            case=plan.case, started_on=TODAY, bundesland="HE", created_by=plan.created_by
        )


def test_phase_ends_after_its_start(plan: RecoveryPlan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.phases.filter(number="1").update(ends_on=dt.date(2026, 8, 30))


def test_phase_is_passed_by_somebody_on_a_day(plan: RecoveryPlan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.phases.filter(number="3").update(passed_on=TODAY)


def test_phase_stands_once_in_a_plan(plan: RecoveryPlan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanPhase.objects.create(plan=plan, number="3", starts_on=TODAY, ends_on=TODAY)


def test_phase_holds_its_first_and_last_day(plan: RecoveryPlan) -> None:
    phase = plan.phases.get(number="3")
    days = [phase.starts_on, phase.ends_on, phase.starts_on - dt.timedelta(days=1)]
    assert [phase.holds(day) for day in days] == [True, True, False]
    assert not phase.holds(phase.ends_on + dt.timedelta(days=1))


def test_phase_speaks_of_itself(plan: RecoveryPlan) -> None:
    assert str(plan.phases.get(number="3")) == "3 Sofortmaßnahmen"
    assert plan.phases.get(number="2").is_passed
    assert not plan.phases.get(number="3").is_passed
    assert str(plan) == plan.case.number


# Facts


def test_measure_is_overdue_after_its_date_while_it_is_open(plan: RecoveryPlan) -> None:
    due = MeasureFactory(plan=plan, due_on=TODAY)
    late = MeasureFactory(plan=plan, due_on=dt.date(2026, 11, 20))
    done = MeasureFactory(plan=plan, due_on=dt.date(2026, 11, 20), status=MeasureStatus.DONE)
    assert not due.is_overdue(TODAY)
    assert late.is_overdue(TODAY)
    assert not done.is_overdue(TODAY)


def test_lateness_is_judged_by_the_original_date(plan: RecoveryPlan) -> None:
    measure = MeasureFactory(
        plan=plan,
        due_on=dt.date(2026, 11, 30),
        original_due_on=dt.date(2026, 11, 16),
        status=MeasureStatus.DONE,
        done_on=TODAY,
    )
    assert measure.was_moved
    assert not measure.was_on_time
    measure.done_on = dt.date(2026, 11, 16)
    assert measure.was_on_time


@pytest.mark.parametrize("status", MeasureStatus)
def test_measure_is_open_until_done_or_dropped(status: MeasureStatus) -> None:
    measure = Measure(status=status)
    assert measure.is_open is (status not in MEASURE_ENDED)
    assert measure.is_dropped is (status == MeasureStatus.DROPPED)


def test_measure_knows_its_addresses(measure: Measure) -> None:
    number = measure.case.number
    assert measure.get_absolute_url() == f"/faelle/{number}/plan/massnahmen/{measure.number}/"
    assert measure.done_url == reverse("plans:measure_complete", args=[number, measure.number])
    assert str(measure) == measure.title


def test_one_click_of_a_recurring_measure_names_its_round(plan: RecoveryPlan) -> None:
    measure = MeasureFactory(plan=plan, recurrence=Recurrence.WEEKLY)
    assert measure.done_url.endswith("/erledigung/?termin=2026-11-30")


def test_moves_and_completions_speak_of_themselves(measure: Measure, kam: User) -> None:
    moved = DateMove(measure=measure, moved_from=TODAY, moved_to=dt.date(2026, 12, 1))
    done = MeasureCompletion(measure=measure, due_on=TODAY)
    assert str(moved).endswith("2026-11-23 → 2026-12-01")
    assert str(done) == f"{measure.title} 2026-11-23"


def test_gate_of_the_template_falls_back_to_german() -> None:
    phase = PhaseTemplate(gate_de="Baseline freigegeben", gate_en="")
    with translation.override("en"):
        assert phase.gate == "Baseline freigegeben"
        phase.gate_en = "Baseline released"
        assert phase.gate == "Baseline released"
    assert phase.gate == "Baseline freigegeben"
    assert str(MeasureTemplate(name_de="Audit", name_en="Audit")) == "Audit"


# Questions about many


def test_open_overdue_and_due_within_leave_ended_ones_out(plan: RecoveryPlan) -> None:
    days = {"spät": dt.date(2026, 11, 20), "heute": TODAY, "bald": dt.date(2026, 11, 30)}
    for title, due_on in days.items():
        MeasureFactory(plan=plan, title=title, due_on=due_on)
        MeasureFactory(plan=plan, due_on=due_on, status=MeasureStatus.DONE)
        MeasureFactory(plan=plan, due_on=due_on, status=MeasureStatus.DROPPED, status_note="–")

    def titles(rows: Any) -> set[str]:
        return {row.title for row in rows}

    assert titles(Measure.objects.open()) == set(days)
    assert titles(Measure.objects.overdue(TODAY)) == {"spät"}
    assert titles(Measure.objects.due_within(TODAY, 6)) == {"heute"}
    assert titles(Measure.objects.due_within(TODAY, 7)) == {"heute", "bald"}


def test_tally_counts_in_one_statement(plan: RecoveryPlan, kam: User) -> None:
    late, due = dt.date(2026, 11, 2), dt.date(2026, 11, 30)
    MeasureFactory(plan=plan, due_on=late)
    MeasureFactory(plan=plan, due_on=due, status=MeasureStatus.BLOCKED)
    MeasureFactory(plan=plan, due_on=due, status=MeasureStatus.DONE)
    MeasureFactory(plan=plan, due_on=due, status=MeasureStatus.DONE, original_due_on=late)
    MeasureFactory(
        plan=plan, due_on=late, status=MeasureStatus.DROPPED, status_note="–", original_due_on=due
    )
    with CaptureQueriesContext(connection) as captured:
        tally = Measure.objects.of_case(plan.case).tally(TODAY)
    assert len(captured) == 1
    assert tally == Tally(total=4, done=2, on_time=1, overdue=1, moved=1)


def test_tally_of_nothing_is_zero() -> None:
    assert Measure.objects.none().tally(TODAY) == Tally()


def test_tally_counts_only_what_it_is_asked_about(plan: RecoveryPlan) -> None:
    MeasureFactory(plan=plan)
    MeasureFactory(plan=PlanFactory())
    assert Measure.objects.tally(TODAY).total == 2
    assert Measure.objects.of_case(plan.case.pk).tally(TODAY).total == 1


def test_rows_come_with_everything_a_line_shows(plan: RecoveryPlan, kam: User) -> None:
    measure = MeasureFactory(plan=plan, recurrence=Recurrence.WEEKLY)
    for day in (dt.date(2026, 11, 9), dt.date(2026, 11, 16)):
        MeasureCompletion.objects.create(measure=measure, due_on=day, done_on=day, done_by=kam)
    MeasureFactory(plan=plan)
    with CaptureQueriesContext(connection) as captured:
        rows = list(Measure.objects.with_row().order_by("number"))
        assert [row.times_done for row in rows] == [2, 0]
        assert rows[0].case.client.name
        assert rows[0].owner.short_name
    assert len(captured) == 1


def test_measures_are_visible_with_their_case(
    plan: RecoveryPlan, kam: User, operativ: User, fremde: User, qm: User, auditor: User
) -> None:
    measure = MeasureFactory(plan=plan)
    MeasureFactory(plan=PlanFactory(case=active_case(is_confidential=True)))
    for user, seen in [(kam, 1), (operativ, 1), (qm, 1), (fremde, 0), (auditor, 0)]:
        assert list(Measure.objects.visible_to(user)) == [measure][:seen], user


def test_on_time_by_month_counts_by_the_day_it_was_done(plan: RecoveryPlan) -> None:
    done = {"plan": plan, "status": MeasureStatus.DONE}
    MeasureFactory(**done, due_on=dt.date(2026, 10, 30), done_on=dt.date(2026, 10, 30))
    MeasureFactory(**done, due_on=dt.date(2026, 10, 30), done_on=dt.date(2026, 11, 2))
    MeasureFactory(**done, due_on=dt.date(2026, 11, 30), done_on=dt.date(2026, 11, 20))
    MeasureFactory(**done, due_on=dt.date(2026, 9, 30), done_on=dt.date(2026, 9, 30))
    MeasureFactory(plan=plan)
    by_month = Measure.objects.on_time_by_month(dt.date(2026, 10, 1), dt.date(2026, 11, 30))
    assert by_month == {dt.date(2026, 10, 1): (1, 1), dt.date(2026, 11, 1): (2, 1)}
