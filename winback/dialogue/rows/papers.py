"""Files in which the client released us from a promise, for the documents of the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.common.papers import Paper
from winback.common.search import brief
from winback.dialogue.models import Commitment
from winback.documents.models import newest


def commitment_papers(user: User, case: Case) -> Iterable[Paper]:
    """The proofs of released commitments of the case; one statement."""
    released = (
        Commitment.objects.filter(case=case, proof_document__isnull=False)
        .select_related("proof_document")
        .annotate(
            file_name=newest("original_name", "proof_document"),
            filed_at=newest("uploaded_at", "proof_document"),
        )
    )
    return [_paper(commitment, case.number) for commitment in released]


def _paper(commitment: Any, number: str) -> Paper:
    return Paper(
        title=commitment.proof_document.title,
        kind=_("Proof of a release"),
        belongs_to=brief(commitment.what),
        belongs_url=reverse("dialogue:detail", args=[number, commitment.pk]),
        file_url=reverse("dialogue:proof", args=[number, commitment.pk]),
        file_name=commitment.file_name,
        on=commitment.filed_at.date(),
    )
