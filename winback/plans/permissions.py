"""Who may do what with a plan. Predicates assume that the user may see the case."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.models import User
from audits.models import Finding
from audits.permissions import oversees
from winback.cases.enums import Status
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case
from winback.plans.enums import MeasureStatus
from winback.plans.models import EffectivenessCheck, Measure


def get_visible_measure(user: User, case_number: str, number: int) -> Measure:
    """Fetch a measure with the header of its case, in one statement. Anything else is 404."""
    found = Measure.objects.visible_to(user).with_page()
    measure: Measure = get_object_or_404(found, plan__case__number=case_number, number=number)
    return measure


def can_plan(user: User, case: Case) -> bool:
    """Add, change, hand over and drop measures, close phases: those who work on the live case."""
    return can_work_on_case(user, case)


def can_start_plan(user: User, case: Case) -> bool:
    """The phase is stored from the first day of a plan: without one there is no plan."""
    return can_plan(user, case) and not case.phase


def can_resume_plan(user: User, case: Case) -> bool:
    """A resting case with a plan is taken up again where it stood."""
    return can_plan(user, case) and bool(case.phase) and case.status == Status.RESTING


def can_add_measure(user: User, case: Case) -> bool:
    return can_plan(user, case) and bool(case.phase)


def can_change_measure(user: User, measure: Measure) -> bool:
    """Change an open measure; an ended one is reopened first."""
    return can_plan(user, measure.case) and measure.is_open


def can_reopen_measure(user: User, measure: Measure) -> bool:
    return can_plan(user, measure.case) and not measure.is_open


def takes_part(user: User, measure: Measure) -> bool:
    """Planners, and owner and deputy of the measure, while the case has not ended."""
    if not measure.case.is_live:
        return False
    return user.pk in {measure.owner_id, measure.deputy_id} or can_plan(user, measure.case)


def can_do_measure(user: User, measure: Measure) -> bool:
    """Complete, move and set the status of an open measure."""
    return measure.is_open and takes_part(user, measure)


def can_plan_check(user: User, thing: Finding | Measure) -> bool:
    """Name who judges the effect: the lead auditor, quality managers, those who work on the case.

    Only of what is done and asks for it: a nonconformity, or a measure that answers no finding.
    """
    if not thing.case.is_live:
        return False
    if isinstance(thing, Measure):
        is_own = thing.status == MeasureStatus.DONE and thing.finding_id is None
        return is_own and can_plan(user, thing.case)
    may = oversees(user, thing.audit) or can_work_on_case(user, thing.case)
    return thing.is_done and thing.is_nonconformity and may


def can_judge(user: User, check: EffectivenessCheck | None) -> bool:
    """The person named or the deputy, never the doer; while the case goes on."""
    if check is None or not check.case.is_live or check.doer_id == user.pk:
        return False
    return user.pk in {check.owner_id, check.deputy_id}
