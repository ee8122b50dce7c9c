"""Cases by phase and health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from winback.cases.enums import Health, Phase
from winback.cases.filters import NO_PHASE
from winback.common.formats import format_money_short


@dataclass(frozen=True, slots=True)
class Cell:
    """Number and value of the live cases of one phase and health."""

    count: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A line of the phase table: one cell per health, then the sum."""

    label: str
    cells: list[Cell]
    total: Cell


def phase_lines(matrix: list[Mapping[str, Any]]) -> list[PhaseLine]:
    """One line per phase that has cases; cases without a plan come first."""
    phases = [("", _("no plan yet"))] + [(p.value, f"{p.value} {p.label}") for p in Phase]
    present = {row["phase"] for row in matrix}
    return [_phase_line(key, label, matrix) for key, label in phases if key in present]


def _phase_line(phase: str, label: str, matrix: list[Mapping[str, Any]]) -> PhaseLine:
    rows = [row for row in matrix if row["phase"] == phase]
    cells = [
        _cell([row for row in rows if row["health"] == health], phase, health)
        for health in reversed(Health)
    ]
    return PhaseLine(label, cells, _cell(rows, phase, ""))


def _cell(rows: list[Mapping[str, Any]], phase: str, health: str) -> Cell:
    stock = stock_of(rows)
    if not stock["count"]:
        return Cell("–", "", "")
    query = f"phase={phase or NO_PHASE}" + (f"&ampel={health}" if health else "")
    url = f"{reverse('cases:list')}?{query}"
    return Cell(str(stock["count"]), format_money_short(stock["value"]), url)


def stock_of(matrix: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "count": sum(row["count"] for row in matrix),
        "value": sum((row["value"] for row in matrix), Decimal(0)),
    }
