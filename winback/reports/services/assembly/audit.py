"""The facts of an audit report: answers by group, findings with their measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Count

from audits.models import Answer, Audit, Finding, Question
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure
from winback.reports.rules.facts import (
    AuditFacts,
    FindingFacts,
    GroupFacts,
    MeasureFacts,
    PhotoFacts,
    QuestionFacts,
)
from winback.reports.services.assembly.comparison import comparison_facts
from winback.reports.services.assembly.photos import photos_by_finding


def assemble_audit(audit: Audit, today: date) -> AuditFacts:
    """Everything the report of a finished audit says; needs ``with_head()``, five statements."""
    assert audit.done_on is not None  # the service lets only finished audits through
    findings = list(audit.findings.select_related("owner", "question").order_by("pk"))
    measures = _measures_by_finding(findings)
    founded = [each for each in findings if not each.withdrawn_reason]
    counting = [each for each in founded if not each.is_part]
    parts = _parts_by_major(founded)
    photos = photos_by_finding(audit, founded)
    withdrawn = [each for each in findings if each.withdrawn_reason]
    return AuditFacts(
        provider=settings.PROVIDER_NAME,
        today=today,
        number=audit.number,
        template=audit.template.name,
        template_version=audit.version_used.number,
        kind=audit.kind,
        case_number=audit.case.number,
        client=audit.case.client.name,
        site=audit.site.name,
        site_address=audit.site.address,
        objective=audit.objective,
        participants=audit.participants,
        conclusion=audit.conclusion,
        lead=audit.owner.full_name,
        team=tuple(person.full_name for person in audit.team.all()),
        started_on=audit.started_on,
        done_on=audit.done_on,
        score=audit.score,
        groups=_groups(audit, founded),
        findings=tuple(
            finding_facts(each, measures[each.pk], parts[each.pk], photos[each.pk])
            for each in counting
        ),
        withdrawn=tuple(finding_facts(each, ()) for each in withdrawn),
        comparison=comparison_facts(audit),
    )


def _parts_by_major(findings: Iterable[Finding]) -> dict[int | None, list[str]]:
    """Number and statement of what each major was made of."""
    found: dict[int | None, list[str]] = defaultdict(list)
    for part in findings:
        found[part.part_of_id].append(f"{part.number} {part.statement}")
    return found


def finding_facts(
    finding: Finding,
    measures: Iterable[MeasureFacts] = (),
    parts: Iterable[str] = (),
    photos: Iterable[PhotoFacts] = (),
) -> FindingFacts:
    """Needs owner and question loaded; ``parts`` is what a major was made of."""
    question = finding.question
    return FindingFacts(
        number=finding.number,
        grade=finding.grade,
        criterion=finding.criterion,
        statement=finding.statement,
        place=finding.place,
        containment=finding.containment,
        owner=finding.owner.short_name,
        due_on=finding.due_on,
        status=finding.status,
        done_on=finding.done_on,
        is_open=finding.is_open,
        withdrawn_reason=finding.withdrawn_reason,
        question_code=question.code if question else "",
        question=question.text if question else "",
        measures=tuple(measures),
        parts=tuple(parts),
        why_one=finding.aggregated_reason,
        photos=tuple(photos),
    )


def measure_facts(measure: Measure) -> MeasureFacts:
    """Needs the owner loaded, and ``move_count`` and ``times_done`` annotated."""
    return MeasureFacts(
        code=measure.code,
        title=measure.title,
        owner=measure.owner.short_name,
        due_on=measure.due_on,
        original_due_on=measure.original_due_on,
        done_on=measure.done_on,
        status=measure.status,
        note=measure.status_note,
        recurrence=measure.recurrence,
        times_done=measure.times_done,
        moves=getattr(measure, "move_count", 0),
        finding=measure.finding.number if measure.finding else "",
    )


def _measures_by_finding(findings: Iterable[Finding]) -> dict[int, list[MeasureFacts]]:
    """What answers each finding; dropped measures answer nothing."""
    found: dict[int, list[MeasureFacts]] = defaultdict(list)
    rows = Measure.objects.filter(finding__in=[each.pk for each in findings])
    rows = rows.exclude(status=MeasureStatus.DROPPED).with_row().order_by("due_on", "pk")
    for measure in rows.annotate(move_count=Count("moves")):
        assert measure.finding_id is not None
        found[measure.finding_id].append(measure_facts(measure))
    return found


def _groups(audit: Audit, findings: Iterable[Finding]) -> tuple[GroupFacts, ...]:
    """The questions in their groups, each with its answer; two statements."""
    answers = {answer.question_id: answer for answer in audit.answers.all()}
    numbers: dict[int | None, list[str]] = defaultdict(list)
    for finding in findings:
        numbers[finding.question_id].append(finding.number)
    groups: dict[str, list[QuestionFacts]] = {}
    for question in audit.questions():
        fact = _question(question, answers.get(question.pk), numbers[question.pk])
        groups.setdefault(question.group.name, []).append(fact)
    return tuple(GroupFacts(name, tuple(questions)) for name, questions in groups.items())


def _question(question: Question, answer: Answer | None, findings: list[str]) -> QuestionFacts:
    return QuestionFacts(
        code=question.code,
        text=question.text,
        weight=question.weight,
        is_critical=question.is_critical,
        result=answer.result if answer else "",
        note=answer.note if answer else "",
        findings=tuple(findings),
    )
