"""Everything that hangs on a contract, for the case tab and the contract's own page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from winback.clients.permissions import can_edit_clients
from winback.common import duties
from winback.common.duties import Duty
from winback.common.formats import (
    days_phrase,
    format_date,
    format_money,
    format_range,
    format_signed,
)
from winback.common.workdays import Bundesland
from winback.contracts.enums import AmendmentState, CooperationState
from winback.contracts.models import Amendment, ClientObligation, Contract, Deadline
from winback.contracts.permissions import can_keep_register
from winback.contracts.rows.deadlines import DeadlineRow, Fact, deadline_row, paper_url
from winback.contracts.rows.lines import LineRow, line_row
from winback.contracts.rows.steps import StepRow, span, step_rows
from winback.contracts.rules.notice import notice_day
from winback.contracts.rules.states import endangering

AMENDMENT_SHAPE = {
    AmendmentState.IN_FORCE: "ok",
    AmendmentState.AT_RISK: "warn",
    AmendmentState.BROKEN: "no",
    AmendmentState.EXPIRED: "na",
}
COOPERATION_SHAPE = {
    CooperationState.OWED: "open",
    CooperationState.MISSING: "late",
    CooperationState.GIVEN: "done",
    CooperationState.GIVEN_LATE: "part",
}


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """One agreement with what we owe under it."""

    title: str
    url: str
    kind: str
    signed: str
    until: str
    until_note: str
    shape: str
    word: str
    #: our duties that put the suspension at risk
    danger: list[str]
    duties: list[Duty]
    done: int


@dataclass(frozen=True, slots=True)
class CooperationRow:
    """One thing the client owes."""

    what: str
    url: str
    kind: str
    since: str
    until: str
    told: str
    shape: str
    word: str
    holds: str
    proof_url: str


@dataclass(frozen=True, slots=True)
class Register:
    """The contract and all that hangs on it."""

    facts: list[Fact]
    notice_steps: list[StepRow]
    open_deadlines: list[DeadlineRow]
    settled_deadlines: list[DeadlineRow]
    amendments: list[AmendmentRow]
    lines: list[LineRow]
    cooperation: list[CooperationRow]
    may_keep: bool
    may_edit: bool


def register_of(contract: Contract, user: User, today: date) -> Register:
    """Read the register of one contract; six statements however many rows there are."""
    deadlines = Deadline.objects.filter(contract=contract).with_row(user)
    rows = [(each.is_open, deadline_row(each, user, today)) for each in deadlines]
    amendments = list(contract.amendments.all())
    owed = duties.answering("amendment", [each.pk for each in amendments], today)
    asked = contract.client_obligations.prefetch_related("pauses")
    return Register(
        facts=contract_facts(contract, today),
        notice_steps=notice_steps(contract, today),
        open_deadlines=[row for is_open, row in rows if is_open],
        settled_deadlines=[row for is_open, row in reversed(rows) if not is_open],
        amendments=[amendment_row(each, owed, today) for each in amendments],
        lines=[line_row(each) for each in contract.lines.all()],
        cooperation=[cooperation_row(each, today) for each in asked],
        may_keep=can_keep_register(user),
        may_edit=can_edit_clients(user),
    )


def contract_facts(contract: Contract, today: date) -> list[Fact]:
    """Term, notice, option, value and law; what nobody recorded is left out."""
    land = Bundesland(contract.bundesland).label if contract.bundesland else ""
    months = {"months": contract.option_months}
    every = contract.get_check_months_display() if contract.check_months else ""
    rows: list[Fact] = [
        (_("Title"), contract.title, contract.number),
        (pgettext("contract", "Kind"), contract.get_kind_display(), contract.legal_basis),
        (
            pgettext("contract", "Term"),
            format_range(contract.starts_on, contract.ends_on),
            contract.lots,
        ),
        _notice_fact(contract, today),
        (
            _("Renewal option"),
            _("by %(day)s") % {"day": format_date(contract.option_on)}
            if contract.option_on
            else "",
            " · ".join(
                filter(
                    None,
                    (
                        _("%(months)d months") % months if contract.option_months else "",
                        contract.option_note,
                    ),
                )
            ),
        ),
        (_("Annual contract value"), format_money(contract.annual_value), ""),
        ("VOB/B", contract.get_vob_b_display() if contract.vob_b else "", ""),
        (_("Public-sector terms"), contract.public_terms, ""),
        (_("Model specification or contract"), contract.standard, ""),
        (_("Contract check"), every, ""),
        (_("Holidays of"), str(land), ""),
        (_("Responsible for the dates"), str(contract.owner or ""), ""),
        (_("Legal assessment"), contract.legal_note, ""),
        (_("Note"), contract.note, ""),
    ]
    return [row for row in rows if row[1]]


def _notice_fact(contract: Contract, today: date) -> Fact:
    day = format_date(contract.notice_on)
    rule = contract.notice_rule
    notes = [days_phrase(today, contract.notice_on)] if contract.notice_on else []
    if rule is not None:
        notes.append(f"{span(rule.length, rule.unit)} {contract.get_notice_to_display()}")
    if contract.notice_reason:
        notes.append(_("set by hand: %(reason)s") % {"reason": contract.notice_reason})
    return _("Last day to give notice"), day, " · ".join(notes)


def notice_steps(contract: Contract, today: date) -> list[StepRow]:
    """How the last day to give notice comes about; empty without a rule."""
    rule = contract.notice_rule
    result = notice_day(rule, contract.ends_on, today) if rule else None
    return step_rows(result.steps) if result else []


def amendment_row(
    amendment: Amendment, owed: Mapping[int, list[Duty]], today: date
) -> AmendmentRow:
    """Needs the duties of all amendments, read before; no statement."""
    ours = owed.get(amendment.pk, [])
    state = amendment.state(ours, today)
    until = amendment.suspends_until
    at_risk = endangering(ours, today) if state == AmendmentState.AT_RISK else []
    return AmendmentRow(
        title=amendment.title,
        url=amendment.get_absolute_url(),
        kind=amendment.get_kind_display(),
        signed=format_date(amendment.signed_on),
        until=format_date(until),
        until_note=days_phrase(today, until) if until and state != AmendmentState.BROKEN else "",
        shape=AMENDMENT_SHAPE[state],
        word=str(state.label),
        danger=[
            _("%(title)s, due %(day)s") % {"title": each.title, "day": format_date(each.due_on)}
            for each in at_risk
        ],
        duties=ours,
        done=sum(not each.is_open for each in ours),
    )


def cooperation_row(row: ClientObligation, today: date) -> CooperationRow:
    """Needs ``pauses`` prefetched; no further statement."""
    state = row.state(today)
    return CooperationRow(
        what=row.what,
        url=row.get_absolute_url(),
        kind=row.get_kind_display(),
        since=format_date(row.since or row.due_on),
        until=format_date(row.until) if row.until else "",
        told=format_date(row.told_on) if row.told_on else "",
        shape=COOPERATION_SHAPE[state],
        word=str(state.label),
        holds=", ".join(each.name for each in row.pauses.all()),
        proof_url=paper_url(row.contract_id, row.evidence_id),
    )


def amendment_facts(amendment: Amendment) -> list[Fact]:
    """What was agreed and by whom, for the page of the amendment."""
    price = amendment.price_effect
    breach = _("ends on a breach") if amendment.ends_on_breach else ""
    until = amendment.suspends_until
    broken = format_date(amendment.broken_on) if amendment.broken_on else ""
    rows: list[Fact] = [
        (
            _("Signed"),
            format_date(amendment.signed_on),
            f"{amendment.signed_by_us} · {amendment.signed_by_client}",
        ),
        (_("What was agreed"), amendment.content, ""),
        (_("Price effect per year"), "" if price is None else format_signed(price, 2, "€"), ""),
        (_("Termination right suspended until"), format_date(until) if until else "", breach),
        (_("Broken on"), broken, amendment.broken_reason),
        (pgettext("person", "Owner"), str(amendment.owner), ""),
    ]
    return [row for row in rows if row[1]]
