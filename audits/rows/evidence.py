"""Evidence as ready strings: a thumbnail, or the name of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from audits.models import Evidence
from winback.common.formats import format_datetime


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    url: str
    #: empty where the file is no picture
    preview_url: str
    title: str
    #: ``23.11.2026, 14:32 Uhr, T. Wolf``
    taken: str


def evidence_rows(evidence: Iterable[Evidence]) -> list[EvidenceRow]:
    """Needs ``with_files()``; no further statement."""
    return [_row(number, each) for number, each in enumerate(evidence, start=1)]


def _row(number: int, evidence: Evidence) -> EvidenceRow:
    taken = f"{format_datetime(evidence.taken_at)}, {evidence.taken_by.short_name}"
    if not evidence.is_picture:
        return EvidenceRow(evidence.get_absolute_url(), "", str(evidence.document), taken)
    preview = reverse("audits:preview", args=[evidence.audit.number, evidence.key])
    title = _("Photo %(number)d, %(taken)s") % {"number": number, "taken": taken}
    return EvidenceRow(evidence.get_absolute_url(), preview, title, taken)
