"""Who may see and keep norms and inspections."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404

from accounts.enums import Role
from accounts.models import User
from winback.clients.models import Client, Site
from winback.documents.models import Document, DocumentQuerySet
from winback.norms.models import Inspection, InspectionRecord, Norm

_KEEPING = {Role.KEY_ACCOUNT_MANAGER, Role.MANAGEMENT, Role.QUALITY_MANAGER}


def get_visible_norm(user: User, key: str) -> Norm:
    """Fetch a norm of the catalogue; external auditors find none."""
    found = Norm.objects.select_related("superseded_by", "checked_by").filter(key=key)
    norm = None if user.is_external else found.first()
    if norm is None:
        raise Http404(key)
    return norm


def can_list_norms(user: User) -> bool:
    return not user.is_external


def can_keep_norms(user: User) -> bool:
    """Administrators, and quality managers, who know the editions."""
    return not user.is_external and (user.is_administrator or user.role == Role.QUALITY_MANAGER)


def get_visible_inspection(user: User, pk: int) -> Inspection:
    """Fetch an inspection the user may see, with what its page shows; anything else is 404."""
    found = Inspection.objects.visible_to(user).with_row().select_related("qualification_proof")
    inspection: Inspection | None = found.filter(pk=pk).first()
    if inspection is None:
        raise Http404(pk)
    return inspection


def get_visible_record(user: User, pk: int, record: int) -> InspectionRecord:
    """Fetch a round of an inspection the user may see; anything else is 404."""
    inspection = get_visible_inspection(user, pk)
    found = inspection.records.select_related("protocol").filter(pk=record).first()
    if found is None:
        raise Http404(record)
    found.inspection = inspection
    return found


def get_visible_site(user: User, client_pk: int, pk: int) -> Site:
    """Fetch a site of a client the user may see; anything else is 404."""
    clients = Client.objects.visible_to(user).filter(pk=client_pk)
    site = Site.objects.select_related("client").filter(client__in=clients, pk=pk).first()
    if site is None:
        raise Http404(pk)
    return site


def can_list_inspections(user: User) -> bool:
    return not user.is_external


def can_keep_inspections(user: User) -> bool:
    """Enter plants, correct and end them."""
    return user.role in _KEEPING


def can_change_inspection(user: User, inspection: Inspection) -> bool:
    """Correct, move, hand over or end one that still comes round."""
    return can_keep_inspections(user) and inspection.is_open


def owes(user: User, inspection: Inspection) -> bool:
    return user.pk in {inspection.owner_id, inspection.deputy_id}


def can_record(user: User, inspection: Inspection) -> bool:
    """Say that a round was done: who owes it, who stands in, and who keeps the register."""
    return inspection.is_open and (owes(user, inspection) or can_keep_inspections(user))


def can_move(user: User, inspection: Inspection) -> bool:
    """Plan the round for another day: as recording."""
    return can_record(user, inspection)


def papers_of(inspection: Inspection) -> DocumentQuerySet:
    """Protocols and the proof of qualification the inspection refers to."""
    named = Q(pk__in=inspection.records.values("protocol"))
    found: DocumentQuerySet = Document.objects.filter(
        named | Q(pk=inspection.qualification_proof_id)
    )
    return found
