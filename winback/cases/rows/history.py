"""The history of a case: events, dated things and row versions in one line of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from winback.cases.enums import CLOSED, Status
from winback.cases.enums.papers import IncidentKind, PaperVerb
from winback.cases.enums.verbs import Verb
from winback.cases.models import Case, CaseEvent
from winback.cases.permissions import can_work_on_case
from winback.common import history
from winback.common.formats import format_date, format_datetime
from winback.common.history import Entry, Topic

#: Verbs of the case itself that decide something; all others are changes.
VERB_TOPICS: Mapping[str, Topic] = dict.fromkeys(
    (
        Verb.OPENED.value,
        Verb.DECIDED.value,
        Verb.RESTED.value,
        Verb.CLOSED.value,
        Verb.REOPENED.value,
        Verb.HEALTH_SET.value,
        Verb.STEP_SET.value,
        Verb.HANDED_OVER.value,
        Verb.ESCALATED.value,
        Verb.RESOURCES_DECIDED.value,
        Verb.TENDER_WRITTEN.value,
        Verb.LESSON_DECIDED.value,
    ),
    Topic.DECISIONS,
)
#: Incidents stand under their own day; that somebody typed them in is a change.
PAPER_TOPICS: Mapping[str, Topic] = dict.fromkeys(
    (PaperVerb.ADDED.value, PaperVerb.VERSION_ADDED.value), Topic.DOCUMENTS
)


PAPER_LINKS: Mapping[str, history.LinkOf] = {
    "document": history.link_to("cases:document", "document"),
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line; with ``changes`` it is a folded run of small changes."""

    when: str
    iso: str
    title: str
    by: str = ""
    text: str = ""
    url: str = ""
    labels: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def event_entry(event: CaseEvent, number: str) -> Entry:
    """Needs the actor; no statement."""
    return Entry(
        at=event.at,
        topic=history.verb_topic(event.verb),
        title=event.label,
        by=event.actor.short_name if event.actor else "Winback",
        text=event_text(event.data),
        url=history.verb_url(event.verb, number, event.data),
    )


def event_text(data: Mapping[str, Any]) -> str:
    """What a reader wants to know of an event: the thing, then the reason."""
    names = ("title", "step", "user", "by", "reason", "note")
    shown = [_result(data), *(data.get(name) for name in names)]
    return " · ".join(str(value) for value in shown if value)


def _result(data: Mapping[str, Any]) -> str:
    """How a case ended, in the language of the reader."""
    result = data.get("result")
    return str(Status(result).label) if result in CLOSED else ""


def incident_entries(user: User, case: Case) -> Iterable[Entry]:
    """The incidents on the days they happened, linked for who may correct them; one statement."""
    may_edit = can_work_on_case(user, case)
    for incident in case.incidents.select_related("recorded_by"):
        yield Entry(
            at=history.moment(incident.happened_on),
            topic=Topic.INCIDENTS,
            title=str(IncidentKind(incident.kind).label),
            by=incident.recorded_by.short_name,
            text=" · ".join(filter(None, [incident.what, incident.consequence])),
            url=incident.url_in(case.number) if may_edit else "",
            whole_day=True,
        )


def event_row(event: CaseEvent, number: str) -> HistoryRow:
    """One event in words, for the case ``number``; needs the actor."""
    return history_row(event_entry(event, number))


def timeline(user: User, case: Case) -> list[Entry]:
    """All entries, newest first; one statement per source."""
    events = case.events.select_related("actor")
    found = [event_entry(event, case.number) for event in events]
    found += history.entries(user, case)
    return sorted(found, key=lambda entry: entry.at, reverse=True)


@dataclass(frozen=True, slots=True)
class TopicChip:
    """A link that shows one topic; topics without entries are missing."""

    label: str
    url: str
    count: int
    current: bool


def topic_chips(entries: list[Entry], current: str) -> list[TopicChip]:
    """All entries, then every topic that has some."""
    counts = Counter(entry.topic for entry in entries)
    shown = [topic for topic in Topic if counts[topic] or topic == current]
    chips = [TopicChip(_("Everything"), "?", len(entries), not current)]
    return chips + [
        TopicChip(str(topic.label), f"?thema={topic.value}", counts[topic], topic == current)
        for topic in shown
    ]


def history_rows(entries: Iterable[Entry], *, fold: bool) -> list[HistoryRow]:
    """Entries in words; with ``fold`` runs of changes become one line that opens."""
    rows: list[HistoryRow] = []
    for is_change, run in groupby(entries, key=lambda entry: entry.topic == Topic.CHANGES):
        found = list(run)
        if fold and is_change and len(found) > 1:
            rows.append(_folded(found))
        else:
            rows += [history_row(entry) for entry in found]
    return rows


def history_row(entry: Entry) -> HistoryRow:
    labels = [] if entry.shared is None else [_shared_word(shared=entry.shared)]
    return HistoryRow(
        when=_when(entry),
        iso=entry.at.date().isoformat() if entry.whole_day else entry.at.isoformat(),
        title=entry.title,
        by=entry.by,
        text=entry.text,
        url=entry.url,
        labels=labels,
    )


def _folded(entries: list[Entry]) -> HistoryRow:
    newest = entries[0]
    title = ngettext("%(count)d change", "%(count)d changes", len(entries))
    return HistoryRow(
        when=format_date(timezone.localtime(newest.at)),
        iso=newest.at.isoformat(),
        title=title % {"count": len(entries)},
        changes=[
            " · ".join(filter(None, [_when(each), each.title, each.text, each.by]))
            for each in entries
        ],
    )


def _when(entry: Entry) -> str:
    return format_date(entry.at) if entry.whole_day else format_datetime(entry.at)


def _shared_word(*, shared: bool) -> str:
    return _("shared with the client") if shared else _("internal")
