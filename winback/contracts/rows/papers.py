"""Papers of the contract: proofs of receipt and performance, signed amendments, evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.models import User
from winback.common.papers import Paper
from winback.contracts.models import Contract
from winback.contracts.permissions import papers_of
from winback.documents.enums import DocumentKind
from winback.documents.models import newest


def contract_papers(user: User, case: Any) -> Iterable[Paper]:
    """What deadlines, amendments and client obligations of the case's contract prove.

    Nothing where the user may not see its register. Two statements, none without a contract.
    """
    if case.contract_id is None:
        return []
    contract = Contract.objects.legally_visible_to(user).filter(pk=case.contract_id).first()
    if contract is None:
        return []
    found = papers_of(contract).annotate(
        file_name=newest("original_name"), filed_at=newest("uploaded_at")
    )
    return [_paper(document, contract) for document in found]


def _paper(document: Any, contract: Contract) -> Paper:
    return Paper(
        title=document.title,
        kind=str(DocumentKind(document.kind).label),
        belongs_to=contract.title,
        belongs_url=contract.get_absolute_url(),
        file_url=reverse("contracts:paper", args=[contract.pk, document.pk]),
        file_name=document.file_name,
        on=document.filed_at.date(),
        valid_until=document.valid_until,
    )
