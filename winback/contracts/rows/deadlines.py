"""Deadlines as ready strings, for the register, the list and their own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accounts.models import User
from winback.common.formats import days_phrase, format_date, format_day, format_range
from winback.common.workdays import Bundesland
from winback.contracts.enums import DeadlineKind, DeadlineState, Unit
from winback.contracts.models import Deadline
from winback.contracts.permissions import can_do_deadline
from winback.contracts.rows.steps import span
from winback.documents.models import Document

Fact = tuple[str, str, str]
STATE_SHAPE = {
    DeadlineState.OPEN: "open",
    DeadlineState.NEAR: "warn",
    DeadlineState.OVERDUE: "late",
    DeadlineState.PAUSED: "lock",
    DeadlineState.DONE: "done",
    DeadlineState.DONE_LATE: "part",
    DeadlineState.ENDED: "na",
}


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One line of the register."""

    pk: int
    name: str
    url: str
    kind: str
    basis: str
    client: str
    case_number: str
    contract: str
    due: str
    due_note: str
    late: bool
    owner: str
    bound: str
    shape: str
    word: str
    ended: str
    proof_url: str
    done_url: str


def deadline_row(deadline: Deadline, user: User, today: date) -> DeadlineRow:
    """Needs ``with_row()``; no further statement."""
    state = deadline.state(today)
    ended_on = deadline.done_on or deadline.ended_on
    proof = deadline.done_proof_id or deadline.receipt_proof_id
    args = [deadline.contract_id, deadline.pk]
    return DeadlineRow(
        pk=deadline.pk,
        name=deadline.name,
        url=deadline.get_absolute_url(),
        kind=deadline.get_kind_display() if deadline.title else "",
        basis=basis(deadline),
        client=deadline.contract.client.name,
        case_number=deadline.case_number,
        contract=deadline.contract.title,
        due=format_date(deadline.due_on),
        due_note=days_phrase(today, deadline.due_on) if deadline.is_open else "",
        late=state == DeadlineState.OVERDUE,
        owner=deadline.owner.short_name,
        bound=deadline.get_bound_display(),
        shape=STATE_SHAPE[state],
        word=str(state.label),
        ended=format_date(ended_on) if ended_on else "",
        proof_url=paper_url(deadline.contract_id, proof),
        done_url=reverse("contracts:deadline_done", args=args)
        if can_do_deadline(user, deadline)
        else "",
    )


#: Heads of the exported columns.
DEADLINE_COLUMNS = (
    gettext_lazy("Deadline"),
    pgettext_lazy("deadline", "Kind"),
    gettext_lazy("Basis"),
    gettext_lazy("Client"),
    gettext_lazy("Case number"),
    gettext_lazy("Contract"),
    gettext_lazy("Received on"),
    gettext_lazy("End"),
    pgettext_lazy("person", "Owner"),
    gettext_lazy("Who is bound"),
    pgettext_lazy("deadline", "Status"),
    gettext_lazy("Done or ended on"),
)


def deadline_record(deadline: Deadline, user: User, today: date) -> list[Any]:
    """One exported line below ``DEADLINE_COLUMNS``; dates as such."""
    row = deadline_row(deadline, user, today)
    words = [
        row.name,
        deadline.get_kind_display(),
        row.basis,
        row.client,
        row.case_number,
        row.contract,
    ]
    ended_on = deadline.done_on or deadline.ended_on
    dates = [deadline.received_on, deadline.due_on]
    return [*words, *dates, row.owner, row.bound, row.word, ended_on]


def paper_url(contract_id: int, document_id: int | None) -> str:
    """Where a paper of the contract is handed out; empty without one."""
    return reverse("contracts:paper", args=[contract_id, document_id]) if document_id else ""


def basis(deadline: Deadline) -> str:
    """The chosen basis with its paragraph or clause."""
    return ", ".join(filter(None, (deadline.get_basis_display(), deadline.clause)))


def action(deadline: Deadline) -> str:
    """What is to be done; dates that follow from the contract say it themselves."""
    standard = {
        DeadlineKind.NOTICE: _("Settle with the client whether the contract goes on."),
        DeadlineKind.OPTION: _("Settle whether the option is declared."),
        DeadlineKind.CHECK: _("Compare target and actual of every service line."),
        DeadlineKind.SUSPENSION: _("Settle what follows when the suspension ends."),
    }
    return deadline.action or standard.get(DeadlineKind(deadline.kind), "")


def length(deadline: Deadline) -> str:
    """``2 weeks``, or ``fixed date``."""
    if deadline.unit == Unit.FIXED or not deadline.length:
        return str(Unit.FIXED.label)
    return span(deadline.length, deadline.unit)


def facts(deadline: Deadline) -> list[Fact]:
    """Everything about the deadline beside its computation; needs ``with_row()``."""
    received = format_day(deadline.received_on) if deadline.received_on else ""
    leads = ", ".join(str(day) for day in deadline.lead_days)
    suspended = format_range(deadline.suspended_from, deadline.suspended_until)
    rows = [
        (pgettext("deadline", "Kind"), deadline.get_kind_display(), ""),
        (_("Basis"), basis(deadline), _("Legal check needed.")),
        (pgettext("deadline", "Trigger"), deadline.trigger, ""),
        (_("Received on"), received, deadline.get_received_by_display()),
        (_("Length"), length(deadline), deadline.get_counting_display()),
        (_("Holidays of"), str(Bundesland(deadline.bundesland).label), ""),
        (
            _("Suspended"),
            suspended if deadline.suspended_from else "",
            deadline.suspension_reason,
        ),
        (_("Who is bound"), deadline.get_bound_display(), ""),
        (_("To be done"), action(deadline), deadline.get_required_form_display()),
        (_("If it is missed"), deadline.consequence, ""),
        (
            pgettext("person", "Owner"),
            str(deadline.owner),
            _("deputy: %(name)s") % {"name": deadline.deputy} if deadline.deputy else "",
        ),
        (_("Warned before"), _("%(days)s days") % {"days": leads} if leads else "", ""),
        (_("First computed end"), format_date(deadline.original_due_on), ""),
        (_("Done on"), _day(deadline.done_on), deadline.done_note),
        (_("Ended on"), _day(deadline.ended_on), deadline.ended_reason),
    ]
    return [row for row in rows if row[1]]


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def papers(deadline: Deadline) -> list[tuple[str, str]]:
    """The stored proofs: title and address."""
    found: list[Document] = [
        each for each in (deadline.receipt_proof, deadline.done_proof) if each is not None
    ]
    return [(each.title, paper_url(deadline.contract_id, each.pk)) for each in found]
