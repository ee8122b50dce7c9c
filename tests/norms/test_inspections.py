"""The register: models, verbs and who sees what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import User
from tests.cases.factories import CaseFactory, active_case
from tests.clients.factories import SiteFactory
from tests.documents.files import checked
from tests.factories import UserFactory
from tests.norms.factories import (
    InspectionFactory,
    NormFactory,
    RecordFactory,
    RuleFactory,
    at_site_of,
    with_defects,
)
from winback.common.claims import StaleVersion
from winback.norms import permissions, services
from winback.norms.enums import InspectionResult
from winback.norms.models import Inspection, InspectionRecord

DAY = dt.date
TODAY = DAY(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("today")


def facts(owner: User, **more: Any) -> dict[str, Any]:
    """What the form of a new inspection gives."""
    return {
        "plant": "RLT 3",
        "task": "Hygieneinspektion",
        "norm": None,
        "basis": "Vertrag § 4",
        "interval_months": 24,
        "interval_source": "Vertrag",
        "owner": owner,
        "last_done_on": DAY(2025, 3, 31),
        "due_on": None,
        **more,
    }


def round_of(done_on: dt.date = TODAY, **more: Any) -> dict[str, Any]:
    """What the form of a round gives."""
    usual = {"result": InspectionResult.OK, "executor": "Prüfwerk GmbH", "defects": ""}
    return {"done_on": done_on, **usual, **more}


def record(inspection: Inspection, actor: User, **changes: Any) -> InspectionRecord:
    return services.record_inspection(
        inspection=inspection,
        version=inspection.version,
        actor=actor,
        changes=round_of(**changes),
        papers={},
    )


def test_add_inspection_computes_its_date_from_the_last_one(kam: User) -> None:
    added = services.add_inspection(
        site=SiteFactory(),
        actor=kam,
        changes=facts(kam),
        papers={"qualification_proof": checked()},
    )
    assert (added.due_on, added.original_due_on) == (DAY(2027, 3, 31), DAY(2027, 3, 31))
    assert added.qualification_proof is not None
    assert added.qualification_proof.title == "Qualifikationsnachweis: RLT 3: Hygieneinspektion"
    assert added.history.get().history_user == kam


def test_add_inspection_takes_a_given_date_and_refuses_none(kam: User) -> None:
    site = SiteFactory()
    given = facts(kam, due_on=DAY(2026, 12, 1))
    added = services.add_inspection(site=site, actor=kam, changes=given, papers={})
    assert added.due_on == DAY(2026, 12, 1)
    with pytest.raises(services.InspectionError) as refused:
        services.add_inspection(
            site=site, actor=kam, changes=facts(kam, last_done_on=None), papers={}
        )
    assert refused.value.field == "due_on"
    assert Inspection.objects.count() == 1


def test_record_moves_the_next_date_and_keeps_the_round(kam: User) -> None:
    inspection = InspectionFactory(due_on=DAY(2026, 11, 20), original_due_on=DAY(2026, 11, 10))
    done = services.record_inspection(
        inspection=inspection,
        version=1,
        actor=kam,
        changes=round_of(told_client_on=TODAY),
        papers={"protocol": checked()},
    )
    inspection.refresh_from_db()
    assert (inspection.last_done_on, inspection.last_result) == (TODAY, "ok")
    assert (inspection.due_on, inspection.original_due_on) == (DAY(2028, 11, 23),) * 2
    assert (done.due_on, done.original_due_on) == (DAY(2026, 11, 20), DAY(2026, 11, 10))
    assert not done.was_on_time
    assert done.protocol is not None
    assert (done.recorded_by, done.history.get().history_user) == (kam, kam)


def test_record_with_defects_moves_the_date_and_leaves_them_open(kam: User) -> None:
    inspection = InspectionFactory()
    by = DAY(2026, 12, 15)
    record(inspection, kam, result=InspectionResult.DEFECTS, defects="Filter", defects_due_on=by)
    row = Inspection.objects.with_row().get()
    assert (row.due_on, row.open_defects) == (DAY(2028, 11, 23), 1)


def test_failed_round_is_repeated_by_the_day_named(kam: User) -> None:
    inspection = InspectionFactory()
    again = DAY(2026, 12, 15)
    failed = record(
        inspection, kam, result=InspectionResult.FAILED, defects="Fang", defects_due_on=again
    )
    inspection.refresh_from_db()
    assert (inspection.due_on, inspection.last_result) == (again, "failed")
    assert failed.has_open_defects


@pytest.mark.parametrize("day", [DAY(2025, 1, 15), DAY(2024, 6, 1)])
def test_record_not_after_the_last_round_is_refused(kam: User, day: dt.date) -> None:
    with pytest.raises(services.InspectionError) as refused:
        record(InspectionFactory(), kam, done_on=day)
    assert refused.value.field == "done_on"
    assert not InspectionRecord.objects.exists()


def test_first_record_of_a_plant_may_lie_on_any_day(kam: User) -> None:
    inspection = InspectionFactory(last_done_on=None)
    record(inspection, kam, done_on=DAY(2020, 5, 5))
    assert inspection.due_on == DAY(2022, 5, 5)


def test_record_twice_with_one_version_is_refused(kam: User) -> None:
    inspection = InspectionFactory()
    same = Inspection.objects.get()
    record(inspection, kam)
    with pytest.raises(StaleVersion):
        record(same, kam, done_on=TODAY)


def test_follow_up_remedies_defects_and_tells_the_client(kam: User) -> None:
    row = with_defects(InspectionFactory())
    services.follow_up(
        record=row, version=1, actor=kam, remedied_on=TODAY, told_client_on=DAY(2026, 11, 2)
    )
    row.refresh_from_db()
    assert (row.defects_done_on, row.told_client_on) == (TODAY, DAY(2026, 11, 2))
    assert not row.has_open_defects
    assert Inspection.objects.get().version == 2
    with pytest.raises(StaleVersion):
        services.follow_up(
            record=with_defects(row.inspection),
            version=1,
            actor=kam,
            remedied_on=None,
            told_client_on=None,
        )


@pytest.mark.parametrize("field", ["remedied_on", "told_client_on"])
def test_follow_up_before_the_inspection_is_refused(kam: User, field: str) -> None:
    days = {"remedied_on": None, "told_client_on": None, field: DAY(2025, 1, 7)}
    with pytest.raises(services.InspectionError) as refused:
        services.follow_up(record=with_defects(InspectionFactory()), version=1, actor=kam, **days)
    assert refused.value.field == field


def test_follow_up_of_defects_there_were_none_of_is_refused(kam: User) -> None:
    row = RecordFactory()
    with pytest.raises(services.InspectionError) as refused:
        services.follow_up(record=row, version=1, actor=kam, remedied_on=TODAY, told_client_on=None)
    assert refused.value.field == "remedied_on"
    services.follow_up(record=row, version=1, actor=kam, remedied_on=None, told_client_on=TODAY)
    row.refresh_from_db()
    assert row.told_client_on == TODAY


def test_move_keeps_the_first_date_and_the_reason(kam: User) -> None:
    inspection = InspectionFactory()
    to = DAY(2027, 2, 1)
    services.move_inspection(
        inspection=inspection, version=1, actor=kam, to=to, reason="Prüfer krank"
    )
    inspection.refresh_from_db()
    assert (inspection.due_on, inspection.original_due_on) == (to, DAY(2027, 1, 15))
    latest = inspection.history.first()
    assert latest is not None
    assert (latest.history_change_reason, latest.history_user) == ("Prüfer krank", kam)
    same = services.move_inspection(
        inspection=inspection, version=99, actor=kam, to=to, reason="noch einmal"
    )
    assert same.version == 2


def test_hand_over_takes_the_deputy_out_of_that_place(kam: User, qm: User) -> None:
    inspection = InspectionFactory(owner=kam, deputy=qm)
    services.hand_over_inspection(inspection=inspection, version=1, actor=kam, owner=qm)
    inspection.refresh_from_db()
    assert (inspection.owner, inspection.deputy) == (qm, None)
    services.hand_over_inspection(inspection=inspection, version=99, actor=kam, owner=qm)
    services.reassign_inspection(inspection.pk, kam, qm)
    inspection.refresh_from_db()
    assert (inspection.owner, inspection.version) == (kam, 3)


def test_change_corrects_facts_and_stores_the_proof(kam: User) -> None:
    inspection = InspectionFactory()
    services.change_inspection(
        inspection=inspection,
        version=1,
        actor=kam,
        changes={"interval_months": 12},
        papers={"qualification_proof": checked()},
    )
    inspection.refresh_from_db()
    assert (inspection.interval_months, inspection.due_on) == (12, DAY(2027, 1, 15))
    assert inspection.qualification_proof is not None


def test_ended_inspection_refuses_every_verb(kam: User) -> None:
    inspection = InspectionFactory()
    services.end_inspection(
        inspection=inspection, version=1, actor=kam, today=TODAY, reason="abgebaut"
    )
    assert (inspection.ended_on, inspection.ended_reason) == (TODAY, "abgebaut")
    known: dict[str, Any] = {"inspection": inspection, "version": 2, "actor": kam}
    for verb in (
        lambda: services.end_inspection(**known, today=TODAY, reason="noch einmal"),
        lambda: services.move_inspection(**known, to=TODAY, reason="x"),
        lambda: services.hand_over_inspection(**known, owner=UserFactory()),
        lambda: services.change_inspection(**known, changes={}, papers={}),
        lambda: services.record_inspection(**known, changes=round_of(), papers={}),
    ):
        with pytest.raises(services.InspectionEnded):
            verb()
    assert not Inspection.objects.open().exists()


def test_propose_takes_the_catalogue_over_once(kam: User, qm: User) -> None:
    site = SiteFactory()
    hygiene = RuleFactory()
    lift = RuleFactory(offset_months=12, norm=None, binding_de="42. BImSchV", is_safety=False)
    propose = {"site": site, "actor": kam, "owner": qm, "start": DAY(2026, 2, 28)}
    rows = services.propose_inspections(**propose, rules=[hygiene, lift])
    assert [row.due_on for row in rows] == [DAY(2028, 2, 28), DAY(2027, 2, 28)]
    first, second = rows
    assert (first.plant, first.task, first.owner) == (hygiene.name, hygiene.task, qm)
    assert hygiene.norm is not None
    assert first.interval_source == f"{hygiene.norm.citation}; anerkannte Regel der Technik"
    assert first.interval_checked_on == DAY(2026, 11, 1)
    assert (first.qualification, first.is_safety) == ("Sachverständige", True)
    assert (second.norm, second.basis, second.is_safety) == (None, "42. BImSchV", False)
    assert services.propose_inspections(**propose, rules=[hygiene, lift]) == []
    Inspection.objects.update(ended_on=TODAY, ended_reason="neu gebaut")
    assert len(services.propose_inspections(**propose, rules=[hygiene])) == 1


def test_where_the_catalogue_was_looked_up_is_named_only_where_nothing_else_is(db: None) -> None:
    bare = RuleFactory(norm=None, binding_de="", binding_en="", source="Herstellerangabe")
    assert services.source_of(bare) == "Herstellerangabe"


@pytest.mark.parametrize(
    "values",
    [
        {"interval_months": 0},
        {"interval_months": 601},
        {"norm": None, "basis": ""},
        {"interval_source": ""},
        {"ended_on": TODAY},
    ],
)
def test_impossible_inspection_is_refused_by_the_database(db: None, values: dict[str, Any]) -> None:
    InspectionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.update(**values)


def test_own_deputy_is_refused_by_the_database(kam: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionFactory(owner=kam, deputy=kam)


@pytest.mark.parametrize(
    "values",
    [
        {"result": "defects"},
        {"defects": "Filter"},
        {"defects_done_on": DAY(2025, 1, 7)},
        {"told_client_on": DAY(2025, 1, 7)},
    ],
)
def test_impossible_round_is_refused_by_the_database(db: None, values: dict[str, Any]) -> None:
    RecordFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionRecord.objects.update(**values)


def test_words_of_rows() -> None:
    row = InspectionFactory.build(norm=NormFactory.build(code="VDI 6022-1"))
    assert row.cited == "VDI 6022-1:2018-01"
    assert InspectionFactory.build(norm=None, basis="Vertrag § 4").cited == "Vertrag § 4"
    done = RecordFactory.build(inspection=row)
    assert str(done) == f"{row} 2025-01-08"
    assert done.was_on_time


def test_visible_as_clients_and_cases_are(
    kam: User, qm: User, operativ: User, leitung: User, auditor: User, admin_user: User
) -> None:
    case = active_case(owner=kam, team=[operativ])
    inside, elsewhere = at_site_of(case), InspectionFactory()
    owed = InspectionFactory(owner=operativ)
    stands_in = InspectionFactory(deputy=operativ)
    every = {inside, elsewhere, owed, stands_in}
    for person, seen in (
        (kam, every),
        (qm, every),
        (leitung, every),
        (admin_user, every),
        (operativ, {inside, owed, stands_in}),
        (auditor, set()),
    ):
        assert set(Inspection.objects.visible_to(person)) == seen, person
    with pytest.raises(Http404):
        permissions.get_visible_inspection(operativ, elsewhere.pk)
    with pytest.raises(Http404):
        permissions.get_visible_record(kam, inside.pk, 0)
    with pytest.raises(Http404):
        permissions.get_visible_site(operativ, elsewhere.site.client_id, elsewhere.site_id)
    with pytest.raises(Http404):
        permissions.get_visible_site(kam, elsewhere.site.client_id, inside.site_id)


def test_who_may_record_and_change(kam: User, operativ: User, admin_user: User) -> None:
    owed = InspectionFactory(owner=operativ)
    ended = InspectionFactory(owner=operativ, ended_on=TODAY, ended_reason="abgebaut")
    assert permissions.can_record(operativ, owed)
    assert permissions.can_move(operativ, owed)
    assert not permissions.can_change_inspection(operativ, owed)
    assert permissions.can_change_inspection(kam, owed)
    assert not permissions.can_record(admin_user, owed)
    assert not permissions.can_record(operativ, ended)
    assert not permissions.can_change_inspection(kam, ended)


def test_with_case_names_the_newest_live_case_of_the_site(kam: User) -> None:
    old = CaseFactory(owner=kam, opened_on=DAY(2025, 1, 1))
    inspection = at_site_of(old)
    assert Inspection.objects.with_case().get().case_id == old.pk
    newer = CaseFactory(owner=kam, client=old.client)
    newer.sites.add(inspection.site)
    assert Inspection.objects.with_case().get().case_id == newer.pk
    assert list(Inspection.objects.at_sites_of(newer)) == [inspection]
