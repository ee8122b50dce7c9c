"""Expectations, contact rhythms, meetings to come and call-backs as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from winback.common.formats import days_phrase, format_date
from winback.dialogue.enums import ClientDecision, Realism
from winback.dialogue.models import ContactRhythm, Expectation, FollowUp, MeetingSeries
from winback.dialogue.permissions import can_call_back

_SHAPE = {
    Realism.UNCLEAR: "open",
    Realism.YES: "ok",
    Realism.PARTLY: "part",
    Realism.NO: "no",
}


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """One entry of the register of expectations."""

    what: str
    kind: str
    said: str
    shape: str
    realistic: str
    texts: list[tuple[str, str]]
    decision: str
    decided: str
    told: str
    to_tell: bool
    disappointed: str
    edit_url: str
    decide_url: str


def expectation_row(row: Expectation) -> ExpectationRow:
    """Needs the contact joined; no further statement."""
    texts = [
        (_("Why, in facts"), row.assessment),
        (_("Precondition"), row.precondition),
        (_("Alternative offered"), row.alternative),
        (_("In the client's words"), row.decision_note),
        (_("How it was disappointed"), row.disappointment),
    ]
    said = _("known since %(day)s") % {"day": format_date(row.since)}
    return ExpectationRow(
        what=row.what,
        kind=row.get_kind_display(),
        said=f"{row.contact.name}, {said}" if row.contact else said,
        shape=_SHAPE[Realism(row.realistic)],
        realistic=row.get_realistic_display(),
        texts=[(label, text) for label, text in texts if text],
        decision=row.get_decision_display() if row.decision != ClientDecision.PENDING else "",
        decided=format_date(row.decided_on) if row.decided_on else "",
        told=format_date(row.told_on) if row.told_on else "",
        to_tell=row.is_to_tell,
        disappointed=format_date(row.disappointed_on) if row.disappointed_on else "",
        edit_url=row.url("edit"),
        decide_url=row.url("decide"),
    )


@dataclass(frozen=True, slots=True)
class RhythmRow:
    """One agreed rhythm, and whether we keep to it."""

    whom: str
    every: str
    channel: str
    wish: str
    owner: str
    last: str
    due: str
    due_in: str
    late: bool
    outlives: bool
    edit_url: str
    end_url: str


def rhythm_row(rhythm: ContactRhythm, today: date) -> RhythmRow:
    """Needs ``with_last_contact()`` and its contact and owner; no further statement."""
    return RhythmRow(
        whom=rhythm.contact.name if rhythm.contact else _("the whole case"),
        every=every_days(rhythm.every_days),
        channel=rhythm.get_channel_display(),
        wish=rhythm.wish,
        owner=rhythm.owner.short_name,
        last=format_date(rhythm.last_on),
        due=format_date(rhythm.due_on),
        due_in=days_phrase(today, rhythm.due_on),
        late=rhythm.due_on < today,
        outlives=rhythm.outlives_case,
        edit_url=rhythm.url("edit"),
        end_url=rhythm.url("end"),
    )


def every_days(days: int) -> str:
    """``alle 14 Tage``."""
    return ngettext("every day", "every %(count)d days", days) % {"count": days}


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One meeting that repeats."""

    title: str
    kind: str
    rhythm: str
    next_on: str
    late: bool
    channel: str
    owner: str
    agenda: list[str]
    record_url: str
    edit_url: str
    end_url: str


def series_row(series: MeetingSeries, today: date) -> SeriesRow:
    """Needs the owner joined; no further statement."""
    return SeriesRow(
        title=series.title,
        kind=series.get_kind_display(),
        rhythm=series.get_rhythm_days_display(),
        next_on=format_date(series.next_on),
        late=series.next_on < today,
        channel=series.get_channel_display(),
        owner=series.owner.short_name,
        agenda=[point.strip() for point in series.agenda.splitlines() if point.strip()],
        record_url=series.url("record"),
        edit_url=series.url("edit"),
        end_url=series.url("end"),
    )


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One agreed call-back."""

    what: str
    whom: str
    due: str
    late: bool
    owner: str
    done_url: str
    edit_url: str


def followup_row(followup: FollowUp, user: User, today: date) -> FollowUpRow:
    """Needs owner, contact and case joined; no further statement."""
    return FollowUpRow(
        what=followup.what,
        whom=followup.contact.name if followup.contact else "–",
        due=format_date(followup.due_on),
        late=followup.is_overdue(today),
        owner=followup.owner.short_name,
        done_url=followup.url("done") if can_call_back(user, followup) else "",
        edit_url=followup.url("edit"),
    )
