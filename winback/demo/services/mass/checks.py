"""What was examined: one audit with its answers and four findings, one KPI with its values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from audits import rules as audit_rules
from audits.enums import AuditStatus, FindingStatus, Grade, Result
from audits.enums import Verb as AuditVerb
from audits.models import Answer, Audit, Finding
from winback.demo import rules
from winback.demo.services.mass.frame import Catalogue, Frame
from winback.kpis.enums import Verb as KpiVerb
from winback.kpis.models import Baseline, CaseKpi, Measurement, Target
from winback.kpis.rules import period_end, period_start, previous_start, steps_back

FINDINGS, MEASUREMENTS = 4, 12
AUDITED_AFTER, MEASURED_AFTER = 20, 8
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
    planned_on = frame.after(MEASURED_AFTER)
    frame.tell(AuditVerb.PLANNED, planned_on, frame.lead, audit=audit.number, on=on.isoformat())
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
    frame.tell(AuditVerb.FINISHED, on, frame.quality, audit=audit.number, score=str(audit.score))
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
    frame.tell(AuditVerb.FINDING_RECORDED, on, frame.quality, finding=finding.number)
    return finding


def measure_case(frame: Frame, catalogue: Catalogue) -> None:
    """Pick the KPI, release its baseline and target, enter the last twelve months."""
    on = frame.after(MEASURED_AFTER)
    kpi = CaseKpi(
        case=frame.case,
        definition=catalogue.kpi,
        owner=frame.operations,
        decision="Sondertermin mit der Objektleitung",
        added_on=on,
    )
    start = Decimal(frame.chance.randrange(70, 85))
    window_end = period_start(on, catalogue.kpi.frequency) - timedelta(days=1)
    baseline = Baseline(
        kpi=kpi,
        number=1,
        value=start,
        window_start=steps_back(window_end.replace(day=1), 2, catalogue.kpi.frequency),
        window_end=window_end,
        source="Ticketsystem",
        released_by=frame.operations,
        released_on=on,
    )
    target = Target(kpi=kpi, value=Decimal(95), due_on=on + timedelta(days=240))
    frame.rows.add(kpi, baseline, target, *_values(frame, kpi, start))
    frame.tell(KpiVerb.PICKED, on, frame.lead, title=catalogue.kpi.name_de)


def _values(frame: Frame, kpi: CaseKpi, start: Decimal) -> list[Measurement]:
    frequency = kpi.definition.frequency
    last = previous_start(period_start(frame.end, frequency), frequency)
    periods = [steps_back(last, back, frequency) for back in reversed(range(MEASUREMENTS))]
    levels = rules.series(
        before=start,
        now=start + frame.chance.randrange(-2, 15),
        flat=2,
        rising=MEASUREMENTS - 2,
        noise=Decimal(2),
        chance=frame.chance,
    )
    values = rules.rounded(levels, kpi.definition.decimals, Decimal(100))
    return [
        Measurement(
            kpi=kpi,
            period_start=period,
            value=value,
            source="Ticketsystem",
            entered_by=frame.operations,
            entered_at=rules.moment(_entered_on(frame, period, frequency), 9, 30),
        )
        for period, value in zip(periods, values, strict=True)
    ]


def _entered_on(frame: Frame, period: date, frequency: str) -> date:
    return max(period_end(period, frequency) + timedelta(days=1), frame.case.opened_on)
