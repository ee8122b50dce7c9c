"""Verbs of the root-cause analysis. Each is one transaction and ends in one case event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from audits.models import Finding
from winback.cases.models import Case
from winback.cases.services import record
from winback.causes.enums import CauseStatus, Controllability, Verb
from winback.causes.models import Cause, CauseCategory, CauseEvidence
from winback.common.claims import RuleBroken, claim, sign


class CaseEnded(RuleBroken):
    """An ended case is read only."""


class NoEvidence(RuleBroken):
    """A cause without evidence is an assumption."""


class StillNeeded(RuleBroken):
    """Something refers to the cause, or it is the primary one beside others."""


def primary_cause(case: Case) -> Cause | None:
    """The primary cause of the case with its evidence; None before the analysis."""
    return Cause.objects.filter(case=case).primary().with_evidence().first()


@transaction.atomic
def name(*, case: Case, actor: User, changes: dict[str, Any]) -> Cause:
    """Name a cause of the loss. The first one of a case is its primary cause.

    Raises CaseEnded.
    """
    _must_be_live(case)
    _lock(case)
    is_first = not Cause.objects.filter(case=case).exists()
    cause = Cause(case=case, is_primary=is_first, **changes)
    sign(cause, actor)
    cause.save()
    _record(cause, actor, Verb.NAMED)
    return cause


@transaction.atomic
def change(*, cause: Cause, version: int, actor: User, changes: dict[str, Any]) -> Cause:
    """Change words, weight or judgement of a cause. Raises CaseEnded, StaleVersion."""
    _must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    changed = [field for field, value in changes.items() if getattr(cause, field) != value]
    for field in changed:
        setattr(cause, field, changes[field])
    cause.save()
    _record(cause, actor, Verb.CHANGED, fields=changed)
    return cause


@transaction.atomic
def add_evidence(
    *, cause: Cause, actor: User, finding: Finding | None, source: str
) -> CauseEvidence:
    """Show why the cause is real: by a finding of this case, by words, or both.

    A finding that proves the cause already is not added twice. Raises CaseEnded.
    """
    _must_be_live(cause.case)
    known = cause.evidence.filter(finding=finding).first() if finding else None
    if known is not None:
        return known
    evidence = CauseEvidence.objects.create(cause=cause, finding=finding, source=source)
    _record(cause, actor, Verb.EVIDENCE_ADDED, note=evidence.text)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: CauseEvidence, version: int, actor: User) -> Cause:
    """Take a piece of evidence away.

    Effects: without its last one a confirmed cause is an assumption again.
    Raises CaseEnded, StaleVersion (``version`` is that of the cause).
    """
    cause = evidence.cause
    _must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    text = evidence.text
    evidence.delete()
    if not CauseEvidence.objects.filter(cause=cause).exists():
        cause.status = CauseStatus.ASSUMED
        cause.confirmed_by = cause.confirmed_on = None
    cause.save()
    _record(cause, actor, Verb.EVIDENCE_REMOVED, note=text)
    return cause


@transaction.atomic
def confirm(*, cause: Cause, version: int, actor: User, today: date) -> Cause:
    """Turn an assumption into a confirmed cause; confirming twice changes nothing.

    Raises CaseEnded, StaleVersion, NoEvidence.
    """
    if cause.is_confirmed:
        return cause
    _must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    if not CauseEvidence.objects.filter(cause=cause).exists():
        raise NoEvidence(_("Add evidence first: without it the cause stays an assumption."))
    cause.status = CauseStatus.CONFIRMED
    cause.confirmed_by, cause.confirmed_on = actor, today
    cause.save()
    _record(cause, actor, Verb.CONFIRMED)
    return cause


@transaction.atomic
def make_primary(*, cause: Cause, version: int, actor: User) -> Cause:
    """Mark the cause as the primary one; the mark leaves the one that had it.

    Raises CaseEnded, StaleVersion.
    """
    if cause.is_primary:
        return cause
    _must_be_live(cause.case)
    _lock(cause.case)
    claim(cause, version=version, actor=actor)
    before = Cause.objects.filter(case=cause.case).primary().select_related("category").first()
    if before is not None:
        claim(before, version=before.version, actor=actor)
        before.is_primary = False
        before.save()
    cause.is_primary = True
    cause.save()
    _record(cause, actor, Verb.MADE_PRIMARY, before=str(before or ""))
    return cause


@transaction.atomic
def remove(*, cause: Cause, version: int, actor: User) -> None:
    """Strike a cause that turned out wrong, with its evidence.

    Raises:
        CaseEnded, StaleVersion
        StillNeeded: a measure answers it, or it is the primary cause beside others.
    """
    case = cause.case
    _must_be_live(case)
    _lock(case)
    claim(cause, version=version, actor=actor)
    if cause.is_primary and Cause.objects.filter(case=case).exclude(pk=cause.pk).exists():
        raise StillNeeded(_("Choose another primary cause first."))
    title = str(cause)
    try:
        cause.delete()
    except ProtectedError as error:
        raise StillNeeded(_("Measures answer this cause. It stays with them.")) from error
    record(case, actor, Verb.REMOVED, title=title)


@transaction.atomic
def load_categories(*, data: Mapping[str, Any]) -> int:
    """Take over the taxonomy of ``root_causes.yaml``; returns how many rows were written.

    Loading the same data again writes nothing. Rows an administrator edited stay; rows that are
    gone from the data become inactive, because causes may refer to them.

    Raises KeyError or ValueError when the data does not have the agreed form.
    """
    known = CauseCategory.objects.in_bulk(field_name="key")
    named: set[str] = set()
    written = 0
    for position, (key, values) in enumerate(_categories(data)):
        named.add(key)
        parent = known[values.pop("parent")] if "parent" in values else None
        values |= {"parent_id": parent.pk if parent else None, "position": position}
        row = known.setdefault(key, CauseCategory(key=key))
        written += _write(row, {**values, "active": True})
    for key in known.keys() - named:
        written += _write(known[key], {"active": False})
    return written


def _categories(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Groups and the causes below them, in the order of the file: key → values."""
    for group in data["groups"]:
        yield group["key"], {"name_de": group["de"], "name_en": group["en"]}
        for cause in group["causes"]:
            values = {"name_de": cause["de"], "name_en": cause["en"], "parent": group["key"]}
            values["controllability"] = Controllability(cause["controllability"]).value
            yield cause["key"], values


def _write(row: CauseCategory, values: dict[str, Any]) -> bool:
    """Save what differs; True when something did."""
    changed = {field for field, value in values.items() if getattr(row, field) != value}
    if row.edited or (row.pk and not changed):
        return False
    for field in changed:
        setattr(row, field, values[field])
    row.save()
    return True


def _lock(case: Case) -> None:
    """Two people who choose the primary cause at once do it one after the other."""
    Case.objects.select_for_update().values_list("pk").get(pk=case.pk)


def _record(cause: Cause, actor: User, verb: Verb, **data: Any) -> None:
    record(cause.case, actor, verb, cause=cause.pk, title=str(cause), **data)


def _must_be_live(case: Case) -> None:
    if case.is_closed:
        raise CaseEnded(_("The case has ended. Reopen it first."))
