"""Verbs of the decisions: what they change, what they refuse, what stays in the history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.cases import decisions
from tests.cases.decisions import SOON, TODAY, assess, finish, plan_effort, step, swap, tender
from tests.cases.factories import CaseFactory, active_case
from winback.cases import services
from winback.cases.enums import Function, GoReason, LessonState, Status
from winback.cases.models import (
    Aftercare,
    Approach,
    AwardCriterion,
    Background,
    Case,
    Duty,
    Lesson,
    Mediation,
    PlanB,
    Qualification,
    Tender,
)
from winback.cases.services import Owed
from winback.common import obligations
from winback.common.claims import StaleVersion
from winback.common.obligations import Query

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def case(kam: User) -> Case:
    return active_case(owner=kam)


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("pk").values_list("verb", flat=True))


def owed(case: Case) -> list[tuple[str, int]]:
    """Kind and owner of everything owed in the case."""
    return [(item.title, item.owner_id) for item in obligations.find(Query(case_id=case.pk))]


# Pages of facts


def write(case: Case, version: int = 0, actor: User | None = None, **changes: Any) -> Background:
    found = Background.objects.filter(case=case).first() or Background(case=case)
    services.write_sheet(
        sheet=found, version=version, actor=actor or case.owner, changes=changes, reason="Grund"
    )
    return found


def test_sheet_is_made_by_its_first_save(case: Case, kam: User) -> None:
    row = write(case, stage="warned", outside_reasons="")
    assert (row.version, row.stage) == (1, "warned")
    data = case.events.get().data
    assert (data["fields"], data["reason"]) == (["stage"], "Grund")
    assert row.history.get().history_user == kam


def test_sheet_changes_under_its_version(case: Case) -> None:
    write(case, stage="cooling")
    assert write(case, version=1, stage="warned").version == 2
    with pytest.raises(StaleVersion):
        write(case, version=1, stage="terminated")
    assert Background.objects.get().stage == "warned"


def test_two_first_saves_of_a_sheet_show_the_quicker_one(case: Case) -> None:
    slower = Background(case=case)
    write(case, stage="warned")
    with pytest.raises(StaleVersion) as stale:
        services.write_sheet(
            sheet=slower, version=0, actor=case.owner, changes={"stage": "cooling"}
        )
    assert stale.value.current == case.background
    assert case.background.stage == "warned"


def test_a_broken_constraint_of_a_sheet_is_not_taken_for_a_race(case: Case) -> None:
    row = Mediation.objects.create(case=case, starts_on=TODAY)
    changes = {"ended_on": TODAY - dt.timedelta(days=1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        services.write_sheet(sheet=row, version=1, actor=case.owner, changes=changes)
    row.refresh_from_db()
    assert (row.ended_on, row.version) == (None, 1)


def test_sheets_of_an_ended_case_are_closed(kam: User) -> None:
    ended = CaseFactory(owner=kam, status=Status.LOST, closed_on=TODAY)
    with pytest.raises(services.IllegalTransition):
        write(ended, stage="warned")


# The decision


def decide(case: Case, leitung: User, decision: str = "go", **facts: Any) -> Qualification:
    return services.decide(
        case=case,
        actor=case.owner,
        decision=decision,
        decided_by=leitung,
        decided_on=TODAY,
        reasons="Ursache liegt bei uns",
        **facts,
    )


def test_decision_keeps_the_figures_of_its_day(case: Case, leitung: User) -> None:
    row = assess(case, belief=Decimal(40))
    plan_effort(case)
    taken = decide(case, leitung, has_priority=True)
    assert (taken.score, taken.value, taken.cost, taken.belief) == (100, 300_000, 15_000, 40)
    row.strategic = "no"
    row.save()
    taken.refresh_from_db()
    assert (taken.score, taken.has_priority) == (100, True)


def test_decision_without_assessment_has_no_figures(case: Case, leitung: User) -> None:
    taken = decide(case, leitung)
    assert (taken.score, taken.value, taken.cost, taken.belief) == (None, None, None, None)


def test_decision_keeps_no_half_score(case: Case, leitung: User) -> None:
    assess(case, window="", years=None)
    taken = decide(case, leitung)
    assert (taken.score, taken.value, taken.cost) == (None, None, None)


@pytest.mark.parametrize(("decision", "allows"), [("go", True), ("stay", True), ("no_go", False)])
def test_who_must_stay_may_work_on_it(
    decision: str, allows: bool, kam: User, leitung: User
) -> None:
    case = CaseFactory(owner=kam)
    decide(case, leitung, decision, independence="Zwei neue Kunden bis Jahresende")
    assert services.has_go(case) is allows


def test_must_stay_without_a_plan_is_impossible(case: Case, leitung: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        decide(case, leitung, GoReason.STAY)


# Steps


def test_escalation_raises_and_records(case: Case) -> None:
    services.set_escalation(case=case, version=1, actor=case.owner, level=2, reason="Streit")
    case.refresh_from_db()
    assert (case.escalation_level, case.version) == (2, 2)
    assert case.events.get().data["before"] == 0


def test_escalation_to_the_same_level_is_refused(case: Case) -> None:
    with pytest.raises(services.NotReady):
        services.set_escalation(case=case, version=1, actor=case.owner, level=0, reason="x")
    assert verbs(case) == []


def test_step_is_owed_and_lets_its_owner_see_the_case(case: Case, operativ: User) -> None:
    row = step(case, operativ, helper="Moderatorin Frau Keller")
    assert row.duty.original_due_on == SOON
    assert owed(case) == [("Regionalleitung einschalten", operativ.pk)]
    assert Case.objects.visible_to(operativ).get() == case
    assert case.events.get().data["note"] == "Moderatorin Frau Keller"


def test_step_done_keeps_its_result_and_is_owed_no_more(case: Case, kam: User) -> None:
    duty = finish(step(case, kam).duty, kam, "Termin steht")
    assert (duty.done_on, duty.result, owed(case)) == (TODAY, "Termin steht", [])
    with pytest.raises(services.NotReady):
        finish(duty, kam)
    assert verbs(case) == ["case.step_planned", "case.duty_done"]


def test_step_done_from_an_old_version_is_stale(case: Case, kam: User, kollegin: User) -> None:
    duty = step(case, kam).duty
    services.reassign_duty(duty.pk, kollegin, kam)
    with pytest.raises(StaleVersion):
        finish(duty, kam)


def test_step_handed_over_is_owed_by_the_new_person(case: Case, kam: User, kollegin: User) -> None:
    duty = step(case, kam).duty
    Duty.objects.filter(pk=duty.pk).update(deputy=kollegin)
    obligations.kind("case_duty").reassign(duty.pk, kollegin, kam)
    duty.refresh_from_db()
    assert (duty.owner, duty.deputy) == (kollegin, None)
    assert case.members.filter(user=kollegin).exists()
    services.reassign_duty(duty.pk, kam, kollegin)
    assert owed(case) == [("Regionalleitung einschalten", kam.pk)]


def test_steps_end_with_the_case_and_need_no_word(case: Case, kam: User) -> None:
    step(case, kam)
    assert services.open_obligations(case) == []
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    assert owed(case) == []


def test_step_of_an_ended_case_is_done_no_more(case: Case, kam: User) -> None:
    duty = step(case, kam).duty
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    with pytest.raises(services.IllegalTransition):
        finish(Duty.objects.select_related("case").get(pk=duty.pk), kam)


def test_done_step_without_a_result_is_impossible(case: Case, kam: User) -> None:
    duty = step(case, kam).duty
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(done_on=TODAY)


# Plan B and aftercare


def test_plan_b_is_owed_until_it_is_decided(case: Case, kam: User, kollegin: User) -> None:
    row = decisions.plan_b(case)
    assert [owner for _title, owner in owed(case)] == [kam.pk]
    services.write_plan_b(
        sheet=row,
        version=1,
        actor=kam,
        today=TODAY,
        changes={"alternatives": "Handel"},
        owed=Owed(kollegin, dt.date(2027, 1, 4)),
    )
    duty = Duty.objects.get()
    assert (duty.owner, duty.due_on, duty.original_due_on) == (
        kollegin,
        dt.date(2027, 1, 4),
        SOON,
    )
    finish(duty, kollegin)
    assert owed(case) == []


def plan_b_again(row: PlanB, owner: User, due_on: dt.date) -> None:
    services.write_plan_b(
        sheet=row,
        version=row.version,
        actor=owner,
        today=TODAY,
        changes={"alternatives": "Handel"},
        owed=Owed(owner, due_on),
    )


def test_decided_plan_b_is_owed_again_only_with_a_new_date(case: Case, kam: User) -> None:
    row = decisions.plan_b(case)
    finish(row.duty, kam)
    plan_b_again(PlanB.objects.get(), kam, SOON)
    assert owed(case) == []
    plan_b_again(PlanB.objects.get(), kam, dt.date(2027, 6, 1))
    assert len(owed(case)) == 1


def test_plan_b_of_an_ended_case_is_refused(kam: User) -> None:
    with pytest.raises(services.IllegalTransition):
        decisions.plan_b(CaseFactory(owner=kam, status=Status.PARTED, closed_on=TODAY))
    assert not Duty.objects.exists()


def test_aftercare_is_owed_once_the_case_has_ended(case: Case, kam: User) -> None:
    row = decisions.aftercare(case)
    assert owed(case) == []
    Case.objects.filter(pk=case.pk).update(status=Status.WON, closed_on=TODAY)
    assert [title for title, _owner in owed(case)] == ["Kontakt zum Kunden halten"]
    finish(row.duty, kam, "Besuch")
    duty = Duty.objects.get()
    assert (duty.done_on, duty.due_on) == (None, TODAY + dt.timedelta(days=30))
    assert duty.original_due_on == duty.due_on


def test_aftercare_may_change_after_the_end(case: Case, kam: User, kollegin: User) -> None:
    row = decisions.aftercare(case)
    Case.objects.filter(pk=case.pk).update(status=Status.WON, closed_on=TODAY)
    services.write_aftercare(
        sheet=Aftercare.objects.get(pk=row.pk),
        version=1,
        actor=kam,
        today=TODAY,
        changes={"every_days": 60},
        owed=Owed(kollegin, SOON),
    )
    assert Aftercare.objects.get().every_days == 60
    assert [owner for _title, owner in owed(case)] == [kollegin.pk]


# Tenders


def test_tender_to_come_is_prepared_by_somebody(case: Case, kam: User) -> None:
    row = tender(case, kam)
    assert [title for title, _owner in owed(case)] == ["Ausschreibung „Los Süd“ vorbereiten"]
    Case.objects.filter(pk=case.pk).update(status=Status.LOST, closed_on=TODAY)
    assert len(owed(case)) == 1  # the comeback may lie years ahead
    again = Tender.objects.get(pk=row.pk)
    services.write_tender(
        tender=again,
        version=1,
        actor=kam,
        today=TODAY,
        changes={"result": "won", "lots_before": 1, "lots_after": 3},
        owed=None,
    )
    assert (owed(case), again.lots_gained, again.version) == ([], 2, 2)


def test_tender_to_come_without_anybody_is_refused(case: Case) -> None:
    with pytest.raises(services.NotReady):
        tender(case, result="planned")
    assert not Tender.objects.exists()


def rewrite(row: Tender, owner: User, **changes: Any) -> None:
    services.write_tender(
        tender=row,
        version=row.version,
        actor=owner,
        today=TODAY,
        changes=changes,
        owed=Owed(owner, SOON),
    )


def test_tender_renamed_renames_its_preparation(case: Case, kam: User, kollegin: User) -> None:
    row = tender(case, kam)
    rewrite(row, kollegin, title="Los Nord")
    assert owed(case) == [("Ausschreibung „Los Nord“ vorbereiten", kollegin.pk)]


def test_prepared_tender_keeps_its_preparation_done(case: Case, kam: User) -> None:
    row = tender(case, kam)
    assert row.duty is not None
    finish(row.duty, kam)
    rewrite(Tender.objects.select_related("duty").get(), kam, title="Los Nord")
    assert owed(case) == []
    rewrite(Tender.objects.select_related("duty").get(), kam, result="lost")
    assert Duty.objects.get().result == "erledigt"


def test_lost_tender_is_owed_by_nobody(case: Case) -> None:
    assert tender(case).duty is None
    assert owed(case) == []


def criterion(row: Tender, name: str = "Konzept", weight: str = "50") -> AwardCriterion:
    return services.set_criterion(
        tender=row,
        actor=row.case.owner,
        changes={"name": name, "weight": Decimal(weight), "our_points": Decimal(60)},
    )


def test_criterion_of_the_same_name_is_corrected(case: Case) -> None:
    row = tender(case)
    criterion(row)
    criterion(row, weight="40")
    assert row.criteria.get().weight == 40
    services.remove_criterion(criterion=row.criteria.get(), actor=case.owner)
    assert not row.criteria.exists()
    assert verbs(case) == ["case.tender_written", *["case.criterion_set"] * 3]


# The change of the key account manager


def leads(case: Case) -> set[User]:
    rows = case.members.filter(function=Function.KEY_ACCOUNT_MANAGER, left_on=None)
    return {row.user for row in rows}


def test_swap_changes_owner_lead_and_adviser(case: Case, kam: User, kollegin: User) -> None:
    row = swap(case, kollegin, resources="Ein Jahr Zeit")
    case.refresh_from_db()
    assert (case.owner, leads(case)) == (kollegin, {kollegin})
    adviser = case.members.get(user=kam, left_on=None)
    assert adviser.function == Function.ADVISER
    assert Case.objects.visible_to(kam).get() == case
    assert (row.former, row.successor, row.items.count()) == (kam, kollegin, 2)
    assert verbs(case) == ["case.handed_over"]


def test_swap_moves_what_was_chosen_and_nothing_else(case: Case, kam: User, kollegin: User) -> None:
    moved = step(case, kam, title="Geht mit").duty
    kept = step(case, kam, title="Bleibt").duty
    shown = services.owed_by_owner(case)
    assert {item.title for item in shown} == {"Geht mit", "Bleibt"}
    swap(case, kollegin, moving={("case_duty", moved.pk), ("case_duty", 99), ("measure", 1)})
    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (moved.owner, kept.owner) == (kollegin, kam)


def test_swap_does_not_list_the_case_itself(case: Case) -> None:
    services.set_next_step(case=case, version=1, actor=case.owner, step="Anruf", on=TODAY)
    assert services.owed_by_owner(case) == []


def test_swap_leaves_no_deputy_of_oneself(kam: User, kollegin: User) -> None:
    case = active_case(owner=kam, deputy=kollegin)
    swap(case, kollegin)
    case.refresh_from_db()
    assert case.deputy is None


def test_swap_to_the_present_one_is_refused(case: Case, kam: User) -> None:
    with pytest.raises(services.NotReady):
        swap(case, kam)
    assert verbs(case) == []


def test_swap_of_an_ended_case_is_refused(kam: User, kollegin: User) -> None:
    with pytest.raises(services.IllegalTransition):
        swap(CaseFactory(owner=kam, status=Status.LOST, closed_on=TODAY), kollegin)


def test_swap_from_an_old_version_moves_nothing(case: Case, kam: User, kollegin: User) -> None:
    duty = step(case, kam).duty
    other = Case.objects.get(pk=case.pk)
    services.set_next_step(case=other, version=1, actor=kam, step="Anruf", on=TODAY)
    with pytest.raises(StaleVersion):
        swap(case, kollegin, moving={("case_duty", duty.pk)})
    duty.refresh_from_db()
    assert duty.owner == kam


def test_handover_is_owed_until_list_and_client_are_done(
    case: Case, kam: User, kollegin: User
) -> None:
    row = swap(case, kollegin)
    assert owed(case) == [("Übergabe abschließen", kollegin.pk)]
    first, second = row.items.all()
    for item in (first, first):  # twice is once
        services.tick(item=item, actor=kam, today=TODAY)
    services.tell_client(
        handover=row, version=1, actor=kam, today=TODAY, on=TODAY, how="Antrittsbesuch"
    )
    assert len(owed(case)) == 1
    second.handover = row
    services.tick(item=second, actor=kam, today=TODAY)
    row.duty.refresh_from_db()
    assert (row.duty.done_on, owed(case)) == (TODAY, [])
    assert verbs(case).count("case.handover_step") == 2


def test_handover_told_again_after_the_end_changes_the_words_only(
    case: Case, kam: User, kollegin: User
) -> None:
    row = swap(case, kollegin)
    for item in row.items.all():
        services.tick(item=item, actor=kam, today=TODAY)
    for version, how in ((1, "Anruf"), (2, "Besuch")):
        services.tell_client(
            handover=row, version=version, actor=kam, today=TODAY, on=TODAY, how=how
        )
    row.refresh_from_db()
    assert (row.told_how, row.duty.version) == ("Besuch", 2)


def test_handover_cannot_be_ticked_off_as_a_step(case: Case, kam: User, kollegin: User) -> None:
    row = swap(case, kollegin)
    with pytest.raises(services.NotReady):
        finish(row.duty, kollegin)


@pytest.mark.parametrize("how", ["change", "registry"])
def test_every_change_of_owner_ends_the_former_lead(
    how: str, case: Case, kam: User, kollegin: User
) -> None:
    if how == "change":
        services.change_case(
            case=case, version=1, actor=kam, today=TODAY, changes={"owner": kollegin}
        )
    else:
        services.hand_over(case.pk, kollegin, kam)
    assert leads(case) == {kollegin}
    assert case.members.get(user=kam, left_on=None).function == Function.CONTRIBUTOR


def test_changing_other_facts_keeps_the_lead(case: Case, kam: User) -> None:
    services.change_case(case=case, version=1, actor=kam, today=TODAY, changes={"owner": kam})
    assert leads(case) == {kam}
    assert case.members.count() == 1


# Successes, resources, lessons


def test_success_and_resources_are_recorded(case: Case, leitung: User) -> None:
    changes = {"kind": "recommendation", "happened_on": TODAY, "what": "Empfohlen bei Werk 2"}
    services.record_success(case=case, actor=case.owner, changes=changes)
    services.decide_resources(
        case=case,
        actor=case.owner,
        changes={
            "conflict": "Ein Techniker, zwei Objekte",
            "decision": "Norhagen zuerst",
            "decided_by": leitung,
            "decided_on": TODAY,
        },
    )
    assert (case.successes.count(), case.resource_decisions.count()) == (1, 1)
    assert verbs(case) == ["case.succeeded", "case.resources_decided"]


def test_resources_of_an_ended_case_are_closed_but_successes_are_not(kam: User) -> None:
    case = CaseFactory(owner=kam, status=Status.WON, closed_on=TODAY)
    changes = {"kind": "order", "happened_on": TODAY, "what": "Los Ost"}
    services.record_success(case=case, actor=kam, changes=changes)
    with pytest.raises(services.IllegalTransition):
        services.decide_resources(case=case, actor=kam, changes={})


def test_lesson_is_decided_once_with_a_reason(case: Case, qm: User) -> None:
    row = decisions.lesson(case)
    services.decide_lesson(
        lesson=row, version=1, actor=qm, today=TODAY, state="accepted", reason="Trifft zu"
    )
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decided_on) == (LessonState.ACCEPTED, qm, TODAY)
    with pytest.raises(services.NotReady):
        services.decide_lesson(
            lesson=row, version=2, actor=qm, today=TODAY, state="rejected", reason="doch nicht"
        )
    assert verbs(case) == ["case.lesson_proposed", "case.lesson_decided"]


def test_lesson_decided_by_two_shows_the_quicker_one(case: Case, qm: User, leitung: User) -> None:
    row = decisions.lesson(case)
    slower = Lesson.objects.get(pk=row.pk)
    services.decide_lesson(
        lesson=row, version=1, actor=qm, today=TODAY, state="accepted", reason="gut"
    )
    with pytest.raises(StaleVersion):
        services.decide_lesson(
            lesson=slower, version=1, actor=leitung, today=TODAY, state="rejected", reason="nein"
        )


# The closing gate


def advice_for(case: Case, result: str) -> set[str]:
    return {each.text for each in services.advice(case) if result in each.results}


NO_FAREWELL = "Das Abschiedsgespräch ist nicht erfasst."
NO_EFFORT = "Der tatsächliche Aufwand der Rückgewinnung ist nicht erfasst."
NO_CARE = "Niemand ist benannt, der den Kontakt zum Kunden hält."
NO_LESSON = "Für Vorlagen und Standards ist keine Lehre vorgeschlagen."
NO_MEDIATION = "Eine Mediation wurde nicht erwogen."


def test_advice_differs_by_result(case: Case) -> None:
    assert advice_for(case, "parted") == {NO_FAREWELL, NO_EFFORT, NO_LESSON}
    assert advice_for(case, "won") == {NO_CARE, NO_EFFORT, NO_LESSON}


def test_advice_vanishes_with_what_it_asks_for(case: Case) -> None:
    services.write_sheet(
        sheet=services_sheet(case, "farewell"),
        version=0,
        actor=case.owner,
        changes={"held_on": TODAY},
    )
    services.write_sheet(
        sheet=services_sheet(case, "actualeffort"),
        version=0,
        actor=case.owner,
        changes={"hours": Decimal(3)},
    )
    decisions.lesson(case)
    assert advice_for(case, "parted") == set()
    assert advice_for(case, "won") == {NO_CARE}
    decisions.aftercare(case)
    assert advice_for(case, "won") == set()


def test_advice_names_the_results_it_is_about(case: Case) -> None:
    when = {each.text: each.when for each in services.advice(case)}
    assert when[NO_FAREWELL] == "Einvernehmlich beendet, Verloren"
    assert when[NO_LESSON] == ""


def services_sheet(case: Case, name: str) -> Any:
    """A new page of facts of the case."""
    return Case._meta.get_field(name).related_model(case=case)  # type: ignore[union-attr,operator,misc]  # a model


def test_advice_asks_for_mediation_when_the_conflict_is_hot(case: Case) -> None:
    services.set_escalation(case=case, version=1, actor=case.owner, level=2, reason="Streit")
    assert NO_MEDIATION in advice_for(case, "parted")
    services.write_sheet(
        sheet=services_sheet(case, "mediation"),
        version=0,
        actor=case.owner,
        changes={"considered": "no", "reasons": "Kunde lehnt ab"},
    )
    assert NO_MEDIATION not in advice_for(case, "parted")


def test_advice_names_open_steps_but_not_tenders(case: Case, kam: User) -> None:
    step(case, kam)
    tender(case, kam)
    texts = advice_for(case, "lost")
    assert "Noch offen: Regionalleitung einschalten." in texts
    assert not any("Ausschreibung" in text for text in texts)


def test_approach_offers_no_agency() -> None:
    assert Approach._meta.get_field("caller").related_model is User
