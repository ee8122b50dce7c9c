"""Several minors of one audit make a major: each stays readable, together they count once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audits.enums import Grade, Verb
from audits.models import Audit, Finding
from audits.services.audits import begin
from audits.services.findings import IllegalStep, store_new, tell_history, turn_parts

FEWEST = 2


@transaction.atomic
def aggregate_findings(
    *,
    audit: Audit,
    parts: Collection[Finding],
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str,
) -> Finding:
    """Record a major made of ``parts``, open minors of the audit, and say why they are one.

    Effects: the minors are owed no longer, the major is; withdrawing it gives them back.

    Raises:
        AuditLocked: the result of the audit stands.
        IllegalStep: fewer than two of the parts are open minors of this audit.
    """
    begin(audit, actor, today)
    keys = [part.pk for part in parts]
    held = list(audit.findings.aggregable().filter(pk__in=keys).select_for_update())
    if len(held) < FEWEST:
        raise IllegalStep(_("A major is made of at least two open minors."), field="parts")
    major = Finding(audit=audit, grade=Grade.MAJOR, aggregated_reason=reason, **changes)
    store_new(major, actor, today)
    turn_parts(held, major, actor)
    numbers = ", ".join(part.number for part in held)
    tell_history(major, actor, Verb.FINDING_AGGREGATED, parts=numbers, reason=reason)
    return major
