"""A whole plan as ready strings: its phases, its counts, its chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from audits.models import Finding
from winback.common.charts import Gantt, GanttRow, TaskState, gantt
from winback.common.formats import NARROW, format_date, format_range
from winback.plans.models import Measure, PlanPhase, RecoveryPlan
from winback.plans.permissions import can_plan
from winback.plans.rows.measures import MeasureRow, measure_row, rounds_of, standing
from winback.plans.rules import Tally, current_phase, majors_count
from winback.plans.services import PhaseDates


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """One phase of the plan: a step of the stepper and a group of the table."""

    number: str
    label: str
    state: str
    state_label: str
    dates: str
    note: str
    url: str
    gate: str
    passed_note: str
    pass_url: str
    rows: list[MeasureRow]
    tally: Tally


def tally_of(measures: Iterable[Measure], today: date) -> Tally:
    """The same counts as ``MeasureQuerySet.tally``, of rows that are loaded already."""
    counted = [each for each in measures if not each.is_dropped]
    done = [each for each in counted if not each.is_open]
    return Tally(
        total=len(counted),
        done=len(done),
        on_time=sum(each.was_on_time for each in done),
        overdue=sum(each.is_overdue(today) for each in counted),
        moved=sum(each.was_moved for each in counted),
    )


def done_phrase(tally: Tally) -> str:
    """``4 von 7 erledigt``."""
    return _("%(done)d of %(total)d done") % {"done": tally.done, "total": tally.total}


def tally_phrase(tally: Tally) -> str:
    """``19 von 38 erledigt, 84 % davon zum ursprünglichen Termin``; counts alone below five."""
    parts = [done_phrase(tally)]
    if tally.on_time_percent is not None:
        share = f"{tally.on_time_percent}{NARROW}%"
        parts.append(_("%(percent)s of them by the original date") % {"percent": share})
    elif tally.done:
        parts.append(_("%(count)d of them by the original date") % {"count": tally.on_time})
    if tally.overdue:
        parts.append(_("%(count)d overdue") % {"count": tally.overdue})
    return ", ".join(parts)


def phase_groups(
    plan: RecoveryPlan,
    phases: Sequence[PlanPhase],
    measures: Sequence[Measure],
    shown: Sequence[Measure],
    user: User,
    today: date,
) -> list[PhaseGroup]:
    """The phases with their ``shown`` rows; counts are those of all ``measures``."""
    current = current_phase((phase.number, phase.is_passed) for phase in phases)
    may_pass = can_plan(user, plan.case)
    groups = []
    for phase in phases:
        tally = tally_of((each for each in measures if each.phase_id == phase.pk), today)
        state, word = _phase_state(phase, current, today)
        url = reverse("plans:phase_pass", args=[plan.case.number, phase.number])
        groups.append(
            PhaseGroup(
                number=phase.number,
                label=phase.get_number_display(),
                state=state,
                state_label=word,
                dates=format_range(phase.starts_on, phase.ends_on),
                note=_passed(phase) or done_phrase(tally),
                url=f"#phase-{phase.number}",
                gate=phase.gate,
                passed_note=phase.passed_note,
                # the current phase has its own section with the same button
                pass_url=url
                if may_pass and not phase.is_passed and phase.number != current
                else "",
                rows=[measure_row(m, user, today) for m in shown if m.phase_id == phase.pk],
                tally=tally,
            )
        )
    return groups


def _phase_state(phase: PlanPhase, current: str, today: date) -> tuple[str, str]:
    """State of the stepper and its word; only the current phase that has begun is ``now``."""
    if phase.is_passed:
        return "done", pgettext("phase", "Completed")
    if phase.starts_on > today:
        return "open", pgettext("phase", "Planned")
    if phase.number == current:
        return "now", pgettext("phase", "Running")
    return "open", pgettext("phase", "Started")


def _passed(phase: PlanPhase) -> str:
    if phase.passed_on is None:
        return ""
    return _("completed on %(date)s") % {"date": format_date(phase.passed_on)}


@dataclass(frozen=True, slots=True)
class GatePoint:
    """One criterion of a phase: met or not, in words, with a link where there is one page."""

    is_met: bool
    text: str
    url: str = ""
    note: str = ""


def gate_points(
    number: str, measures: Sequence[Measure], majors: Iterable[Finding]
) -> list[GatePoint]:
    """The criteria that can be counted; ``measures`` are the open mandatory ones."""
    count = len(measures)
    text = ngettext(
        "%(count)d mandatory measure is open", "%(count)d mandatory measures are open", count
    )
    done = _("All mandatory measures are done")
    points = [GatePoint(not count, text % {"count": count} if count else done)]
    found = [
        GatePoint(
            False,
            _("Major nonconformity %(number)s remedied") % {"number": finding.number},
            finding.get_absolute_url(),
            f"{finding.owner.short_name}, {format_date(finding.due_on)}",
        )
        for finding in majors
    ]
    if majors_count(number) and not found:
        found = [GatePoint(True, _("All major nonconformities are remedied"))]
    return points + found


def open_phrase(measures: Sequence[Measure], majors: Sequence[Finding]) -> str:
    """``3 Pflichtmaßnahmen und 1 Hauptabweichung sind noch offen.``; empty when nothing is."""
    parts = []
    if count := len(measures):
        parts.append(
            ngettext("%(count)d mandatory measure", "%(count)d mandatory measures", count)
            % {"count": count}
        )
    if count := len(majors):
        parts.append(
            ngettext("%(count)d major nonconformity", "%(count)d major nonconformities", count)
            % {"count": count}
        )
    if not parts:
        return ""
    return _("Still open: %(points)s.") % {"points": ", ".join(parts)}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One phase before the plan is saved."""

    phase: str
    dates: str
    count: int
    due: str


def preview_rows(planned: Iterable[PhaseDates]) -> list[PreviewRow]:
    """The dates of a plan before it is saved."""
    return [
        PreviewRow(
            phase=f"{each.number} {each.template.name}",
            dates=format_range(each.starts_on, each.ends_on),
            count=len(each.measures),
            due=format_range(each.first_due, each.last_due),
        )
        for each in planned
    ]


def plan_chart(
    plan: RecoveryPlan, phases: Sequence[PlanPhase], measures: Sequence[Measure], today: date
) -> SafeString:
    """The plan over time; the table holds the same data."""
    rows = []
    for phase in phases:
        own = [each for each in measures if each.phase_id == phase.pk and not each.is_dropped]
        rows += [_phase_bar(phase, own, today), *(_bar(each, today) for each in own)]
    contract = plan.case.contract
    return gantt(
        Gantt(
            uid="plan-gantt",
            label=_("Recovery plan over time"),
            rows=rows,
            start=min((phase.starts_on for phase in phases), default=plan.started_on),
            end=max((phase.ends_on for phase in phases), default=plan.started_on),
            today=today,
            deadline=contract.notice_on if contract else None,
            label_width=330,
            width=1180,
            row=21,
        )
    )


def _phase_bar(phase: PlanPhase, own: Sequence[Measure], today: date) -> GanttRow:
    tally = tally_of(own, today)
    return GanttRow(
        label=str(phase),
        start=phase.starts_on,
        end=phase.ends_on,
        state="done" if phase.is_passed else "open",
        progress=tally.done / tally.total if tally.total else 0,
        is_phase=True,
    )


def _bar(measure: Measure, today: date) -> GanttRow:
    """From the start of its phase to the day it is or was due; a series fills until its end."""
    shape, word = standing(measure, today)
    state: TaskState = "done" if shape == "done" else "late" if shape == "late" else "open"
    start = measure.repeats_from or measure.phase.starts_on
    end = measure.done_on or measure.due_on
    if measure.recurrence and measure.is_open:
        end = max(end, measure.phase.ends_on)
    return GanttRow(
        label=f"{measure.code} {measure.title}",
        start=min(start, end),
        end=end,
        state=state,
        progress=measure.times_done / rounds_of(measure) if measure.recurrence else 0,
        note=word if state == "late" else "",
    )
