"""A line of the measures reads just the columns it shows, whatever the measure answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.audits.factories import FindingFactory
from tests.cases.factories import active_case
from tests.causes.factories import CauseFactory
from tests.contracts.factories import AmendmentFactory, ContractFactory
from tests.dialogue.factories import CommitmentFactory, InteractionFactory
from tests.plans.factories import MeasureFactory, PlanFactory
from winback.common.obligations import Query
from winback.plans import obligations
from winback.plans.enums import MeasureStatus, Recurrence
from winback.plans.models import Measure, RecoveryPlan
from winback.plans.rows.measures import measure_record, measure_row
from winback.plans.rows.plan import plan_chart


@pytest.fixture
def plan(kam: User) -> RecoveryPlan:
    return PlanFactory(case=active_case(owner=kam, contract=ContractFactory()))


@pytest.fixture
def measures(plan: RecoveryPlan, today: dt.date) -> list[Measure]:
    """One for each thing a measure may answer, one that repeats, one that is done."""
    case = plan.case
    answers = {
        "finding": FindingFactory(audit__case=case),
        "cause": CauseFactory(case=case),
        "commitment": CommitmentFactory(case=case),
        "interaction": InteractionFactory(case=case),
        "amendment": AmendmentFactory(contract=case.contract),
    }
    found = [MeasureFactory(plan=plan, **{name: thing}) for name, thing in answers.items()]
    weekly = {"recurrence": Recurrence.WEEKLY, "repeats_from": today, "due_on": today}
    done = {"status": MeasureStatus.DONE, "done_on": today, "result": "Erledigt"}
    return [*found, MeasureFactory(plan=plan, **weekly), MeasureFactory(plan=plan, **done)]


def test_lines_file_and_chart_need_no_statement_beyond_the_list(
    plan: RecoveryPlan, measures: list[Measure], kam: User, today: dt.date
) -> None:
    found, phases = list(Measure.objects.with_line()), list(plan.phases.all())
    assert len(found) == len(measures)
    with CaptureQueriesContext(connection) as more:
        for measure in found:
            measure_row(measure, kam, today)
            measure_record(measure, kam, today)
        plan_chart(plan, phases, found, today)
    assert [query["sql"] for query in more] == []


def test_line_is_the_same_as_of_the_whole_measure(
    measures: list[Measure], kam: User, today: dt.date
) -> None:
    for measure in measures:
        whole = Measure.objects.with_row().get(pk=measure.pk)
        line = Measure.objects.with_line().get(pk=measure.pk)
        assert measure_row(line, kam, today) == measure_row(whole, kam, today)


def test_what_is_owed_is_read_in_one_statement_without_long_texts(
    measures: list[Measure], plan: RecoveryPlan, kam: User, today: dt.date
) -> None:
    promise = CommitmentFactory(case=plan.case, owner=kam, due_on=today)
    MeasureFactory(plan=plan, commitment=promise, due_on=today + dt.timedelta(days=9))
    with CaptureQueriesContext(connection) as asked:
        found = list(obligations.find(Query(owner_ids=[kam.pk])))
    kinds = Counter(item.kind for item in found)
    assert kinds[obligations.KIND] == len(measures)  # one is done, one has come
    assert kinds[obligations.WORD] >= 1
    assert len(asked) == 1
    assert '"description"' not in asked[0]["sql"]


def test_line_reads_no_password_and_no_long_text(measures: list[Measure]) -> None:
    sql = str(Measure.objects.with_line().query)
    assert "password" not in sql
    assert '"description"' not in sql
