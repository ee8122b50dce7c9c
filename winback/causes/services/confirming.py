"""A cause is confirmed: by quality management on evidence, and by the client in his words."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.causes.enums import CauseStatus, Verb
from winback.causes.models import Cause, CauseEvidence
from winback.causes.services.errors import NoEvidence
from winback.causes.services.naming import must_be_live, record_change
from winback.clients.models import Contact
from winback.common.claims import claim


@transaction.atomic
def confirm(*, cause: Cause, version: int, actor: User, today: date) -> Cause:
    """Turn an assumption into a confirmed cause; confirming twice changes nothing.

    Raises CaseEnded, StaleVersion, NoEvidence.
    """
    if cause.is_confirmed:
        return cause
    must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    if not CauseEvidence.objects.filter(cause=cause).exists():
        raise NoEvidence(_("Add evidence first: without it the cause stays an assumption."))
    cause.status = CauseStatus.CONFIRMED
    cause.confirmed_by, cause.confirmed_on = actor, today
    cause.save()
    record_change(cause, actor, Verb.CONFIRMED)
    return cause


@transaction.atomic
def confirm_by_client(
    *, cause: Cause, version: int, actor: User, contact: Contact, on: date, words: str
) -> Cause:
    """The client agrees that this was a cause: who, when, in which words.

    It needs no evidence of ours and is none for us; a later word replaces an earlier one.
    Raises CaseEnded, StaleVersion.
    """
    must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    cause.client_confirmed_by, cause.client_confirmed_on = contact, on
    cause.client_words = words
    cause.save()
    record_change(cause, actor, Verb.CLIENT_CONFIRMED, on=on.isoformat(), note=words)
    return cause
