"""The words of a digest: formatted once per line, so that the templates only place them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from winback.common.formats import days_phrase, format_day
from winback.common.obligations import Item
from winback.reminders.services.roster import Roster


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to be sent; ``told`` are the notifications it tells for the first time."""

    subject: str
    text: str
    html: str
    told: list[int]


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation: what, until when, why the reader gets it."""

    title: str
    url: str
    due: str
    when: str
    why: str
    late: bool


@dataclass(slots=True)
class Group:
    """What is owed in one case."""

    title: str
    lines: list[Line] = field(default_factory=list)


def subject_of(items: Sequence[Item], today: date) -> str:
    """``3 Aufgaben überfällig, 5 diese Woche, 1 später``; what there is none of is left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    late = sum(item.due_on < today for item in items)
    soon = sum(today <= item.due_on <= sunday for item in items)
    after = len(items) - late - soon
    counted = (
        (late, ngettext("%(n)d task overdue", "%(n)d tasks overdue", late), ""),
        (
            soon,
            ngettext("%(n)d task this week", "%(n)d tasks this week", soon),
            _("%(n)d this week"),
        ),
        (after, ngettext("%(n)d task later", "%(n)d tasks later", after), _("%(n)d later")),
    )
    parts: list[str] = []
    for count, first, further in counted:
        if count:
            parts.append((further if parts else first) % {"n": count})
    return ", ".join(parts)


def groups_of(items: Sequence[Item], user: User, roster: Roster) -> list[Group]:
    """Per case, the longest overdue first; ``items`` come earliest first."""
    groups: dict[int | str, Group] = {}
    for item in items:
        title = item.context or _("Without a case")
        group = groups.setdefault(item.case_id or title, Group(title))
        group.lines.append(_line(item, user, roster))
    return list(groups.values())


def _line(item: Item, user: User, roster: Roster) -> Line:
    return Line(
        title=item.title,
        url=settings.SITE_URL + item.url,
        due=format_day(item.due_on),
        when=days_phrase(roster.day, item.due_on),
        why=_why(item, user, roster),
        late=item.due_on < roster.day,
    )


def _why(item: Item, user: User, roster: Roster) -> str:
    if item.owner_id == user.pk:
        return pgettext("reminder", "you are the owner")
    owner = roster.people.get(item.owner_id)
    if owner is None:
        return _("you are the deputy")
    return _("you stand in for %(name)s") % {"name": owner.full_name}
