"""Commitments as the progress report prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from winback.common.charts import Ledger, PromiseState, ledger
from winback.common.formats import days_phrase, format_date
from winback.dialogue.enums import CommitmentState
from winback.reports.rules.progress import CommitmentFacts, ProgressFacts

SHAPE: dict[str, str] = {
    CommitmentState.OPEN: "open",
    CommitmentState.KEPT: "done",
    CommitmentState.KEPT_LATE: "warn",
    CommitmentState.BROKEN: "crit",
    CommitmentState.RELEASED: "na",
}


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """One line of the table."""

    what: str
    to: str
    owner: str
    due: str
    shape: str
    word: str
    ended: str


def commitment_lines(facts: ProgressFacts) -> list[CommitmentLine]:
    """Overdue and open ones by their date, then what was not kept; the strip shows the rest."""
    first = [each for each in facts.commitments if each.state == CommitmentState.OPEN]
    unkept = {CommitmentState.BROKEN, CommitmentState.KEPT_LATE, CommitmentState.RELEASED}
    rest = [each for each in facts.commitments if each.state in unkept and not each.is_overdue]
    return [_line(each, facts.today) for each in facts.overdue_commitments + first + rest]


def _line(each: CommitmentFacts, today: date) -> CommitmentLine:
    shape, word = SHAPE[each.state], str(CommitmentState(each.state).label)
    if each.is_overdue:
        shape, word = "late", days_phrase(today, each.due_on)
    elif each.state == CommitmentState.OPEN:
        word = pgettext("commitment", "not due yet")
    return CommitmentLine(
        what=each.what,
        to=each.to or "–",
        owner=each.owner,
        due=format_date(each.due_on),
        shape=shape,
        word=word,
        ended=format_date(each.ended_on) if each.ended_on else "",
    )


def ledger_chart(facts: ProgressFacts) -> SafeString:
    """One box per commitment in the order of their dates."""
    states = [cast("PromiseState", str(each.state)) for each in facts.commitments]
    label = _("Commitments in the order of their dates")
    return ledger(Ledger("ledger", label, states, width=640))
