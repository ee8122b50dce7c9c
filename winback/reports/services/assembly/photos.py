"""The photos of an audit by finding: its own, and those of the answer it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from audits.models import Audit, Evidence, Finding
from winback.common.formats import format_datetime
from winback.reports.rules.facts import PhotoFacts


def photos_by_finding(audit: Audit, findings: Iterable[Finding]) -> dict[int, list[PhotoFacts]]:
    """What each finding shows; two statements. A part shows its photos at its major.

    A photo of an answer stands at the first finding of its question.
    """
    holders: dict[int, int] = {}
    by_question: dict[int, int] = {}
    for finding in findings:
        holders[finding.pk] = finding.part_of_id or finding.pk
        if finding.question_id is not None:
            by_question.setdefault(finding.question_id, holders[finding.pk])
    found: dict[int, list[PhotoFacts]] = defaultdict(list)
    for each in Evidence.objects.of_audit(audit).with_files():
        holder = _holder(each, holders, by_question)
        if each.is_picture and holder is not None:
            found[holder].append(_facts(each))
    return found


def _holder(each: Evidence, holders: dict[int, int], by_question: dict[int, int]) -> int | None:
    """The finding that shows it; withdrawn ones show nothing."""
    if each.finding_id is not None:
        return holders.get(each.finding_id)
    return by_question.get(each.answer.question_id) if each.answer else None


def _facts(evidence: Evidence) -> PhotoFacts:
    taken = f"{format_datetime(evidence.taken_at)}, {evidence.taken_by.short_name}"
    return PhotoFacts(version=evidence.document.current.pk, taken=taken)
