"""Steps that decisions leave to do: planned, done, handed to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import OUTLIVING, DutyKind, Verb
from winback.cases.models import Aftercare, Case, Duty, PlanB
from winback.cases.services.core import NotReady, must_be_live, record
from winback.cases.services.members import let_see
from winback.cases.services.sheets import save_sheet, write_sheet
from winback.common.claims import claim


@dataclass(frozen=True, slots=True)
class Owed:
    """By whom and until when."""

    owner: User
    due_on: date


def plan_duty(case: Case, kind: str, title: str, owed: Owed, today: date) -> Duty:
    """Make a step and let its owner into the case; inside the caller's transaction."""
    let_see(case, owed.owner, today)
    return Duty.objects.create(
        case=case,
        kind=kind,
        title=title[:200],
        owner=owed.owner,
        due_on=owed.due_on,
        original_due_on=owed.due_on,
    )


def keep_duty(duty: Duty, owed: Owed, actor: User, today: date, title: str = "") -> None:
    """Give an open step owner and date of the form it stands in; its original date stays."""
    claim(duty, version=duty.version, actor=actor)
    duty.owner, duty.due_on, duty.title = owed.owner, owed.due_on, title[:200] or duty.title
    duty.save()
    let_see(duty.case, owed.owner, today)


@transaction.atomic
def complete_duty(*, duty: Duty, version: int, actor: User, today: date, result: str) -> Duty:
    """Say that the step is done and what came of it.

    Effects: contact after the end of the case falls due again after its rhythm, from today on.
    Raises NotReady when it is done already, and for a handover, which ends by its checklist;
    IllegalTransition for a step that ended with its case.
    """
    if duty.kind not in OUTLIVING:
        must_be_live(duty.case)
    if not duty.is_open:
        raise NotReady(_("This step is done already."))
    if duty.kind == DutyKind.HANDOVER:
        raise NotReady(_("A handover is done when its list is done and the client is told."))
    claim(duty, version=version, actor=actor)
    if duty.kind == DutyKind.CARE:
        rhythm = Aftercare.objects.values_list("every_days", flat=True).get(duty=duty)
        duty.due_on = duty.original_due_on = today + timedelta(days=rhythm)
    else:
        duty.done_on = today
    duty.result = result
    duty.save()
    record(duty.case, actor, Verb.DUTY_DONE, title=duty.title, note=result)
    return duty


@transaction.atomic
def reassign_duty(pk: int, owner: User, actor: User) -> None:
    """For the registry of obligations: another person owes the step from now on."""
    duty = Duty.objects.select_related("case").get(pk=pk)
    claim(duty, version=duty.version, actor=actor)
    before, duty.owner = duty.owner, owner
    if duty.deputy_id == owner.pk:
        duty.deputy = None
    duty.save()
    let_see(duty.case, owner, timezone.localdate())
    record(duty.case, actor, Verb.DUTY_MOVED, title=duty.title, user=str(owner), before=str(before))


@transaction.atomic
def write_plan_b(
    *, sheet: PlanB, version: int, actor: User, today: date, changes: dict[str, Any], owed: Owed
) -> PlanB:
    """Write down what happens if the win-back fails, and who decides on it until when."""
    must_be_live(sheet.case)
    title = _("Decide on Plan B")
    if sheet.is_new:
        sheet.duty = plan_duty(sheet.case, DutyKind.PLAN_B, title, owed, today)
    elif sheet.duty.is_open:
        keep_duty(sheet.duty, owed, actor, today)
    elif (sheet.duty.owner, sheet.duty.due_on) != (owed.owner, owed.due_on):
        sheet.duty = plan_duty(sheet.case, DutyKind.PLAN_B, title, owed, today)
    write_sheet(sheet=sheet, version=version, actor=actor, changes=changes)
    return sheet


@transaction.atomic
def write_aftercare(
    *,
    sheet: Aftercare,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    owed: Owed,
) -> Aftercare:
    """Say who keeps contact after the end of the case, how often and about what.

    Allowed before and after the end; the first contact is owed once the case has ended.
    """
    if sheet.is_new:
        title = _("Keep in contact with the client")
        sheet.duty = plan_duty(sheet.case, DutyKind.CARE, title, owed, today)
    else:
        keep_duty(sheet.duty, owed, actor, today)
    save_sheet(sheet=sheet, version=version, actor=actor, changes=changes)
    return sheet
