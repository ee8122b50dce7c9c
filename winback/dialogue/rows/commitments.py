"""Commitments as ready strings: formatted once per row, so that templates only place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.models import User
from winback.cases.enums import Phase
from winback.common.charts import Ledger, PromiseState, ledger
from winback.common.duties import Duty
from winback.common.formats import format_date, format_number, format_percent
from winback.dialogue.enums import CommitmentState
from winback.dialogue.models import Commitment
from winback.dialogue.permissions import can_change, can_keep
from winback.dialogue.rules import KeptRatio, about_to_break, kept_ratio, median_lateness

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

    pk: int
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
    told: str
    keep_url: str
    tell_url: str
    forewarn_url: str
    #: linked measures that endanger it, and whether the client knows already
    breaking: bool
    forewarned: str
    measures: list[tuple[str, str, str, str]]


def commitment_row(
    commitment: Commitment, user: User, today: date, measures: Sequence[Duty] = ()
) -> CommitmentRow:
    """Needs ``with_people()``; ``measures`` are those set up for it. No further statement."""
    shape, word = standing(commitment, today)
    case = commitment.case
    ended_on = commitment.done_on or commitment.broken_on or commitment.released_on
    may_keep = commitment.is_open and can_keep(user, commitment)
    may_change = can_change(user, commitment)
    told, forewarned = commitment.told_on, commitment.forewarned_on
    url = partial(_url, commitment)
    breaking = is_breaking(commitment, measures, today)
    to_tell = ended_on and not told and may_change and not commitment.released_on
    return CommitmentRow(
        pk=commitment.pk,
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
        told=format_date(told) if told else "",
        keep_url=url("keep") if may_keep else "",
        tell_url=url("tell") if to_tell else "",
        forewarn_url=url("forewarn") if breaking and may_change and not forewarned else "",
        breaking=breaking,
        forewarned=format_date(forewarned) if forewarned else "",
        measures=[(duty.title, duty.url, duty.shape, duty.word) for duty in measures],
    )


def _url(commitment: Commitment, what: str) -> str:
    return reverse(f"dialogue:{what}", args=[commitment.case.number, commitment.pk])


def is_breaking(commitment: Commitment, measures: Sequence[Duty], today: date) -> bool:
    """Whether a linked measure endangers an open promise whose date has not passed."""
    if commitment.state(today) != CommitmentState.OPEN:
        return False
    return any(
        about_to_break(
            promised_for=commitment.due_on,
            measure_due=duty.due_on,
            has_begun=duty.has_begun,
            today=today,
            land=settings.PROVIDER_BUNDESLAND,
        )
        for duty in measures
        if duty.is_open
    )


#: Heads of the exported columns.
COMMITMENT_COLUMNS = (
    gettext_lazy("Commitment"),
    gettext_lazy("Client"),
    gettext_lazy("Case number"),
    gettext_lazy("Promised to"),
    gettext_lazy("Promised on"),
    gettext_lazy("Due on"),
    pgettext_lazy("person", "Owner"),
    pgettext_lazy("commitment", "Status"),
    gettext_lazy("Ended on"),
)


def commitment_record(commitment: Commitment, user: User, today: date) -> list[Any]:
    """One exported line below ``COMMITMENT_COLUMNS``; dates as such."""
    row = commitment_row(commitment, user, today)
    given = [row.what, row.client, row.case_number, row.to, commitment.promised_on]
    ended_on = commitment.done_on or commitment.broken_on or commitment.released_on
    return [*given, commitment.due_on, row.owner, row.word, ended_on]


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
    #: phase in which it was promised, and ``3 von 4`` with a share from five on
    phases: list[tuple[str, str]]


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
        phases=by_phase(commitments, today),
    )


def by_phase(commitments: Sequence[Commitment], today: date) -> list[tuple[str, str]]:
    """Kept on time per phase in which it was promised; only phases with promises due."""
    counts: dict[str, Counter[str]] = {}
    for each in commitments:
        counts.setdefault(each.phase, Counter())[each.state(today).value] += 1
    found = []
    for phase in sorted(counts):
        ratio = kept_ratio(counts[phase])
        if ratio.due:
            label = f"{phase} {Phase(phase).label}" if phase else _("before the plan")
            found.append((label, _share(ratio)))
    return found


def _share(ratio: KeptRatio) -> str:
    counts = _("%(kept)d of %(due)d") % {"kept": ratio.on_time, "due": ratio.due}
    return f"{counts} ({format_percent(ratio.percent, 0)})" if ratio.percent is not None else counts


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
        _feasibility(commitment),
    ]
    if commitment.phase:
        rows.append((_("Promised in phase"), commitment.get_phase_display(), ""))
    if commitment.forewarned_on:
        day = format_date(commitment.forewarned_on)
        rows.append((_("Client told in advance"), day, commitment.forewarning))
    rows += _ending(commitment, today)
    if commitment.told_on:
        rows.append((_("Result told on"), format_date(commitment.told_on), commitment.told_how))
    return rows


def _feasibility(commitment: Commitment) -> tuple[str, str, str]:
    """Who confirmed that we can keep it, or why it was given all the same."""
    label = _("Feasibility")
    if commitment.confirmed_by is None:
        return (label, _("not confirmed"), commitment.unconfirmed_reason)
    day = format_date(commitment.confirmed_on)
    text = _("confirmed by %(user)s on %(day)s") % {"user": commitment.confirmed_by, "day": day}
    return (label, text, commitment.feasibility)


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
