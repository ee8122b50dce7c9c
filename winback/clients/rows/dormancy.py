"""Dormant clients as ready strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from winback.clients.enums import LookResult
from winback.clients.models import Client, DormantLook
from winback.clients.rows.consents import Status
from winback.common import clientpages
from winback.common.formats import format_date

SHAPE = {
    LookResult.GONE: "crit",
    LookResult.PAUSING: "wait",
    LookResult.UNKNOWN: "open",
    LookResult.ACTIVE: "ok",
}


@dataclass(frozen=True, slots=True)
class DormantRow:
    """One client to be examined, or examined."""

    client: Client
    shape: str
    word: str
    why: str
    examined: str
    next_on: str
    late: bool
    owner: str
    look_url: str
    actions: list[tuple[str, str]]


def dormant_row(client: Client, user: User, today: date, *, may_edit: bool) -> DormantRow:
    """Needs the looks prefetched with their people, newest first; no further statement."""
    looks = list(client.looks.all())
    planned = next((look for look in looks if look.is_open), None)
    done = next((look for look in looks if not look.is_open), None)
    shape, word = standing(done)
    gone = done is not None and done.result == LookResult.GONE
    return DormantRow(
        client=client,
        shape=shape,
        word=word,
        why=_why(planned, done),
        examined=_examined(done),
        next_on=format_date(planned.due_on) if planned else "–",
        late=planned is not None and planned.is_overdue(today),
        owner=planned.owner.short_name if planned else "",
        look_url=reverse("clients:look", args=[client.pk]) if may_edit else "",
        actions=clientpages.actions(user, client) if gone and planned is None else [],
    )


def standing(look: DormantLook | None) -> Status:
    """The result of the last look; "not examined" before the first."""
    if look is None:
        return "open", pgettext("dormant", "Not examined yet")
    return SHAPE[LookResult(look.result)], look.get_result_display()


def _why(planned: DormantLook | None, done: DormantLook | None) -> str:
    if done is not None:
        left = [_("left without a word")] if done.without_notice else []
        return " · ".join([done.reason, *left])
    return planned.occasion if planned else _("No running contract and no open case.")


def _examined(look: DormantLook | None) -> str:
    if look is None or look.examined_by is None:
        return "–"
    return f"{format_date(look.done_on)}, {look.examined_by.short_name}"


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look in the story of a client."""

    shape: str
    word: str
    when: str
    text: str
    unspoken: str


def look_row(look: DormantLook) -> LookRow:
    """Needs ``owner`` and ``examined_by`` joined."""
    if look.is_open:
        text = _("%(name)s looks until %(day)s")
        when = text % {"name": look.owner.short_name, "day": format_date(look.due_on)}
        word = pgettext("dormant", "Look planned")
        return LookRow("wait", word, when, look.occasion, "")
    shape, word = standing(look)
    return LookRow(shape, word, _examined(look), _why(None, look), look.unspoken)
