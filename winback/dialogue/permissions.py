"""Who may do what in the dialogue. Predicates assume that the user may see the row."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.models import User
from winback.cases.models import Case
from winback.cases.permissions import can_lead_case, can_work_on_case
from winback.dialogue.models import Commitment, Complaint, FollowUp


def get_visible_commitment(user: User, number: str, pk: int) -> Commitment:
    """Fetch a commitment of a case the user may see, with its case header. Else 404."""
    found = Commitment.objects.visible_to(user).with_people()
    commitment: Commitment = get_object_or_404(found, case__number=number, pk=pk)
    return commitment


def get_visible_row(model: type[Any], user: User, number: str, pk: int) -> Any:
    """Fetch a row of a case the user may see, with its case header. Else 404."""
    found = model.objects.visible_to(user).with_page()
    return get_object_or_404(found, case__number=number, pk=pk)


def get_visible_complaint(user: User, number: str) -> Complaint:
    """Fetch a complaint by its own number, with its case header. Else 404."""
    found = Complaint.objects.visible_to(user).with_rows()
    complaint: Complaint = get_object_or_404(found, number=number)
    return complaint


def can_list_commitments(user: User) -> bool:
    return not user.is_external


def can_list_complaints(user: User) -> bool:
    return not user.is_external


def can_change(user: User, row: Commitment | Complaint) -> bool:
    """Edit, hand over, move, declare broken or released."""
    return can_work_on_case(user, row.case)


def can_keep(user: User, commitment: Commitment) -> bool:
    """Who owes it, who stands in, and who works on the case."""
    return _may_do(user, commitment)


def can_record_talk(user: User, case: Case) -> bool:
    """Who works on the case; after its end who leads it, for the loose contact goes on."""
    return can_work_on_case(user, case) or (case.is_closed and can_lead_case(user, case))


def can_answer(user: User, complaint: Complaint) -> bool:
    """Acknowledge, answer, close: who owes it, who stands in, and who works on the case."""
    return _may_do(user, complaint)


def can_call_back(user: User, followup: FollowUp) -> bool:
    """Who owes the call, who stands in, and who works on the case."""
    return _may_do(user, followup)


def _may_do(user: User, row: Commitment | Complaint | FollowUp) -> bool:
    owes = user.pk in {row.owner_id, row.deputy_id}
    return can_work_on_case(user, row.case) or (owes and row.case.is_live)
