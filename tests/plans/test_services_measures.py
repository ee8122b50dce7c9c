"""Verbs of a measure: effects, events, row versions, and what they refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from audits.enums import AuditStatus, FindingStatus, Grade
from audits.models import Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CauseFactory
from tests.dialogue.factories import CommitmentFactory
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent
from winback.common.claims import RuleBroken, StaleVersion
from winback.plans import services
from winback.plans.enums import MeasureStatus, Recurrence, Verb
from winback.plans.models import Measure, RecoveryPlan

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
DUE = dt.date(2026, 11, 30)


def wanted(plan: RecoveryPlan, **more: Any) -> dict[str, Any]:
    """The cleaned input of a new measure."""
    return {
        "title": "Rufbereitschaft einführen",
        "description": "",
        "phase": plan.phases.get(number="3"),
        "owner": plan.case.owner,
        "deputy": None,
        "due_on": DUE,
        "recurrence": "",
        **more,
    }


def add(plan: RecoveryPlan, actor: User, **more: Any) -> Measure:
    links = {name: more.pop(name) for name in ("finding", "cause", "commitment") if name in more}
    return services.add_measure(
        plan=plan, actor=actor, today=TODAY, changes=wanted(plan, **more), **links
    )


def last_event(case: Case) -> CaseEvent:
    event = case.events.first()
    assert event is not None
    return event


def stored(measure: Measure) -> Measure:
    row: Measure = Measure.objects.with_page().get(pk=measure.pk)
    return row


def is_in_team(case: Case, user: User) -> bool:
    return case.members.filter(user=user, left_on=None).exists()


def finding_of(case: Case, **more: Any) -> Finding:
    finding: Finding = FindingFactory(
        audit=AuditFactory(case=case, status=AuditStatus.IN_PROGRESS), **more
    )
    return finding


def end(case: Case) -> None:
    case.status, case.closed_on = Status.LOST, TODAY
    case.save()


# Add


def test_add_gives_number_original_date_event_and_row_version(
    plan: RecoveryPlan, kam: User
) -> None:
    MeasureFactory(plan=plan, number=38)
    measure = services.add_measure(
        plan=plan, actor=kam, today=TODAY, changes=wanted(plan), reason="Nachtrag vom Kunden"
    )
    assert measure.number == 39
    assert (measure.due_on, measure.original_due_on) == (DUE, DUE)
    assert measure.status == MeasureStatus.OPEN
    assert not measure.is_mandatory
    event = last_event(plan.case)
    assert (event.verb, event.actor) == (Verb.ADDED, kam)
    assert event.data["title"] == "M-39 Rufbereitschaft einführen"
    assert event.data["reason"] == "Nachtrag vom Kunden"
    assert measure.history.get().history_user == kam


def test_add_lets_owner_and_deputy_see_the_case(plan: RecoveryPlan, kam: User) -> None:
    owner, deputy = UserFactory(), UserFactory()
    add(plan, kam, owner=owner, deputy=deputy)
    assert is_in_team(plan.case, owner)
    assert is_in_team(plan.case, deputy)


def test_add_a_recurring_one_repeats_from_its_date(plan: RecoveryPlan, kam: User) -> None:
    assert add(plan, kam, recurrence=Recurrence.WEEKLY).repeats_from == DUE
    assert add(plan, kam).repeats_from is None


def test_add_refuses_a_deputy_who_is_the_owner(plan: RecoveryPlan, kam: User) -> None:
    with pytest.raises(services.PlanError) as refusal, transaction.atomic():
        add(plan, kam, deputy=kam)
    assert refusal.value.field == "deputy"
    assert not Measure.objects.exists()


def test_add_to_an_ended_case_is_refused(plan: RecoveryPlan, kam: User) -> None:
    end(plan.case)
    with pytest.raises(services.PlanError, match="beendet"):
        add(plan, kam)


def test_add_for_a_finding_puts_it_in_progress(plan: RecoveryPlan, kam: User) -> None:
    finding = finding_of(plan.case)
    measure = add(plan, kam, finding=finding)
    assert measure.finding == finding
    assert Finding.objects.get().status == FindingStatus.IN_PROGRESS
    assert [event.verb for event in plan.case.events.all()] == [Verb.ADDED, "finding.started"]


def test_add_for_a_strength_starts_nothing(plan: RecoveryPlan, kam: User) -> None:
    strength = finding_of(plan.case, grade=Grade.STRENGTH)
    add(plan, kam, finding=strength)
    assert Finding.objects.get().status == FindingStatus.OPEN


def test_add_for_a_settled_finding_is_refused(plan: RecoveryPlan, kam: User) -> None:
    done = finding_of(plan.case, status=FindingStatus.DONE, done_on=TODAY)
    with pytest.raises(RuleBroken), transaction.atomic():
        add(plan, kam, finding=done)
    assert not Measure.objects.exists()


def test_add_answers_cause_and_commitment_of_its_case(plan: RecoveryPlan, kam: User) -> None:
    cause, commitment = CauseFactory(case=plan.case), CommitmentFactory(case=plan.case)
    measure = add(plan, kam, cause=cause, commitment=commitment)
    assert (measure.cause, measure.commitment) == (cause, commitment)


@pytest.mark.parametrize("what", ["finding", "cause", "commitment"])
def test_add_refuses_what_belongs_to_another_case(what: str, plan: RecoveryPlan, kam: User) -> None:
    foreign = {"finding": FindingFactory, "cause": CauseFactory, "commitment": CommitmentFactory}
    with pytest.raises(services.PlanError, match="anderen Fall"):
        add(plan, kam, **{what: foreign[what]()})
    assert not Measure.objects.exists()


# What a new measure begins with


def test_presets_take_owner_date_and_words_from_what_it_answers(plan: RecoveryPlan) -> None:
    phases, kam = list(plan.phases.all()), plan.case.owner
    finding, cause = finding_of(plan.case), CauseFactory(case=plan.case)
    commitment = CommitmentFactory(case=plan.case, owner=UserFactory())
    plain = services.measure_presets(phases, kam)
    assert plain == {"owner": kam, "phase": phases[2]}
    from_finding = services.measure_presets(phases, kam, finding=finding)
    assert (from_finding["owner"], from_finding["due_on"]) == (finding.owner, finding.due_on)
    assert from_finding["description"].startswith(f"{finding.number}: Sanitärbereich")
    from_cause = services.measure_presets(phases, kam, cause=cause)
    assert (from_cause["owner"], from_cause["description"]) == (kam, cause.statement)
    promised = services.measure_presets(phases, kam, commitment=commitment)
    assert (promised["title"], promised["owner"]) == (commitment.what, commitment.owner)
    assert services.measure_presets([], kam)["phase"] is None


# Change


def change(measure: Measure, actor: User, **changes: Any) -> Measure:
    return services.change_measure(
        measure=measure, version=measure.version, actor=actor, today=TODAY, changes=changes
    )


def test_change_names_the_changed_fields_only(measure: Measure, kam: User) -> None:
    version = measure.version
    change(stored(measure), kam, title="Aufzug prüfen lassen", description="")
    assert stored(measure).title == "Aufzug prüfen lassen"
    assert stored(measure).version == version + 1
    event = last_event(measure.case)
    assert (event.verb, event.data["fields"]) == (Verb.CHANGED, ["title"])


def test_change_of_recurrence_begins_and_ends_the_series(measure: Measure, kam: User) -> None:
    change(measure, kam, recurrence=Recurrence.MONTHLY)
    assert stored(measure).repeats_from == DUE
    change(stored(measure), kam, recurrence=Recurrence.NONE)
    assert stored(measure).repeats_from is None


def test_change_lets_a_new_deputy_in(measure: Measure, kam: User) -> None:
    deputy = UserFactory()
    change(measure, kam, deputy=deputy)
    assert is_in_team(measure.case, deputy)


def test_change_refuses_the_owner_as_deputy(measure: Measure, kam: User) -> None:
    with pytest.raises(services.PlanError), transaction.atomic():
        change(measure, kam, deputy=measure.owner)
    assert stored(measure).deputy is None


def test_change_of_what_somebody_else_changed_is_stale(measure: Measure, kam: User) -> None:
    change(stored(measure), kam, title="Zuerst")
    with pytest.raises(StaleVersion), transaction.atomic():
        change(measure, kam, title="Zu spät")
    assert stored(measure).title == "Zuerst"


def test_change_of_an_ended_measure_is_refused(plan: RecoveryPlan, kam: User) -> None:
    done = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    with pytest.raises(services.PlanError, match="beendet"):
        change(done, kam, title="Anders")


# Complete


def complete(measure: Measure, actor: User, **more: Any) -> bool:
    return services.complete(measure=measure, actor=actor, today=TODAY, **more)


def test_complete_stores_day_result_event_and_row_version(measure: Measure, operativ: User) -> None:
    measure.status_note = "wartete auf Ersatzteil"
    measure.save()
    assert complete(measure, operativ, result="Protokoll P-12", done_on=dt.date(2026, 11, 20))
    done = stored(measure)
    assert (done.status, done.done_on) == (MeasureStatus.DONE, dt.date(2026, 11, 20))
    assert (done.result, done.status_note) == ("Protokoll P-12", "")
    event = last_event(measure.case)
    assert (event.verb, event.actor, event.data["note"]) == (
        Verb.COMPLETED,
        operativ,
        "Protokoll P-12",
    )
    versions = measure.history.all()
    assert [version.status for version in versions][:2] == ["done", "open"]


def test_complete_without_a_day_is_done_today(measure: Measure, operativ: User) -> None:
    complete(measure, operativ)
    assert stored(measure).done_on == TODAY


def test_complete_twice_changes_nothing(measure: Measure, operativ: User, kam: User) -> None:
    complete(measure, operativ)
    assert not complete(stored(measure), kam, done_on=dt.date(2026, 11, 1))
    assert stored(measure).done_on == TODAY
    assert measure.case.events.count() == 1


def test_complete_in_an_ended_case_is_refused(measure: Measure, operativ: User) -> None:
    end(measure.case)
    with pytest.raises(services.PlanError, match="beendet"):
        complete(stored(measure), operativ)


def test_complete_of_the_last_measure_finishes_its_finding(
    plan: RecoveryPlan, kam: User, operativ: User
) -> None:
    finding = finding_of(plan.case)
    first, second = add(plan, kam, finding=finding), add(plan, kam, finding=finding)
    complete(stored(first), operativ)
    assert Finding.objects.get().status == FindingStatus.IN_PROGRESS
    complete(stored(second), operativ)
    done = Finding.objects.get()
    assert (done.status, done.done_on) == (FindingStatus.DONE, TODAY)


def test_complete_leaves_a_withdrawn_finding_alone(plan: RecoveryPlan, kam: User) -> None:
    finding = finding_of(plan.case)
    measure = add(plan, kam, finding=finding)
    Finding.objects.update(status=FindingStatus.WITHDRAWN, withdrawn_reason="Irrtum")
    assert complete(stored(measure), kam)
    assert Finding.objects.get().status == FindingStatus.WITHDRAWN


# Rounds


@pytest.fixture
def weekly(plan: RecoveryPlan, operativ: User) -> Measure:
    """Every Thursday since 8 October; the round of 26 November is due, the phase ends 4 December.

    Read as the views read it.
    """
    row = MeasureFactory(
        plan=plan,
        owner=operativ,
        recurrence=Recurrence.WEEKLY,
        due_on=dt.date(2026, 11, 26),
        repeats_from=dt.date(2026, 10, 8),
    )
    return stored(row)


def test_round_done_is_recorded_and_the_next_one_is_due(weekly: Measure, operativ: User) -> None:
    assert complete(weekly, operativ, result="Begehung ohne Befund")
    after = stored(weekly)
    assert after.status == MeasureStatus.IN_PROGRESS
    assert after.done_on is None
    assert (after.due_on, after.original_due_on) == (dt.date(2026, 12, 3), dt.date(2026, 12, 3))
    row = weekly.completions.get()
    assert (row.due_on, row.done_on, row.done_by) == (dt.date(2026, 11, 26), TODAY, operativ)
    assert row.note == "Begehung ohne Befund"
    event = last_event(weekly.case)
    assert (event.verb, event.data["next"]) == (Verb.REPEATED, "2026-12-03")


def test_last_round_ends_the_measure(weekly: Measure, operativ: User) -> None:
    complete(weekly, operativ)
    last = stored(weekly)
    services.complete(measure=last, actor=operativ, today=dt.date(2026, 12, 3))
    done = stored(weekly)
    assert (done.status, done.done_on) == (MeasureStatus.DONE, dt.date(2026, 12, 3))
    assert done.was_on_time
    assert done.times_done == 2
    assert last_event(weekly.case).verb == Verb.COMPLETED


def test_round_falls_on_a_working_day(plan: RecoveryPlan, kam: User) -> None:
    """A week after 30 March 2027 is Tuesday after Easter; from Monday 22 March it is Easter."""
    monthly = MeasureFactory(
        plan=plan, phase="5", recurrence=Recurrence.WEEKLY, due_on=dt.date(2027, 3, 22)
    )
    complete(stored(monthly), kam)
    assert stored(monthly).due_on == dt.date(2027, 3, 30)  # Easter Monday is the 29th
    complete(stored(monthly), kam)
    assert stored(monthly).due_on == dt.date(2027, 4, 5)  # back on Mondays


def test_round_done_late_does_not_make_up_for_missed_ones(weekly: Measure, kam: User) -> None:
    Measure.objects.update(due_on=dt.date(2026, 11, 5), original_due_on=dt.date(2026, 11, 5))
    complete(stored(weekly), kam)
    assert stored(weekly).due_on == dt.date(2026, 11, 26)
    assert weekly.completions.get().due_on == dt.date(2026, 11, 5)


def test_round_moved_earlier_is_not_due_again(weekly: Measure, kam: User) -> None:
    Measure.objects.update(due_on=dt.date(2026, 11, 24))
    complete(stored(weekly), kam)
    assert stored(weekly).due_on == dt.date(2026, 12, 3)
    assert weekly.completions.get().due_on == dt.date(2026, 11, 26)


def test_second_click_on_the_same_round_does_not_count(weekly: Measure, operativ: User) -> None:
    seen = weekly.due_on
    assert complete(weekly, operativ, round_due=seen)
    assert not complete(stored(weekly), operativ, round_due=seen)
    assert weekly.completions.count() == 1
    assert stored(weekly).due_on == dt.date(2026, 12, 3)


def test_round_is_of_no_interest_to_what_happens_once(measure: Measure, operativ: User) -> None:
    assert complete(measure, operativ, round_due=dt.date(2020, 1, 1))


def test_round_done_again_after_reopening_replaces_the_record(
    weekly: Measure, operativ: User, kam: User
) -> None:
    Measure.objects.update(due_on=dt.date(2026, 12, 3), original_due_on=dt.date(2026, 12, 3))
    complete(stored(weekly), operativ)
    ended = stored(weekly)
    assert ended.status == MeasureStatus.DONE
    services.reopen(measure=ended, version=ended.version, actor=kam, reason="Begehung fehlte")
    complete(stored(weekly), kam, result="nachgeholt")
    row = weekly.completions.get()
    assert (row.done_by, row.note) == (kam, "nachgeholt")


# Move


def move(measure: Measure, actor: User, to: dt.date, **more: Any) -> Measure:
    return services.move(
        measure=measure,
        version=more.pop("version", measure.version),
        actor=actor,
        to=to,
        reason=more.pop("reason", "Ersatzteil fehlt"),
        **more,
    )


def test_move_keeps_the_original_date_and_records_the_reason(
    measure: Measure, operativ: User
) -> None:
    move(measure, operativ, dt.date(2026, 12, 4))
    move(stored(measure), operativ, dt.date(2026, 12, 7), doubt="nach Phasenende abgestimmt")
    after = stored(measure)
    assert (after.due_on, after.original_due_on) == (dt.date(2026, 12, 7), DUE)
    moves = [(m.moved_from, m.moved_to, m.reason, m.moved_by) for m in measure.moves.all()]
    assert moves == [
        (DUE, dt.date(2026, 12, 4), "Ersatzteil fehlt", operativ),
        (dt.date(2026, 12, 4), dt.date(2026, 12, 7), "Ersatzteil fehlt", operativ),
    ]
    event = last_event(measure.case)
    assert event.verb == Verb.MOVED
    assert (event.data["before"], event.data["after"]) == ("2026-12-04", "2026-12-07")
    assert event.data["note"] == "nach Phasenende abgestimmt"


def test_move_does_not_make_a_late_measure_punctual(measure: Measure, operativ: User) -> None:
    move(measure, operativ, dt.date(2026, 12, 7))
    complete(stored(measure), operativ, done_on=dt.date(2026, 12, 1))
    assert not stored(measure).was_on_time


def test_move_to_the_same_day_is_refused_at_the_date(measure: Measure, operativ: User) -> None:
    with pytest.raises(services.PlanError) as refusal:
        move(measure, operativ, DUE)
    assert refusal.value.field == "due_on"
    assert not measure.moves.exists()


def test_move_of_what_somebody_else_moved_is_stale(measure: Measure, operativ: User) -> None:
    move(stored(measure), operativ, dt.date(2026, 12, 4))
    with pytest.raises(StaleVersion), transaction.atomic():
        move(measure, operativ, dt.date(2026, 12, 7))
    assert measure.moves.count() == 1


def test_move_of_an_ended_measure_is_refused(plan: RecoveryPlan, kam: User) -> None:
    with pytest.raises(services.PlanError):
        move(MeasureFactory(plan=plan, status=MeasureStatus.DONE), kam, dt.date(2026, 12, 7))


# Hand over


def test_hand_over_lets_the_new_owner_in(measure: Measure, kam: User, operativ: User) -> None:
    owner = UserFactory(first_name="Jonas", last_name="Horn")
    services.hand_over(
        measure=measure,
        version=measure.version,
        actor=kam,
        owner=owner,
        today=TODAY,
        reason="Urlaub",
    )
    assert stored(measure).owner == owner
    assert is_in_team(measure.case, owner)
    event = last_event(measure.case)
    assert (event.verb, event.data["user"]) == (Verb.REASSIGNED, "Jonas Horn")
    assert (event.data["before"], event.data["reason"]) == (str(operativ), "Urlaub")


def test_hand_over_to_the_deputy_leaves_no_deputy(plan: RecoveryPlan, kam: User) -> None:
    deputy = UserFactory()
    measure = MeasureFactory(plan=plan, deputy=deputy)
    services.hand_over(
        measure=measure, version=measure.version, actor=kam, owner=deputy, today=TODAY
    )
    assert (stored(measure).owner, stored(measure).deputy) == (deputy, None)


def test_hand_over_to_the_owner_is_refused(measure: Measure, kam: User, operativ: User) -> None:
    with pytest.raises(services.PlanError) as refusal:
        services.hand_over(
            measure=measure, version=measure.version, actor=kam, owner=operativ, today=TODAY
        )
    assert refusal.value.field == "owner"


# Drop and reopen


def drop(measure: Measure, actor: User, reason: str = "Kunde verzichtet") -> Measure:
    return services.drop(measure=measure, version=measure.version, actor=actor, reason=reason)


def test_drop_keeps_its_reason_and_happens_once(measure: Measure, kam: User) -> None:
    drop(measure, kam)
    drop(stored(measure), kam, reason="noch einmal")
    after = stored(measure)
    assert (after.status, after.status_note) == (MeasureStatus.DROPPED, "Kunde verzichtet")
    assert after.done_on is None
    assert measure.case.events.count() == 1
    assert last_event(measure.case).data["reason"] == "Kunde verzichtet"


def test_drop_of_a_done_measure_is_refused(plan: RecoveryPlan, kam: User) -> None:
    with pytest.raises(services.PlanError):
        drop(MeasureFactory(plan=plan, status=MeasureStatus.DONE), kam)


def test_drop_does_not_finish_a_finding(plan: RecoveryPlan, kam: User) -> None:
    measure = add(plan, kam, finding=finding_of(plan.case))
    drop(measure, kam)
    assert Finding.objects.get().status == FindingStatus.IN_PROGRESS


def reopen(measure: Measure, actor: User) -> Measure:
    return services.reopen(
        measure=measure, version=measure.version, actor=actor, reason="Mangel wieder da"
    )


@pytest.mark.parametrize("status", [MeasureStatus.DONE, MeasureStatus.DROPPED])
def test_reopen_keeps_the_dates(status: str, plan: RecoveryPlan, kam: User) -> None:
    measure = MeasureFactory(plan=plan, status=status, status_note="Entfällt")
    reopen(measure, kam)
    after = stored(measure)
    assert (after.status, after.done_on, after.status_note) == (MeasureStatus.OPEN, None, "")
    assert (after.due_on, after.original_due_on) == (DUE, DUE)
    event = last_event(plan.case)
    assert (event.verb, event.data["reason"]) == (Verb.REOPENED, "Mangel wieder da")


def test_reopen_takes_its_finding_up_again(plan: RecoveryPlan, kam: User) -> None:
    measure = add(plan, kam, finding=finding_of(plan.case))
    complete(stored(measure), kam)
    reopen(stored(measure), kam)
    finding = Finding.objects.get()
    assert (finding.status, finding.done_on) == (FindingStatus.IN_PROGRESS, None)


def test_reopen_leaves_an_effective_finding_alone(plan: RecoveryPlan, kam: User) -> None:
    measure = add(plan, kam, finding=finding_of(plan.case))
    complete(stored(measure), kam)
    Finding.objects.update(status=FindingStatus.EFFECTIVE)
    reopen(stored(measure), kam)
    assert Finding.objects.get().status == FindingStatus.EFFECTIVE


def test_reopen_of_an_open_measure_is_refused(measure: Measure, kam: User) -> None:
    with pytest.raises(services.PlanError, match="Nur eine beendete"):
        reopen(measure, kam)


# Status


def set_status(measure: Measure, actor: User, status: str, note: str = "") -> Measure:
    return services.set_status(
        measure=measure, version=measure.version, actor=actor, status=status, note=note
    )


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("in_progress", ""),
        ("blocked", "Freigabe fehlt"),
        ("waiting", "Termin vom Kunden"),
        ("open", ""),
    ],
)
def test_status_is_set_with_its_note(
    status: str, note: str, measure: Measure, operativ: User
) -> None:
    set_status(measure, operativ, status, note)
    after = stored(measure)
    assert (after.status, after.status_note) == (status, note)
    assert (last_event(measure.case).verb, last_event(measure.case).data["note"]) == (
        Verb.STATUS_SET,
        note,
    )


@pytest.mark.parametrize("status", ["blocked", "waiting"])
def test_status_that_says_nothing_alone_needs_a_note(
    status: str, measure: Measure, operativ: User
) -> None:
    with pytest.raises(services.PlanError) as refusal:
        set_status(measure, operativ, status)
    assert refusal.value.field == "note"
    assert stored(measure).status == MeasureStatus.OPEN


@pytest.mark.parametrize("status", ["done", "dropped", "unsinn"])
def test_status_with_a_step_of_its_own_is_refused(
    status: str, measure: Measure, operativ: User
) -> None:
    with pytest.raises(services.PlanError) as refusal:
        set_status(measure, operativ, status, "weil")
    assert refusal.value.field == "status"
