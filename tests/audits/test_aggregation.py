"""Several minors make a major: readable one by one, counted once, given back when it was wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from audits import services
from audits.enums import AuditStatus, FindingStatus, Grade, Result, Verb
from audits.models import Audit, Finding
from audits.permissions import can_aggregate, can_reopen_finding
from audits.rows import finding_row
from audits.services import IllegalStep
from tests.audits.factories import AuditFactory, FindingFactory, answer_all
from tests.conftest import ClientFor
from tests.statements import statements
from winback.common import obligations
from winback.common.claims import StaleVersion
from winback.dashboards.rows.finding import finding_page

DAY = dt.date(2026, 11, 23)
REASON = "Dieselbe Lücke: Niemand führt die Termine."


@pytest.fixture
def minors(audit: Audit, operativ: User) -> list[Finding]:
    """Two open minors, one of them being worked on."""
    return [
        FindingFactory(audit=audit, owner=operativ, statement="Notruf nicht geprüft."),
        FindingFactory(audit=audit, owner=operativ, status=FindingStatus.IN_PROGRESS),
    ]


def unite(audit: Audit, parts: list[Finding], actor: User) -> Finding:
    changes = {
        "statement": "Prüftermine werden nicht geführt.",
        "criterion": "BetrSichV",
        "owner": actor,
        "due_on": dt.date(2026, 12, 7),
    }
    return services.aggregate_findings(
        audit=audit, parts=parts, actor=actor, today=DAY, changes=changes, reason=REASON
    )


def fresh(finding: Finding) -> Finding:
    found: Finding = Finding.objects.with_audit().get(pk=finding.pk)
    return found


def counted(audit: Audit) -> Audit:
    found: Audit = Audit.objects.with_head().get(pk=audit.pk)
    return found


# --- the verb -------------------------------------------------------------------------------


def test_major_counts_once_and_its_minors_stay_linked(
    audit: Audit, minors: list[Finding], qm: User
) -> None:
    major = fresh(unite(audit, minors, qm))
    assert (major.grade, major.status, major.aggregated_reason) == ("major", "open", REASON)
    assert major.original_due_on == major.due_on
    assert list(audit.findings.counting()) == [major]
    assert set(major.parts.all()) == set(minors)
    assert {part.status for part in major.parts.all()} == {FindingStatus.MERGED}
    head = counted(audit)
    assert (head.majors, head.open_findings) == (1, 1)


def test_parts_are_owed_and_told_as_the_major(
    audit: Audit, minors: list[Finding], qm: User
) -> None:
    major = unite(audit, minors, qm)
    items = obligations.find(obligations.Query())
    assert [item.pk for item in items if item.kind == "finding"] == [major.pk]
    assert list(Finding.objects.undisclosed()) == [major]
    assert not any(fresh(part).is_untold for part in minors)


def test_event_and_row_versions_name_what_happened(
    audit: Audit, minors: list[Finding], qm: User
) -> None:
    major = unite(audit, minors, qm)
    event = audit.case.events.get()
    assert event.verb == Verb.FINDING_AGGREGATED
    assert event.data["parts"] == f"{minors[0].number}, {minors[1].number}"
    assert (event.data["finding"], event.data["reason"]) == (major.number, REASON)
    version = minors[0].history.latest("history_id")
    assert (version.status, version.part_of_id, version.history_user) == ("merged", major.pk, qm)


def test_somebody_who_changes_a_part_meanwhile_is_told(
    audit: Audit, minors: list[Finding], qm: User
) -> None:
    mine = fresh(minors[0])
    unite(audit, minors, qm)
    with pytest.raises(StaleVersion):
        services.start_finding(finding=mine, actor=qm)


@pytest.mark.parametrize("left", [0, 1])
def test_fewer_than_two_minors_make_no_major(
    audit: Audit, minors: list[Finding], qm: User, left: int
) -> None:
    with pytest.raises(IllegalStep, match="mindestens zwei") as refused:
        unite(audit, minors[:left], qm)
    assert refused.value.field == "parts"
    assert audit.findings.count() == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"grade": Grade.OBSERVATION},
        {"grade": Grade.MAJOR},
        {"status": FindingStatus.DONE, "done_on": DAY},
        {"status": FindingStatus.WITHDRAWN, "withdrawn_reason": "unbegründet"},
    ],
)
def test_only_open_minors_can_be_parts(
    audit: Audit, finding: Finding, qm: User, facts: dict[str, Any]
) -> None:
    with pytest.raises(IllegalStep):
        unite(audit, [finding, FindingFactory(audit=audit, **facts)], qm)


def test_minors_of_another_audit_are_no_parts(audit: Audit, finding: Finding, qm: User) -> None:
    with pytest.raises(IllegalStep):
        unite(audit, [finding, FindingFactory()], qm)


def test_parts_cannot_be_parts_twice(audit: Audit, minors: list[Finding], qm: User) -> None:
    unite(audit, minors, qm)
    with pytest.raises(IllegalStep):
        unite(audit, minors, qm)


def test_result_of_a_finished_audit_stands(audit: Audit, minors: list[Finding], qm: User) -> None:
    audit.status, audit.done_on = AuditStatus.FINISHED, DAY
    audit.save()
    with pytest.raises(services.AuditLocked):
        unite(audit, minors, qm)
    assert not can_aggregate(qm, audit)


def test_database_holds_that_only_parts_have_a_major(finding: Finding) -> None:
    finding.status = FindingStatus.MERGED
    with pytest.raises(IntegrityError), transaction.atomic():
        finding.save()


# --- what follows ---------------------------------------------------------------------------


def test_parts_still_justify_the_answers_of_their_questions(
    audit: Audit, qm: User, operativ: User
) -> None:
    answer_all(audit, Result.NOT_MET)
    audit.answers.update(note="")
    parts = [
        FindingFactory(audit=audit, question=question, owner=operativ)
        for question in audit.questions()
    ]
    unite(audit, parts, qm)
    assert services.open_points(audit).is_empty


def test_withdrawing_the_major_gives_its_minors_back(
    audit: Audit, minors: list[Finding], qm: User
) -> None:
    major = unite(audit, minors, qm)
    services.withdraw_finding(
        finding=fresh(major), version=major.version, actor=qm, reason="Zwei Ursachen"
    )
    assert {part.status for part in audit.findings.counting()} == {FindingStatus.OPEN}
    assert audit.findings.filter(part_of__isnull=False).count() == 0
    assert counted(audit).majors == 0


def test_a_part_comes_back_with_its_major_only(
    audit: Audit, minors: list[Finding], qm: User
) -> None:
    unite(audit, minors, qm)
    part = fresh(minors[0])
    assert not can_reopen_finding(qm, part)
    with pytest.raises(IllegalStep, match="Hauptabweichung"):
        services.reopen_finding(finding=part, version=part.version, actor=qm, reason="x")
    with pytest.raises(IllegalStep):
        services.finish_finding(part, qm, DAY)


def test_pages_lead_from_the_part_to_the_major_and_back(
    audit: Audit, minors: list[Finding], qm: User, client_for: ClientFor
) -> None:
    major = unite(audit, minors, qm)
    client, part = client_for(qm), fresh(minors[0])
    assert finding_row(part, DAY).status == f"Teil von {major.number}"
    page = client.get(part.get_absolute_url()).content.decode()
    assert f'href="{major.get_absolute_url()}"' in page
    assert [step.label for step in finding_page(part, qm, DAY).steps] == [
        "Erfasst", "Teil einer Hauptabweichung",
    ]  # fmt: skip
    whole = client.get(major.get_absolute_url()).content.decode()
    assert REASON in whole
    assert all(each.get_absolute_url() in whole for each in minors)
    assert finding_page(part, qm, DAY).parts == []


# --- the form -------------------------------------------------------------------------------


def filled(minors: list[Finding], by: User, **changes: object) -> dict[str, object]:
    return {
        "parts": [each.pk for each in minors],
        "note": REASON,
        "statement": "Prüftermine werden nicht geführt.",
        "criterion": "BetrSichV",
        "owner": by.pk,
        "due_on": "",
        **changes,
    }


def address(audit: Audit) -> str:
    return reverse("audits:aggregate", args=[audit.number])


def test_form_takes_the_term_of_majors_where_no_date_is_given(
    audit: Audit, minors: list[Finding], qm: User, client_for: ClientFor, today: dt.date
) -> None:
    FindingFactory(audit=audit, grade=Grade.OBSERVATION)
    client = client_for(qm)
    shown = client.get(address(audit))
    assert len(shown.context["form"].fields["parts"].choices) == 2
    asked = statements(client, address(audit), filled(minors, qm))
    major = Finding.objects.get(grade=Grade.MAJOR)
    assert major.due_on == today + dt.timedelta(14)
    assert len(asked) <= 18, asked


def test_three_minors_cost_no_more_than_two(
    audit: Audit, minors: list[Finding], qm: User, client_for: ClientFor
) -> None:
    client = client_for(qm)
    two = statements(client, address(audit), filled(minors, qm))
    three = [FindingFactory(audit=audit) for _ in range(3)]
    data = filled(three, qm, statement="Anderes Muster.")
    assert len(statements(client, address(audit), data)) == len(two)
    assert Finding.objects.filter(grade=Grade.MAJOR).count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parts": []}, "parts"),
        ({"parts": ["0"]}, "parts"),
        ({"note": " "}, "note"),
        ({"note": "x" * 251}, "note"),
        ({"statement": ""}, "statement"),
        ({"owner": ""}, "owner"),
        ({"due_on": "31.02.2026"}, "due_on"),
    ],
)
def test_form_refuses_at_the_field_and_saves_nothing(
    audit: Audit,
    minors: list[Finding],
    qm: User,
    client_for: ClientFor,
    changes: dict[str, object],
    field: str,
) -> None:
    response = client_for(qm).post(address(audit), filled(minors, qm, **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert audit.findings.counting().count() == 2


def test_form_shows_the_rule_at_the_minors(
    audit: Audit, minors: list[Finding], qm: User, client_for: ClientFor
) -> None:
    data = filled(minors[:1], qm)
    response = client_for(qm).post(address(audit), data)
    assert list(response.context["form"].errors) == ["parts"]
    assert "mindestens zwei" in response.content.decode()


def test_audit_offers_it_from_two_open_findings_on(
    audit: Audit, finding: Finding, qm: User, kam: User, client_for: ClientFor
) -> None:
    assert address(audit) not in client_for(qm).get(audit.get_absolute_url()).content.decode()
    FindingFactory(audit=audit)
    assert address(audit) in client_for(qm).get(audit.get_absolute_url()).content.decode()
    assert address(audit) not in client_for(kam).get(audit.get_absolute_url()).content.decode()


def test_external_team_of_the_audit_may_not(
    audit: Audit, minors: list[Finding], auditor: User, client_for: ClientFor
) -> None:
    assert client_for(auditor).post(address(audit), filled(minors, auditor)).status_code == 403
    led = AuditFactory(owner=auditor, status=AuditStatus.IN_PROGRESS)
    assert client_for(auditor).get(address(led)).status_code == 200
