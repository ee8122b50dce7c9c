"""The recovery plan as the progress report prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.cases.enums import Phase
from winback.common.charts import Gantt, GanttRow, gantt
from winback.common.formats import format_date_short
from winback.reports.rules import progress_verdict as verdict
from winback.reports.rules.progress import PhaseFacts, ProgressFacts
from winback.reports.services.printing.measures import MeasureLine, measure_line


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """One phase with what is open in it."""

    title: str
    gate: str
    rows: list[MeasureLine]
    empty: str


def phase_groups(facts: ProgressFacts) -> list[PhaseGroup]:
    """Open measures by phase and date."""
    return [
        PhaseGroup(
            title=verdict.phase_title(facts, phase, _name(phase)),
            gate="" if phase.passed_on else phase.gate,
            rows=[measure_line(each, facts.today, show_finding=True) for each in phase.open],
            empty=_("All measures are done.") if phase.measures else _("No measure is planned."),
        )
        for phase in facts.phases
    ]


def done_lines(facts: ProgressFacts) -> list[tuple[str, list[MeasureLine]]]:
    """What is done, by phase; phases without any are left out."""
    return [
        (
            f"{phase.number} {_name(phase)}",
            [measure_line(each, facts.today, show_finding=True) for each in phase.done],
        )
        for phase in facts.phases
        if phase.done
    ]


def _name(phase: PhaseFacts) -> str:
    return str(Phase(phase.number).label)


def plan_chart(facts: ProgressFacts) -> SafeString:
    """The phases over time, with today and the last day to give notice."""
    late = {phase.number: end for phase, end in facts.late_phases}
    ends = [late.get(phase.number, phase.ends_on) for phase in facts.phases]
    return gantt(
        Gantt(
            uid="plan",
            label=_("Recovery plan over time"),
            rows=[_bar(phase, late.get(phase.number)) for phase in facts.phases],
            start=min(phase.starts_on for phase in facts.phases),
            end=max([*ends, facts.today]),
            today=facts.today,
            deadline=facts.notice_on,
            label_width=210,
            row=24,
        )
    )


def _bar(phase: PhaseFacts, late_end: date | None) -> GanttRow:
    done, count = len(phase.done), len(phase.measures)
    note = pgettext("plan", "%(done)d of %(count)d") % {"done": done, "count": count}
    if late_end is not None:
        note += ", " + _("not before %(day)s") % {"day": format_date_short(late_end)}
    return GanttRow(
        label=f"{phase.number} {_name(phase)}",
        start=phase.starts_on,
        end=phase.ends_on,
        state="done" if phase.passed_on else "late" if late_end else "open",
        progress=1 if phase.passed_on else done / count if count else 0,
        note=note,
    )
