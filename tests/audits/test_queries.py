"""Statement budgets: list ≤ 8, detail ≤ 12, write ≤ 10; the same for one row and for three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus, Grade
from audits.models import Audit, Finding
from tests.audits.factories import AuditFactory, FindingFactory, answer, answer_all
from tests.conftest import ClientFor
from tests.factories import UserFactory
from tests.statements import statements
from winback.cases.models import Case

LISTS = {
    "audits": lambda case, audit: reverse("audits:list"),
    "audits csv": lambda case, audit: reverse("audits:export"),
    "findings": lambda case, audit: reverse("audits:findings"),
    "findings csv": lambda case, audit: reverse("audits:findings_export"),
}
DETAILS = {
    "case tab": lambda case, audit: reverse("audits:case_list", args=[case.number]),
    "audit": lambda case, audit: reverse("audits:detail", args=[audit.number]),
    "question": lambda case, audit: reverse("audits:question", args=[audit.number, "S1"]),
    "check": lambda case, audit: reverse("audits:check", args=[audit.number]),
}
Address = Callable[[Case, Audit], str]


def grow(audit: Audit) -> None:
    """Two more of everything a page may list."""
    for number in range(2):
        other = AuditFactory(case=audit.case, status=AuditStatus.IN_PROGRESS, team=[UserFactory()])
        for each in (audit, other):
            question = each.questions().get(code="S1")
            FindingFactory(audit=each, question=question, statement=f"{number}")
        answer(audit, ("S2", "P1")[number])


@pytest.mark.parametrize("address", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("role", ["qm", "auditor"])
def test_lists_ask_the_same_for_one_and_three_rows(
    finding: Finding, address: Address, role: str, client_for: ClientFor, qm: User, auditor: User
) -> None:
    client = client_for({"qm": qm, "auditor": auditor}[role])
    url = address(finding.case, finding.audit)
    before = statements(client, url)
    grow(finding.audit)
    after = statements(client, url)
    assert len(before) == len(after) <= 8, after


@pytest.mark.parametrize("address", DETAILS.values(), ids=DETAILS)
def test_pages_ask_the_same_for_one_and_three_rows(
    finding: Finding, address: Address, client_for: ClientFor, qm: User
) -> None:
    client = client_for(qm)
    answer(finding.audit, "S1")
    url = address(finding.case, finding.audit)
    before = statements(client, url)
    grow(finding.audit)
    after = statements(client, url)
    assert len(before) == len(after) <= 12, after


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
@pytest.mark.parametrize("role", ["qm", "auditor"])
def test_first_answer_of_an_audit_keeps_the_budget(
    case: Case,
    headers: dict[str, str],
    role: str,
    client_for: ClientFor,
    qm: User,
    auditor: User,
    today: dt.date,
) -> None:
    audit = AuditFactory(case=case, owner=qm, team=[auditor])
    client = client_for({"qm": qm, "auditor": auditor}[role])
    client.defaults.update({f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()})
    url = reverse("audits:question", args=[audit.number, "S1"])
    asked = statements(client, url, {"result": "met", "note": "Stichprobe"})
    assert len(asked) <= 10, asked


def test_further_answers_keep_the_budget(
    audit: Audit, client_for: ClientFor, auditor: User, today: dt.date
) -> None:
    answer(audit, "S1")
    url = reverse("audits:question", args=[audit.number, "S1"])
    asked = statements(client_for(auditor), url, {"result": "not_met", "note": "Anders"})
    assert len(asked) <= 10, asked


def test_finishing_keeps_the_budget(
    audit: Audit, client_for: ClientFor, qm: User, today: dt.date
) -> None:
    answer_all(audit)
    url = reverse("audits:check", args=[audit.number])
    data = {"version": "1", "conclusion": "Gut.", "participants": ""}
    asked = statements(client_for(qm), url, data)
    assert Audit.objects.get(pk=audit.pk).is_locked
    assert len(asked) <= 10, asked


def test_reporting_a_finding_done_keeps_the_budget(
    finding: Finding, client_for: ClientFor, operativ: User, today: dt.date
) -> None:
    url = reverse("audits:finding_done", args=[finding.number])
    asked = statements(client_for(operativ), url, {"next": "/"})
    assert len(asked) <= 10, asked


def test_heads_of_majors_cost_no_statement(audit: Audit, client_for: ClientFor, qm: User) -> None:
    url = reverse("audits:detail", args=[audit.number])
    client = client_for(qm)
    before = statements(client, url)
    for _ in range(3):
        FindingFactory(audit=audit, grade=Grade.MAJOR)
    assert len(statements(client, url)) == len(before)
