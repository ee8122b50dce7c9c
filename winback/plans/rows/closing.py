"""What the closing of a finding asks for, as ready strings."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from accounts.models import User
from audits.models import Finding
from audits.permissions import can_resolve_finding
from winback.cases.permissions import can_work_on_case
from winback.plans.enums import Lack
from winback.plans.permissions import can_add_measure
from winback.plans.rules import Answered


@dataclass(frozen=True, slots=True)
class GatePoint:
    """One thing the closing of a finding asks for; ``url`` is where it is met."""

    key: Lack
    text: str
    is_met: bool
    url: str
    note: str = ""


def gate_points(finding: Finding, answered: Answered, user: User) -> list[GatePoint]:
    """Everything the closing asks for, in order; what is missing is linked for who may add it."""
    urls = _urls(finding, user)
    return [
        GatePoint(
            key=lack,
            text=str(lack.label),
            is_met=is_met,
            url="" if is_met else urls.get(lack, ""),
            note="" if is_met else pgettext("lack", "missing"),
        )
        for lack, is_met in answered.steps
    ]


def _urls(finding: Finding, user: User) -> dict[Lack, str]:
    """Where this user can add what is missing."""
    case, found = finding.case, {}
    if can_resolve_finding(user, finding):
        resolve = reverse("audits:finding_resolve", args=[finding.number])
        found = {Lack.DECISION: resolve, Lack.CORRECTION: resolve}
    if can_work_on_case(user, case):
        found[Lack.CAUSE] = reverse("causes:list", args=[case.number])
    if can_add_measure(user, case) and finding.is_open:
        measure = reverse("plans:measure_create", args=[case.number])
        found[Lack.MEASURE] = f"{measure}?feststellung={finding.number}"
    return found
