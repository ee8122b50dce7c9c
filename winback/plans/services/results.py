"""What came of a talk: commitments and measures, several at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.dialogue import services as dialogue
from winback.dialogue.models import Interaction
from winback.plans.models import RecoveryPlan
from winback.plans.rules import Result
from winback.plans.services.measures import add_measure
from winback.plans.services.plan import PlanError


@transaction.atomic
def record_results(
    *,
    talk: Interaction,
    plan: RecoveryPlan | None,
    actor: User,
    today: date,
    results: Sequence[Result],
    reason: str = "",
) -> None:
    """Record everything that came of the talk, all of it or nothing, each linked to it.

    A measure stands in the first phase that is not passed. Raises CaseEnded, and PlanError for a
    measure without a plan or after its last phase.
    """
    phase = None if plan is None else plan.phases.filter(passed_on=None).first()
    for result in results:
        changes = result.changes | {"interaction": talk}
        if result.is_commitment:
            dialogue.give(case=talk.case, actor=actor, today=today, changes=changes, reason=reason)
            continue
        if plan is None or phase is None:
            raise PlanError(_("A measure needs a plan whose phases are not all passed."))
        add_measure(
            plan=plan,
            actor=actor,
            today=today,
            changes=changes | {"phase": phase},
            reason=reason,
        )
