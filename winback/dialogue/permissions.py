"""Who may do what with a commitment. Predicates assume that the user may see it."""

from __future__ import annotations

from django.http import Http404

from accounts.models import User
from winback.cases.permissions import can_work_on_case
from winback.dialogue.models import Commitment


def get_visible_commitment(user: User, number: str, pk: int) -> Commitment:
    """Fetch a commitment of a case the user may see, with its case header. Else 404."""
    found = Commitment.objects.visible_to(user).with_people()
    commitment: Commitment | None = found.filter(case__number=number, pk=pk).first()
    if commitment is None:
        raise Http404(number)
    return commitment


def can_list_commitments(user: User) -> bool:
    return not user.is_external


def can_change(user: User, commitment: Commitment) -> bool:
    """Edit, hand over, declare broken or released."""
    return can_work_on_case(user, commitment.case)


def can_keep(user: User, commitment: Commitment) -> bool:
    """Who owes it, who stands in, and who works on the case."""
    owes = user.pk in {commitment.owner_id, commitment.deputy_id}
    return can_change(user, commitment) or (owes and commitment.case.is_live)
