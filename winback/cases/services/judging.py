"""The health of a case: by its facts, or worse by hand."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from winback.cases.enums import Verb
from winback.cases.models import Case, HealthOverride
from winback.cases.rules import judge
from winback.cases.services.core import must_be_live, record
from winback.common import clock, health


@transaction.atomic
def override_health(
    *, case: Case, actor: User, level: str, reason: str, until: date, today: date
) -> None:
    """Judge the case worse than its facts until a date; recomputes the stored health."""
    must_be_live(case)
    HealthOverride.objects.create(case=case, level=level, reason=reason, until=until, set_by=actor)
    record(case, actor, Verb.HEALTH_SET, level=level, until=until, reason=reason)
    refresh_health(case.pk, today=today, now=clock.now())


def refresh_health(case_id: int, *, today: date, now: datetime) -> None:
    """Recompute the stored health with its reasons. Safe to run any number of times."""
    signals = health.signals(case_id, today)
    overrides = list(
        HealthOverride.objects.filter(case=case_id, until__gte=today).values_list("level", "reason")
    )
    level = judge(signals, [each[0] for each in overrides])
    reasons = [each[1] for each in overrides] + [signal.reason for signal in signals]
    Case.objects.filter(pk=case_id).update(health=level, health_reasons=reasons, health_at=now)
