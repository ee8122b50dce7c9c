"""Verbs of evidence: photos of an answer, photos and files of a finding."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audits.enums import Verb
from audits.models import Answer, Audit, Evidence, Finding, Question
from audits.services.audits import NotReady, begin
from winback.cases.services import record
from winback.common import clock
from winback.documents.enums import DocumentKind
from winback.documents.rules import CheckedFile
from winback.documents.services import store


@transaction.atomic
def add_photo(
    *,
    audit: Audit,
    question: Question,
    actor: User,
    today: date,
    photo: CheckedFile,
    key: uuid.UUID | None = None,
    taken_at: datetime | None = None,
) -> Evidence:
    """Put a photo to the answer of a question, once for each ``key``.

    Effects: the stored document. A moment in the future counts as now: clocks of devices err.

    Raises:
        AuditLocked
        NotReady: the question has no answer yet that the photo could prove.
        NotStored: the disk is full or cannot be written.
    """
    begin(audit, actor, today)
    answer = Answer.objects.filter(audit=audit, question=question).first()
    if answer is None:
        raise NotReady(_("Choose an answer first; the photo belongs to it."), field="photo")
    title = _("Photo %(audit)s, question %(code)s") % {"audit": audit.number, "code": question.code}
    return _kept(Evidence(answer=answer), photo, title, actor, key, taken_at)


@transaction.atomic
def add_evidence(
    *,
    finding: Finding,
    actor: User,
    upload: CheckedFile,
    title: str = "",
    key: uuid.UUID | None = None,
    taken_at: datetime | None = None,
) -> Evidence:
    """Put a photo or file to a finding, once for each ``key``.

    Effects: the stored document, the event. Later evidence belongs to a settled finding too.
    Raises NotReady when the case has ended, NotStored.
    """
    if finding.case.is_closed:
        raise NotReady(_("The case has ended. Reopen it first."))
    title = title or _("Evidence of %(finding)s") % {"finding": finding.number}
    key = key or uuid.uuid4()
    known = Evidence.objects.filter(key=key).exists()
    evidence = _kept(Evidence(finding=finding), upload, title, actor, key, taken_at)
    if not known:
        record(finding.case, actor, Verb.EVIDENCE_ADDED, finding=finding.number, title=title)
    return evidence


def _kept(
    evidence: Evidence,
    upload: CheckedFile,
    title: str,
    actor: User,
    key: uuid.UUID | None,
    taken_at: datetime | None,
) -> Evidence:
    """Store the file, unless a device sent it before; whoever holds the key is asked first."""
    evidence.key = key or evidence.key
    twin = Evidence.objects.with_files().filter(key=evidence.key).first()
    if twin is not None:
        return twin
    is_picture = upload.content_type.startswith("image/")
    kind = DocumentKind.PHOTO if is_picture else DocumentKind.PROOF
    evidence.document = store(upload=upload, title=title, kind=kind, actor=actor)
    evidence.taken_by, evidence.taken_at = actor, min(taken_at or clock.now(), clock.now())
    evidence.save()
    return evidence
