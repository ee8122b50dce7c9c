"""Inspections and open defects as obligations, and what overdue ones say about a case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.norms.factories import InspectionFactory, at_site_of, with_defects
from winback.cases.models import Case
from winback.cases.services import open_obligations
from winback.common import obligations
from winback.common.health import AT_RISK, CRITICAL
from winback.common.obligations import Query
from winback.norms.enums import DutyHolder
from winback.norms.models import Inspection
from winback.norms.obligations import KIND, signals

DAY = dt.date
TODAY = DAY(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def owed(query: Query | None = None) -> list[obligations.Item]:
    return [item for item in obligations.find(query or Query()) if item.kind == KIND]


def test_items_name_plant_site_and_steps(case: Case, kam: User, qm: User) -> None:
    inspection = at_site_of(case, plant="RLT 3", owner=kam, deputy=qm)
    defect = with_defects(inspection)
    first, second = owed()
    assert first.title == "Mängel der Prüfung „RLT 3: Hygieneinspektion“ beseitigen"
    assert (first.due_on, first.part) == (DAY(2026, 12, 15), str(defect.pk))
    assert first.done_url == f"/pruefungen/{inspection.pk}/durchfuehrungen/{defect.pk}/"
    assert first.move_url == ""
    assert second.title == "Prüfung „RLT 3: Hygieneinspektion“ durchführen"
    assert (second.due_on, second.part) == (DAY(2027, 1, 15), "")
    assert second.done_url == f"/pruefungen/{inspection.pk}/durchfuehrungen/neu/"
    assert second.move_url == f"/pruefungen/{inspection.pk}/termin/"
    for item in (first, second):
        assert (item.owner_id, item.deputy_id, item.case_id) == (kam.pk, qm.pk, case.pk)
        assert item.context == f"{case.client.name} · {inspection.site.name}"
        assert (item.pk, item.url) == (inspection.pk, inspection.get_absolute_url())
        assert item.outlives_case


def test_inspection_without_a_case_is_owed_too(kam: User) -> None:
    InspectionFactory(owner=kam)
    assert [item.case_id for item in owed()] == [None]


def test_find_narrows_by_owner_case_and_date(case: Case, kam: User, qm: User) -> None:
    mine = at_site_of(case, owner=kam, due_on=DAY(2026, 12, 1))
    other = InspectionFactory(owner=qm)
    with_defects(other)
    ended = at_site_of(case, owner=kam, ended_on=TODAY, ended_reason="abgebaut")
    with_defects(ended)
    assert [item.pk for item in owed(Query(owner_ids=[kam.pk]))] == [mine.pk]
    people = User.objects.filter(pk=qm.pk)
    assert [item.pk for item in owed(Query(owner_ids=people))] == [other.pk, other.pk]
    assert [item.pk for item in owed(Query(case_id=case.pk))] == [mine.pk]
    assert [item.pk for item in owed(Query(due_until=DAY(2026, 12, 14)))] == [mine.pk]


def test_site_of_two_cases_is_owed_once_and_in_each(case: Case, kam: User) -> None:
    inspection = at_site_of(case, owner=kam)
    older = CaseFactory(owner=kam, client=case.client, opened_on=DAY(2025, 1, 1))
    older.sites.add(inspection.site)
    assert [item.case_id for item in owed()] == [case.pk]
    assert [item.case_id for item in owed(Query(case_id=older.pk))] == [older.pk]


def test_find_asks_once_for_any_number(kam: User) -> None:
    find = obligations.kind(KIND).find
    for count in (1, 2):
        with_defects(InspectionFactory(owner=kam))
        with CaptureQueriesContext(connection) as asked:
            assert len(list(find(Query()))) == 2 * count
        assert len(asked) == 1


def test_closing_the_case_needs_no_word_about_inspections(case: Case) -> None:
    at_site_of(case)
    assert not [item for item in open_obligations(case) if item.kind == KIND]


def test_registry_hands_one_over(kam: User, qm: User) -> None:
    inspection = InspectionFactory(owner=kam)
    obligations.kind(KIND).reassign(inspection.pk, qm, kam)
    assert Inspection.objects.get().owner == qm


@pytest.mark.parametrize(
    ("due_on", "level"),
    [(TODAY, None), (DAY(2026, 11, 22), AT_RISK), (DAY(2026, 10, 24), AT_RISK),
     (DAY(2026, 10, 23), CRITICAL)],
)  # fmt: skip
def test_overdue_safety_inspection_weighs_on_the_case(
    case: Case, due_on: DAY, level: str | None
) -> None:
    at_site_of(case, due_on=due_on)
    found = list(signals(case.pk, TODAY))
    assert [signal.level for signal in found] == ([level] if level else [])
    assert all("1 sicherheitsrelevante Prüfung überfällig" in each.reason for each in found)


def test_signal_leaves_out_what_endangers_nobody_or_is_not_ours(case: Case) -> None:
    late = DAY(2026, 11, 1)
    at_site_of(case, due_on=late, is_safety=False)
    at_site_of(case, due_on=late, duty_holder=DutyHolder.CLIENT)
    at_site_of(case, due_on=late, ended_on=TODAY, ended_reason="abgebaut")
    InspectionFactory(due_on=late)
    assert list(signals(case.pk, TODAY)) == []
