"""Tell first: what was told to the client, by whom, in which words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audits.enums import Verb
from audits.models import Disclosure, Finding
from audits.services.findings import IllegalStep
from winback.cases.models import Case
from winback.cases.services import record
from winback.common.claims import claim


@dataclass(frozen=True, slots=True)
class Telling:
    """When the client was told, by whom, and in which words where they were kept."""

    on: date
    by: User
    words: str = ""


@transaction.atomic
def disclose(
    *, case: Case, findings: Collection[Finding], actor: User, telling: Telling
) -> list[Finding]:
    """Record that the client was told ``findings`` of the case, in one talk.

    What was told before stays as it was recorded; where nothing is left, nothing is recorded.
    Raises IllegalStep once the case has ended.
    """
    if case.is_closed:
        raise IllegalStep(_("The case has ended. Reopen it first."))
    keys = [finding.pk for finding in findings]
    held = Finding.objects.filter(audit__case=case, pk__in=keys).order_by("pk")
    list(held.select_for_update(of=("self",)))  # nobody else tells them at the same time
    told = list(held.undisclosed())
    if not told:
        return []
    Disclosure.objects.bulk_create(
        Disclosure(finding=each, told_on=telling.on, told_by=telling.by, words=telling.words)
        for each in told
    )
    numbers = ", ".join(each.number for each in told)
    single = {"finding": numbers} if len(told) == 1 else {}
    record(
        case,
        actor,
        Verb.FINDING_DISCLOSED,
        title=numbers,
        on=telling.on,
        by=str(telling.by),
        note=telling.words,
        **single,
    )
    return told


@transaction.atomic
def take_back_disclosure(*, finding: Finding, version: int, actor: User, reason: str) -> Finding:
    """The entry was wrong: the client does not know it from us.

    Taking it back twice changes nothing. Raises StaleVersion.
    """
    told = Disclosure.objects.filter(finding=finding).first()
    if told is None:
        return finding
    claim(finding, version=version, actor=actor)
    finding.save()
    told.delete()
    record(
        finding.case,
        actor,
        Verb.FINDING_UNDISCLOSED,
        title=finding.number,
        finding=finding.number,
        on=told.told_on,
        reason=reason,
    )
    return finding
