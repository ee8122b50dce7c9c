"""A follow-up audit shows question by question what got better, and what was found again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from audits.enums import AuditStatus, Change, FindingStatus, Grade, Result
from audits.models import Audit, Finding
from audits.rows.comparison import Comparison, comparison
from audits.rules import change
from tests.audits.factories import AuditFactory, FindingFactory, answer
from tests.conftest import ClientFor
from tests.statements import statements

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def follow_up(audit: Audit, qm: User) -> Audit:
    """Being carried out; its predecessor ended on 2026-11-17 with nothing answered."""
    before = AuditFactory(case=audit.case, owner=qm, status=AuditStatus.FINISHED, score=50)
    audit.previous = before
    audit.save()
    return audit


def found(audit: Audit, code: str, **facts: object) -> Finding:
    made: Finding = FindingFactory(audit=audit, question=audit.questions().get(code=code), **facts)
    return made


def compared(audit: Audit) -> Comparison:
    result = comparison(Audit.objects.with_head().get(pk=audit.pk))
    assert result is not None
    return result


def before_of(audit: Audit) -> Audit:
    assert audit.previous is not None
    return audit.previous


def address(audit: Audit) -> str:
    return reverse("audits:comparison", args=[audit.number])


# --- the rule -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Result.NOT_MET, Result.PARTLY, Change.BETTER),
        (Result.PARTLY, Result.MET, Change.BETTER),
        (Result.MET, Result.NOT_MET, Change.WORSE),
        (Result.MET, Result.MET, Change.SAME),
        (Result.NOT_MET, Result.NOT_MET, Change.SAME),
        (Result.NOT_APPLICABLE, Result.MET, Change.NONE),
        (Result.MET, Result.NOT_APPLICABLE, Change.NONE),
        ("", Result.MET, Change.NONE),
        (Result.MET, "", Change.NONE),
        ("", "", Change.NONE),
    ],
)
def test_change_compares_points_only(before: str, after: str, expected: Change) -> None:
    assert change(before, after) == expected


# --- what is compared -----------------------------------------------------------------------


def test_questions_stand_with_both_answers_and_their_change(follow_up: Audit) -> None:
    earlier = before_of(follow_up)
    answer(earlier, "S1", Result.NOT_MET)
    answer(follow_up, "S1", Result.MET)
    answer(earlier, "P1", Result.MET)
    answer(follow_up, "P1", Result.PARTLY)
    result = compared(follow_up)
    first, second, third = result.rows
    assert (first.code, first.before[1], first.after[1]) == ("S1", "nicht erfüllt", "erfüllt")
    assert (first.shape, first.word) == ("ok", "besser")
    assert (second.before, second.after[1], second.word) == (("na", "–"), "–", "nicht vergleichbar")
    assert (third.shape, third.word) == ("crit", "schlechter")
    assert (result.number, result.date) == (earlier.number, "17.11.2026")
    assert result.message == "Nichts trat erneut auf. Besser: 1, schlechter: 1."


def test_finding_at_the_same_question_again_is_a_recurrence(follow_up: Audit) -> None:
    earlier = before_of(follow_up)
    first, again = found(earlier, "P1"), found(follow_up, "P1", grade=Grade.MAJOR)
    found(earlier, "S1")
    found(follow_up, "S2")
    result = compared(follow_up)
    (row,) = result.recurring
    assert row.code == "P1"
    assert row.found_before == [(first.number, first.get_absolute_url())]
    assert row.found_after == [(again.number, again.get_absolute_url())]
    assert result.message.startswith("An 1 Frage wurde erneut etwas festgestellt.")


@pytest.mark.parametrize(
    "facts",
    [
        {"grade": Grade.STRENGTH},
        {"status": FindingStatus.WITHDRAWN, "withdrawn_reason": "unbegründet"},
    ],
)
def test_strengths_and_unfounded_findings_do_not_recur(
    follow_up: Audit, facts: dict[str, object]
) -> None:
    found(before_of(follow_up), "P1", **facts)
    found(follow_up, "P1")
    assert compared(follow_up).recurring == []


def test_a_minor_merged_into_a_major_recurs_at_its_question(follow_up: Audit) -> None:
    earlier = before_of(follow_up)
    major = FindingFactory(audit=earlier, grade=Grade.MAJOR)
    found(earlier, "S1", status=FindingStatus.MERGED, part_of=major)
    found(follow_up, "S1")
    assert [row.code for row in compared(follow_up).recurring] == ["S1"]


def test_audit_without_predecessor_is_compared_with_nothing(audit: Audit) -> None:
    assert comparison(audit) is None


# --- the page -------------------------------------------------------------------------------


def test_follow_up_audit_shows_its_recurrence(
    follow_up: Audit, client_for: ClientFor, qm: User
) -> None:
    first, again = found(before_of(follow_up), "P1"), found(follow_up, "P1")
    client = client_for(qm)
    assert address(follow_up) in client.get(follow_up.get_absolute_url()).content.decode()
    page = client.get(address(follow_up)).content.decode()
    assert "erneut festgestellt" in page
    assert first.get_absolute_url() in page
    assert again.get_absolute_url() in page


def test_audit_without_predecessor_has_no_such_page(
    audit: Audit, client_for: ClientFor, qm: User
) -> None:
    client = client_for(qm)
    assert client.get(address(audit)).status_code == 404
    assert address(audit) not in client.get(audit.get_absolute_url()).content.decode()


def test_external_auditor_compares_own_audits_only(
    follow_up: Audit, client_for: ClientFor, auditor: User
) -> None:
    client = client_for(auditor)
    assert client.get(address(follow_up)).status_code == 404
    before_of(follow_up).team.add(auditor)
    assert client.get(address(follow_up)).status_code == 200


def test_page_asks_the_same_for_one_and_three_findings(
    follow_up: Audit, client_for: ClientFor, qm: User
) -> None:
    client = client_for(qm)
    for each in (follow_up, before_of(follow_up)):
        found(each, "S1")
        answer(each, "S1")
    few = statements(client, address(follow_up))
    for code in ("S2", "P1"):
        for each in (follow_up, before_of(follow_up)):
            found(each, code)
            answer(each, code)
    many = statements(client, address(follow_up))
    assert len(few) == len(many) <= 12, many
