"""One finding with its cause and its measures: the steps from record to effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from audits.enums import FINDING_OPEN, NONCONFORMITIES, FindingStatus
from audits.models import Finding
from audits.rows.findings import FindingAction, FindingFacts, finding_actions, finding_facts
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case
from winback.causes.models import Cause
from winback.plans.models import Measure, RecoveryPlan
from winback.plans.rows.measures import MeasureRow, measure_row


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


def finding_page(finding: Finding, user: User, today: date) -> FindingPage:
    """Needs ``with_audit()``. External auditors see the finding without the case around it."""
    case = finding.audit.case
    sees_case = Case.objects.visible_to(user).filter(pk=case.pk).exists()
    causes = list(Cause.objects.filter(evidence__finding=finding).distinct()) if sees_case else []
    measures = list(Measure.objects.filter(finding=finding).with_row()) if sees_case else []
    plans = sees_case and can_work_on_case(user, case)
    return FindingPage(
        facts=finding_facts(finding, today),
        steps=_steps(finding, named=bool(causes), planned=bool(measures)),
        causes=[cause.statement for cause in causes],
        causes_url=reverse("causes:list", args=[case.number]) if sees_case else "",
        measures=[measure_row(measure, user, today) for measure in measures],
        measure_url=_measure_url(finding, case) if plans and finding.is_open else "",
        actions=finding_actions(user, finding),
        case_url=case.get_absolute_url() if sees_case else "",
    )


def _measure_url(finding: Finding, case: Case) -> str:
    """Where a measure is derived from the finding; empty before the plan has started."""
    if not RecoveryPlan.objects.filter(case=case).exists():
        return ""
    return f"{reverse('plans:measure_create', args=[case.number])}?feststellung={finding.number}"


def _steps(finding: Finding, *, named: bool, planned: bool) -> list[Step]:
    """Recorded, cause named, measure set, done; the last two only ask nonconformities."""
    ended = finding.status not in FINDING_OPEN
    done = finding.status in {FindingStatus.DONE, FindingStatus.EFFECTIVE}
    steps = [(pgettext("finding step", "Recorded"), True)]
    if finding.grade in NONCONFORMITIES:
        steps.append((pgettext("finding step", "Cause named"), named))
        steps.append((pgettext("finding step", "Measure set"), planned))
    steps.append((pgettext("finding step", "Done"), done))
    if finding.status == FindingStatus.WITHDRAWN:
        steps[-1] = (pgettext("finding step", "Withdrawn"), ended)
    return [
        Step("done" if is_met else "open", _("done") if is_met else _("open"), label)
        for label, is_met in steps
    ]
