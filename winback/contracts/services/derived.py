"""Deadlines that follow from the contract or an amendment: created, moved and ended with it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from winback.common import caselinks
from winback.common.claims import claim, sign
from winback.contracts.enums import OF_CONTRACT, Basis, Bound, DayOff, DeadlineKind, Unit
from winback.contracts.models import Amendment, Contract, Deadline, DeadlineQuerySet
from winback.contracts.rules.periods import Result, add_months
from winback.contracts.services.core import recompute, refresh_next, settle

#: Calendar days before a notice or option date on which somebody is warned (formulas, section 6).
TERM_LEADS = [180, 90, 60, 30, 14, 7]
_LEADS = {
    DeadlineKind.CHECK: [14, 7],
    DeadlineKind.SUSPENSION: [60, 30, 14, 7],
}


def sync_contract(contract: Contract, actor: User, today: date, notice: Result | None) -> None:
    """Bring notice, option and check dates of the register in line with the contract.

    ``notice`` holds the steps where the notice day was computed.
    """
    owner = contract.owner
    _sync(contract, actor, today, DeadlineKind.NOTICE, contract.notice_on, owner, result=notice)
    _sync(contract, actor, today, DeadlineKind.OPTION, contract.option_on, owner)
    sync_check(contract, actor, today)
    refresh_next(contract)


def sync_check(contract: Contract, actor: User, today: date) -> None:
    """The next check of target against actual: one interval from today, unless one is open."""
    months = contract.check_months
    current = contract.deadlines.open().filter(kind=DeadlineKind.CHECK).first()
    on = add_months(today, months) if months else None
    if current is not None and current.fixed_on is not None and on is not None:
        on = min(current.fixed_on, on)
    _sync(contract, actor, today, DeadlineKind.CHECK, on, contract.owner)


def sync_amendment(amendment: Amendment, actor: User, today: date) -> None:
    """The end of the suspended termination right, as long as the amendment is not broken."""
    until = amendment.suspends_until if amendment.broken_on is None else None
    contract = amendment.contract
    _sync(
        contract, actor, today, DeadlineKind.SUSPENSION, until, amendment.owner,
        amendment=amendment,
    )  # fmt: skip
    refresh_next(contract)


def _sync(
    contract: Contract,
    actor: User,
    today: date,
    kind: DeadlineKind,
    on: date | None,
    owner: User | None,
    *,
    amendment: Amendment | None = None,
    result: Result | None = None,
) -> None:
    rows = contract.deadlines.filter(kind=kind, amendment=amendment)
    row = rows.open().first()
    if on is None or owner is None:
        if row is not None:
            _end(row, actor, today)
        return
    if row is None:
        if on < today or (kind != DeadlineKind.CHECK and _is_settled(rows, on)):
            return
        row = _new(contract, kind, on, amendment)
        sign(row, actor)
    elif row.fixed_on == on and row.owner_id == owner.pk:
        return
    else:
        claim(row, version=row.version, actor=actor)
    row.fixed_on, row.owner, row.bundesland = on, owner, contract.land
    if result is None:
        recompute(row)
    else:
        settle(row, result)
    row.save()
    caselinks.let_see(contract.pk, owner, actor, today)


def follow_owner(deadline: Deadline, actor: User) -> None:
    """Contract or amendment take over the new owner of their date; the contract's other dates too.

    Else the next change of the contract would hand the dates back.
    """
    source = deadline.amendment or deadline.contract
    claim(source, version=source.version, actor=actor)
    source.owner = deadline.owner
    source.save()
    if deadline.kind in OF_CONTRACT:
        others = deadline.contract.deadlines.open().filter(kind__in=OF_CONTRACT)
        for other in others.exclude(owner=deadline.owner_id):
            claim(other, version=other.version, actor=actor)
            other.owner = deadline.owner
            other.save()


def _is_settled(rows: DeadlineQuerySet, on: date) -> bool:
    """Somebody has dealt with this day already; saving the contract does not bring it back."""
    return rows.filter(fixed_on=on, done_on__isnull=False).exists()


def _new(contract: Contract, kind: DeadlineKind, on: date, amendment: Amendment | None) -> Deadline:
    return Deadline(
        contract=contract,
        amendment=amendment,
        kind=kind,
        basis=Basis.AMENDMENT if amendment else Basis.CONTRACT,
        title=amendment.title if amendment else "",
        unit=Unit.FIXED,
        day_off=DayOff.STAY,
        bound=Bound.US if kind == DeadlineKind.CHECK else Bound.CLIENT,
        lead_days=_LEADS.get(kind, TERM_LEADS),
        original_due_on=on,
    )


def _end(row: Deadline, actor: User, today: date) -> None:
    claim(row, version=row.version, actor=actor)
    row.ended_on = today
    row.ended_reason = _("The contract or amendment no longer names this date.")
    row.save()
