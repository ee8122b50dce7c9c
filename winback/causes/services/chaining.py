"""The chain of whys: from what the client saw to what we can change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.causes.enums import Verb
from winback.causes.models import Cause
from winback.causes.rules import MOST_WHYS, Why
from winback.causes.services.errors import ChainBroken
from winback.causes.services.naming import must_be_live, record_change
from winback.common.claims import claim


@transaction.atomic
def ask_why(
    *,
    cause: Cause,
    version: int,
    actor: User,
    whys: Sequence[Why],
    ends_with_us: bool,
    reason: str = "",
) -> Cause:
    """Write the chain anew; it may still lack something, and without answers it is gone.

    Raises CaseEnded, StaleVersion, ChainBroken.
    """
    must_be_live(cause.case)
    claim(cause, version=version, actor=actor)
    if len(whys) > MOST_WHYS or not all(why.answer for why in whys):
        raise ChainBroken(_("A chain has at most seven answers and no gap between them."))
    cause.whys = [asdict(why) for why in whys]
    cause.whys_end_with_us = ends_with_us and bool(whys)
    cause.save()
    record_change(cause, actor, Verb.WHY_ASKED, note=whys[-1].answer if whys else "", reason=reason)
    return cause
