"""Saving a page of facts of a case."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from winback.cases.enums import Verb
from winback.cases.models import Sheet
from winback.cases.services.core import must_be_live, record
from winback.common.claims import StaleVersion, claim, sign


@transaction.atomic
def write_sheet(
    *, sheet: Sheet, version: int, actor: User, changes: dict[str, Any], reason: str = ""
) -> Sheet:
    """Write facts of a case; the first time makes the page, whose version was 0 until then.

    Effects: the event names the page and the changed fields. ``reason`` is why an unusual input
    was insisted on. Raises StaleVersion when somebody else was quicker, with the first one too.
    """
    must_be_live(sheet.case)
    return save_sheet(sheet=sheet, version=version, actor=actor, changes=changes, reason=reason)


def save_sheet(
    *, sheet: Sheet, version: int, actor: User, changes: dict[str, Any], reason: str = ""
) -> Sheet:
    """As ``write_sheet``, for cases that may have ended; inside the caller's transaction."""
    if not sheet.is_new:
        claim(sheet, version=version, actor=actor)
    changed = [name for name, value in changes.items() if getattr(sheet, name) != value]
    for name in changed:
        setattr(sheet, name, changes[name])
    sign(sheet, actor)
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError:
        current = sheet.__class__._default_manager.filter(case=sheet.case).first()
        if current is None or current.pk == sheet.pk:
            raise
        raise StaleVersion(current) from None
    title = str(sheet._meta.verbose_name)
    record(sheet.case, actor, Verb.FACTS_WRITTEN, title=title, fields=changed, reason=reason)
    return sheet
