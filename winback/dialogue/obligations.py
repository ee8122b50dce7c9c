"""What the dialogue owes, in one statement over its tables; and what speaks against a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Trim
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from winback.cases.enums import LIVE
from winback.common.health import AT_RISK, CRITICAL, Signal
from winback.common.obligations import Item, Kind, Query
from winback.dialogue.models import Commitment, Complaint, ContactRhythm, FollowUp, MeetingSeries
from winback.dialogue.rules import contact_due, weight

KIND = "commitment"
COMPLAINT, FOLLOWUP, MEETING, CONTACT = "complaint", "followup", "meeting", "contact"
#: A complaint waits for its answer, or for the question whether the client is content.
ANSWER, ASK = "answer", "ask"

Reassign = Callable[[int, User, User], None]
Drop = Callable[[int, User, str], None]


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


#: What stands for the columns that differ.
_USUAL = {"tag": _text(""), "words": F("what"), "deputy": F("deputy_id"), "day": F("due_on")}
_BRANCHES: dict[str, dict[str, Any]] = {
    KIND: {},
    FOLLOWUP: {},
    COMPLAINT: {
        "tag": models.Case(
            When(Q(answered_on__isnull=True) | Q(reopened_on__isnull=False), then=_text(ANSWER)),
            default=_text(ASK),
        ),
        "words": Concat(F("number"), _text(" "), F("what"), output_field=CharField()),
    },
    MEETING: {"words": F("title"), "day": F("next_on")},
    CONTACT: {
        "tag": Cast(F("every_days"), CharField()),
        "words": Coalesce(
            Trim(Concat(F("contact__first_name"), _text(" "), F("contact__last_name"))),
            _text(""),
            output_field=CharField(),
        ),
        "deputy": Cast(Value(None), BigIntegerField()),
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


def _branch(kind: str, query: Query) -> QuerySet:  # type: ignore[type-arg]  # rows of five models
    """One kind in the columns all have in common."""
    rows = _open_rows(kind)
    if query.owner_ids is not None:
        rows = rows.filter(owner__in=query.owner_ids)
    if query.case_id is not None:
        rows = rows.filter(case=query.case_id)
    own = _USUAL | _BRANCHES[kind]
    columns = {
        "u_kind": _text(kind),
        "u_pk": F("pk"),
        "u_tag": own["tag"],
        "u_words": own["words"],
        "u_owner": F("owner_id"),
        "u_deputy": own["deputy"],
        "u_day": own["day"],
        "u_case": F("case_id"),
        "u_client": F("case__client__name"),
        "u_number": F("case__number"),
    }
    found: QuerySet = rows.order_by().annotate(**columns).values_list(*columns)  # type: ignore[type-arg]  # see above
    return found


@dataclass(frozen=True, slots=True)
class _Owed:
    """One row of the union."""

    kind: str
    pk: int
    tag: str
    words: str
    owner: int
    deputy: int | None
    day: date
    case: int
    client: str
    number: str

    @property
    def due_on(self) -> date:
        """The day itself; for a contact rhythm so many days after the last talk."""
        return contact_due(self.day, int(self.tag)) if self.kind == CONTACT else self.day


def find(query: Query) -> Iterable[Item]:
    """Everything the dialogue owes, overdue included: all kinds of the room in one statement."""
    first, *others = (_branch(kind, query) for kind in _BRANCHES)
    rows = (_Owed(*row) for row in first.union(*others, all=True))
    until = query.due_until
    return [_item(row) for row in rows if until is None or row.due_on <= until]


def _item(row: _Owed) -> Item:
    title, url, done_url = _words(row)
    return Item(
        kind=row.kind,
        pk=row.pk,
        title=title,
        owner_id=row.owner,
        deputy_id=row.deputy,
        due_on=row.due_on,
        case_id=row.case,
        context=f"{row.client} · {row.number}",
        url=url,
        done_url=done_url,
        part=ASK if row.tag == ASK else "",
    )


def _words(row: _Owed) -> tuple[str, str, str]:
    """Title, page, and page of the one-click action."""
    case, what = [row.number], {"what": row.words}
    if row.kind == KIND:
        title = _("Keep commitment “%(what)s”") % what
        one = [row.number, row.pk]
        return title, reverse("dialogue:detail", args=one), reverse("dialogue:keep", args=one)
    if row.kind == COMPLAINT:
        number = row.words.split(" ")[0]
        page = reverse("dialogue:complaint_detail", args=[number])
        if row.tag == ASK:
            title = _("Ask whether the client is content: complaint %(what)s") % what
            return title, page, reverse("dialogue:complaint_close", args=[number])
        title = _("Answer complaint %(what)s") % what
        return title, page, reverse("dialogue:complaint_answer", args=[number])
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
