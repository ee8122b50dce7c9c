"""What the dialogue owes; and what speaks against a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import CharField, F, Q, QuerySet, When
from django.db.models.functions import Cast, Coalesce, Concat, Trim
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.cases.enums import LIVE
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.obligations import Item, Kind, Owed, Query, Source, no_key, owed, text
from winback.dialogue.models import Commitment, Complaint, ContactRhythm, FollowUp, MeetingSeries
from winback.dialogue.rules import contact_due, weight

KIND = "commitment"
COMPLAINT, FOLLOWUP, MEETING, CONTACT = "complaint", "followup", "meeting", "contact"
#: A complaint waits for its answer, or for the question whether the client is content.
ANSWER, ASK = "answer", "ask"

Reassign = Callable[[int, User, User], None]
Drop = Callable[[int, User, str], None]


#: The columns of a kind that are not the usual ones.
_OWN: dict[str, dict[str, Any]] = {
    KIND: {"words": F("what")},
    FOLLOWUP: {"words": F("what")},
    COMPLAINT: {
        "tag": models.Case(
            When(Q(answered_on__isnull=True) | Q(reopened_on__isnull=False), then=text(ANSWER)),
            default=text(ASK),
        ),
        "code": F("number"),
        "words": Concat(F("number"), text(" "), F("what"), output_field=CharField()),
    },
    MEETING: {"words": F("title"), "day": F("next_on")},
    CONTACT: {
        "code": Cast(F("every_days"), CharField()),
        "words": Coalesce(
            Trim(Concat(F("contact__first_name"), text(" "), F("contact__last_name"))),
            text(""),
            output_field=CharField(),
        ),
        "deputy": no_key(),
        "day": F("last_on"),
    },
}


def _open_rows(kind: str) -> QuerySet:  # type: ignore[type-arg]  # rows of five models
    """What is owed of one kind, of cases in which it still is."""
    if kind == KIND:
        return Commitment.objects.open()
    if kind == COMPLAINT:
        return Complaint.objects.open()
    if kind == FOLLOWUP:
        return FollowUp.objects.open()
    if kind == MEETING:
        return MeetingSeries.objects.open().filter(case__status__in=LIVE)
    return ContactRhythm.objects.open().with_last_contact()


def _rows(query: Query) -> Iterable[QuerySet[Any, Any]]:
    return (owed(_open_rows(kind), kind, query, **own) for kind, own in _OWN.items())


def _item(row: Owed) -> Item:
    """A contact is due so many days after the last talk, all else on its day."""
    title, url, done_url = _words(row)
    return row.item(
        title=title,
        url=url,
        done_url=done_url,
        due_on=contact_due(row.day, int(row.code)) if row.kind == CONTACT else row.day,
        part=ASK if row.tag == ASK else "",
    )


def _words(row: Owed) -> tuple[str, str, str]:
    """Title, page, and page of the one-click action."""
    case, what = [row.number], {"what": row.words}
    if row.kind == KIND:
        title = _("Keep commitment “%(what)s”") % what
        page = reverse("dialogue:detail", args=[row.number, row.pk])
        return title, page, reverse("dialogue:keep", args=[row.number, row.pk])
    if row.kind == COMPLAINT:
        one = [row.code]
        page = reverse("dialogue:complaint_detail", args=one)
        if row.tag == ASK:
            title = _("Ask whether the client is content: complaint %(what)s") % what
            return title, page, reverse("dialogue:complaint_close", args=one)
        title = _("Answer complaint %(what)s") % what
        return title, page, reverse("dialogue:complaint_answer", args=one)
    if row.kind == FOLLOWUP:
        done = reverse("dialogue:followup_done", args=[row.number, row.pk])
        return _("Call back: “%(what)s”") % what, reverse("dialogue:talks", args=case), done
    if row.kind == MEETING:
        done = reverse("dialogue:series_record", args=[row.number, row.pk])
        return _("Hold meeting “%(what)s”") % what, reverse("dialogue:talks", args=case), done
    whom = (
        _("Talk to %(what)s as agreed") % what if row.words else _("Talk to the client as agreed")
    )
    return whom, reverse("dialogue:ways", args=case), reverse("dialogue:talk_new", args=case)


#: Everything the dialogue owes, overdue included: all kinds of the room at once.
find = Source(_rows, _item)


def kinds(
    *,
    commitment: Reassign,
    complaint: Reassign,
    followup: tuple[Reassign, Drop],
    meeting: Reassign,
    contact: Reassign,
) -> list[Kind]:
    """The declarations for the registry; the callables are the room's services.

    Only a person can settle a commitment or a complaint: nothing drops them.
    """
    hand_over, drop = followup
    ends: dict[str, Any] = {"lead_days": (2,), "ends_with_case": True}
    return [
        Kind(KIND, gettext_lazy("Commitments to clients"), find, commitment),
        Kind(COMPLAINT, gettext_lazy("Complaints"), find, complaint, lead_days=(2,)),
        Kind(FOLLOWUP, gettext_lazy("Call-backs"), find, hand_over, drop, lead_days=()),
        Kind(MEETING, gettext_lazy("Meetings with clients"), find, meeting, **ends),
        Kind(CONTACT, gettext_lazy("Agreed contact rhythm"), find, contact, **ends),
    ]


def signals(case_id: int, today: date) -> Iterable[Signal]:
    """Overdue and lately broken commitments speak against a case; one statement."""
    count = Commitment.objects.filter(case=case_id).weighing(today).count()
    level = weight(count)
    if level is None:
        return []
    reason = ngettext("%(count)d broken commitment", "%(count)d broken commitments", count)
    return [Signal(level, reason % {"count": count})]


def complaint_signals(case_id: int, today: date) -> Iterable[Signal]:
    """An unanswered complaint about safety is critical, an overdue one a risk; one statement."""
    found = []
    for is_safety, due_on in (
        Complaint.objects.filter(case=case_id).unanswered().values_list("is_safety", "due_on")
    ):
        if is_safety:
            found.append(Signal(CRITICAL, _("A complaint about safety is not answered")))
        elif due_on < today:
            found.append(Signal(AT_RISK, _("A complaint is not answered in time")))
    return dict.fromkeys(found)


def contact_signals(case_id: int, today: date) -> Iterable[Signal]:
    """A missed contact rhythm is a risk; one statement."""
    rhythms = ContactRhythm.objects.filter(case=case_id).open().with_last_contact()
    days = [(today - rhythm.due_on).days for rhythm in rhythms]
    longest = max(days, default=0)
    if longest <= 0:
        return []
    words = ngettext(
        "No talk with the client for %(count)d day longer than agreed",
        "No talk with the client for %(count)d days longer than agreed",
        longest,
    )
    return [Signal(AT_RISK, words % {"count": longest})]


#: What speaks against the health of a case.
SIGNALS = (signals, complaint_signals, contact_signals)
