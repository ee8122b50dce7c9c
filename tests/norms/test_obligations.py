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
from winback.norms import services
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
    [
        (TODAY, None),
        (DAY(2026, 11, 22), AT_RISK),
        (DAY(2026, 10, 24), AT_RISK),
        (DAY(2026, 10, 23), CRITICAL),
    ],
)
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


def test_defects_are_owed_until_somebody_says_they_are_remedied(case: Case, kam: User) -> None:
    inspection = at_site_of(case, owner=kam)
    row = with_defects(inspection)
    assert [item.part for item in owed()] == [str(row.pk), ""]
    services.follow_up(
        record=row,
        version=inspection.version,
        actor=kam,
        remedied_on=TODAY,
        told_client_on=None,
    )
    assert [item.part for item in owed()] == [""]


def test_recording_a_round_moves_what_is_owed(case: Case, kam: User) -> None:
    inspection = at_site_of(case, owner=kam, due_on=TODAY)
    services.record_inspection(
        inspection=inspection,
        version=1,
        actor=kam,
        changes={"done_on": TODAY, "result": "ok", "executor": "Prüfwerk GmbH", "defects": ""},
        papers={},
    )
    assert [item.due_on for item in owed()] == [DAY(2028, 11, 23)]
    assert owed(Query(due_until=DAY(2028, 11, 22))) == []


def test_ending_a_plant_ends_what_is_owed(case: Case, kam: User) -> None:
    inspection = at_site_of(case, owner=kam)
    with_defects(inspection)
    services.end_inspection(
        inspection=inspection, version=1, actor=kam, today=TODAY, reason="abgebaut"
    )
    assert owed() == []


def test_kind_warns_early_and_is_dropped_by_nobody() -> None:
    kind = obligations.kind(KIND)
    assert kind.lead_days == (60, 14, 2)
    assert kind.drop is None
    assert not kind.ends_with_case
    assert str(kind.label) == "Prüfungen der Anlagen"


def test_deputy_owes_nothing_but_is_named(case: Case, kam: User, qm: User) -> None:
    at_site_of(case, owner=kam, deputy=qm)
    assert owed(Query(owner_ids=[qm.pk])) == []
    assert [item.deputy_id for item in owed(Query(owner_ids=[kam.pk]))] == [qm.pk]


def test_signal_counts_every_overdue_inspection(case: Case) -> None:
    for day in (1, 10, 20):
        at_site_of(case, due_on=DAY(2026, 11, day))
    (signal,) = signals(case.pk, TODAY)
    assert signal.level == AT_RISK
    assert signal.reason == "3 sicherheitsrelevante Prüfungen überfällig"


def test_signal_of_a_failed_round_begins_after_the_day_of_its_repetition(
    case: Case, kam: User
) -> None:
    inspection = at_site_of(case, owner=kam)
    again = {"defects": "Fangvorrichtung", "defects_due_on": DAY(2026, 11, 20)}
    failed = {"done_on": DAY(2026, 11, 2), "result": "failed", "executor": "Prüfstelle", **again}
    services.record_inspection(
        inspection=inspection, version=1, actor=kam, changes=failed, papers={}
    )
    assert [signal.level for signal in signals(case.pk, TODAY)] == [AT_RISK]
    assert list(signals(case.pk, DAY(2026, 11, 20))) == []
