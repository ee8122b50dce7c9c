"""Plans and measures, without the services under test."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory

from accounts.models import User
from audits.models import Finding
from tests.cases.factories import active_case
from winback.cases.models import Case
from winback.cases.services import let_see, set_phase
from winback.common.workdays import Bundesland
from winback.plans.enums import MeasureStatus
from winback.plans.models import EffectivenessCheck, Measure, PlanPhase, RecoveryPlan

#: Phase number → first and last day; they overlap. The third is the current one on 2026-11-23.
SPANS = {
    "1": (dt.date(2026, 8, 31), dt.date(2026, 9, 27)),
    "2": (dt.date(2026, 9, 3), dt.date(2026, 10, 11)),
    "3": (dt.date(2026, 10, 1), dt.date(2026, 12, 4)),
    "4": (dt.date(2026, 11, 16), dt.date(2027, 2, 13)),
    "5": (dt.date(2026, 12, 1), dt.date(2027, 8, 31)),
}


class PlanFactory(factory.django.DjangoModelFactory[RecoveryPlan]):
    """A plan that began on 2026-08-31 in Hesse; ``passed=2`` phases are closed."""

    class Meta:
        model = RecoveryPlan

    case = factory.LazyFunction(active_case)
    started_on = dt.date(2026, 8, 31)
    bundesland = Bundesland.HE
    created_by = factory.LazyAttribute(lambda plan: plan.case.owner)

    @classmethod
    def _create(cls, model_class: type[RecoveryPlan], *args: Any, **kwargs: Any) -> RecoveryPlan:
        passed = kwargs.pop("passed", 0)
        plan = model_class.objects.create(**kwargs)
        for number, (starts_on, ends_on) in SPANS.items():
            is_passed = int(number) <= passed
            PlanPhase.objects.create(
                plan=plan,
                number=number,
                starts_on=starts_on,
                ends_on=ends_on,
                gate=f"Kriterien der Phase {number}",
                passed_on=ends_on if is_passed else None,
                passed_by=plan.created_by if is_passed else None,
            )
        set_phase(plan.case, str(min(passed + 1, 5)))
        return plan


def plan_of(case: Case) -> RecoveryPlan:
    """The plan of the case, made when it has none."""
    return RecoveryPlan.objects.filter(case=case).first() or PlanFactory(case=case)


class MeasureFactory(factory.django.DjangoModelFactory[Measure]):
    """An open measure of phase 3, due 2026-11-30, owned by the case owner; ``phase="4"`` by number.

    Owner and deputy are in the team, as after the service. Status done sets ``done_on``.
    """

    class Meta:
        model = Measure

    plan = factory.SubFactory(PlanFactory)
    phase = "3"
    title = factory.Sequence(lambda n: f"Aufzugsnotruf Haus {n} prüfen")
    due_on = dt.date(2026, 11, 30)

    @classmethod
    def _create(cls, model_class: type[Measure], *args: Any, **kwargs: Any) -> Measure:
        plan: RecoveryPlan = kwargs["plan"]
        kwargs.setdefault("owner", plan.case.owner)
        kwargs.setdefault("original_due_on", kwargs["due_on"])
        kwargs["phase"] = plan.phases.get(number=kwargs["phase"])
        kwargs.setdefault("number", plan.measures.count() + 1)
        if kwargs.get("recurrence"):
            kwargs.setdefault("repeats_from", kwargs["original_due_on"])
        if kwargs.get("status") == MeasureStatus.DONE:
            kwargs.setdefault("done_on", kwargs["due_on"])
        measure = model_class.objects.create(**kwargs)
        for person in (measure.owner, measure.deputy):
            if person is not None:
                let_see(plan.case, person, plan.started_on)
        return measure


def check_of(
    thing: Finding | Measure, owner: User, due_on: dt.date = dt.date(2026, 11, 23), **more: Any
) -> EffectivenessCheck:
    """The check of something done, to be made by ``owner``."""
    own = {"finding" if isinstance(thing, Finding) else "measure": thing}
    check: EffectivenessCheck = EffectivenessCheck.objects.create(
        case=thing.case,
        doer=thing.owner,
        owner=owner,
        due_on=due_on,
        original_due_on=due_on,
        **own,
        **more,
    )
    return check
