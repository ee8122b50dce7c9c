"""Rows of "Meine Arbeit"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from winback.common.formats import days_phrase, format_day
from winback.common.obligations import Item, Query, find
from winback.common.textsearch import normalise

NOON = 11
EVENING = 18


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of "Meine Arbeit"; the names are those of components/work_row.html."""

    row_id: str
    kind: str
    state: str
    title: str
    url: str
    note: str
    due: str
    due_note: str
    late: bool
    done_url: str
    move_url: str
    moves_inline: bool


@dataclass(slots=True)
class Work:
    """The three blocks in their order; empty ones vanish from the page."""

    overdue: list[WorkRow] = field(default_factory=list)
    this_week: list[WorkRow] = field(default_factory=list)
    waiting: list[WorkRow] = field(default_factory=list)
    #: the next thing after this week, shown when nothing is due
    next: WorkRow | None = None
    #: the cases in which something is owed, by key and name; offered as a filter
    cases: list[tuple[int, str]] = field(default_factory=list)
    #: the case the blocks are narrowed to
    case_id: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.this_week or self.waiting)


def end_of_week(today: date) -> date:
    """The Sunday of the week; weeks start on Monday."""
    return today + timedelta(days=6 - today.weekday())


def my_work(user: User, today: date, case_id: int | None = None) -> Work:
    """What the user owes, and what absent colleagues owe whose deputy the user is.

    ``case_id`` narrows it to one case; a case in which nothing is owed narrows nothing.
    """
    people = User.objects.answered_for_by(user, today).only("first_name", "last_name")
    names = {each.pk: each.short_name for each in people}
    items = find(Query(owner_ids=list(names)))
    names.pop(user.pk, None)
    cases = cases_of(items)
    wanted = case_id if case_id in dict(cases) else None
    work = sort_work([each for each in items if wanted in (None, each.case_id)], today, names)
    work.cases, work.case_id = cases, wanted
    return work


def cases_of(items: Iterable[Item]) -> list[tuple[int, str]]:
    """The cases of the items by name; the shortest context of a case names nothing but the case."""
    names: dict[int, str] = {}
    for item in items:
        if item.case_id is not None:
            names[item.case_id] = min(names.get(item.case_id, item.context), item.context, key=len)
    return sorted(names.items(), key=lambda case: normalise(case[1]))


def sort_work(items: Iterable[Item], today: date, absent: dict[int, str]) -> Work:
    """Put each open item into its block; ``absent`` names the owners stood in for."""
    work, sunday = Work(), end_of_week(today)
    for item in items:
        row = work_row(item, today, absent.get(item.owner_id, ""))
        if item.waiting:
            work.waiting.append(row)
        elif item.due_on < today:
            work.overdue.append(row)
        elif item.due_on <= sunday:
            work.this_week.append(row)
        elif work.next is None:
            work.next = row
    return work


def work_row(item: Item, today: date, stands_in_for: str) -> WorkRow:
    late = item.due_on < today
    return WorkRow(
        row_id="-".join(filter(None, (item.kind, str(item.pk), item.part))),
        kind="late" if late else "wait" if item.waiting else "open",
        state=_state(item, late=late),
        title=item.title,
        url=item.url,
        note=f"{item.context} · {_stand_in(stands_in_for)}" if stands_in_for else item.context,
        due=format_day(item.due_on),
        due_note=days_phrase(today, item.due_on),
        late=late,
        done_url=item.done_url,
        move_url=item.move_url,
        moves_inline=item.moves_inline,
    )


def _stand_in(name: str) -> str:
    return _("standing in for %(name)s") % {"name": name}


def _state(item: Item, *, late: bool) -> str:
    if late:
        return _("Overdue")
    return _("Waiting for me") if item.waiting else pgettext("obligation", "Open")


def greeting(now: datetime, user: User) -> str:
    """``Guten Morgen, Frau Kaya`` by the local time of day."""
    if now.hour < NOON:
        return _("Good morning, %(name)s") % {"name": user.formal_name}
    if now.hour < EVENING:
        return _("Good afternoon, %(name)s") % {"name": user.formal_name}
    return _("Good evening, %(name)s") % {"name": user.formal_name}


def long_day(today: date) -> str:
    """``Mo., 23.11.2026 · KW 48``."""
    week = _("week %(number)s") % {"number": today.isocalendar().week}
    return f"{format_day(today)} · {week}"
