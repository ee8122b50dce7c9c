"""Documents of cases as the service leaves them, and files as a browser sends them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from tests.documents.files import PDF, checked
from winback.cases.models import Case, CaseDocument, Incident
from winback.cases.services import papers
from winback.documents.rules import CheckedFile

TODAY = dt.date(2026, 11, 23)


def paper_in(
    case: Case, actor: User | None = None, upload: CheckedFile | None = None, **facts: Any
) -> CaseDocument:
    """A document of the case with one version; its owner is the case's."""
    changes = {
        "title": "Abnahme Halle 3",
        "kind": "acceptance",
        "valid_until": None,
        "owner": case.owner,
        "note": "",
        "is_shared": False,
    }
    return papers.add_document(
        case=case,
        actor=actor or case.owner,
        today=TODAY,
        upload=upload or checked(),
        changes=changes | facts,
    )


def incident_in(case: Case, **facts: Any) -> Incident:
    """A mishap of the summer."""
    changes = {
        "happened_on": dt.date(2026, 7, 14),
        "kind": "mishap",
        "what": "Schlüssel verlegt",
        "consequence": "",
    }
    return papers.record_incident(case=case, actor=case.owner, changes=changes | facts)


def sent(name: str = "Abnahme Halle 3.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")
