"""The cases that matter most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import pgettext

from winback.cases.models import Case
from winback.cases.rows import CaseRow, case_row

CASES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with what management wants to know of it."""

    row: CaseRow
    comment: str
    decision: str


def worst_cases(visible: QuerySet[Case], today: date) -> list[CaseLine]:
    """The worst and dearest live cases, with the comment of their owner."""
    worst = visible.live().with_decision().worst_and_dearest().with_header()[:CASES_SHOWN]  # type: ignore[attr-defined]  # CaseQuerySet
    return [
        CaseLine(case_row(case, today), _first(case.situation), _decision(case)) for case in worst
    ]


def _first(text: str) -> str:
    """The first sentence of a situation."""
    return text.split(". ")[0].rstrip(".") if text else ""


def _decision(case: Case) -> str:
    return pgettext("decision", "Go or no-go") if case.waits_for_decision else ""
