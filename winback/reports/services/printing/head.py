"""What stands on every page of a report: title, running lines, contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import pgettext

from winback.common.formats import format_datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which report it is: language, version, as of when, asked for by whom."""

    language: str
    number: int
    as_of: datetime
    by: str

    @property
    def text(self) -> str:
        """``Version 2 · Stand 23.11.2026, 09:00 Uhr``."""
        return pgettext("print", "Version %(number)s · as of %(moment)s") % {
            "number": self.number,
            "moment": format_datetime(self.as_of),
        }


@dataclass(frozen=True, slots=True)
class Head:
    """The fields ``templates/reports/base.html`` asks for."""

    language: str
    title: str
    description: str
    provider: str
    kind: str
    subtitle: str
    classification: str
    stamp: str
    byline: str = ""
    for_client: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; the heading carries the anchor as its id."""

    anchor: str
    number: str
    title: str
    children: tuple[Entry, ...] = ()


def chapters(*titles: tuple[str, str]) -> dict[str, Entry]:
    """Number chapters in their order: key and title in, key → entry out; the key is the anchor."""
    return {key: Entry(key, str(i), title) for i, (key, title) in enumerate(titles, start=1)}
