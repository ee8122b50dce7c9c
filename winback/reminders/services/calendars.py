"""What one person owes, as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from winback.common.obligations import Item

PRODUCT = "-//Winback//Obligations//DE"
#: How often a calendar should ask again.
REFRESH = timedelta(hours=1)


def calendar_text(items: Iterable[Item], numbers: Mapping[int, str], now: datetime) -> bytes:
    """All-day entries with title, case number and link; nothing else leaves the house.

    ``numbers`` gives the number of each case. The identity of an entry stays when its date moves.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Winback")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for item in items:
        number = numbers.get(item.case_id, "") if item.case_id else ""
        calendar.add_component(_event(item, number, now))
    return bytes(calendar.to_ical())


def _event(item: Item, number: str, now: datetime) -> Event:
    host = urlsplit(settings.SITE_URL).hostname
    identity = "-".join(filter(None, [item.kind, str(item.pk), item.part]))
    event = Event()
    event.add("uid", f"{identity}@{host}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", item.due_on)
    event.add("dtend", item.due_on + timedelta(days=1))
    event.add("summary", f"{item.title} ({number})" if number else item.title)
    event.add("url", settings.SITE_URL + item.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
