"""Sheets, steps and tenders of a case as the services leave them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from accounts.models import User
from winback.cases import services
from winback.cases.models import (
    Aftercare,
    Assessment,
    Case,
    Duty,
    EscalationStep,
    Handover,
    Lesson,
    PlanB,
    PlannedEffort,
    Tender,
)
from winback.cases.services import Owed

TODAY = dt.date(2026, 11, 23)
SOON = dt.date(2026, 12, 1)
#: a second contract worth 300.000 €
LIFE: dict[str, Any] = {
    "contribution": Decimal(120_000),
    "care_cost": Decimal(20_000),
    "years": 3,
    "survival": Decimal(100),
    "interest": Decimal(0),
}


def assess(case: Case, **facts: Any) -> Assessment:
    """Seven factors that hold, no complaints, and the second life; ``facts`` change it."""
    good = dict.fromkeys(
        ("controllable", "changeable", "strategic", "recovery", "decider", "window"), "yes"
    )
    return Assessment.objects.create(case=case, complaints="no", **{**good, **LIFE, **facts})


def plan_effort(case: Case, **facts: Any) -> PlannedEffort:
    """100 hours at 90 € and 6.000 € of goodwill: 15.000 €."""
    defaults = {"hours": Decimal(100), "rate": Decimal(90), "goodwill": Decimal(6000)}
    return PlannedEffort.objects.create(case=case, **{**defaults, **facts})


def step(case: Case, owner: User, **facts: Any) -> EscalationStep:
    values = {"title": "Regionalleitung einschalten", "level": 2, "helper": "", **facts}
    owed = Owed(owner, values.pop("due_on", SOON))
    return services.plan_step(case=case, actor=case.owner, today=TODAY, owed=owed, **values)


def plan_b(case: Case, owner: User | None = None, due_on: dt.date = SOON) -> PlanB:
    return services.write_plan_b(
        sheet=PlanB(case=case),
        version=0,
        actor=case.owner,
        today=TODAY,
        changes={"alternatives": "Zwei Kliniken im Umland"},
        owed=Owed(owner or case.owner, due_on),
    )


def aftercare(case: Case, owner: User | None = None, due_on: dt.date = SOON) -> Aftercare:
    return services.write_aftercare(
        sheet=Aftercare(case=case),
        version=0,
        actor=case.owner,
        today=TODAY,
        changes={"every_days": 30, "topics": "Energiebericht"},
        owed=Owed(owner or case.owner, due_on),
    )


def tender(case: Case, owner: User | None = None, **facts: Any) -> Tender:
    """The next tender, prepared by ``owner``; without one an award that was lost."""
    values = {
        "title": "Los Süd",
        "result": "planned" if owner else "lost",
        "held_on": dt.date(2027, 3, 1) if owner else dt.date(2026, 3, 1),
        **facts,
    }
    return services.write_tender(
        tender=Tender(case=case),
        version=0,
        actor=case.owner,
        today=TODAY,
        changes=values,
        owed=Owed(owner, SOON) if owner else None,
    )


def swap(case: Case, to: User, actor: User | None = None, **facts: Any) -> Handover:
    moving = facts.pop("moving", set())
    changes = {"successor": to, "reason": "Vertrauen verbraucht", "fit": "Ingenieur", **facts}
    return services.change_key_account_manager(
        case=case,
        version=case.version,
        actor=actor or case.owner,
        today=TODAY,
        changes=changes,
        due_on=SOON,
        moving=moving,
        items=["Vertrag erklärt", "Zusagen durchgegangen"],
    )


def lesson(case: Case, **facts: Any) -> Lesson:
    changes = {"what": "Zu viel zugesagt", "proposal": "Angebote gegenrechnen", **facts}
    return services.propose_lesson(case=case, actor=case.owner, today=TODAY, changes=changes)


def finish(duty: Duty, actor: User, result: str = "erledigt") -> Duty:
    return services.complete_duty(
        duty=duty, version=duty.version, actor=actor, today=TODAY, result=result
    )
