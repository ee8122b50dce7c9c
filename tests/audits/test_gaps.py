"""The check page advises photos where a dispute is likely; it never insists."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User
from audits import services
from audits.enums import Grade, Result
from audits.models import Audit, Finding, Question
from audits.rows import photo_gaps
from tests.audits.factories import FindingFactory, answer, answer_all, photo
from tests.conftest import ClientFor
from tests.documents.files import picture
from tests.statements import statements
from winback.documents.rules import CheckedFile

pytestmark = pytest.mark.usefixtures("today")


def named(audit: Audit) -> list[str]:
    return [text.split()[0] for text, _url in photo_gaps(audit).findings]


def wanting(audit: Audit) -> list[str]:
    return [text.split()[0] for text, _url in photo_gaps(audit).questions]


def found(audit: Audit, code: str = "S1", grade: str = Grade.MINOR) -> Finding:
    return FindingFactory(audit=audit, grade=grade, question=audit.questions().get(code=code))


def want_photo(audit: Audit, *codes: str) -> None:
    Question.objects.filter(group__version=audit.version_used, code__in=codes).update(
        wants_photo=True
    )


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (Grade.MAJOR, True),
        (Grade.MINOR, True),
        (Grade.OBSERVATION, False),
        (Grade.IMPROVEMENT, False),
        (Grade.STRENGTH, False),
    ],
)
def test_only_nonconformities_are_advised_a_photo(audit: Audit, grade: str, expected: bool) -> None:
    finding = found(audit, grade=grade)
    assert named(audit) == ([finding.number] if expected else [])


def test_finding_leads_to_its_page_with_grade_and_statement(audit: Audit) -> None:
    finding = found(audit)
    text = f"{finding.number} Nebenabweichung: {finding.statement}"
    assert photo_gaps(audit).findings == [(text, finding.get_absolute_url())]


def test_photo_of_the_answer_proves_its_finding_only(audit: Audit) -> None:
    mine, other = found(audit, "S1"), found(audit, "S2")
    assert named(audit) == [mine.number, other.number]
    photo(audit, "S1")
    assert named(audit) == [other.number]


def test_finding_outside_the_checklist_needs_its_own_evidence(audit: Audit, operativ: User) -> None:
    photo(audit, "S1")
    finding = FindingFactory(audit=audit, question=None)
    assert named(audit) == [finding.number]
    upload = CheckedFile("Foto.jpg", "image/jpeg", picture())
    services.add_evidence(finding=finding, actor=operativ, upload=upload)
    assert named(audit) == []


def test_withdrawn_finding_needs_no_photo(audit: Audit) -> None:
    finding = found(audit)
    Finding.objects.filter(pk=finding.pk).update(status="withdrawn", withdrawn_reason="Irrtum")
    assert named(audit) == []


def test_question_that_wants_a_photo_is_named_until_it_has_one(audit: Audit) -> None:
    want_photo(audit, "S1", "P1")
    assert wanting(audit) == ["S1", "P1"]
    photo(audit, "S1")
    answer(audit, "P1", Result.NOT_APPLICABLE)
    assert wanting(audit) == []


def test_photos_of_another_audit_prove_nothing_here(audit: Audit, qm: User) -> None:
    want_photo(audit, "S1")
    finding = found(audit)
    twin = Audit.objects.get(pk=audit.pk)
    twin.pk, twin.number = None, "A-9999"
    twin.save()
    photo(twin, "S1")
    assert named(audit) == [finding.number]
    assert wanting(audit) == ["S1"]


def test_check_page_shows_the_advice_and_finishes_all_the_same(
    client_for: ClientFor, qm: User, audit: Audit, today: dt.date
) -> None:
    answer_all(audit)
    url, client = reverse("audits:check", args=[audit.number]), client_for(qm)
    assert "Ohne Foto" not in client.get(url).content.decode()
    finding = found(audit)
    want_photo(audit, "P1")
    html = client.get(url).content.decode()
    assert "Ohne Foto" in html
    assert finding.get_absolute_url() in html
    assert reverse("audits:question", args=[audit.number, "P1"]) in html
    assert len(statements(client, url)) <= 14
    client.post(url, {"version": audit.version, "conclusion": "Gut.", "participants": ""})
    audit.refresh_from_db()
    assert audit.is_locked
