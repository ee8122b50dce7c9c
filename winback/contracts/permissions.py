"""Contracts are seen and kept like the client they belong to; what hangs on them like the case.

Contract papers are known to everybody who keeps clients. Deadlines, amendments, service lines and
what the client owes tell of trouble: they follow the visibility of the case.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from winback.clients.models import Client
from winback.contracts.models import Amendment, Contract, Deadline
from winback.documents.models import Document, DocumentQuerySet

Row = TypeVar("Row", bound=Model)
_KEEPING = {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT, Role.QUALITY_MANAGER}


def get_visible_contract(user: User, pk: int) -> Contract:
    """Fetch a contract of a client the user may see; anything else is 404."""
    clients = Client.objects.visible_to(user)
    return _one(Contract.objects.select_related("client").filter(client__in=clients), pk)


def get_legal_contract(user: User, pk: int) -> Contract:
    """Fetch a contract whose register the user may see; anything else is 404."""
    return _one(Contract.objects.legally_visible_to(user).select_related("client", "owner"), pk)


def get_visible_deadline(user: User, contract_pk: int, pk: int) -> Deadline:
    """Fetch a deadline with everything its page shows; anything else is 404."""
    found = Deadline.objects.visible_to(user).with_row(user).filter(contract=contract_pk)
    deadline: Deadline = _one(found.select_related("receipt_proof", "done_proof"), pk)
    return deadline


def get_visible_amendment(user: User, contract_pk: int, pk: int) -> Amendment:
    """Fetch an amendment of a contract whose register the user may see; else 404."""
    contracts = Contract.objects.legally_visible_to(user).filter(pk=contract_pk)
    rows = Amendment.objects.filter(contract__in=contracts)
    return _one(rows.select_related("contract__client", "owner", "document"), pk)


def _one(rows: QuerySet[Row], pk: int) -> Row:
    return get_object_or_404(rows, pk=pk)


def can_list_deadlines(user: User) -> bool:
    return not user.is_external


def can_keep_register(user: User) -> bool:
    """Record and change service lines, deadlines, amendments and client obligations."""
    return user.role in _KEEPING


def can_change_deadline(user: User, deadline: Deadline) -> bool:
    """Change an open deadline, end it or hand it over."""
    return can_keep_register(user) and deadline.is_open


def can_do_deadline(user: User, deadline: Deadline) -> bool:
    """Complete it: who owes it, who stands in, and who keeps the register."""
    owes = user.pk in {deadline.owner_id, deadline.deputy_id}
    return deadline.is_open and (owes or can_keep_register(user))


def can_change_amendment(user: User, amendment: Amendment) -> bool:
    """Change it or declare it broken, as long as it is not."""
    return can_keep_register(user) and amendment.broken_on is None


def papers_of(contract: Contract) -> DocumentQuerySet:
    """Stored papers that a deadline, amendment or client obligation of the contract names."""
    deadlines, owed = contract.deadlines, contract.client_obligations
    named = (
        deadlines.values("receipt_proof"),
        deadlines.values("done_proof"),
        contract.amendments.values("document"),
        owed.values("evidence"),
    )
    among = Q()
    for each in named:
        among |= Q(pk__in=each)
    found: DocumentQuerySet = Document.objects.filter(among)
    return found


def paper_of(contract: Contract, pk: int) -> Document | None:
    """One of these papers; None when nothing of the contract names it."""
    return papers_of(contract).filter(pk=pk).first()
