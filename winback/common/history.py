"""The history of a case in words: each room brings its verbs, topics, links and dated things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class Topic(TextChoices):
    """What an entry of the history is about; the filter of the page."""

    TALKS = "gespraeche", pgettext_lazy("history", "Talks")
    COMMITMENTS = "zusagen", pgettext_lazy("history", "Commitments")
    COMPLAINTS = "beschwerden", pgettext_lazy("history", "Complaints")
    INCIDENTS = "vorfaelle", pgettext_lazy("history", "Incidents")
    FINDINGS = "feststellungen", pgettext_lazy("history", "Findings")
    MEASURES = "massnahmen", pgettext_lazy("history", "Measures")
    DOCUMENTS = "dokumente", pgettext_lazy("history", "Documents")
    DEADLINES = "fristen", pgettext_lazy("history", "Deadlines")
    DECISIONS = "entscheidungen", pgettext_lazy("history", "Decisions")
    CHANGES = "aenderungen", pgettext_lazy("history", "Changes")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the history of a case.

    ``at`` sorts it; a thing known only by its day stands at noon, with ``whole_day``. ``shared``
    is None where nobody asks whether the client may see it.
    """

    at: datetime
    topic: Topic
    title: str
    by: str = ""
    text: str = ""
    url: str = ""
    shared: bool | None = None
    whole_day: bool = False


def moment(day: date, at: time | None = None) -> datetime:
    """Where a thing stands in the line of time: by its clock, else at noon of its day."""
    return timezone.make_aware(datetime.combine(day, at or time(12)))


#: (number of the case, data of the event) → page of the thing, "" where there is none
LinkOf = Callable[[str, Mapping[str, Any]], str]
#: (user, case) → entries with a date of their own; one statement
Source = Callable[[Any, Any], Iterable[Entry]]

_labels: dict[str, object] = {}
_topics: dict[str, Topic] = {}
_links: dict[str, LinkOf] = {}
_sources: dict[str, Source] = {}


def register_verbs(
    verbs: type[TextChoices],
    *,
    topics: Mapping[str, Topic] | None = None,
    links: Mapping[str, LinkOf] | None = None,
) -> None:
    """Make a room's verbs readable in the history; called from ``AppConfig.ready()``.

    ``topics`` and ``links`` are keyed by a whole verb ("case.decided") or by what stands before
    its dot ("measure"); a verb without a topic is a change.
    """
    _labels.update(zip(verbs.values, verbs.labels, strict=True))
    _topics.update(topics or {})
    _links.update(links or {})


def link_to(url_name: str, key: str, *, with_case: bool = True) -> LinkOf:
    """The link to the page ``url_name`` of the thing an event names under ``key``."""

    def link(number: str, data: Mapping[str, Any]) -> str:
        if key not in data:
            return ""
        return reverse(url_name, args=[number, data[key]] if with_case else [data[key]])

    return link


def register_source(key: str, source: Source) -> None:
    """Add things that have a date of their own, such as talks; called from ``ready()``."""
    _sources[key] = source


def verb_label(verb: str) -> str:
    """The translated word for a stored verb; an unknown one is shown as stored."""
    return str(_labels.get(verb, verb))


def verb_topic(verb: str) -> Topic:
    """The topic of the verb, else of its group; a change where nobody named one."""
    return _topics.get(verb) or _topics.get(_group(verb)) or Topic.CHANGES


def verb_url(verb: str, number: str, data: Mapping[str, Any]) -> str:
    """The page of what the event is about; empty where there is none."""
    link = _links.get(verb) or _links.get(_group(verb))
    return link(number, data) if link else ""


def entries(user: Any, case: Any) -> list[Entry]:
    """What the rooms hold with dates of their own, in no order; one statement per source."""
    return [entry for source in _sources.values() for entry in source(user, case)]


def _group(verb: str) -> str:
    return verb.partition(".")[0]
