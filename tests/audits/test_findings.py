"""Verbs of a finding: record, change, start, finish, reopen, withdraw."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from audits import services
from audits.enums import AuditStatus, FindingStatus, Grade, Verb
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory, FindingFactory
from tests.conftest import ClientFor
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.common.claims import StaleVersion

DAY = dt.date(2026, 11, 23)


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("pk").values_list("verb", flat=True))


def record(audit: Audit, actor: User, question: Any = None, **changes: Any) -> Finding:
    given = {
        "grade": Grade.MINOR,
        "criterion": "LV Pos. 4.2",
        "statement": "Nicht nach Plan gereinigt.",
        "place": "2. OG",
        "containment": "",
        "owner": actor,
        "due_on": DAY + dt.timedelta(30),
    }
    return services.record_finding(
        audit=audit, actor=actor, today=DAY, question=question, changes=given | changes
    )


# --- recording ------------------------------------------------------------------------------


def test_record_numbers_and_keeps_the_original_date(audit: Audit, qm: User) -> None:
    finding = record(audit, qm, audit.questions().get(code="P1"))
    assert (finding.number, finding.status) == ("F-0001", FindingStatus.OPEN)
    assert finding.original_due_on == finding.due_on
    event = audit.case.events.get()
    assert event.verb == Verb.FINDING_RECORDED
    assert event.data["title"] == "F-0001 · Nicht nach Plan gereinigt."


def test_record_lets_the_owner_into_the_case(audit: Audit, qm: User, fremde: User) -> None:
    record(audit, qm, owner=fremde)
    assert audit.case in Case.objects.visible_to(fremde)


def test_record_the_same_twice_is_recorded_once(audit: Audit, qm: User) -> None:
    first = record(audit, qm)
    assert record(audit, qm) == first
    assert verbs(audit.case) == [Verb.FINDING_RECORDED]


@pytest.mark.parametrize("other", [{"grade": Grade.MAJOR}, {"statement": "Anderes"}])
def test_record_something_else_is_another_finding(
    audit: Audit, qm: User, other: dict[str, Any]
) -> None:
    assert record(audit, qm) != record(audit, qm, **other)
    assert record(audit, qm, audit.questions().get(code="S1")) != record(audit, qm)


def test_record_again_after_withdrawing_is_a_new_finding(audit: Audit, qm: User) -> None:
    first = record(audit, qm)
    services.withdraw_finding(finding=first, version=1, actor=qm, reason="Unbegründet")
    assert record(audit, qm) != first


def test_record_starts_a_planned_audit(case: Case, qm: User) -> None:
    audit = AuditFactory(case=case)
    record(audit, qm)
    assert Audit.objects.get(pk=audit.pk).started_on == DAY
    assert verbs(case) == [Verb.STARTED, Verb.FINDING_RECORDED]


def test_record_in_a_locked_audit_is_refused(case: Case, qm: User) -> None:
    with pytest.raises(services.AuditLocked):
        record(AuditFactory(case=case, status=AuditStatus.FINISHED), qm)
    assert not Finding.objects.exists()


# --- changing -------------------------------------------------------------------------------


def change(finding: Finding, actor: User, version: int = 1, **changes: Any) -> Finding:
    return services.change_finding(
        finding=finding,
        version=version,
        actor=actor,
        today=DAY,
        changes=changes,
        reason="Lieferzeit",
    )


def lock(finding: Finding) -> None:
    finding.audit.status, finding.audit.done_on = AuditStatus.FINISHED, DAY
    finding.audit.save()


def test_change_moves_owner_and_date_and_keeps_the_original_date(
    finding: Finding, qm: User, fremde: User
) -> None:
    lock(finding)
    before = finding.due_on
    change(finding, qm, owner=fremde, due_on=before + dt.timedelta(10))
    finding.refresh_from_db()
    assert (finding.owner, finding.due_on) == (fremde, before + dt.timedelta(10))
    assert finding.original_due_on == before
    assert finding.case in Case.objects.visible_to(fremde)
    event = finding.case.events.get()
    assert (event.data["fields"], event.data["reason"]) == (["owner", "due_on"], "Lieferzeit")


def test_change_of_the_wording_is_possible_until_the_audit_is_locked(
    finding: Finding, qm: User
) -> None:
    change(finding, qm, statement="Genauer beschrieben.")
    lock(finding)
    with pytest.raises(services.AuditLocked):
        change(finding, qm, version=2, statement="Zu spät.")
    finding.refresh_from_db()
    assert finding.statement == "Genauer beschrieben."


def test_change_of_nothing_is_no_event(finding: Finding, qm: User) -> None:
    change(finding, qm, owner=finding.owner, due_on=finding.due_on)
    finding.refresh_from_db()
    assert (finding.version, verbs(finding.case)) == (1, [])


def test_change_of_a_row_changed_meanwhile_is_stale(finding: Finding, qm: User) -> None:
    mine = Finding.objects.get(pk=finding.pk)
    change(finding, qm, place="1. OG")
    with pytest.raises(StaleVersion):
        change(mine, qm, place="3. OG")
    assert Finding.objects.get(pk=finding.pk).place == "1. OG"


def test_change_of_a_settled_finding_is_refused(finding: Finding, qm: User) -> None:
    services.finish_finding(finding, qm, DAY)
    with pytest.raises(services.IllegalStep):
        change(finding, qm, version=2, due_on=DAY)


def test_change_writes_a_row_version_with_its_author(finding: Finding, qm: User) -> None:
    change(finding, qm, place="1. OG")
    latest = finding.history.latest("history_id")
    assert (latest.place, latest.history_user) == ("1. OG", qm)


def test_reassign_gives_the_finding_another_owner(
    finding: Finding, qm: User, kollegin: User, today: dt.date
) -> None:
    services.reassign_finding(finding.pk, kollegin, qm)
    finding.refresh_from_db()
    assert finding.owner == kollegin


# --- working on it --------------------------------------------------------------------------


def test_start_once(finding: Finding, operativ: User) -> None:
    services.start_finding(finding=finding, actor=operativ)
    services.start_finding(finding=finding, actor=operativ)
    finding.refresh_from_db()
    assert finding.status == FindingStatus.IN_PROGRESS
    assert verbs(finding.case) == [Verb.FINDING_STARTED]


def test_finish_once_and_keep_the_first_day(finding: Finding, operativ: User) -> None:
    services.finish_finding(finding, operativ, DAY)
    services.finish_finding(finding, operativ, DAY + dt.timedelta(5))
    finding.refresh_from_db()
    assert (finding.status, finding.done_on) == (FindingStatus.DONE, DAY)
    assert verbs(finding.case) == [Verb.FINDING_DONE]


def test_finish_a_finding_judged_effective_changes_nothing(
    finding: Finding, operativ: User
) -> None:
    finding.status, finding.done_on = FindingStatus.EFFECTIVE, DAY
    finding.save()
    services.finish_finding(finding, operativ, DAY + dt.timedelta(5))
    assert (finding.status, finding.done_on) == (FindingStatus.EFFECTIVE, DAY)


def test_finish_of_a_row_changed_meanwhile_is_stale(
    finding: Finding, operativ: User, qm: User
) -> None:
    mine = Finding.objects.get(pk=finding.pk)
    services.withdraw_finding(finding=finding, version=1, actor=qm, reason="Unbegründet")
    with pytest.raises(StaleVersion):
        services.finish_finding(mine, operativ, DAY)


def test_finish_a_strength_is_refused(audit: Audit, qm: User) -> None:
    strength = FindingFactory(audit=audit, grade=Grade.STRENGTH)
    with pytest.raises(services.IllegalStep):
        services.finish_finding(strength, qm, DAY)


def test_settled_finding_takes_no_step_but_reopening(finding: Finding, qm: User) -> None:
    services.withdraw_finding(finding=finding, version=1, actor=qm, reason="Unbegründet")
    with pytest.raises(services.IllegalStep):
        services.finish_finding(finding, qm, DAY)
    with pytest.raises(services.IllegalStep):
        services.start_finding(finding=finding, actor=qm)


# --- settling it ----------------------------------------------------------------------------


def test_withdraw_needs_and_keeps_its_reason(finding: Finding, qm: User) -> None:
    services.withdraw_finding(finding=finding, version=1, actor=qm, reason="Anderes Haus")
    services.withdraw_finding(finding=finding, version=1, actor=qm, reason="Noch einmal")
    finding.refresh_from_db()
    assert (finding.status, finding.withdrawn_reason) == (FindingStatus.WITHDRAWN, "Anderes Haus")
    assert verbs(finding.case) == [Verb.FINDING_WITHDRAWN]


def test_withdraw_of_a_done_finding_is_refused(finding: Finding, qm: User) -> None:
    services.finish_finding(finding, qm, DAY)
    with pytest.raises(services.IllegalStep):
        services.withdraw_finding(finding=finding, version=2, actor=qm, reason="Doch nicht")


@pytest.mark.parametrize(
    "settled",
    [
        {"status": FindingStatus.DONE, "done_on": DAY},
        {"status": FindingStatus.EFFECTIVE, "done_on": DAY},
        {"status": FindingStatus.WITHDRAWN, "withdrawn_reason": "Unbegründet"},
    ],
)
def test_reopen_owes_it_again_and_keeps_the_history(
    audit: Audit, qm: User, settled: dict[str, Any]
) -> None:
    finding = FindingFactory(audit=audit, **settled)
    services.reopen_finding(finding=finding, version=1, actor=qm, reason="Wieder aufgetreten")
    finding.refresh_from_db()
    assert (finding.status, finding.done_on, finding.withdrawn_reason) == ("open", None, "")
    assert finding.history.filter(status=settled["status"]).exists()
    assert finding.case.events.get().data["reason"] == "Wieder aufgetreten"


def test_reopen_of_an_open_finding_is_refused(finding: Finding, qm: User) -> None:
    with pytest.raises(services.IllegalStep):
        services.reopen_finding(finding=finding, version=1, actor=qm, reason="Doppelt")


def test_reopen_in_an_ended_case_is_refused(finding: Finding, qm: User) -> None:
    services.finish_finding(finding, qm, DAY)
    finding.case.status = Status.LOST
    with pytest.raises(services.IllegalStep):
        services.reopen_finding(finding=finding, version=2, actor=qm, reason="Zu spät")
    finding.refresh_from_db()
    assert finding.status == FindingStatus.DONE


def test_reopen_of_a_row_changed_meanwhile_is_stale(finding: Finding, qm: User) -> None:
    services.finish_finding(finding, qm, DAY)
    with pytest.raises(StaleVersion):
        services.reopen_finding(finding=finding, version=1, actor=qm, reason="Alt")


def resolve(finding: Finding, actor: User, text: str = "Flur geräumt") -> Finding:
    return services.resolve_finding(
        finding=finding, version=finding.version, actor=actor, today=DAY, resolution=text
    )


@pytest.mark.parametrize(("grade", "days"), [(Grade.MAJOR, 60), (Grade.MINOR, 90)])
def test_done_nonconformity_knows_when_its_effect_shows(
    audit: Audit, qm: User, grade: Grade, days: int
) -> None:
    finding = FindingFactory(audit=audit, grade=grade)
    services.finish_finding(finding, qm, DAY)
    assert finding.check_on == DAY + dt.timedelta(days)
    services.reopen_finding(finding=finding, version=finding.version, actor=qm, reason="Rückfall")
    assert finding.check_on is None


def test_correction_is_recorded_without_ending_the_finding(audit: Audit, qm: User) -> None:
    finding = FindingFactory(audit=audit)
    assert resolve(finding, qm).status == FindingStatus.OPEN
    services.finish_finding(finding, qm, DAY)
    assert resolve(finding, qm, "Flur geräumt und markiert").status == FindingStatus.DONE
    finding.refresh_from_db()
    assert finding.resolution == "Flur geräumt und markiert"


def test_decision_ends_what_only_asks_for_one(audit: Audit, qm: User) -> None:
    finding = FindingFactory(audit=audit, grade=Grade.OBSERVATION)
    with pytest.raises(services.IllegalStep, match="Entscheidung"):
        services.finish_finding(finding, qm, DAY)
    resolve(finding, qm, "Wird beobachtet")
    finding.refresh_from_db()
    assert (finding.status, finding.check_on) == (FindingStatus.DONE, None)
    with pytest.raises(services.IllegalStep):
        resolve(finding, qm, "Doch nicht")


def test_measure_done_is_the_decision_where_nobody_said_one(audit: Audit, qm: User) -> None:
    finding = FindingFactory(audit=audit, grade=Grade.IMPROVEMENT)
    services.finish_finding(finding, qm, DAY, resolution="M-3 Lager ordnen")
    assert (finding.status, finding.resolution) == (FindingStatus.DONE, "M-3 Lager ordnen")


def test_strength_has_nothing_to_correct(audit: Audit, qm: User) -> None:
    with pytest.raises(services.IllegalStep):
        resolve(FindingFactory(audit=audit, grade=Grade.STRENGTH), qm)


def test_only_what_is_done_is_proved_and_only_once(audit: Audit, qm: User) -> None:
    finding = FindingFactory(audit=audit)
    with pytest.raises(services.IllegalStep, match="erledigt"):
        services.prove_finding(finding=finding, actor=qm, evidence="Begehung")
    services.finish_finding(finding, qm, DAY)
    services.prove_finding(finding=finding, actor=qm, evidence="Begehung")
    version = finding.version
    services.prove_finding(finding=finding, actor=qm, evidence="Begehung")
    assert (finding.status, finding.version) == (FindingStatus.EFFECTIVE, version)
    with pytest.raises(services.IllegalStep):
        resolve(finding, qm)


@pytest.mark.parametrize(
    ("grade", "title", "said"),
    [
        (Grade.MINOR, "Korrektur festhalten", "Die Korrektur ist festgehalten."),
        (
            Grade.OBSERVATION,
            "Entscheidung festhalten",
            "Entschieden: Die Feststellung ist erledigt.",
        ),
    ],
)
def test_page_records_correction_or_decision(
    client_for: ClientFor, audit: Audit, qm: User, grade: Grade, title: str, said: str
) -> None:
    finding = FindingFactory(audit=audit, grade=grade)
    client, url = client_for(qm), reverse("audits:finding_resolve", args=[finding.number])
    page = client.get(url)
    assert title in page.content.decode()
    empty = client.post(url, {"version": finding.version, "resolution": " "})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["resolution"])
    data = {"version": finding.version, "resolution": "Erledigt"}
    assert said in client.post(url, data, follow=True).content.decode()
