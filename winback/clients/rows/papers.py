"""Proofs of consents of the people at the client."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import Consent
from winback.clients.permissions import can_edit_clients
from winback.common.papers import Paper
from winback.documents.models import newest


def consent_papers(user: User, case: Any) -> Iterable[Paper]:
    """For whoever keeps client data, as the file itself; one statement."""
    if not can_edit_clients(user):
        return []
    consents = (
        Consent.objects.filter(contact__client=case.client_id, proof__isnull=False)
        .select_related("contact", "proof")
        .annotate(
            file_name=newest("original_name", "proof"), filed_at=newest("uploaded_at", "proof")
        )
    )
    return [_paper(consent) for consent in consents]


def _paper(consent: Any) -> Paper:
    contact = consent.contact
    return Paper(
        title=consent.proof.title,
        kind=_("Proof of a consent"),
        belongs_to=contact.name,
        belongs_url=contact.get_absolute_url(),
        file_url=reverse("clients:consent_file", args=[contact.client_id, contact.pk, consent.pk]),
        file_name=consent.file_name,
        on=consent.filed_at.date(),
    )
