"""What the check page advises: what nobody has a photo of yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from audits.enums import NONCONFORMITIES, Result
from audits.models import Audit, Evidence
from audits.rows.entry import question_url


@dataclass(frozen=True, slots=True)
class PhotoGaps:
    """As (text, address); neither keeps the audit from being finished."""

    findings: list[tuple[str, str]]
    questions: list[tuple[str, str]]


def photo_gaps(audit: Audit) -> PhotoGaps:
    """Nonconformities without evidence, and questions that want a photo; two statements.

    A photo of the answer proves the finding as well. What does not apply cannot be photographed.
    """
    of_answer = Evidence.objects.filter(answer__audit=audit, answer__question=OuterRef("question"))
    of_finding = Evidence.objects.filter(finding=OuterRef("pk"))
    findings = audit.findings.founded().filter(
        ~Exists(of_finding),
        Q(question__isnull=True) | ~Exists(of_answer),
        grade__in=NONCONFORMITIES,
    )
    pictured = Evidence.objects.filter(answer__audit=audit).values("answer__question")
    empty = audit.answers.filter(result=Result.NOT_APPLICABLE).values("question")
    questions = audit.questions().filter(wants_photo=True)
    return PhotoGaps(
        findings=[
            (f"{each.number} {each.get_grade_display()}: {each.statement}", each.get_absolute_url())
            for each in findings
        ],
        questions=[
            (str(each), question_url(audit, each))
            for each in questions.exclude(pk__in=pictured).exclude(pk__in=empty)
        ],
    )
