"""Verbs of the plan itself: start, close a phase, resume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.enums import Role
from accounts.models import User
from audits.enums import Grade
from audits.models import Finding
from winback.cases.enums import Function
from winback.cases.models import Case, CaseMember
from winback.cases.services import activate, join_many, record, set_phase
from winback.common import clock
from winback.common.claims import RuleBroken
from winback.plans.enums import Verb
from winback.plans.models import Measure, PlanPhase, RecoveryPlan
from winback.plans.rules import current_phase, majors_count
from winback.plans.services.template import PhaseDates, Template, template

#: The role whose only holder takes a function, where the case team names nobody.
_ROLE_OF = {
    Function.EXECUTIVE: Role.MANAGEMENT,
    Function.REGIONAL_LEAD: Role.MANAGEMENT,
    Function.KEY_ACCOUNT_MANAGER: Role.KEY_ACCOUNT_MANAGER,
    Function.QUALITY_MANAGER: Role.QUALITY_MANAGER,
    Function.OPERATIONS_LEAD: Role.OPERATIONS,
}


class PlanError(RuleBroken):
    """A rule of the plan forbids the step."""


def presets(case: Case, functions: list[str], people: list[User], today: date) -> dict[str, Any]:
    """What the form for a new plan begins with: today, the Land of the first site, the owners."""
    site = case.sites.first()
    owners = owner_presets(case, functions, people)
    return {
        "started_on": today,
        "bundesland": site.bundesland if site else "",
        **{f"owner_{function}": user.pk for function, user in owners.items()},
    }


def owner_presets(case: Case, functions: list[str], people: list[User]) -> dict[str, User]:
    """Whom to suggest per function: the owner, the team of the case, the only one of a role."""
    known = {user.pk: user for user in people}
    team = dict(
        CaseMember.objects.filter(case=case, left_on=None, user__in=people)
        .order_by("-joined_on", "-pk")
        .values_list("function", "user_id")
    )
    presets = {}
    for function in functions:
        fitting = [user for user in people if user.role == _ROLE_OF.get(Function(function))]
        if function == Function.KEY_ACCOUNT_MANAGER and case.owner_id in known:
            presets[function] = known[case.owner_id]
        elif function in team:
            presets[function] = known[team[function]]
        elif len(fitting) == 1:
            presets[function] = fitting[0]
    return presets


@transaction.atomic
def start_plan(
    *,
    case: Case,
    actor: User,
    today: date,
    started_on: date,
    bundesland: str,
    owners: Mapping[str, User],
    reason: str = "",
) -> RecoveryPlan:
    """Give the case its plan from the shipped template.

    Effects: activates the case, creates five phases and every measure with its named owner and a
    due date on a working day of ``bundesland``, takes the owners into the team with their
    function, stores the first phase at the case, writes one event.

    Args:
        owners: function → person, for every function the template needs.
        reason: why an unusual start date was insisted on.

    Raises:
        PlanError: there is a plan already, a function has no owner, or the template is missing.
        NotReady, IllegalTransition: from ``activate``: no go decision, or an ended case.
    """
    shipped = template()
    _must_be_ready(case, shipped, owners)
    activate(case=case, actor=actor)
    plan = RecoveryPlan.objects.create(
        case=case, started_on=started_on, bundesland=bundesland, created_by=actor
    )
    _fill(plan, shipped.on(started_on, bundesland), owners, actor)
    people = ((owners[function], function) for function in shipped.functions)
    join_many(case, people, today)
    set_phase(case, shipped.phases[0].number)
    record(case, actor, Verb.STARTED, measures=len(shipped.measures), on=started_on, reason=reason)
    return plan


def _must_be_ready(case: Case, shipped: Template, owners: Mapping[str, User]) -> None:
    """Hold the row of the case: two people starting the plan at once get one plan."""
    list(Case.objects.select_for_update().filter(pk=case.pk).values_list("pk"))
    if RecoveryPlan.objects.filter(case=case).exists():
        raise PlanError(_("The case already has a plan."))
    if not shipped.measures:
        raise PlanError(_("The plan template is empty. Ask the administrator to load it."))
    for function in shipped.functions:
        if function not in owners:
            raise PlanError(_("Name a person for this function."), field=f"owner_{function}")


def _fill(
    plan: RecoveryPlan, planned: list[PhaseDates], owners: Mapping[str, User], actor: User
) -> None:
    phases = PlanPhase.objects.bulk_create(
        PlanPhase(
            plan=plan,
            number=each.number,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            gate=each.template.gate,
        )
        for each in planned
    )
    measures = list(_measures(plan, dict(zip(phases, planned, strict=True)), owners))
    bulk_create_with_history(measures, Measure, default_user=actor, default_date=clock.now())


def _measures(
    plan: RecoveryPlan, planned: Mapping[PlanPhase, PhaseDates], owners: Mapping[str, User]
) -> Iterator[Measure]:
    rows = [(phase, *pair) for phase, each in planned.items() for pair in each.measures]
    for number, (phase, shipped, due_on) in enumerate(rows, start=1):
        yield Measure(
            plan=plan,
            phase=phase,
            number=number,
            template_key=shipped.key,
            title=shipped.name,
            recurrence=shipped.recurrence,
            repeats_from=due_on if shipped.recurrence else None,
            is_mandatory=shipped.is_mandatory,
            owner=owners[shipped.owner_function],
            due_on=due_on,
            original_due_on=due_on,
        )


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """What speaks against closing a phase."""

    measures: list[Measure]
    majors: list[Finding]

    def __bool__(self) -> bool:
        return bool(self.measures or self.majors)


def open_points(phase: PlanPhase, today: date) -> OpenPoints:
    """Open mandatory measures of the phase and, from phase 3 on, open major nonconformities.

    A recurring measure that is up to date is no reason to keep the phase open.
    """
    majors = Finding.objects.filter(audit__case=phase.plan.case_id, grade=Grade.MAJOR).open()
    measures = phase.measures.open().filter(is_mandatory=True).select_related("owner")
    return OpenPoints(
        measures=[each for each in measures if not each.recurrence or each.is_overdue(today)],
        majors=list(majors.select_related("owner")) if majors_count(phase.number) else [],
    )


@transaction.atomic
def pass_phase(
    *, phase: PlanPhase, actor: User, today: date, note: str = "", reason: str = ""
) -> PlanPhase:
    """Close a phase; doing it twice changes nothing. The lowest open phase becomes the current one.

    Raises PlanError without a ``reason`` while points are open: a phase is passed or skipped with
    a reason.
    """
    phase = (
        PlanPhase.objects.select_for_update(of=("self",)).select_related("plan").get(pk=phase.pk)
    )
    if phase.is_passed:
        return phase
    if open_points(phase, today) and not reason:
        raise PlanError(_("Points are still open. Say why the phase is closed all the same."))
    phase.passed_on, phase.passed_by = today, actor
    phase.passed_note = (reason or note)[:250]
    phase.save()
    case = phase.plan.case
    states = phase.plan.phases.values_list("number", "passed_on")
    set_phase(case, current_phase((number, on is not None) for number, on in states))
    record(
        case,
        actor,
        Verb.PHASE_PASSED,
        title=str(phase),
        phase=phase.number,
        note=note,
        reason=reason,
    )
    return phase


@transaction.atomic
def resume(*, case: Case, actor: User, note: str = "") -> Case:
    """Take up the plan of a resting case again; the case is active afterwards.

    Raises NotReady or IllegalTransition, from ``activate``.
    """
    activate(case=case, actor=actor)
    record(case, actor, Verb.RESUMED, note=note)
    return case
