"""What was examined: one audit with its answers and four findings."""

from __future__ import annotations

from audits import rules as audit_rules
from audits.enums import AuditStatus, FindingStatus, Grade, Result, Verb
from audits.models import Answer, Audit, Finding
from winback.demo import rules
from winback.demo.services.mass.frame import Catalogue, Frame

FINDINGS = 4
PLANNED_AFTER, AUDITED_AFTER = 8, 20
_GRADES = (Grade.MAJOR, *[Grade.MINOR] * 4, *[Grade.OBSERVATION] * 3, Grade.IMPROVEMENT)


def audit_case(frame: Frame, catalogue: Catalogue) -> list[Finding]:
    """Plan the audit; where its day has come, carry it out and record what was found."""
    on = frame.after(AUDITED_AFTER)
    audit = Audit(
        case=frame.case,
        number=f"A-{frame.count('A'):04d}",
        version_used=catalogue.version,
        site=frame.site,
        owner=frame.quality,
        due_on=on,
        original_due_on=on,
    )
    frame.rows.add(audit)
    planned_on = frame.after(PLANNED_AFTER)
    frame.tell(Verb.PLANNED, planned_on, frame.lead, audit=audit.number, on=on.isoformat())
    if on > frame.today:
        return []
    return _carry_out(frame, catalogue, audit)


def _carry_out(frame: Frame, catalogue: Catalogue, audit: Audit) -> list[Finding]:
    on = audit.due_on
    bad = frame.chance.sample(catalogue.questions, FINDINGS)
    results = {question.pk: Result.PARTLY for question in bad}
    answers = [
        Answer(
            audit=audit,
            question=question,
            result=results.get(question.pk, Result.MET),
            note="Siehe Feststellung" if question.pk in results else "",
            answered_by=frame.quality,
            answered_at=rules.moment(on, 10, 0),
        )
        for question in catalogue.questions
    ]
    audit.status, audit.started_on, audit.done_on = AuditStatus.FINISHED, on, on
    audit.score = audit_rules.score((each.question.weight, each.result) for each in answers)
    frame.rows.add(*answers)
    findings = [_find(frame, audit, question.text_de) for question in bad]
    frame.tell(Verb.FINISHED, on, frame.quality, audit=audit.number, score=str(audit.score))
    return findings


def _find(frame: Frame, audit: Audit, criterion: str) -> Finding:
    on, grade = audit.due_on, frame.chance.choice(_GRADES)
    due_on = audit_rules.due_on(grade, on)
    done_on = frame.done_on(due_on, since=on)
    finding = Finding(
        audit=audit,
        number=f"F-{frame.count('F'):04d}",
        grade=grade,
        criterion=criterion[:200],
        statement="Nachweise lagen nicht vollständig vor.",
        owner=frame.operations,
        due_on=due_on,
        original_due_on=due_on,
        done_on=done_on,
        status=FindingStatus.DONE if done_on else FindingStatus.OPEN,
    )
    frame.rows.add(finding)
    frame.tell(Verb.FINDING_RECORDED, on, frame.quality, finding=finding.number)
    return finding
