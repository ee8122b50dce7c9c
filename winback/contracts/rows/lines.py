"""Service lines as ready strings, on the page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from winback.common.formats import format_signed
from winback.contracts.models import ServiceLine


@dataclass(frozen=True, slots=True)
class LineRow:
    """One service line."""

    position: str
    title: str
    url: str
    trade: str
    kind: str
    reason: str
    standard: str
    promised: str
    expected: str
    delivered: str
    feasible: str
    agreed: str
    price: str
    disputed: bool


def line_row(line: ServiceLine) -> LineRow:
    """One service line; no statement."""
    wanted = " · ".join(filter(None, (line.frequency, line.standard, line.condition)))
    return LineRow(
        position=line.position,
        title=line.title,
        url=reverse("contracts:line_edit", args=[line.contract_id, line.pk]),
        trade=line.trade,
        kind=short_kind(line),
        reason=line.kind_reason,
        standard=wanted,
        promised=line.promised,
        expected=line.expected,
        delivered=line.delivered,
        feasible=line.feasible,
        agreed=line.agreed,
        price="" if line.price_effect is None else format_signed(line.price_effect, 2, "€"),
        disputed=line.is_disputed,
    )


def short_kind(line: ServiceLine) -> str:
    """The one word of its type, without what it means: the column is narrow."""
    return str(line.get_kind_display()).partition(":")[0]


#: Heads of the exported columns.
LINE_COLUMNS = (
    gettext_lazy("LV position"),
    pgettext_lazy("line", "Service"),
    gettext_lazy("Trade"),
    pgettext_lazy("service line", "Frequency"),
    gettext_lazy("Quality or standard"),
    gettext_lazy("Condition"),
    gettext_lazy("Type of service"),
    gettext_lazy("Reason for this type"),
    gettext_lazy("Promised in the tender"),
    gettext_lazy("Expected by the client"),
    gettext_lazy("Delivered"),
    gettext_lazy("Feasible"),
    gettext_lazy("Agreed new level"),
    gettext_lazy("Price effect per year"),
    gettext_lazy("Gap or unclear wording"),
    gettext_lazy("Quoted by the client"),
    gettext_lazy("Our answer"),
)


def line_record(line: ServiceLine) -> list[Any]:
    """One exported line below ``LINE_COLUMNS``; the price as a number."""
    return [
        line.position,
        line.title,
        line.trade,
        line.frequency,
        line.standard,
        line.condition,
        line.get_kind_display(),
        line.kind_reason,
        line.promised,
        line.expected,
        line.delivered,
        line.feasible,
        line.agreed,
        line.price_effect,
        line.unclear,
        line.quotation,
        line.answer,
    ]
