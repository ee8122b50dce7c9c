"""Facts with plausible values, for rules and printing without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from audits.enums import AuditKind, FindingStatus, Grade, Result
from winback.cases.enums import Health, Status
from winback.dialogue.enums import CommitmentState
from winback.kpis.enums import Direction, Frequency, Standing
from winback.plans.enums import MeasureStatus
from winback.reports.rules.facts import (
    AuditFacts,
    FindingFacts,
    GroupFacts,
    MeasureFacts,
    QuestionFacts,
)
from winback.reports.rules.progress import (
    CommitmentFacts,
    KpiFacts,
    LastAuditFacts,
    PhaseFacts,
    PointFacts,
    ProgressFacts,
    StepFacts,
)

TODAY = dt.date(2026, 11, 23)
YESTERDAY = dt.date(2026, 11, 22)
LATER = dt.date(2026, 11, 30)


def measure(**more: Any) -> MeasureFacts:
    """Open, due in a week."""
    values = {
        "code": "M-1",
        "title": "Aufzugsnotruf prüfen",
        "owner": "R. Ott",
        "due_on": LATER,
        "original_due_on": LATER,
        "status": MeasureStatus.OPEN,
    }
    return MeasureFacts(**{**values, **more})


def done(**more: Any) -> MeasureFacts:
    """Done a week before its date."""
    return measure(**{"status": MeasureStatus.DONE, "done_on": TODAY, **more})


def finding(**more: Any) -> FindingFacts:
    """An open major, due in a week."""
    values = {
        "number": "F-0001",
        "grade": Grade.MAJOR,
        "criterion": "LV 4.2",
        "statement": "Fluchtweg verstellt.",
        "owner": "R. Ott",
        "due_on": LATER,
        "status": FindingStatus.OPEN,
    }
    return FindingFacts(**{**values, **more})


def question(code: str, result: str, weight: int = 1, **more: Any) -> QuestionFacts:
    return QuestionFacts(code, f"Ist {code} in Ordnung?", weight, result, **more)


def audit(**more: Any) -> AuditFacts:
    """A passed audit without findings: 90 percent in one group."""
    values = {
        "provider": "Winback FM Services",
        "today": TODAY,
        "number": "A-0107",
        "template": "Internes Service-Audit",
        "template_version": 3,
        "kind": AuditKind.INTERNAL,
        "case_number": "RG-2026-0042",
        "client": "Norhagen Bau AG",
        "site": "Haus B",
        "lead": "Tim Wolf",
        "done_on": dt.date(2026, 11, 18),
        "score": Decimal("90.00"),
        "groups": (GroupFacts("Leistung", (question("S1", Result.MET),)),),
    }
    return AuditFacts(**{**values, **more})


def kpi(**more: Any) -> KpiFacts:
    """91.2 percent of 96 in October, on the path from 78 to 95."""
    values = {
        "name": "SLA-Erfüllung",
        "unit": "%",
        "decimals": 1,
        "direction": Direction.UP,
        "frequency": Frequency.MONTHLY,
        "owner": "A. Kaya",
        "standing": Standing.ON_PATH,
        "value": Decimal("91.2"),
        "period": dt.date(2026, 10, 1),
        "answered": dt.date(2026, 10, 1),
        "sample_size": 96,
        "gain": Decimal("13.2"),
        "baseline": Decimal(78),
        "baseline_start": dt.date(2026, 6, 1),
        "baseline_end": dt.date(2026, 8, 31),
        "target": Decimal(95),
        "target_on": dt.date(2027, 2, 28),
        "points": (
            PointFacts(dt.date(2026, 9, 1), Decimal(84), 88),
            PointFacts(dt.date(2026, 10, 1), Decimal("91.2"), 96),
        ),
    }
    return KpiFacts(**{**values, **more})


def commitment(state: str = CommitmentState.KEPT, **more: Any) -> CommitmentFacts:
    values = {
        "what": "Reinigungsplan vorlegen",
        "to": "B. Brandt",
        "owner": "A. Kaya",
        "promised_on": dt.date(2026, 11, 2),
        "due_on": LATER,
        "state": state,
    }
    return CommitmentFacts(**{**values, **more})


def phase(number: str = "3", **more: Any) -> PhaseFacts:
    """A phase that ends on 4 December."""
    values = {"starts_on": dt.date(2026, 10, 1), "ends_on": dt.date(2026, 12, 4)}
    return PhaseFacts(number, **{**values, **more})


def progress(**more: Any) -> ProgressFacts:
    """An active case on track: plan, KPI, audit and a kept commitment, nothing wrong."""
    values = {
        "provider": "Winback FM Services",
        "today": TODAY,
        "case_number": "RG-2026-0042",
        "client": "Norhagen Bau AG",
        "owner": "Aylin Kaya",
        "status": Status.ACTIVE,
        "health": Health.ON_TRACK,
        "value_at_stake": Decimal(1_900_000),
        "has_plan": True,
        "phases": (phase(measures=(measure(), done())),),
        "kpis": (kpi(),),
        "commitments": (commitment(),),
        "last_audit": LastAuditFacts("A-0107", dt.date(2026, 11, 18), Decimal(90), "passed"),
    }
    return ProgressFacts(**{**values, **more})


def step(on: dt.date, title: str = "Review-Meeting") -> StepFacts:
    return StepFacts(on, title, "A. Kaya")
