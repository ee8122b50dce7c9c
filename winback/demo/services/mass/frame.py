"""What the parts of one case have in common, and the rows that wait to be stored in bulk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import models
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from audits.models import Answer, Audit, Finding, Question, TemplateVersion
from winback.cases.models import Case, CaseEvent, CaseMember, Outcome, Qualification
from winback.clients.models import Client, Site
from winback.demo import rules
from winback.dialogue.models import Commitment
from winback.kpis.models import Baseline, CaseKpi, KpiDefinition, Measurement, Target
from winback.plans.models import Measure, PlanPhase, RecoveryPlan
from winback.plans.services.template import Template

#: In this order; what has row versions gets its first one.
_ORDER: Sequence[type[models.Model]] = (
    Case, CaseMember, Qualification, Outcome, Audit, Answer, Finding, Commitment, CaseKpi,
    Baseline, Target, Measurement, RecoveryPlan, PlanPhase, Measure, CaseEvent,
)  # fmt: skip
_BATCH = 400


class Rows:
    """Unsaved rows by model; they may refer to one another."""

    def __init__(self) -> None:
        self._by_model: dict[type[models.Model], list[Any]] = defaultdict(list)

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self._by_model[type(row)].append(row)

    def of(self, model: type[models.Model]) -> list[Any]:
        return self._by_model[model]

    def save(self) -> None:
        for model in _ORDER:
            if hasattr(model, "history"):
                bulk_create_with_history(self.of(model), model, batch_size=_BATCH)
            else:
                model._default_manager.bulk_create(self.of(model), batch_size=_BATCH)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The reference data every case uses."""

    template: Template
    kpi: KpiDefinition
    version: TemplateVersion
    questions: list[Question]


@dataclass(slots=True)
class Frame:
    """One case: its people, its span of time, and where its rows go."""

    today: date
    now: datetime
    client: Client
    site: Site
    lead: User
    quality: User
    operations: User
    board: User
    rows: Rows
    numbers: Counter[str]
    chance: Random
    case: Case = field(init=False)

    @property
    def end(self) -> date:
        """The last day on which something can have happened."""
        return self.case.closed_on or self.today

    def after(self, days: int) -> date:
        """So many days after the case was opened."""
        return self.case.opened_on + timedelta(days=days)

    def count(self, scope: str) -> int:
        """The next number of a range."""
        self.numbers[scope] += 1
        return self.numbers[scope]

    def likely(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def done_on(self, due_on: date, *, since: date) -> date | None:
        """When something due then was done; None while it is open.

        In an ended case nothing is open; in a live one little is overdue, and not for long.
        """
        is_late = self.case.is_live and (self.today - due_on).days < 20 and self.likely(25)
        if due_on >= self.end or is_late:
            return self.case.closed_on
        return min(max(due_on - timedelta(days=self.chance.choice(rules.EARLY)), since), self.end)

    def tell(self, verb: str, day: date, actor: User, /, **data: Any) -> None:
        """One line of the history, on a working hour of its day."""
        at = rules.moment(day, 8 + self.chance.randrange(9), self.chance.randrange(60))
        event = CaseEvent(case=self.case, actor=actor, verb=verb, data=data, at=min(at, self.now))
        self.rows.add(event)
