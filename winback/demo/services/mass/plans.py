"""What was planned: five phases with ten measures."""

from __future__ import annotations

from datetime import date

from audits.models import Finding
from winback.demo.services.mass.frame import Catalogue, Frame
from winback.plans.enums import MeasureStatus, Verb
from winback.plans.models import Measure, PlanPhase, RecoveryPlan
from winback.plans.rules import current_phase
from winback.plans.services.template import PhaseDates

STARTED_AFTER = 7
MEASURES_PER_PHASE = 2
#: Enough of them in the history to make fifteen lines with the rest.
TOLD = 3


def plan_case(frame: Frame, catalogue: Catalogue, findings: list[Finding]) -> None:
    """Start the plan, do what is due, pass what is done; stores the phase at the case."""
    on = frame.after(STARTED_AFTER)
    land = frame.site.bundesland
    plan = RecoveryPlan(case=frame.case, started_on=on, bundesland=land, created_by=frame.lead)
    frame.rows.add(plan)
    frame.tell(Verb.STARTED, on, frame.lead)
    number, states, is_passed = 1, [], True
    for dates in catalogue.template.on(on, land):
        phase = PlanPhase(
            plan=plan, number=dates.number, starts_on=dates.starts_on, ends_on=dates.ends_on
        )
        measures = _measures(frame, phase, dates, number)
        number += len(measures)
        is_passed &= dates.ends_on < frame.end and not any(each.is_open for each in measures)
        if is_passed:
            phase.passed_on, phase.passed_by = dates.ends_on, frame.lead
        states.append((str(dates.number), is_passed))
        frame.rows.add(phase, *measures)
    if findings:
        measures[0].finding = findings[0]
    frame.case.phase = current_phase(states)


def _measures(frame: Frame, phase: PlanPhase, dates: PhaseDates, first: int) -> list[Measure]:
    """The first measures of the phase that are done once."""
    once = [pair for pair in dates.measures if not pair[0].recurrence][:MEASURES_PER_PHASE]
    measures = []
    for number, (shipped, due_on) in enumerate(once, start=first):
        measure = Measure(
            plan=phase.plan,
            phase=phase,
            number=number,
            template_key=shipped.key,
            title=shipped.name,
            is_mandatory=shipped.is_mandatory,
            owner=frame.lead if number % 2 else frame.operations,
            due_on=due_on,
            original_due_on=due_on,
        )
        _do(frame, measure, phase.plan.started_on)
        measures.append(measure)
    return measures


def _do(frame: Frame, measure: Measure, since: date) -> None:
    if frame.case.is_closed and measure.due_on >= frame.end:
        measure.status, measure.status_note = MeasureStatus.DROPPED, "Fall beendet"
        return
    measure.done_on = frame.done_on(measure.due_on, since=since)
    if measure.done_on:
        measure.status, measure.result = MeasureStatus.DONE, "Wie geplant erledigt."
        if measure.number <= TOLD:
            told = f"{measure.code} · {measure.title}"
            frame.tell(Verb.COMPLETED, measure.done_on, measure.owner, title=told)
    elif frame.likely(30):
        measure.status = MeasureStatus.IN_PROGRESS
