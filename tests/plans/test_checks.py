"""Judging whether it worked: by whom, when, what it lacks, and what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from audits import services as audits
from audits.enums import FindingStatus, Grade
from audits.models import Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CauseFactory
from tests.conftest import ClientFor
from tests.factories import UserFactory
from tests.plans.factories import MeasureFactory, check_of
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent, CaseMember
from winback.common import obligations
from winback.common.claims import StaleVersion
from winback.common.obligations import Query
from winback.plans import services
from winback.plans.enums import CheckResult, Lack, MeasureStatus, Verb
from winback.plans.models import EffectivenessCheck, Measure, RecoveryPlan
from winback.plans.obligations import CHECK, NAMING, find_checks
from winback.plans.permissions import can_judge, can_plan_check
from winback.plans.rows.effects import effects_phrase
from winback.plans.rules import Answered, Effects
from winback.plans.services import CheckError, GateClosed, Verdict

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
WORKS = Verdict(CheckResult.EFFECTIVE, "Drei Stichproben ohne Mangel.")
FAILS = Verdict(CheckResult.NOT_EFFECTIVE, "Zwei von drei Fluren wieder verstellt.")


@pytest.fixture
def finding(plan: RecoveryPlan, operativ: User, qm: User) -> Finding:
    """A major of ``operativ``, done today; everything is there but the proof."""
    row: Finding = FindingFactory(
        audit=AuditFactory(case=plan.case, owner=qm),
        owner=operativ,
        grade=Grade.MAJOR,
        resolution="Flure geräumt.",
    )
    CauseFactory(case=plan.case).evidence.create(finding=row)
    MeasureFactory(plan=plan, owner=operativ, finding=row, status=MeasureStatus.DONE)
    audits.finish_finding(row, operativ, TODAY)
    return row


def name(finding: Finding | Measure, owner: User, actor: User, **more: Any) -> EffectivenessCheck:
    given = {"due_on": dt.date(2027, 1, 22), "today": TODAY, **more}
    return services.plan_check(thing=finding, actor=actor, owner=owner, **given)


def judge(check: EffectivenessCheck, actor: User, verdict: Verdict = WORKS) -> EffectivenessCheck:
    return services.judge(
        check=check, version=check.version, actor=actor, today=TODAY, verdict=verdict
    )


def owed(kind: str) -> list[tuple[int, dt.date]]:
    return [(each.owner_id, each.due_on) for each in find_checks(Query()) if each.kind == kind]


# Who judges


def test_check_is_planned_for_somebody_else_who_is_let_into_the_case(
    finding: Finding, qm: User, operativ: User
) -> None:
    judge_ = UserFactory()
    check = name(finding, judge_, qm)
    assert (check.owner, check.doer, check.original_due_on) == (
        judge_,
        operativ,
        dt.date(2027, 1, 22),
    )
    assert CaseMember.objects.filter(case=finding.case, user=judge_).exists()
    assert CaseEvent.objects.filter(verb=Verb.CHECK_PLANNED).count() == 1


def test_planning_again_changes_the_one_check_and_keeps_its_first_date(
    finding: Finding, qm: User, kam: User
) -> None:
    name(finding, qm, qm)
    name(finding, kam, qm, due_on=dt.date(2027, 3, 1))
    check = EffectivenessCheck.objects.get()
    assert (check.owner, check.due_on) == (kam, dt.date(2027, 3, 1))
    assert check.original_due_on == dt.date(2027, 1, 22)


def test_doer_and_owners_of_measures_do_not_judge(
    finding: Finding, plan: RecoveryPlan, qm: User, operativ: User, kollegin: User
) -> None:
    MeasureFactory(plan=plan, owner=kollegin, finding=finding, status=MeasureStatus.DONE)
    for person in (operativ, kollegin):
        with pytest.raises(CheckError) as refused:
            name(finding, person, qm)
        assert refused.value.field == "owner"
    assert not EffectivenessCheck.objects.exists()


def test_database_refuses_the_doer_as_judge(finding: Finding, operativ: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        check_of(finding, operativ)


def test_database_refuses_a_verdict_without_evidence(finding: Finding, qm: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        check_of(finding, qm, done_on=TODAY, judged_by=qm, result=CheckResult.EFFECTIVE)


def test_check_before_the_thing_is_done_is_refused(finding: Finding, qm: User) -> None:
    with pytest.raises(CheckError) as refused:
        name(finding, qm, qm, due_on=TODAY - dt.timedelta(1))
    assert refused.value.field == "due_on"


def test_open_finding_and_ended_case_are_not_checked(finding: Finding, qm: User) -> None:
    Case.objects.filter(pk=finding.case.pk).update(status=Status.LOST, closed_on=TODAY)
    finding.audit.case.refresh_from_db()
    with pytest.raises(CheckError, match="beendet"):
        name(finding, qm, qm)
    finding.status = FindingStatus.OPEN
    with pytest.raises(CheckError, match="erledigt"):
        name(finding, qm, qm)


# The verdict


def test_effective_closes_the_finding(finding: Finding, qm: User) -> None:
    check = judge(name(finding, qm, qm), qm)
    finding.refresh_from_db()
    assert finding.status == FindingStatus.EFFECTIVE
    assert (check.done_on, check.judged_by, check.is_effective) == (TODAY, qm, True)
    verbs = set(CaseEvent.objects.values_list("verb", flat=True))
    assert {Verb.CHECK_EFFECTIVE, "finding.effective"} <= verbs


def test_same_verdict_twice_changes_nothing_another_is_refused(finding: Finding, qm: User) -> None:
    check = judge(name(finding, qm, qm), qm)
    before = CaseEvent.objects.count()
    judge(check, qm)
    assert CaseEvent.objects.count() == before
    with pytest.raises(CheckError, match="bereits"):
        judge(check, qm, FAILS)


def test_not_effective_reopens_with_history_and_is_checked_anew(
    finding: Finding, qm: User, operativ: User
) -> None:
    judge(name(finding, qm, qm), qm, FAILS)
    finding.refresh_from_db()
    assert (finding.status, finding.done_on, finding.check_on) == (FindingStatus.OPEN, None, None)
    reopened = CaseEvent.objects.get(verb="finding.reopened")
    assert "Nicht wirksam: Zwei von drei" in reopened.data["reason"]
    audits.finish_finding(finding, operativ, TODAY)
    judge(name(finding, qm, qm), qm)
    assert [each.result for each in finding.checks.order_by("pk")] == ["not_effective", "effective"]


@pytest.mark.parametrize("lack", ["correction", "cause", "measure", "done"])
def test_gate_names_what_is_missing(finding: Finding, qm: User, lack: str) -> None:
    measures = Measure.objects.filter(finding=finding)
    if lack == "correction":
        finding.resolution = ""
    elif lack == "cause":
        finding.cause_evidence.all().delete()
    elif lack == "measure":
        measures.update(status=MeasureStatus.DROPPED, status_note="Entfällt", done_on=None)
    else:
        measures.update(status=MeasureStatus.OPEN, done_on=None)
    finding.save()
    check = name(finding, qm, qm)
    with pytest.raises(GateClosed, match=str(Lack(lack).label)):
        judge(check, qm)
    finding.refresh_from_db()
    assert finding.status == FindingStatus.DONE
    assert EffectivenessCheck.objects.get().done_on is None


def test_only_the_person_named_judges(finding: Finding, qm: User, kam: User) -> None:
    check = name(finding, qm, qm)
    with pytest.raises(CheckError, match="benannt"):
        judge(check, kam)


def test_who_became_a_doer_since_judges_no_more(
    finding: Finding, plan: RecoveryPlan, qm: User
) -> None:
    check = name(finding, qm, qm)
    MeasureFactory(plan=plan, owner=qm, finding=finding, status=MeasureStatus.DONE)
    with pytest.raises(CheckError, match="umgesetzt"):
        judge(check, qm)


def test_slower_verdict_is_shown_the_other(finding: Finding, qm: User) -> None:
    check = name(finding, qm, qm)
    with pytest.raises(StaleVersion):
        services.judge(check=check, version=9, actor=qm, today=TODAY, verdict=WORKS)


def test_measure_that_did_not_work_is_open_again(plan: RecoveryPlan, qm: User, kam: User) -> None:
    measure = MeasureFactory(plan=plan, owner=kam, status=MeasureStatus.DONE, done_on=TODAY)
    judge(name(measure, qm, kam), qm, FAILS)
    measure.refresh_from_db()
    assert measure.status == MeasureStatus.OPEN
    measure.status, measure.done_on = MeasureStatus.DONE, TODAY
    measure.save()
    judge(name(measure, qm, kam), qm)
    assert Measure.objects.get(pk=measure.pk).status == MeasureStatus.DONE


# What is owed


def test_lead_owes_a_name_until_a_check_stands(finding: Finding, qm: User, kam: User) -> None:
    assert owed(NAMING) == [(qm.pk, TODAY + dt.timedelta(60))]
    name(finding, kam, qm)
    assert (owed(NAMING), owed(CHECK)) == ([], [(kam.pk, dt.date(2027, 1, 22))])
    (item,) = find_checks(Query(owner_ids=[kam.pk]))
    assert item.title.startswith("Wirksamkeit von „Sanitärbereich")
    assert item.url == reverse("plans:finding_check", args=[finding.number])
    assert finding.number in item.context


def test_naming_is_asked_of_the_lead_alone(finding: Finding, qm: User, operativ: User) -> None:
    assert find_checks(Query(owner_ids=[operativ.pk])) == []
    (item,) = find_checks(Query(owner_ids=[qm.pk]))
    assert item.url == reverse("plans:finding_check_plan", args=[finding.number])
    assert find_checks(Query(owner_ids=[qm.pk], due_until=TODAY)) == []


def test_check_of_what_is_open_again_is_not_owed(finding: Finding, qm: User) -> None:
    name(finding, qm, qm)
    audits.reopen_finding(finding=finding, version=finding.version, actor=qm, reason="Rückfall")
    assert find_checks(Query()) == []


def test_check_of_a_measure_is_owed(plan: RecoveryPlan, qm: User) -> None:
    measure = MeasureFactory(plan=plan, status=MeasureStatus.DONE)
    check_of(measure, qm)
    (item,) = find_checks(Query())
    assert (item.kind, item.url) == (CHECK, measure.url("check"))


def test_registry_hands_checks_over(finding: Finding, qm: User, kam: User) -> None:
    obligations.kind(NAMING).reassign(finding.pk, qm, kam)
    check = EffectivenessCheck.objects.get()
    assert (check.owner, check.due_on) == (qm, TODAY + dt.timedelta(60))
    obligations.kind(CHECK).reassign(check.pk, kam, qm)
    check.refresh_from_db()
    assert check.owner == kam


# Ratio, rights, words


def test_effects_count_checks_made_and_overdue(finding: Finding, qm: User) -> None:
    judge(name(finding, qm, qm), qm, FAILS)
    audits.finish_finding(finding, finding.owner, TODAY)
    name(finding, qm, qm)
    later = dt.date(2027, 2, 1)
    effects = EffectivenessCheck.objects.effects(later)
    assert effects == Effects(checked=1, effective=0, overdue=1)
    assert effects_phrase(effects) == "0 von 1 Prüfung wirksam, 1 Prüfung überfällig"


@pytest.mark.parametrize(
    ("effects", "phrase"),
    [
        (Effects(), "Noch keine Wirksamkeit geprüft"),
        (Effects(4, 3), "3 von 4 Prüfungen wirksam"),
        (Effects(5, 4), "4 von 5 Prüfungen wirksam (80\u202f%)"),
        (Effects(0, 0, 2), "2 Prüfungen überfällig"),
    ],
)
def test_ratio_is_a_percentage_from_five_on(effects: Effects, phrase: str) -> None:
    assert effects_phrase(effects) == phrase


def test_other_grades_lack_only_their_decision() -> None:
    assert Answered(asks_proof=False, is_resolved=False).lacks == [Lack.DECISION]
    assert Answered(asks_proof=False, is_resolved=True).lacks == []
    assert len(Answered(asks_proof=True, is_resolved=False).lacks) == 5


def test_who_may_plan_and_judge(
    finding: Finding, qm: User, kam: User, operativ: User, measure: Measure
) -> None:
    assert [can_plan_check(user, finding) for user in (qm, kam, operativ)] == [True, True, False]
    assert not can_plan_check(kam, measure)
    measure.status = MeasureStatus.DONE
    assert can_plan_check(kam, measure)
    measure.finding = finding
    assert not can_plan_check(kam, measure)
    check = name(finding, qm, qm)
    assert [can_judge(user, check) for user in (qm, kam, operativ)] == [True, False, False]
    check.deputy = kam
    assert can_judge(kam, check)
    assert not can_judge(qm, None)
    finding.audit.case.status = Status.LOST
    assert not can_plan_check(qm, finding)


# Pages


def test_page_plans_and_judges(
    client_for: ClientFor, finding: Finding, qm: User, kam: User
) -> None:
    client, number = client_for(qm), finding.number
    asked = client.get(reverse("plans:finding_check_plan", args=[number])).context["form"]
    assert (asked["owner"].value(), asked["due_on"].value()) == (qm.pk, dt.date(2027, 1, 22))
    assert str(finding.owner_id) not in dict(asked.fields["owner"].choices)
    data = {"owner": qm.pk, "due_on": "23.11.2026"}
    answer = client.post(reverse("plans:finding_check_plan", args=[number]), data)
    assert answer.url == finding.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert "Wirksamkeit beurteilen" in page
    assert "Nachweis der Wirksamkeit" in page
    url = reverse("plans:finding_check", args=[number])
    bad = client.post(url, {"version": 1, "result": "effective", "evidence": ""})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["evidence"])
    client.post(url, {"version": 1, "result": "effective", "evidence": "Begehung ohne Mangel"})
    finding.refresh_from_db()
    assert finding.status == FindingStatus.EFFECTIVE
    assert "Begehung ohne Mangel" in client.get(finding.get_absolute_url()).content.decode()


def test_past_date_asks_for_a_reason(client_for: ClientFor, finding: Finding, qm: User) -> None:
    Finding.objects.update(done_on=dt.date(2026, 9, 1))
    url = reverse("plans:finding_check_plan", args=[finding.number])
    answer = client_for(qm).post(url, {"owner": qm.pk, "due_on": "01.10.2026"})
    assert answer.status_code == 422
    assert answer.context["form"].warned == ["due_on"]


def test_external_lead_judges_and_chooses_among_the_people_of_the_case(
    client_for: ClientFor, finding: Finding, auditor: User
) -> None:
    stranger = UserFactory()
    finding.audit.owner = auditor
    finding.audit.save()
    page = client_for(auditor).get(reverse("plans:finding_check_plan", args=[finding.number]))
    offered = dict(page.context["form"].fields["owner"].choices)
    assert str(auditor.pk) in offered
    assert str(stranger.pk) not in offered
    assert all(not point.url or "/faelle/" not in point.url for point in page.context["points"])


def test_page_of_a_measure_plans_and_judges(
    client_for: ClientFor, plan: RecoveryPlan, qm: User, operativ: User
) -> None:
    measure = MeasureFactory(plan=plan, owner=operativ, status=MeasureStatus.DONE)
    client = client_for(qm)
    data = {"owner": qm.pk, "due_on": "01.12.2026"}
    assert client.post(measure.url("check_plan"), data).url == measure.get_absolute_url()
    page = client.get(measure.get_absolute_url())
    assert (page.context["judge_url"], len(page.context["checks"])) == (measure.url("check"), 1)
    assert client.get(measure.url("check")).status_code == 200
    client.post(
        measure.url("check"), {"version": 1, "result": "not_effective", "evidence": "Rückfall"}
    )
    measure.refresh_from_db()
    assert measure.status == MeasureStatus.OPEN
    assert client.get(measure.url("check")).status_code == 403


def test_plan_page_tells_the_ratio(
    client_for: ClientFor, finding: Finding, plan: RecoveryPlan, kam: User, qm: User
) -> None:
    client, url = client_for(kam), reverse("plans:detail", args=[plan.case.number])
    assert "Wirksamkeitsprüfungen" not in client.get(url).content.decode()
    judge(name(finding, qm, qm), qm)
    assert "1 von 1 Prüfung wirksam" in client.get(url).content.decode()


def test_finding_page_asks_no_more_for_more_checks(
    client_for: ClientFor, finding: Finding, qm: User, django_assert_max_num_queries: Any
) -> None:
    client, url = client_for(qm), finding.get_absolute_url()
    check_of(finding, qm)
    with django_assert_max_num_queries(12):
        client.get(url)
    for _round in range(2):
        check = services.open_check(finding)
        assert check is not None
        judge(check, qm, FAILS)
        finding.refresh_from_db()
        audits.finish_finding(finding, finding.owner, TODAY)
        check_of(finding, qm)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert len(page.context["f"].checks) == 3
