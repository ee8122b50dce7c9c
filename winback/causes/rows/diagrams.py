"""Pareto and cause and effect: the pictures and the same content as table and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audits.enums import Grade
from winback.causes.enums import Axis, Weighing
from winback.causes.models import Cause
from winback.causes.rows.causes import CauseRow, cause_row
from winback.causes.rules import VITAL, Step, pareto
from winback.common.charts import Bone, Fishbone, Pareto, ParetoBar, Twig, fishbone
from winback.common.charts import pareto as draw_pareto
from winback.common.formats import format_number, format_percent

#: How much a finding weighs that proves a cause; good practice proves none.
FINDING_WEIGHT = {Grade.MAJOR: 3, Grade.MINOR: 2, Grade.OBSERVATION: 1, Grade.IMPROVEMENT: 1}


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One line of the table below the picture."""

    name: str
    url: str
    weight: str
    share: str
    running: str
    is_vital: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """The Pareto analysis; without rows nothing is weighted yet."""

    chart: SafeString | str
    rows: list[WeightRow]
    message: str
    what: str


def weights(causes: Sequence[Cause], by: Weighing) -> Weights:
    """Needs causes ``with_evidence()`` and their case; no further statement."""
    steps = pareto([_weight(cause, by) for cause in causes])
    if not steps:
        return Weights("", [], "", "")
    rows = [_weight_row(causes[step.index], step, by) for step in steps]
    few = [row.name for row in rows if row.is_vital]
    explains = _("%(count)s of %(all)s causes explain %(share)s of the loss")
    carries = _("%(count)s of %(all)s causes carry %(share)s of the weighted findings")
    message = (explains if by == Weighing.SHARE else carries) % {
        "count": len(few),
        "all": len(rows),
        "share": rows[len(few) - 1].running,
    }
    what = _("columns: share; line: running sum; dashed: the mark of %(mark)s") % {
        "mark": format_percent(VITAL, 0)
    }
    return Weights(_pareto_chart(rows, steps), rows, message, what)


def _weight(cause: Cause, by: Weighing) -> int:
    if by == Weighing.SHARE:
        return cause.share or 0
    grades = [Grade(each.finding.grade) for each in cause.evidence.all() if each.finding]
    return sum(FINDING_WEIGHT.get(grade, 0) for grade in grades)


def _weight_row(cause: Cause, step: Step, by: Weighing) -> WeightRow:
    is_share = by == Weighing.SHARE
    return WeightRow(
        name=str(cause),
        url=cause.get_absolute_url(),
        weight=format_percent(step.weight, 0) if is_share else format_number(step.weight, 0),
        share=format_percent(step.share, 0),
        running=format_percent(step.running, 0),
        is_vital=step.is_vital,
    )


def _pareto_chart(rows: Sequence[WeightRow], steps: Sequence[Step]) -> SafeString:
    bars = [
        ParetoBar(row.name, row.weight, float(step.share), float(step.running), step.is_vital)
        for row, step in zip(rows, steps, strict=True)
    ]
    return draw_pareto(Pareto("pareto", _("Causes in falling order"), bars, mark=VITAL))


@dataclass(frozen=True, slots=True)
class BoneRow:
    """One axis with its causes; ``is_empty`` says that nothing is named there."""

    name: str
    causes: list[CauseRow]

    @property
    def is_empty(self) -> bool:
        return not self.causes


def bones(causes: Sequence[Cause]) -> list[BoneRow]:
    """Every axis, also those without a cause: where nobody looked is worth seeing."""
    placed: dict[Axis, list[CauseRow]] = {axis: [] for axis in Axis}
    for cause in causes:
        placed[cause.bone].append(cause_row(cause))
    return [BoneRow(str(axis.label), rows) for axis, rows in placed.items()]


def fishbone_chart(axes: Sequence[BoneRow]) -> SafeString:
    """The primary cause in bold."""
    drawn = [
        Bone(axis.name, [Twig(row.name, is_main=row.is_primary) for row in axis.causes])
        for axis in axes
    ]
    effect = pgettext("fishbone", "The client leaves")
    return fishbone(Fishbone("fishbone", _("Cause and effect diagram"), effect, drawn))
