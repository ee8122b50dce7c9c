"""One finding with its cause and its measures: the steps from record to effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from audits.enums import NOT_COUNTING, FindingStatus
from audits.models import Finding
from audits.rows.disclosure import disclosure_actions
from audits.rows.findings import (
    FindingAction,
    FindingFacts,
    FindingRow,
    finding_actions,
    finding_facts,
    finding_row,
)
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case
from winback.causes.models import Cause
from winback.plans.models import EffectivenessCheck, Measure, RecoveryPlan
from winback.plans.permissions import can_judge, can_plan_check
from winback.plans.rows.checks import CheckRow, check_rows
from winback.plans.rows.closing import GatePoint, gate_points
from winback.plans.rows.measures import MeasureRow, measure_row
from winback.plans.rules import Answered
from winback.plans.services import answered


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps of a finding; ``kind`` is a status shape."""

    kind: str
    word: str
    label: str


@dataclass(frozen=True, slots=True)
class FindingPage:
    """What the page of a finding places."""

    facts: FindingFacts
    steps: list[Step]
    causes: list[str]
    causes_url: str
    measures: list[MeasureRow]
    measure_url: str
    actions: list[FindingAction]
    case_url: str
    gate: list[GatePoint]
    checks: list[CheckRow]
    parts: list[FindingRow]


def finding_page(finding: Finding, user: User, today: date) -> FindingPage:
    """Needs ``with_audit()``. External auditors see the finding without the case around it."""
    case = finding.audit.case
    sees_case = Case.objects.visible_to(user).filter(pk=case.pk).exists()
    causes = list(Cause.objects.filter(evidence__finding=finding).distinct()) if sees_case else []
    measures = list(Measure.objects.filter(finding=finding).with_row()) if sees_case else []
    checks = list(finding.checks.with_row())
    done = answered(finding)
    plans = sees_case and can_work_on_case(user, case)
    return FindingPage(
        facts=finding_facts(finding, today, sees_case=sees_case),
        steps=_steps(finding, done),
        causes=[cause.statement for cause in causes],
        causes_url=reverse("causes:list", args=[case.number]) if sees_case else "",
        measures=[measure_row(measure, user, today) for measure in measures],
        measure_url=_measure_url(finding, case) if plans and finding.is_open else "",
        actions=[
            *_check_actions(user, finding, checks),
            *finding_actions(user, finding),
            *disclosure_actions(user, finding),
        ],
        case_url=case.get_absolute_url() if sees_case else "",
        gate=_gate(finding, done, user),
        checks=check_rows(checks, today),
        parts=_parts(finding, today),
    )


def _gate(finding: Finding, done: Answered, user: User) -> list[GatePoint]:
    """What the closing still asks for; nothing for a strength, and for what is closed otherwise."""
    is_asked = finding.is_open or finding.is_done or finding.status == FindingStatus.EFFECTIVE
    if finding.is_strength or not is_asked:
        return []
    return gate_points(finding, done, user)


def _parts(finding: Finding, today: date) -> list[FindingRow]:
    """The minors the major was made of."""
    if not finding.aggregated_reason:
        return []
    return [finding_row(part, today) for part in finding.parts.with_audit().order_by("pk")]


def _measure_url(finding: Finding, case: Case) -> str:
    """Where a measure is derived from the finding; empty before the plan has started."""
    if not RecoveryPlan.objects.filter(case=case).exists():
        return ""
    return f"{reverse('plans:measure_create', args=[case.number])}?feststellung={finding.number}"


def _check_actions(
    user: User, finding: Finding, checks: list[EffectivenessCheck]
) -> list[FindingAction]:
    """Judging the effect, or naming who does; ahead of everything else once it is done."""
    number = [finding.number]
    pending = next((check for check in checks if check.done_on is None), None)
    found = []
    if finding.is_done and can_judge(user, pending):
        url = reverse("plans:finding_check", args=number)
        found.append(FindingAction("check", _("Judge the effect"), url, False))
    if can_plan_check(user, finding):
        url = reverse("plans:finding_check_plan", args=number)
        found.append(FindingAction("check_plan", _("Plan effectiveness check"), url, False))
    return found


def _steps(finding: Finding, done: Answered) -> list[Step]:
    """Recorded, cause, measure, carried out, effect checked; others end with their decision."""
    steps = [(pgettext("finding step", "Recorded"), True)]
    if finding.is_nonconformity:
        steps += [
            (pgettext("finding step", "Cause"), done.has_cause),
            (pgettext("finding step", "Measure"), done.has_measure),
            (pgettext("finding step", "Carried out"), done.is_done),
            (pgettext("finding step", "Effect checked"), done.is_proved),
        ]
    elif not finding.is_strength:
        steps.append((pgettext("finding step", "Decided"), finding.is_settled))
    if finding.status in NOT_COUNTING:
        merged = pgettext("finding step", "Part of a major")
        last = merged if finding.is_part else pgettext("finding step", "Withdrawn")
        steps = [steps[0], (last, True)]
    return [
        Step("done" if is_met else "open", _("done") if is_met else _("open"), label)
        for label, is_met in steps
    ]
