"""The shipped plan: reading it for a new plan, and importing it from its YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from winback.common.models import CatalogueRow
from winback.plans.enums import Recurrence
from winback.plans.models import MeasureTemplate, PhaseTemplate
from winback.plans.rules import due_date, phase_span


@dataclass(frozen=True, slots=True)
class PhaseDates:
    """One phase of the template as it would fall for a start date."""

    template: PhaseTemplate
    starts_on: date
    ends_on: date
    measures: list[tuple[MeasureTemplate, date]]

    @property
    def number(self) -> str:
        return self.template.number

    @property
    def first_due(self) -> date | None:
        return min((due_on for _, due_on in self.measures), default=None)

    @property
    def last_due(self) -> date | None:
        return max((due_on for _, due_on in self.measures), default=None)


@dataclass(frozen=True, slots=True)
class Template:
    """The active rows of the template, in order."""

    phases: list[PhaseTemplate]
    measures: list[MeasureTemplate]

    @property
    def functions(self) -> list[str]:
        """The functions that own measures, each once, in the order they are first needed."""
        return list(dict.fromkeys(measure.owner_function for measure in self.measures))

    def on(self, start: date, land: str) -> list[PhaseDates]:
        """Every date of a plan that starts on ``start``; due dates are working days of ``land``."""
        planned = []
        for phase in self.phases:
            first, last = phase_span(start, phase.start_offset_days, phase.duration_days)
            measures = [
                (measure, due_date(first, measure.due_offset_days, land))
                for measure in self.measures
                if measure.phase_id == phase.pk
            ]
            planned.append(PhaseDates(phase, first, last, measures))
        return planned


def template() -> Template:
    """Read the template; two statements."""
    phases = list(PhaseTemplate.objects.filter(active=True).order_by("number"))
    measures = MeasureTemplate.objects.filter(active=True, phase__in=phases)
    return Template(phases, list(measures.order_by("phase__number", "position", "pk")))


@transaction.atomic
def load_plan_template(*, data: Mapping[str, Any]) -> int:
    """Import the parsed ``plan_template.yaml``; returns how many rows were written.

    Idempotent: rows an administrator edited stay, unchanged rows are not touched, rows that are no
    longer in the file stay as well, because plans may name their keys.
    """
    written = _sync(
        PhaseTemplate,
        {each["key"]: _phase_values(each, place) for place, each in enumerate(data["phases"])},
    )
    phases = {phase.key: phase for phase in PhaseTemplate.objects.all()}
    measures = [(phases[each["key"]], row) for each in data["phases"] for row in each["measures"]]
    return written + _sync(
        MeasureTemplate,
        {row["key"]: _measure_values(phase, row, n) for n, (phase, row) in enumerate(measures)},
    )


def _phase_values(row: Mapping[str, Any], position: int) -> dict[str, Any]:
    return {
        "number": str(row["number"]),
        "name_de": row["de"],
        "name_en": row["en"],
        "start_offset_days": row["start_offset_days"],
        "duration_days": row["duration_days"],
        "gate_de": row.get("gate_de", ""),
        "gate_en": row.get("gate_en", ""),
        "position": position,
    }


def _measure_values(phase: PhaseTemplate, row: Mapping[str, Any], position: int) -> dict[str, Any]:
    return {
        "phase_id": phase.pk,
        "name_de": row["de"],
        "name_en": row["en"],
        "owner_function": row["owner"],
        "due_offset_days": row["due_offset_days"],
        "recurrence": Recurrence(row.get("recurrence", "")).value,
        "is_mandatory": row["mandatory"],
        "position": position,
    }


def _sync(model: type[CatalogueRow], rows: Mapping[str, dict[str, Any]]) -> int:
    """Create missing rows, update changed ones that nobody edited."""
    known = {row.key: row for row in model._default_manager.filter(key__in=rows)}
    new = [model(key=key, **values) for key, values in rows.items() if key not in known]
    changed = [
        row
        for row in known.values()
        if not row.edited and any(getattr(row, name) != v for name, v in rows[row.key].items())
    ]
    for row in changed:
        for name, value in rows[row.key].items():
            setattr(row, name, value)
    model._default_manager.bulk_create(new)
    if changed:
        fields = [name.removesuffix("_id") for name in rows[changed[0].key]]
        model._default_manager.bulk_update(changed, fields)
    return len(new) + len(changed)
