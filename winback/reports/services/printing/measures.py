"""Measures and dates as both reports print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext, pgettext

from winback.common.formats import days_phrase, format_date
from winback.plans.enums import MeasureStatus, Recurrence
from winback.reports.rules.facts import MeasureFacts

SHAPE: dict[str, str] = {
    MeasureStatus.OPEN: "open",
    MeasureStatus.IN_PROGRESS: "run",
    MeasureStatus.BLOCKED: "warn",
    MeasureStatus.WAITING: "na",
    MeasureStatus.DONE: "done",
}


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One line of a table of measures."""

    code: str
    title: str
    note: str
    owner: str
    due: str
    late: bool
    moved: str
    shape: str
    word: str


def measure_line(measure: MeasureFacts, today: date, *, show_finding: bool = False) -> MeasureLine:
    shape, word = standing(measure, today)
    notes = [measure.finding] if show_finding and measure.finding else []
    if measure.recurrence:
        notes.append(str(Recurrence(measure.recurrence).label))
    if measure.note:
        notes.append(measure.note)
    return MeasureLine(
        code=measure.code,
        title=measure.title,
        note=" · ".join(notes),
        owner=measure.owner,
        due=format_date(measure.due_on),
        late=measure.is_overdue(today),
        moved=moved(measure),
        shape=shape,
        word=word,
    )


def standing(measure: MeasureFacts, today: date) -> tuple[str, str]:
    """Shape and words: lateness before status, because it decides."""
    if measure.is_overdue(today):
        return "late", days_phrase(today, measure.due_on)
    if measure.done_on is not None:
        words = pgettext("measure", "done on %(day)s") % {"day": format_date(measure.done_on)}
        if measure.was_on_time:
            return "done", words
        return "done", pgettext("measure", "%(done)s, late") % {"done": words}
    return SHAPE[measure.status], str(MeasureStatus(measure.status).label)


def moved(measure: MeasureFacts) -> str:
    """``2-mal verschoben, zuerst 01.11.2026``; empty for what stayed where it was."""
    if not measure.moves:
        return ""
    text = ngettext(
        "moved %(count)d time, first %(day)s",
        "moved %(count)d times, first %(day)s",
        measure.moves,
    )
    return text % {"count": measure.moves, "day": format_date(measure.original_due_on)}
