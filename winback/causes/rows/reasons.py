"""Why clients are lost, over all cases: one line per reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, pgettext, pgettext_lazy

from winback.causes.enums import Controllability
from winback.causes.rules import ENOUGH, win_back_ratio
from winback.common.formats import format_money_short, format_number, format_percent

REASON_COLUMNS = (
    pgettext_lazy("reasons", "Reason"),
    pgettext_lazy("reasons", "Controllable"),
    pgettext_lazy("reasons", "Cases"),
    pgettext_lazy("reasons", "Value at stake"),
    pgettext_lazy("reasons", "Ended"),
    pgettext_lazy("reasons", "Won back"),
    pgettext_lazy("reasons", "Win-back ratio in percent"),
)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason; where a percentage would mislead, ``ratio`` says so and ``won`` the counts."""

    name: str
    controllable: str
    count: str
    value: str
    ratio: str
    won: str


def reason_row(row: Mapping[str, Any]) -> ReasonRow:
    ratio = win_back_ratio(row["won"], row["ended"])
    counts = {"won": row["won"], "ended": row["ended"]}
    return ReasonRow(
        name=_name(row),
        controllable=_controllable(row),
        count=format_number(row["count"]),
        value=format_money_short(row["value"]),
        ratio=f"n < {ENOUGH}" if ratio is None else format_percent(ratio, 0),
        won=pgettext("reasons", "%(won)s of %(ended)s") % counts if row["ended"] else "–",
    )


def reason_record(row: Mapping[str, Any]) -> list[Any]:
    """The same for a file: numbers as such."""
    ratio = win_back_ratio(row["won"], row["ended"])
    rounded = ratio.quantize(Decimal("0.1")) if ratio is not None else None
    counts = [row["count"], row["value"], row["ended"], row["won"], rounded]
    return [_name(row), _controllable(row), *counts]


def _name(row: Mapping[str, Any]) -> str:
    is_english = (get_language() or "de").startswith("en")
    return str(row["category__name_en" if is_english else "category__name_de"])


def _controllable(row: Mapping[str, Any]) -> str:
    known = row["category__controllability"]
    return str(Controllability(known).label) if known else "–"
