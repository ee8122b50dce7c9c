"""Verbs of an audit: plan, change, cancel, answer, finish."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from audits import services
from audits.enums import AuditStatus, FindingStatus, Grade, Result, Verb
from audits.models import Audit, AuditTemplate
from tests.audits.factories import (
    AuditFactory,
    AuditTemplateFactory,
    FindingFactory,
    answer,
    answer_all,
    template_version,
)
from tests.clients.factories import SiteFactory
from tests.factories import UserFactory
from winback.cases.enums import Function, Status
from winback.cases.models import Case
from winback.common.claims import StaleVersion

DAY = dt.date(2026, 11, 23)


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("pk").values_list("verb", flat=True))


def plan(case: Case, actor: User, **changes: Any) -> Audit:
    given: dict[str, Any] = {
        "template": changes.get("template") or template_version().template,
        "site": SiteFactory(client=case.client),
        "owner": actor,
        "due_on": DAY,
        "team": [],
        "objective": "Lage feststellen",
    }
    return services.plan_audit(case=case, actor=actor, today=DAY, changes=given | changes)


def save_answer(audit: Audit, code: str, actor: User, result: str, note: str = "") -> Any:
    return services.answer_question(
        audit=audit,
        question=audit.questions().get(code=code),
        actor=actor,
        today=DAY,
        result=result,
        note=note,
    )


def finish(audit: Audit, actor: User, version: int | None = None) -> Audit:
    return services.finish_audit(
        audit=audit,
        version=version or audit.version,
        actor=actor,
        today=DAY,
        conclusion="Im Kern in Ordnung.",
        participants="Bernd Brandt",
    )


# --- planning -------------------------------------------------------------------------------


def test_plan_takes_the_newest_version_and_keeps_the_original_date(case: Case, qm: User) -> None:
    template = template_version().template
    newest = template_version(template)
    audit = plan(case, qm, template=template)
    assert audit.version_used == newest
    assert (audit.number, audit.status) == ("A-0001", AuditStatus.PLANNED)
    assert audit.original_due_on == audit.due_on == DAY
    assert verbs(case) == [Verb.PLANNED]


def test_plan_counts_numbers_up(case: Case, qm: User) -> None:
    assert [plan(case, qm).number for _ in range(3)] == ["A-0001", "A-0002", "A-0003"]


def test_plan_lets_lead_and_team_into_the_case(case: Case, qm: User, fremde: User) -> None:
    plan(case, qm, team=[fremde])
    assert case in Case.objects.visible_to(fremde)
    assert case.members.filter(user=qm, function=Function.CONTRIBUTOR).exists()


def test_plan_makes_an_external_auditor_a_member_who_sees_only_the_audit(
    case: Case, qm: User, auditor: User
) -> None:
    audit = plan(case, qm, owner=auditor)
    assert case.members.get(user=auditor).function == Function.EXTERNAL_AUDITOR
    assert not Case.objects.visible_to(auditor).exists()
    assert audit in Audit.objects.visible_to(auditor)


def test_plan_without_questions_is_refused_at_the_template(case: Case, qm: User) -> None:
    with pytest.raises(services.NotReady) as refused:
        plan(case, qm, template=AuditTemplateFactory(key="external_audit"))
    assert refused.value.field == "template"
    assert not Audit.objects.exists()


def test_plan_in_an_ended_case_is_refused(case: Case, qm: User) -> None:
    case.status = Status.LOST
    with pytest.raises(services.NotReady):
        plan(case, qm)


# --- changing -------------------------------------------------------------------------------


def change(audit: Audit, actor: User, version: int = 1, **changes: Any) -> Audit:
    return services.change_audit(
        audit=audit, version=version, actor=actor, today=DAY, changes=changes, reason="Krank"
    )


def test_change_moves_the_date_but_not_the_original_one(audit: Audit, qm: User) -> None:
    before = audit.due_on
    change(audit, qm, due_on=before + dt.timedelta(7))
    audit.refresh_from_db()
    assert (audit.due_on, audit.original_due_on) == (before + dt.timedelta(7), before)
    event = audit.case.events.latest("pk")
    assert (event.verb, event.data["fields"], event.data["reason"]) == (
        Verb.CHANGED,
        ["due_on"],
        "Krank",
    )


def test_change_lets_a_new_lead_into_the_case(audit: Audit, qm: User, fremde: User) -> None:
    change(audit, qm, owner=fremde, team=[])
    assert audit.case in Case.objects.visible_to(fremde)
    assert not audit.team.exists()


def test_change_without_team_keeps_it(audit: Audit, qm: User, auditor: User) -> None:
    change(audit, qm, objective="Neu")
    assert list(audit.team.all()) == [auditor]


def test_change_of_a_row_changed_meanwhile_is_stale(audit: Audit, qm: User) -> None:
    mine = Audit.objects.get(pk=audit.pk)
    change(audit, qm, objective="Zuerst")
    with pytest.raises(StaleVersion):
        change(mine, qm, objective="Danach")
    assert Audit.objects.get(pk=audit.pk).objective == "Zuerst"


@pytest.mark.parametrize("status", [AuditStatus.FINISHED, AuditStatus.CANCELLED])
def test_change_of_a_locked_audit_is_refused(case: Case, qm: User, status: str) -> None:
    with pytest.raises(services.AuditLocked):
        change(AuditFactory(case=case, status=status), qm, objective="Zu spät")


def test_reassign_gives_the_audit_another_lead(audit: Audit, qm: User, today: dt.date) -> None:
    other = UserFactory()
    services.reassign_audit(audit.pk, other, qm)
    audit.refresh_from_db()
    assert audit.owner == other
    assert audit.case in Case.objects.visible_to(other)


# --- cancelling -----------------------------------------------------------------------------


def test_cancel_locks_and_says_why(audit: Audit, qm: User) -> None:
    services.cancel_audit(audit=audit, version=1, actor=qm, reason="Zutritt verweigert")
    audit.refresh_from_db()
    assert (audit.status, audit.cancelled_reason) == (AuditStatus.CANCELLED, "Zutritt verweigert")
    assert verbs(audit.case) == [Verb.CANCELLED]


def test_cancel_twice_changes_nothing(audit: Audit, qm: User) -> None:
    services.cancel_audit(audit=audit, version=1, actor=qm, reason="Zuerst")
    services.cancel_audit(audit=audit, version=1, actor=qm, reason="Danach")
    assert audit.cancelled_reason == "Zuerst"
    assert verbs(audit.case) == [Verb.CANCELLED]


def test_cancel_of_a_finished_audit_is_refused(case: Case, qm: User) -> None:
    audit = AuditFactory(case=case, status=AuditStatus.FINISHED)
    with pytest.raises(services.AuditLocked):
        services.cancel_audit(audit=audit, version=1, actor=qm, reason="Zu spät")


def test_drop_cancels_with_the_outcome_as_reason(audit: Audit, kam: User) -> None:
    services.drop_audit(audit.pk, kam, "Verloren")
    audit.refresh_from_db()
    assert (audit.status, audit.cancelled_reason) == (AuditStatus.CANCELLED, "Verloren")


# --- answering ------------------------------------------------------------------------------


def test_first_answer_starts_the_audit_once(case: Case, qm: User) -> None:
    audit = AuditFactory(case=case, owner=qm)
    save_answer(audit, "S1", qm, Result.MET)
    save_answer(audit, "S2", qm, Result.PARTLY)
    stored = Audit.objects.get(pk=audit.pk)
    assert (stored.status, stored.started_on) == (AuditStatus.IN_PROGRESS, DAY)
    assert stored.version == audit.version == 2
    assert verbs(case) == [Verb.STARTED]


def test_two_people_begin_at_once_but_the_audit_starts_once(
    case: Case, qm: User, auditor: User
) -> None:
    audit = AuditFactory(case=case, owner=qm, team=[auditor])
    on_tablet = Audit.objects.get(pk=audit.pk)
    save_answer(audit, "S1", qm, Result.MET)
    save_answer(on_tablet, "S2", auditor, Result.MET)
    assert Audit.objects.get(pk=audit.pk).version == 2
    assert audit.answers.count() == 2
    assert verbs(case) == [Verb.STARTED]


def test_overwritten_answer_stays_in_the_history(audit: Audit, qm: User, auditor: User) -> None:
    save_answer(audit, "S1", qm, Result.MET, "Erst")
    given = save_answer(audit, "S1", auditor, Result.NOT_MET, "Dann")
    assert audit.answers.count() == 1
    assert (given.result, given.answered_by) == (Result.NOT_MET, auditor)
    rows = given.history.order_by("history_id").values_list("result", "note", "history_user")
    assert list(rows) == [("met", "Erst", qm.pk), ("not_met", "Dann", auditor.pk)]


def test_same_answer_again_changes_nothing(audit: Audit, qm: User, auditor: User) -> None:
    first = save_answer(audit, "S1", qm, Result.MET, "Stichprobe")
    again = save_answer(audit, "S1", auditor, Result.MET, "Stichprobe")
    assert (again.answered_by, again.answered_at) == (qm, first.answered_at)
    assert again.history.count() == 1


@pytest.mark.parametrize("status", [AuditStatus.FINISHED, AuditStatus.CANCELLED])
def test_answer_to_a_locked_audit_is_refused(case: Case, qm: User, status: str) -> None:
    audit = AuditFactory(case=case, status=status)
    with pytest.raises(services.AuditLocked):
        save_answer(audit, "S1", qm, Result.MET)
    assert not audit.answers.exists()


def test_answer_after_a_colleague_has_finished_is_refused(audit: Audit, qm: User) -> None:
    on_tablet = Audit.objects.get(pk=audit.pk)
    answer_all(audit)
    finish(audit, qm)
    with pytest.raises(services.AuditLocked):
        save_answer(on_tablet, "S1", qm, Result.NOT_MET)
    assert audit.answers.get(question__code="S1").result == Result.MET


def test_answer_in_an_ended_case_is_refused(audit: Audit, qm: User) -> None:
    audit.case.status = Status.LOST
    with pytest.raises(services.AuditLocked):
        save_answer(audit, "S1", qm, Result.MET)


# --- what is missing ------------------------------------------------------------------------


def codes(questions: list[Any]) -> list[str]:
    return [question.code for question in questions]


def test_open_points_name_questions_not_assessed_in_order(audit: Audit) -> None:
    answer(audit, "S2")
    points = services.open_points(audit)
    assert codes(points.unanswered) == ["S1", "P1"]
    assert (codes(points.unjustified), points.is_empty) == ([], False)


def test_open_points_name_answers_without_justification(audit: Audit) -> None:
    answer(audit, "S1", Result.PARTLY)
    answer(audit, "S2", Result.NOT_MET, note="Schlüssel fehlt.")
    answer(audit, "P1", Result.NOT_MET)
    points = services.open_points(audit)
    assert codes(points.unjustified) == ["S1", "P1"]
    assert not points.is_empty


def test_finding_justifies_its_own_question_unless_withdrawn(audit: Audit) -> None:
    answer_all(audit)
    p1 = audit.questions().get(code="P1")
    audit.answers.filter(question=p1).update(result=Result.NOT_MET, note="")
    FindingFactory(audit=audit, question=audit.questions().get(code="S1"))
    assert codes(services.open_points(audit).unjustified) == ["P1"]
    found = FindingFactory(audit=audit, question=p1)
    assert services.open_points(audit).is_empty
    found.status, found.withdrawn_reason = FindingStatus.WITHDRAWN, "Unbegründet"
    found.save()
    assert codes(services.open_points(audit).unjustified) == ["P1"]


def test_finding_of_another_audit_does_not_justify(audit: Audit, case: Case) -> None:
    answer_all(audit)
    p1 = audit.questions().get(code="P1")
    audit.answers.filter(question=p1).update(result=Result.NOT_MET, note="")
    other = AuditFactory(case=case, version_used=audit.version_used, status="in_progress")
    FindingFactory(audit=other, question=p1)
    assert codes(services.open_points(audit).unjustified) == ["P1"]


# --- finishing ------------------------------------------------------------------------------


def test_finish_locks_and_stores_the_score(audit: Audit, qm: User) -> None:
    answer(audit, "S1")
    answer(audit, "S2", Result.NOT_MET, note="Fehlt.")
    answer(audit, "P1", Result.NOT_APPLICABLE)
    finish(audit, qm)
    audit.refresh_from_db()
    assert (audit.status, audit.done_on) == (AuditStatus.FINISHED, DAY)
    assert audit.score == Decimal("75.00")
    assert (audit.conclusion, audit.participants) == ("Im Kern in Ordnung.", "Bernd Brandt")
    event = audit.case.events.latest("pk")
    assert (event.verb, event.data["score"]) == (Verb.FINISHED, "75.00")


def test_finish_with_nothing_applicable_has_no_score(audit: Audit, qm: User) -> None:
    answer_all(audit, Result.NOT_APPLICABLE)
    finish(audit, qm)
    audit.refresh_from_db()
    assert (audit.status, audit.score) == (AuditStatus.FINISHED, None)


def test_finish_with_an_open_question_is_refused(audit: Audit, qm: User) -> None:
    answer(audit, "S1")
    answer(audit, "P1")
    with pytest.raises(services.NotReady):
        finish(audit, qm)
    audit.refresh_from_db()
    assert (audit.status, audit.score, audit.version) == (AuditStatus.IN_PROGRESS, None, 1)


def test_finish_without_justification_is_refused(audit: Audit, qm: User) -> None:
    answer_all(audit)
    audit.answers.filter(question__code="S1").update(result=Result.PARTLY, note=" ")
    with pytest.raises(services.NotReady):
        finish(audit, qm)
    assert not audit.case.events.exists()


def test_finish_twice_changes_nothing(audit: Audit, qm: User) -> None:
    answer_all(audit)
    finish(audit, qm)
    finish(audit, qm, version=1)
    assert verbs(audit.case) == [Verb.FINISHED]


def test_finish_of_a_row_changed_meanwhile_is_stale(audit: Audit, qm: User) -> None:
    answer_all(audit)
    mine = Audit.objects.get(pk=audit.pk)
    change(audit, qm, objective="Neu")
    with pytest.raises(StaleVersion):
        finish(mine, qm, version=1)


def test_finish_of_a_cancelled_audit_is_refused(case: Case, qm: User) -> None:
    audit = AuditFactory(case=case, status=AuditStatus.CANCELLED)
    with pytest.raises(services.AuditLocked):
        finish(audit, qm)


def test_finish_keeps_findings_open(audit: Audit, qm: User) -> None:
    answer_all(audit)
    finding = FindingFactory(audit=audit, grade=Grade.MAJOR)
    finish(audit, qm)
    finding.refresh_from_db()
    assert finding.is_open


# --- loading a checklist --------------------------------------------------------------------

DATA: dict[str, Any] = {
    "key": "external_audit",
    "de": "Externes Audit",
    "en": "External audit",
    "purpose_de": "Unabhängig bewerten",
    "typical_hours": 12,
    "groups": [
        {
            "key": "setup",
            "de": "Auftrag",
            "en": "Mandate",
            "questions": [
                {"id": "E1", "w": 2, "de": "Ist es klar?", "en": "Is it clear?", "refs": ["x"]},
                {"id": "E2", "w": 3, "critical": True, "photo": True, "de": "A?", "en": "B?"},
            ],
        },
        {"key": "system", "de": "System", "en": "System", "questions": []},
    ],
}


def test_load_template_writes_groups_and_questions_in_order(db: None) -> None:
    version = services.load_template(data=DATA, today=DAY)
    assert (version.number, version.released_on) == (1, DAY)
    template = version.template
    assert (template.kind, template.name, template.typical_hours) == (
        "external_audit",
        "Externes Audit",
        12,
    )
    assert [group.name for group in version.groups.all()] == ["Auftrag", "System"]
    first, second = version.groups.first().questions.all()  # type: ignore[union-attr]  # there is one
    assert (first.code, first.weight, first.is_critical, first.norm_refs) == ("E1", 2, False, ["x"])
    assert (second.is_critical, second.wants_photo, second.norm_refs) == (True, True, [])


def test_load_template_twice_changes_nothing(db: None) -> None:
    first = services.load_template(data=DATA, today=DAY)
    again = services.load_template(data=dict(reversed(DATA.items())), today=dt.date(2027, 1, 1))
    assert again == first
    assert AuditTemplate.objects.count() == 1


def test_load_template_with_a_changed_question_makes_a_new_version(case: Case, qm: User) -> None:
    services.load_template(data=DATA, today=DAY)
    audit = plan(case, qm, template=AuditTemplate.objects.get(key="external_audit"))
    groups = [*DATA["groups"][:1], {**DATA["groups"][1], "de": "Managementsystem"}]
    second = services.load_template(data=DATA | {"groups": groups}, today=DAY)
    assert second.number == 2
    assert audit.version_used.number == 1
    assert [group.name for group in audit.version_used.groups.all()] == ["Auftrag", "System"]


def test_load_template_follows_a_new_name_but_not_over_an_edited_row(db: None) -> None:
    template = services.load_template(data=DATA, today=DAY).template
    services.load_template(data=DATA | {"de": "Fremdaudit"}, today=DAY)
    template.refresh_from_db()
    assert (template.name_de, template.versions.count()) == ("Fremdaudit", 1)
    AuditTemplate.objects.update(edited=True, name_de="Unser Name")
    services.load_template(data=DATA, today=DAY)
    template.refresh_from_db()
    assert template.name_de == "Unser Name"


def test_load_template_without_questions_fails_and_writes_nothing(db: None) -> None:
    broken = {"key": "external_audit", "de": "A", "en": "A", "groups": [{"key": "x"}]}
    with pytest.raises(KeyError):
        services.load_template(data=broken, today=DAY)
    assert not AuditTemplate.objects.exists()
