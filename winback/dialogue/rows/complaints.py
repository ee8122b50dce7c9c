"""Complaints as ready strings, with the response in working time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.models import User
from winback.cases.permissions import can_work_on_case
from winback.common.formats import format_date, format_number
from winback.common.workdays import working_days_between
from winback.dialogue.enums import ComplaintCore, ComplaintState
from winback.dialogue.models import Complaint
from winback.dialogue.permissions import can_answer
from winback.dialogue.rules import working_hours_between

Fact = tuple[str, str, str]
Link = tuple[str, str]

_SHAPE = {
    ComplaintState.RECEIVED: "open",
    ComplaintState.ACKNOWLEDGED: "run",
    ComplaintState.ANSWERED: "wait",
    ComplaintState.CLOSED: "done",
}


def standing(complaint: Complaint, today: date) -> tuple[str, str]:
    """Shape and word; overdue comes before the step it stands at."""
    if complaint.is_overdue(today):
        return "late", pgettext("complaint", "Overdue")
    if complaint.content is False:
        return "no", pgettext("complaint", "Closed, client not content")
    return _SHAPE[complaint.state], str(complaint.state.label)


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One line of the register."""

    pk: int
    number: str
    what: str
    url: str
    client: str
    case_number: str
    site: str
    received: str
    severity: str
    safety: bool
    due: str
    late: bool
    response: str
    owner: str
    shape: str
    word: str


def complaint_row(complaint: Complaint, land: str, today: date) -> ComplaintRow:
    """Needs ``with_rows()``; ``land`` counts the response. No further statement."""
    shape, word = standing(complaint, today)
    return ComplaintRow(
        pk=complaint.pk,
        number=complaint.number,
        what=complaint.what,
        url=complaint.get_absolute_url(),
        client=complaint.case.client.name,
        case_number=complaint.case.number,
        site=complaint.site.name if complaint.site else "",
        received=format_date(complaint.received_on),
        severity=complaint.get_severity_display(),
        safety=complaint.is_safety,
        due=format_date(complaint.due_on) if complaint.is_open else "",
        late=complaint.is_overdue(today),
        response=response(complaint, complaint.answered_on, complaint.answered_at, land),
        owner=complaint.owner.short_name,
        shape=shape,
        word=word,
    )


#: Heads of the exported columns.
COMPLAINT_COLUMNS = (
    gettext_lazy("Number"),
    gettext_lazy("Complaint"),
    gettext_lazy("Client"),
    gettext_lazy("Case number"),
    gettext_lazy("Site"),
    pgettext_lazy("complaint", "Received on"),
    gettext_lazy("Severity"),
    gettext_lazy("Safety"),
    pgettext_lazy("complaint", "Core"),
    gettext_lazy("Answer due on"),
    gettext_lazy("Answered on"),
    gettext_lazy("Response time"),
    pgettext_lazy("person", "Owner"),
    pgettext_lazy("complaint", "Status"),
)


def complaint_record(complaint: Complaint, land: str, today: date) -> list[Any]:
    """One exported line below ``COMPLAINT_COLUMNS``; dates as such."""
    row = complaint_row(complaint, land, today)
    safety = _("yes") if complaint.is_safety else _("no")
    return [
        *(row.number, row.what, row.client, row.case_number, row.site, complaint.received_on),
        *(row.severity, safety, complaint.get_core_display(), complaint.original_due_on),
        *(complaint.answered_on, row.response, row.owner, row.word),
    ]


def response(complaint: Complaint, on: date | None, at: time | None, land: str) -> str:
    """``6 Arbeitsstunden`` where both times are known, else ``2 Arbeitstage``; empty before."""
    if on is None:
        return ""
    received_on, received_at = complaint.received_on, complaint.received_at
    if received_at is not None and at is not None:
        start, end = datetime.combine(received_on, received_at), datetime.combine(on, at)
        hours = working_hours_between(start, end, land)
        shown = format_number(hours, 0 if hours == int(hours) else 1)
        words = ngettext("%(count)s working hour", "%(count)s working hours", _plural(hours))
        return words % {"count": shown}
    days = max(working_days_between(received_on, on, land), 0)
    if not days:
        return _("on the same day")
    return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}


def _plural(hours: float) -> int:
    return 1 if hours == 1 else 2


def receipt_facts(complaint: Complaint) -> list[Fact]:
    """What came in, from whom, and what the client wants."""
    contact = complaint.contact
    at = f", {complaint.received_at:%H:%M}" if complaint.received_at else ""
    return [
        (
            pgettext("complaint", "Received on"),
            format_date(complaint.received_on) + at,
            _("by %(user)s") % {"user": complaint.received_by},
        ),
        (
            pgettext("complaint", "From whom"),
            contact.name if contact else "",
            contact.function if contact else "",
        ),
        (pgettext("interaction", "Channel"), complaint.get_channel_display(), ""),
        (_("Site"), complaint.site.name if complaint.site else "", ""),
        (_("In the client's words"), complaint.statement, ""),
        (_("Remedy sought"), complaint.remedy_sought, ""),
        (_("Severity"), complaint.get_severity_display(), ""),
        (_("Immediate action"), complaint.immediate_action, ""),
        (pgettext("complaint", "Core"), complaint.get_core_display(), complaint.core_reason),
    ]


def handling_facts(complaint: Complaint, land: str) -> list[Fact]:
    """The steps taken so far, each with the time it took."""
    acknowledged, answered = complaint.acknowledged_on, complaint.answered_on
    rows = [
        (pgettext("person", "Owner"), str(complaint.owner), ""),
        (pgettext("person", "Deputy"), str(complaint.deputy or ""), ""),
        (
            _("Acknowledged on"),
            format_date(acknowledged) if acknowledged else "",
            response(complaint, acknowledged, complaint.acknowledged_at, land),
        ),
        (
            _("Answered on"),
            format_date(answered) if answered else "",
            response(complaint, answered, complaint.answered_at, land),
        ),
        (_("Answer with solution"), complaint.answer, ""),
    ]
    if complaint.is_open:
        label = _("Answer due on") if complaint.awaits_answer else _("Ask until")
        rows.append((label, format_date(complaint.due_on), ""))
    else:
        content = _("Yes") if complaint.content else pgettext("complaint", "No")
        rows.append((_("Client content?"), content, complaint.closing_note))
        rows.append((_("Closed on"), format_date(complaint.done_on), ""))
    if complaint.reopened_on:
        rows.append((_("Reopened on"), format_date(complaint.reopened_on), ""))
    return rows


def steps(complaint: Complaint, user: User) -> list[Link]:
    """What the user may do next: label and address, the next step of the procedure first."""
    if not complaint.is_open:
        may = can_work_on_case(user, complaint.case)
        return [(_("Reopen"), complaint.url("reopen"))] if may else []
    found: list[Link] = []
    if can_answer(user, complaint):
        if complaint.acknowledged_on is None:
            found.append((_("Acknowledge"), complaint.url("acknowledge")))
        word = _("Answer complaint") if complaint.answered_on is None else _("Answer again")
        found.append((word, complaint.url("answer")))
        if not complaint.awaits_answer:
            found.insert(0, (_("Close complaint"), complaint.url("close")))
    if can_work_on_case(user, complaint.case):
        if complaint.core == ComplaintCore.UNCLEAR:
            found.append((_("Judge the core"), complaint.url("core")))
        else:
            found.append((_("Judge the core anew"), complaint.url("core")))
        found.append((_("Edit"), complaint.url("edit")))
    return found
