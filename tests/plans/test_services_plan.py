"""Starting a plan, closing its phases, resuming it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from audits.enums import AuditStatus, Grade
from audits.models import Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.cases.factories import CaseFactory, give_go
from tests.clients.factories import SiteFactory
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory
from winback.cases.enums import Function, GoReason, Status
from winback.cases.models import Case, CaseMember
from winback.cases.services import IllegalTransition, NotReady, join_many, join_team
from winback.plans.enums import MeasureStatus, Verb
from winback.plans.models import Measure, RecoveryPlan
from winback.plans.services import (
    PlanError,
    open_points,
    owner_presets,
    pass_phase,
    presets,
    resume,
    start_plan,
    template,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 8, 31)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def fresh(kam: User, leitung: User) -> Case:
    """An open case with a go decision, without a plan."""
    case = CaseFactory(owner=kam)
    give_go(case, leitung)
    return case


@pytest.fixture
def owners(kam: User, qm: User, leitung: User, operativ: User, kollegin: User) -> dict[str, User]:
    return {
        "executive": leitung,
        "regional_lead": leitung,
        "key_account_manager": kam,
        "quality_manager": qm,
        "operations_lead": operativ,
        "hr_development": kollegin,
        "legal": kollegin,
        "procurement": kollegin,
    }


def start(case: Case, actor: User, owners: dict[str, User], **more: Any) -> RecoveryPlan:
    facts: dict[str, Any] = {"started_on": MONDAY, "bundesland": "HE", "today": MONDAY}
    return start_plan(case=case, actor=actor, owners=owners, **facts | more)


# Start


def test_start_creates_38_measures_with_named_owners_and_dates(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    plan = start(fresh, kam, owners)
    measures = list(plan.measures.select_related("phase").order_by("number"))
    assert [m.number for m in measures] == list(range(1, 39))
    assert all(m.owner_id and m.due_on == m.original_due_on for m in measures)
    planned = [pair for each in template().on(MONDAY, "HE") for pair in each.measures]
    for measure, (shipped, due_on) in zip(measures, planned, strict=True):
        assert measure.template_key == shipped.key
        assert measure.title == shipped.name_de
        assert measure.due_on == due_on
        assert measure.owner == owners[shipped.owner_function]
        assert measure.is_mandatory == shipped.is_mandatory
        assert measure.status == MeasureStatus.OPEN


def test_start_creates_the_phases_with_their_gates(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    plan = start(fresh, kam, owners)
    assert [phase.number for phase in plan.phases.all()] == list("12345")
    assert plan.phases.get(number="1").gate == "Kriterien der Phase 1"
    assert plan.phases.get(number="1").ends_on == dt.date(2026, 9, 27)
    assert (plan.bundesland, plan.created_by) == ("HE", kam)


def test_start_lets_recurring_measures_repeat_from_their_first_date(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    plan = start(fresh, kam, owners)
    recurring = plan.measures.exclude(recurrence="")
    assert recurring.count() == 6
    assert all(m.repeats_from == m.due_on for m in recurring)
    assert not plan.measures.filter(recurrence="", repeats_from__isnull=False).exists()


def test_start_writes_a_row_version_per_measure_and_one_event(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    start(fresh, kam, owners, reason="Beginn war schon am 31.08.")
    versions = Measure.history.all()
    assert versions.count() == 38
    assert {version.history_user for version in versions} == {kam}
    event = fresh.events.get()
    assert (event.verb, event.actor) == (Verb.STARTED, kam)
    assert event.data["measures"] == 38
    assert event.data["reason"] == "Beginn war schon am 31.08."


def test_start_activates_the_case_and_stores_its_phase(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    start(fresh, kam, owners)
    stored = Case.objects.get(pk=fresh.pk)
    assert (stored.status, stored.phase) == (Status.ACTIVE, "1")
    assert fresh.phase == "1"


def test_start_takes_the_owners_into_the_team_with_their_function(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User], operativ: User
) -> None:
    assert not Case.objects.visible_to(operativ).exists()
    start(fresh, kam, owners)
    assert Case.objects.visible_to(operativ).get() == fresh
    team = set(CaseMember.objects.filter(case=fresh).values_list("user", "function"))
    assert team == {(user.pk, function) for function, user in owners.items()}


def test_start_needs_few_statements_however_many_measures(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    with CaptureQueriesContext(connection) as captured:
        start(fresh, kam, owners)
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) <= 18


def test_start_without_a_go_decision_changes_nothing(
    template_loaded: None, kam: User, owners: dict[str, User]
) -> None:
    case = CaseFactory(owner=kam)
    with pytest.raises(NotReady, match="Go-Entscheidung"), transaction.atomic():
        start(case, kam, owners)
    assert not RecoveryPlan.objects.exists()
    assert Case.objects.get(pk=case.pk).status == Status.OPEN
    assert not case.events.exists()


def test_start_after_a_no_go_changes_nothing(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    fresh.qualifications.update(decision=GoReason.NO_GO)
    with pytest.raises(NotReady), transaction.atomic():
        start(fresh, kam, owners)
    assert not RecoveryPlan.objects.exists()


def test_start_of_a_lost_case_reopens_nothing_without_a_go(
    template_loaded: None, kam: User, owners: dict[str, User]
) -> None:
    parted = CaseFactory(owner=kam, status=Status.PARTED, closed_on=TODAY)
    with pytest.raises((NotReady, IllegalTransition)), transaction.atomic():
        start(parted, kam, owners)
    assert not RecoveryPlan.objects.exists()


def test_start_twice_is_refused(
    template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    start(fresh, kam, owners)
    with pytest.raises(PlanError, match="bereits einen Plan"):
        start(fresh, kam, owners)
    assert Measure.objects.count() == 38


@pytest.mark.parametrize("function", ["legal", "executive"])
def test_start_without_an_owner_for_a_function_is_refused_at_its_field(
    function: str, template_loaded: None, fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    del owners[function]
    with pytest.raises(PlanError) as refusal:
        start(fresh, kam, owners)
    assert refusal.value.field == f"owner_{function}"
    assert not RecoveryPlan.objects.exists()


def test_start_without_a_template_is_refused(
    fresh: Case, kam: User, owners: dict[str, User]
) -> None:
    with pytest.raises(PlanError, match="Planvorlage ist leer"):
        start(fresh, kam, owners)


def test_start_of_an_active_case_keeps_its_version(
    template_loaded: None, case: Case, kam: User, owners: dict[str, User]
) -> None:
    """A reopened case may be active without a plan."""
    version = case.version
    start(case, kam, owners)
    assert Case.objects.get(pk=case.pk).version == version


# Presets


def test_presets_begin_today_in_the_land_of_the_first_site(
    template_loaded: None, fresh: Case, kam: User
) -> None:
    assert presets(fresh, [], [kam], TODAY) == {"started_on": TODAY, "bundesland": ""}
    fresh.sites.add(SiteFactory(client=fresh.client, bundesland="SN"))
    assert presets(fresh, [], [kam], TODAY)["bundesland"] == "SN"


def test_presets_name_case_owner_and_the_only_one_of_a_role(
    fresh: Case, kam: User, qm: User, leitung: User, operativ: User
) -> None:
    functions = [*map(str, Function.values)]
    found = owner_presets(fresh, functions, [kam, qm, leitung, operativ])
    assert found == {
        "executive": leitung,
        "regional_lead": leitung,
        "key_account_manager": kam,
        "quality_manager": qm,
        "operations_lead": operativ,
    }


def test_presets_do_not_guess_among_several(fresh: Case, kam: User, qm: User) -> None:
    people: list[User] = [kam, qm, UserFactory(role=Role.QUALITY_MANAGER)]
    assert "quality_manager" not in owner_presets(fresh, ["quality_manager"], people)


def test_presets_prefer_the_team_of_the_case(
    fresh: Case, kam: User, qm: User, kollegin: User
) -> None:
    other = UserFactory(role=Role.QUALITY_MANAGER)
    join_team(fresh, other, Function.QUALITY_MANAGER, TODAY)
    join_team(fresh, kollegin, Function.LEGAL, TODAY)
    found = owner_presets(fresh, ["quality_manager", "legal"], [kam, qm, other, kollegin])
    assert found == {"quality_manager": other, "legal": kollegin}


def test_presets_leave_out_people_who_cannot_be_chosen(fresh: Case, qm: User) -> None:
    gone = UserFactory(role=Role.QUALITY_MANAGER, is_active=False)
    join_team(fresh, gone, Function.QUALITY_MANAGER, TODAY)
    found = owner_presets(fresh, ["quality_manager", "key_account_manager"], [qm])
    assert found == {"quality_manager": qm}


# Phases


def phase_of(plan: RecoveryPlan, number: str) -> Any:
    return plan.phases.get(number=number)


def major(case: Case, **more: Any) -> Finding:
    audit = AuditFactory(case=case, status=AuditStatus.IN_PROGRESS)
    return FindingFactory(audit=audit, grade=Grade.MAJOR, **more)


def test_pass_stores_who_when_and_note_and_moves_the_case_on(plan: RecoveryPlan, kam: User) -> None:
    pass_phase(phase=phase_of(plan, "3"), actor=kam, today=TODAY, note="Reaktionswege laufen")
    phase = phase_of(plan, "3")
    assert (phase.passed_on, phase.passed_by) == (TODAY, kam)
    assert phase.passed_note == "Reaktionswege laufen"
    assert Case.objects.get(pk=plan.case.pk).phase == "4"
    event = plan.case.events.get()
    assert (event.verb, event.data["phase"]) == (Verb.PHASE_PASSED, "3")


def test_pass_of_a_later_phase_leaves_the_current_one(plan: RecoveryPlan, kam: User) -> None:
    pass_phase(phase=phase_of(plan, "4"), actor=kam, today=TODAY)
    assert Case.objects.get(pk=plan.case.pk).phase == "3"
    pass_phase(phase=phase_of(plan, "3"), actor=kam, today=TODAY)
    assert Case.objects.get(pk=plan.case.pk).phase == "5"


def test_pass_of_the_last_phase_keeps_it_as_the_current_one(plan: RecoveryPlan, kam: User) -> None:
    for number in "345":
        pass_phase(phase=phase_of(plan, number), actor=kam, today=TODAY)
    assert Case.objects.get(pk=plan.case.pk).phase == "5"


def test_pass_twice_changes_nothing(plan: RecoveryPlan, kam: User, qm: User) -> None:
    phase = phase_of(plan, "3")
    pass_phase(phase=phase, actor=kam, today=TODAY, note="zuerst")
    pass_phase(phase=phase, actor=qm, today=dt.date(2026, 12, 1), note="danach")
    stored = phase_of(plan, "3")
    assert (stored.passed_by, stored.passed_on, stored.passed_note) == (kam, TODAY, "zuerst")
    assert plan.case.events.count() == 1


def test_pass_with_open_points_needs_a_reason(
    plan: RecoveryPlan, measure: Measure, kam: User
) -> None:
    phase = phase_of(plan, "3")
    with pytest.raises(PlanError, match="noch etwas offen"):
        pass_phase(phase=phase, actor=kam, today=TODAY, note="egal")
    assert not phase_of(plan, "3").is_passed
    pass_phase(phase=phase, actor=kam, today=TODAY, note="egal", reason="Kunde stimmt zu")
    assert phase_of(plan, "3").passed_note == "Kunde stimmt zu"
    assert plan.case.events.get().data["reason"] == "Kunde stimmt zu"


def test_open_points_are_open_mandatory_measures_of_the_phase(plan: RecoveryPlan) -> None:
    counting = MeasureFactory(plan=plan, is_mandatory=True, status=MeasureStatus.BLOCKED)
    MeasureFactory(plan=plan, is_mandatory=False)
    MeasureFactory(plan=plan, is_mandatory=True, phase="4")
    MeasureFactory(plan=plan, is_mandatory=True, status=MeasureStatus.DONE)
    MeasureFactory(
        plan=plan, is_mandatory=True, status=MeasureStatus.DROPPED, status_note="Entfällt"
    )
    points = open_points(phase_of(plan, "3"), TODAY)
    assert points.measures == [counting]
    assert points
    assert not open_points(phase_of(plan, "5"), TODAY)


def test_open_points_forgive_a_recurring_measure_that_is_up_to_date(plan: RecoveryPlan) -> None:
    weekly = MeasureFactory(plan=plan, is_mandatory=True, recurrence="weekly", due_on=TODAY)
    phase = phase_of(plan, "3")
    assert not open_points(phase, TODAY)
    assert open_points(phase, TODAY + dt.timedelta(days=1)).measures == [weekly]


def test_open_majors_stand_against_closing_from_phase_3_on(plan: RecoveryPlan) -> None:
    found = major(plan.case)
    FindingFactory(audit=found.audit, grade=Grade.MINOR)
    major(CaseFactory())
    assert open_points(phase_of(plan, "3"), TODAY).majors == [found]
    assert open_points(phase_of(plan, "4"), TODAY).majors == [found]
    assert open_points(phase_of(plan, "2"), TODAY).majors == []


# Resume


def test_resume_wakes_a_resting_case_up(plan: RecoveryPlan, kam: User) -> None:
    case = plan.case
    case.status, case.resting_until = Status.RESTING, dt.date(2027, 3, 1)
    case.save()
    resume(case=case, actor=kam, note="Kunde ruft an")
    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.resting_until, stored.phase) == (Status.ACTIVE, None, "3")
    event = case.events.get()
    assert (event.verb, event.data["note"]) == (Verb.RESUMED, "Kunde ruft an")


def test_resume_needs_a_go_decision(plan: RecoveryPlan, kam: User) -> None:
    case = plan.case
    case.status, case.resting_until = Status.RESTING, dt.date(2027, 3, 1)
    case.save()
    case.qualifications.all().delete()
    with pytest.raises(NotReady), transaction.atomic():
        resume(case=case, actor=kam)
    assert Case.objects.get(pk=case.pk).status == Status.RESTING


# The team


def test_join_many_leaves_members_alone_and_asks_twice(
    case: Case, kam: User, operativ: User
) -> None:
    pairs = [(kam, Function.KEY_ACCOUNT_MANAGER), (operativ, Function.OPERATIONS_LEAD)]
    before = CaseMember.objects.filter(case=case).count()
    with CaptureQueriesContext(connection) as captured:
        join_many(case, [*pairs, pairs[1]], TODAY)
    assert len(captured) == 2
    assert CaseMember.objects.filter(case=case).count() == before + 1
    join_many(case, pairs, TODAY)
    assert CaseMember.objects.filter(case=case).count() == before + 1
