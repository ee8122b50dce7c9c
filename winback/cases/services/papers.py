"""Verbs of documents and incidents of a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from winback.cases.enums.papers import PaperVerb
from winback.cases.models import Case, CaseDocument, Incident
from winback.cases.services.core import must_be_live, record
from winback.cases.services.members import let_see
from winback.common.claims import claim, sign
from winback.documents import services as documents
from winback.documents.models import DocumentVersion
from winback.documents.rules import CheckedFile


@transaction.atomic
def add_document(
    *, case: Case, actor: User, today: date, upload: CheckedFile, changes: dict[str, Any]
) -> CaseDocument:
    """Keep a paper in the case.

    ``changes``: title, kind, valid_until, owner, note, is_shared. Effects: stores the file, lets
    the owner see the case. Raises IllegalTransition in an ended case, NotStored on a full disk.
    """
    must_be_live(case)
    about, own = _split(changes)
    document = documents.store(upload=upload, actor=actor, **about)
    paper = CaseDocument.objects.create(case=case, document=document, **own)
    let_see(case, paper.owner, today)
    _record(paper, actor, PaperVerb.ADDED, note=upload.name)
    return paper


@transaction.atomic
def change_document(
    *, paper: CaseDocument, version: int, actor: User, today: date, changes: dict[str, Any]
) -> CaseDocument:
    """Correct what is said about a document; its files stay. Raises StaleVersion."""
    must_be_live(paper.case)
    about, own = _split(changes)
    documents.change_document(document=paper.document, version=version, actor=actor, **about)
    for name, value in own.items():
        setattr(paper, name, value)
    paper.save()
    let_see(paper.case, paper.owner, today)
    _record(paper, actor, PaperVerb.CHANGED)
    return paper


@transaction.atomic
def add_version(
    *,
    paper: CaseDocument,
    version: int,
    actor: User,
    upload: CheckedFile,
    valid_until: date | None,
) -> DocumentVersion:
    """Put a newer file beside the earlier ones; it brings its own end of validity.

    Raises StaleVersion, NotStored.
    """
    must_be_live(paper.case)
    document = paper.document
    added = documents.add_version(document=document, version=version, upload=upload, actor=actor)
    if document.valid_until != valid_until:
        documents.change_document(
            document=document,
            version=document.version,
            actor=actor,
            title=document.title,
            kind=document.kind,
            valid_until=valid_until,
        )
    _record(paper, actor, PaperVerb.VERSION_ADDED, note=upload.name, number=added.number)
    return added


@transaction.atomic
def hand_over_document(pk: int, owner: User, actor: User) -> None:
    """Let another person watch the validity, for instance because the present one leaves."""
    paper = CaseDocument.objects.select_related("case__client", "document").get(pk=pk)
    before, paper.owner = paper.owner, owner
    paper.save()
    let_see(paper.case, owner, timezone.localdate())
    _record(paper, actor, PaperVerb.REASSIGNED, before=str(before), user=str(owner))


@transaction.atomic
def record_incident(*, case: Case, actor: User, changes: dict[str, Any]) -> Incident:
    """Add one dated thing to the chronology of the loss."""
    must_be_live(case)
    incident = Incident(case=case, recorded_by=actor, **changes)
    incident.fill_keys()
    sign(incident, actor)
    incident.save()
    record(case, actor, PaperVerb.INCIDENT, title=incident.what, incident=incident.pk)
    return incident


@transaction.atomic
def change_incident(
    *, incident: Incident, version: int, actor: User, changes: dict[str, Any]
) -> Incident:
    """Correct an incident; its row versions keep what stood there. Raises StaleVersion."""
    must_be_live(incident.case)
    claim(incident, version=version, actor=actor)
    for name, value in changes.items():
        setattr(incident, name, value)
    incident.fill_keys()
    incident.save()
    record(
        incident.case,
        actor,
        PaperVerb.INCIDENT_CHANGED,
        title=incident.what,
        incident=incident.pk,
    )
    return incident


def _split(changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What belongs to the document, and what to its place in the case."""
    about = {name: changes[name] for name in ("title", "kind", "valid_until")}
    return about, {name: value for name, value in changes.items() if name not in about}


def _record(paper: CaseDocument, actor: User, verb: PaperVerb, **data: Any) -> None:
    record(paper.case, actor, verb, title=paper.document.title, document=paper.pk, **data)
