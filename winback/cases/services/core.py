"""What every verb of a case uses: refusals, numbers, the one line in the history."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import Status
from winback.cases.models import Case, CaseEvent, NumberRange
from winback.cases.rules import may_become
from winback.common import clock
from winback.common.claims import RuleBroken, claim


class IllegalTransition(RuleBroken):
    """The status machine does not allow this step."""


class NotReady(RuleBroken):
    """Something the step needs is missing."""


def next_number(scope: str) -> int:
    """Count up the number range ``scope`` under its row lock; gaps only after a rollback."""
    NumberRange.objects.get_or_create(scope=scope)
    NumberRange.objects.filter(scope=scope).update(last=F("last") + 1)
    return NumberRange.objects.values_list("last", flat=True).get(scope=scope)


def record(case: Case, actor: User | None, verb: str, **data: Any) -> CaseEvent:
    """Append one entry to the history of the case; ``actor`` None means the product itself."""
    return CaseEvent.objects.create(case=case, actor=actor, verb=verb, data=data, at=clock.now())


def turn(case: Case, target: Status, actor: User, *, version: int) -> None:
    claim(case, version=version, actor=actor)
    case.status = target
    if target != Status.RESTING:
        case.resting_until = None
    case.save()


def must_allow(case: Case, target: Status) -> None:
    if not may_become(case.status, target):
        raise IllegalTransition(
            _("A case that is “%(status)s” cannot become “%(target)s”.")
            % {"status": case.get_status_display(), "target": target.label}
        )


def must_be_live(case: Case) -> None:
    if case.is_closed:
        raise IllegalTransition(_("The case has ended. Reopen it first."))
