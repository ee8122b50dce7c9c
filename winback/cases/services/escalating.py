"""Raising and lowering the escalation level, and the steps on it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import DutyKind, EscalationLevel, Verb
from winback.cases.models import Case, EscalationStep
from winback.cases.services.core import NotReady, must_be_live, record
from winback.cases.services.duties import Owed, plan_duty
from winback.common.claims import claim


@transaction.atomic
def set_escalation(*, case: Case, version: int, actor: User, level: int, reason: str) -> Case:
    """Move the conflict to another level, up or down, with a reason."""
    must_be_live(case)
    if level == case.escalation_level:
        raise NotReady(_("The case stands on this level already."), field="level")
    claim(case, version=version, actor=actor)
    before, case.escalation_level = case.escalation_level, level
    case.save()
    label = EscalationLevel(level).label
    record(case, actor, Verb.ESCALATED, title=str(label), level=level, before=before, reason=reason)
    return case


@transaction.atomic
def plan_step(
    *, case: Case, actor: User, today: date, title: str, level: int, helper: str, owed: Owed
) -> EscalationStep:
    """Plan one step of the escalation: what, by whom, until when, with which help from outside."""
    must_be_live(case)
    duty = plan_duty(case, DutyKind.ESCALATION, title, owed, today)
    step = EscalationStep.objects.create(case=case, level=level, helper=helper, duty=duty)
    record(case, actor, Verb.STEP_PLANNED, title=title, user=str(owed.owner), note=helper)
    return step
