"""Commitments as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from winback.common.charts import Ledger, PromiseState, ledger
from winback.common.formats import format_date, format_number, format_percent
from winback.dialogue.enums import CommitmentState
from winback.dialogue.models import Commitment
from winback.dialogue.permissions import can_keep
from winback.dialogue.rules import KeptRatio, kept_ratio, median_lateness

STATE_SHAPE = {
    CommitmentState.OPEN: "run",
    CommitmentState.KEPT: "done",
    CommitmentState.KEPT_LATE: "warn",
    CommitmentState.BROKEN: "no",
    CommitmentState.RELEASED: "na",
}

_BOX: dict[CommitmentState, PromiseState] = {
    CommitmentState.OPEN: "open",
    CommitmentState.KEPT: "kept",
    CommitmentState.KEPT_LATE: "kept_late",
    CommitmentState.BROKEN: "broken",
    CommitmentState.RELEASED: "released",
}


def standing(commitment: Commitment, today: date) -> tuple[str, str]:
    """Shape and word of the state; an overdue one is named so, because it can still be kept."""
    if commitment.is_overdue(today):
        return "late", pgettext("commitment", "Overdue")
    state = commitment.state(today)
    return STATE_SHAPE[state], str(state.label)


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One line of a list of commitments."""

    what: str
    url: str
    case_number: str
    client: str
    to: str
    promised: str
    due: str
    late: bool
    owner: str
    shape: str
    word: str
    ended: str
    keep_url: str


def commitment_row(commitment: Commitment, user: User, today: date) -> CommitmentRow:
    """Needs ``with_people()``; no further statement."""
    shape, word = standing(commitment, today)
    case = commitment.case
    ended_on = commitment.done_on or commitment.broken_on or commitment.released_on
    may_keep = commitment.is_open and can_keep(user, commitment)
    return CommitmentRow(
        what=commitment.what,
        url=commitment.get_absolute_url(),
        case_number=case.number,
        client=case.client.name,
        to=commitment.contact.name if commitment.contact else "–",
        promised=format_date(commitment.promised_on),
        due=format_date(commitment.due_on),
        late=commitment.is_overdue(today),
        owner=commitment.owner.short_name,
        shape=shape,
        word=word,
        ended=format_date(ended_on) if ended_on else "",
        keep_url=reverse("dialogue:keep", args=[case.number, commitment.pk]) if may_keep else "",
    )


def in_order(commitments: Sequence[Commitment]) -> list[Commitment]:
    """What is still to keep by its date, then what is settled, newest first."""
    still = sorted((c for c in commitments if c.is_open), key=lambda c: (c.due_on, c.pk))
    settled = sorted((c for c in commitments if not c.is_open), key=lambda c: (c.due_on, c.pk))
    return still + settled[::-1]


@dataclass(frozen=True, slots=True)
class Trust:
    """How the promises of one case went: four figures, the strip of boxes, what needs a word."""

    numbers: list[tuple[str, str, str, str, str]]
    message: str
    chart: SafeString
    released: int
    overdue: int


def trust(commitments: Sequence[Commitment], land: str, today: date) -> Trust:
    """The commitments of one case in the order of their due dates; ``land`` counts lateness."""
    states = [commitment.state(today) for commitment in commitments]
    counts = Counter(state.value for state in states)
    ratio = kept_ratio(counts)
    late = [
        (each.original_due_on, each.done_on)
        for each, state in zip(commitments, states, strict=True)
        if state == CommitmentState.KEPT_LATE and each.done_on is not None
    ]
    boxes = [_BOX[state] for state in states]
    strip = Ledger("ledger", _("Commitments in the order of their dates"), boxes, width=520)
    overdue = sum(commitment.is_overdue(today) for commitment in commitments)
    return Trust(
        numbers=[
            _on_time(ratio),
            _late(ratio, median_lateness(late, land)),
            _broken(counts[CommitmentState.BROKEN], overdue),
            _open(commitments, counts[CommitmentState.OPEN], today),
        ],
        message=headline(ratio),
        chart=ledger(strip),
        released=counts[CommitmentState.RELEASED],
        overdue=overdue,
    )


def headline(ratio: KeptRatio) -> str:
    """``13 von 16 pünktlich gehalten``: always counts, for the overview and reports too."""
    if not ratio.due:
        return _("No commitment was due yet.")
    return _("%(kept)d of %(due)d kept on time") % {"kept": ratio.on_time, "due": ratio.due}


Number = tuple[str, str, str, str, str]


def _on_time(ratio: KeptRatio) -> Number:
    share = _("%(percent)s of the commitments due") % {"percent": format_percent(ratio.percent, 0)}
    note = share if ratio.percent is not None else _("of the commitments due")
    unit = _("of %(count)d") % {"count": ratio.due}
    return (_("Kept on time"), str(ratio.on_time), unit, note, "")


def _late(ratio: KeptRatio, lateness: float | None) -> Number:
    notes = []
    if lateness is not None:
        days = format_number(lateness, 0 if lateness == int(lateness) else 1)
        words = ngettext(
            "median: %(days)s working day",
            "median: %(days)s working days",
            1 if lateness == 1 else 2,
        )
        notes.append(words % {"days": days})
    if ratio.late and ratio.percent_with_late is not None:
        share = format_percent(ratio.percent_with_late, 0)
        notes.append(_("%(percent)s including these") % {"percent": share})
    return (pgettext("commitment", "Kept late"), str(ratio.late), "", " · ".join(notes), "")


def _broken(count: int, overdue: int) -> Number:
    note = ngettext("%(count)d can still be kept", "%(count)d can still be kept", overdue)
    shown = note % {"count": overdue} if overdue else ""
    return (pgettext("commitment", "Broken"), str(count), "", shown, "")


def _open(commitments: Sequence[Commitment], count: int, today: date) -> Number:
    dates = [each.due_on for each in commitments if each.state(today) == CommitmentState.OPEN]
    note = _("next on %(day)s") % {"day": format_date(min(dates))} if dates else ""
    return (_("Not yet due"), str(count), "", note, "")


def facts(commitment: Commitment, today: date) -> list[tuple[str, str, str]]:
    """Everything known about one commitment: label, value, note."""
    contact = commitment.contact
    rows = [
        (_("Promised to"), contact.name if contact else "", contact.function if contact else ""),
        (_("Promised on"), format_date(commitment.promised_on), ""),
        (_("Due on"), format_date(commitment.due_on), ""),
        (pgettext("person", "Owner"), str(commitment.owner), ""),
        (pgettext("person", "Deputy"), str(commitment.deputy or ""), ""),
        (_("Note"), commitment.note, ""),
    ]
    return rows + _ending(commitment, today)


def _ending(commitment: Commitment, today: date) -> list[tuple[str, str, str]]:
    if commitment.done_on:
        label = str(commitment.state(today).label)
        return [(label, format_date(commitment.done_on), "")]
    if commitment.broken_on:
        label = pgettext("commitment", "Broken")
        return [(label, format_date(commitment.broken_on), commitment.broken_reason)]
    if commitment.released_on:
        label = pgettext("commitment", "Released by the client")
        return [(label, format_date(commitment.released_on), commitment.proof)]
    return []
