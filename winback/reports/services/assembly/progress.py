"""The facts of a progress report: how the case stands on one day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from audits.enums import AuditStatus, Grade
from audits.models import Audit, Finding
from winback.cases.enums import Status
from winback.cases.models import Case, HealthOverride
from winback.cases.rules import judge
from winback.common import health, obligations
from winback.dialogue.models import Commitment
from winback.dialogue.obligations import KIND as COMMITMENT
from winback.plans.enums import MeasureStatus
from winback.plans.models import Measure, PlanPhase
from winback.plans.obligations import KIND as MEASURE
from winback.reports.rules.facts import FindingFacts, MeasureFacts
from winback.reports.rules.progress import (
    CommitmentFacts,
    LastAuditFacts,
    PhaseFacts,
    ProgressFacts,
    StepFacts,
)
from winback.reports.services.assembly.audit import finding_facts, measure_facts
from winback.reports.services.assembly.kpis import kpi_facts

#: How far ahead "next steps" looks, in calendar days.
STEP_DAYS = 28
#: The kind under which the room of the audits registers findings.
FINDING = "finding"
#: Kinds of obligation that have a table of their own in the report.
_SHOWN_ELSEWHERE = {MEASURE, COMMITMENT}


def assemble_progress(case: Case, today: date) -> ProgressFacts:
    """Everything the report of a case says; needs ``with_header()``.

    The number of statements does not depend on the number of rows.
    """
    majors = _majors(case)
    phases = _phases(case)
    level, reasons = _health(case, today)
    return ProgressFacts(
        provider=settings.PROVIDER_NAME,
        today=today,
        case_number=case.number,
        client=case.client.name,
        owner=case.owner.full_name,
        status=case.status,
        phase=case.phase,
        health=level,
        health_reasons=reasons,
        value_at_stake=case.value_at_stake,
        situation=case.situation,
        situation_by=case.situation_by.short_name if case.situation_by else "",
        situation_on=timezone.localdate(case.situation_at) if case.situation_at else None,
        resting_until=case.resting_until,
        closed_on=case.closed_on,
        notice_on=case.contract.notice_on if case.contract else None,
        contract_ends_on=case.contract.ends_on if case.contract else None,
        has_plan=bool(phases),
        last_audit=_last_audit(case),
        kpis=kpi_facts(case, today),
        phases=phases,
        commitments=_commitments(case, today),
        majors=_major_facts(majors, phases),
        steps=_steps(case, today, {each.pk for each in majors}),
    )


def _health(case: Case, today: date) -> tuple[str, tuple[str, ...]]:
    """Judged anew from the facts, so that the reasons speak the language of the report.

    Empty where the page shows no health either: resting, ended or not judged yet.
    """
    if case.status != Status.ACTIVE and not (case.status == Status.OPEN and case.health_at):
        return "", ()
    signals = health.signals(case.pk, today)
    overrides = list(
        HealthOverride.objects.filter(case=case, until__gte=today).values_list("level", "reason")
    )
    level = judge(signals, [each[0] for each in overrides])
    reasons = [each[1] for each in overrides] + [signal.reason for signal in signals]
    return level, tuple(reasons)


def _phases(case: Case) -> tuple[PhaseFacts, ...]:
    """The phases with their measures in the order of their dates; two statements."""
    measures: dict[int, list[MeasureFacts]] = defaultdict(list)
    rows = Measure.objects.of_case(case).exclude(status=MeasureStatus.DROPPED).with_row()
    for measure in rows.annotate(move_count=Count("moves")).order_by("due_on", "pk"):
        measures[measure.phase_id].append(measure_facts(measure))
    return tuple(
        PhaseFacts(
            number=phase.number,
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
            gate=phase.gate,
            passed_on=phase.passed_on,
            measures=tuple(measures[phase.pk]),
        )
        for phase in PlanPhase.objects.filter(plan__case=case)
    )


def _commitments(case: Case, today: date) -> tuple[CommitmentFacts, ...]:
    rows = Commitment.objects.filter(case=case).select_related("contact", "owner")
    return tuple(
        CommitmentFacts(
            what=each.what,
            to=each.contact.name if each.contact else "",
            owner=each.owner.short_name,
            promised_on=each.promised_on,
            due_on=each.due_on,
            state=each.state(today),
            ended_on=each.done_on or each.broken_on or each.released_on,
            is_overdue=each.is_overdue(today),
        )
        for each in rows.order_by("due_on", "pk")
    )


def _majors(case: Case) -> list[Finding]:
    """Major nonconformities somebody still owes the correction of, earliest first."""
    rows = Finding.objects.filter(audit__case=case, grade=Grade.MAJOR).open()
    return list(rows.select_related("owner", "question").order_by("due_on", "pk"))


def _major_facts(majors: list[Finding], phases: tuple[PhaseFacts, ...]) -> tuple[FindingFacts, ...]:
    """With the measures of the plan that answer them."""
    measures = [measure for phase in phases for measure in phase.measures]
    return tuple(
        finding_facts(each, [m for m in measures if m.finding == each.number]) for each in majors
    )


def _last_audit(case: Case) -> LastAuditFacts | None:
    finished = Audit.objects.filter(case=case, status=AuditStatus.FINISHED).with_head()
    audit = finished.order_by("-done_on", "-pk").first()
    if audit is None or audit.done_on is None:
        return None
    verdict = audit.verdict
    return LastAuditFacts(
        audit.number, audit.done_on, audit.score, verdict.value if verdict else ""
    )


def _steps(case: Case, today: date, majors: set[int]) -> tuple[StepFacts, ...]:
    """What the registry of obligations knows for the next weeks, and what is overdue."""
    query = obligations.Query(case_id=case.pk, due_until=today + timedelta(days=STEP_DAYS))
    items = [
        item
        for item in obligations.find(query)
        if item.kind not in _SHOWN_ELSEWHERE and not (item.kind == FINDING and item.pk in majors)
    ]
    people = {user.pk: user for user in User.objects.filter(pk__in=[i.owner_id for i in items])}
    return tuple(
        StepFacts(item.due_on, item.title, people[item.owner_id].short_name) for item in items
    )
