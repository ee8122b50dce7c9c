"""Name, change, take back a cause."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.models import Case
from winback.cases.services import record
from winback.causes.enums import Verb
from winback.causes.models import Cause
from winback.causes.services.errors import CaseEnded, StillNeeded
from winback.common.claims import claim, sign

#: What people confirm: with other words it is another cause.
SAID = frozenset({"statement", "category"})


def primary_cause(case: Case) -> Cause | None:
    """The primary cause of the case with its evidence; None before the analysis."""
    return Cause.objects.filter(case=case).primary().with_evidence().first()


@transaction.atomic
def name(*, case: Case, actor: User, changes: dict[str, Any], reason: str = "") -> Cause:
    """Name a cause of the loss. The first one of a case is its primary cause.

    ``reason`` is why the words stay although they seem to name a person. Raises CaseEnded.
    """
    must_be_live(case)
    lock(case)
    is_first = not Cause.objects.filter(case=case).exists()
    cause = Cause(case=case, is_primary=is_first, **changes)
    sign(cause, actor)
    cause.save()
    record_change(cause, actor, Verb.NAMED, reason=reason)
    return cause


@transaction.atomic
def change(
    *, cause: Cause, version: int, actor: User, changes: dict[str, Any], reason: str = ""
) -> Cause:
    """Change words, weight or judgement of a cause.

    Effects: with another statement or category nobody has confirmed it any more.
    Raises CaseEnded, StaleVersion.
    """
    must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    changed = [field for field, value in changes.items() if getattr(cause, field) != value]
    for field in changed:
        setattr(cause, field, changes[field])
    if SAID & set(changed):
        cause.doubt()
    cause.save()
    record_change(cause, actor, Verb.CHANGED, fields=changed, reason=reason)
    return cause


@transaction.atomic
def remove(*, cause: Cause, version: int, actor: User) -> None:
    """Strike a cause that turned out wrong, with its evidence.

    Raises:
        CaseEnded, StaleVersion
        StillNeeded: a measure answers it, or it is the primary cause beside others.
    """
    case = cause.case
    must_be_live(case)
    lock(case)
    claim(cause, version=version, actor=actor)
    if cause.is_primary and Cause.objects.filter(case=case).exclude(pk=cause.pk).exists():
        raise StillNeeded(_("Choose another primary cause first."))
    title = str(cause)
    try:
        cause.delete()
    except ProtectedError as error:
        raise StillNeeded(_("Measures answer this cause. It stays with them.")) from error
    record(case, actor, Verb.REMOVED, title=title)


def lock(case: Case) -> None:
    """Two people who choose the primary cause at once do it one after the other."""
    Case.objects.select_for_update().values_list("pk").get(pk=case.pk)


def record_change(cause: Cause, actor: User, verb: Verb, **data: Any) -> None:
    record(cause.case, actor, verb, cause=cause.pk, title=str(cause), **data)


def must_be_live(case: Case) -> None:
    if case.is_closed:
        raise CaseEnded(_("The case has ended. Reopen it first."))
