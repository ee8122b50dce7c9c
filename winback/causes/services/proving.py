"""Evidence and the primary cause."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audits.models import Finding
from winback.causes.enums import Verb
from winback.causes.models import Cause, CauseEvidence
from winback.causes.services.naming import lock, must_be_live, record_change
from winback.common.claims import claim


@transaction.atomic
def add_evidence(
    *, cause: Cause, actor: User, finding: Finding | None, source: str
) -> CauseEvidence:
    """Show why the cause is real: by a finding of this case, by words, or both.

    A finding that proves the cause already is not added twice. Raises CaseEnded.
    """
    must_be_live(cause.case)
    known = cause.evidence.filter(finding=finding).first() if finding else None
    if known is not None:
        return known
    evidence = CauseEvidence.objects.create(cause=cause, finding=finding, source=source)
    record_change(cause, actor, Verb.EVIDENCE_ADDED, note=evidence.text)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: CauseEvidence, version: int, actor: User) -> Cause:
    """Take a piece of evidence away.

    Effects: without its last one a confirmed cause is an assumption again.
    Raises CaseEnded, StaleVersion (``version`` is that of the cause).
    """
    cause = evidence.cause
    must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    text = evidence.text
    evidence.delete()
    if not CauseEvidence.objects.filter(cause=cause).exists():
        cause.assume()
    cause.save()
    record_change(cause, actor, Verb.EVIDENCE_REMOVED, note=text)
    return cause


@transaction.atomic
def make_primary(*, cause: Cause, version: int, actor: User) -> Cause:
    """Mark the cause as the primary one; the mark leaves the one that had it.

    Raises CaseEnded, StaleVersion.
    """
    if cause.is_primary:
        return cause
    must_be_live(cause.case)
    lock(cause.case)
    claim(cause, version=version, actor=actor)
    before = Cause.objects.filter(case=cause.case).primary().select_related("category").first()
    if before is not None:
        claim(before, version=before.version, actor=actor)
        before.is_primary = False
        before.save()
    cause.is_primary = True
    cause.save()
    record_change(cause, actor, Verb.MADE_PRIMARY, before=str(before or ""))
    return cause
