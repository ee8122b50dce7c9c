"""Opening a case and changing what is known about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from winback.cases.enums import Verb
from winback.cases.models import Case
from winback.cases.rules import case_number, number_scope
from winback.cases.services.core import must_be_live, next_number, record
from winback.cases.services.members import enrol, let_see, move_lead
from winback.common import clock
from winback.common.claims import claim, sign


@transaction.atomic
def open_case(*, actor: User, today: date, changes: dict[str, Any], reason: str = "") -> Case:
    """Record a lost or endangered client as a new open case.

    Effects: gives the case its number, makes owner and deputy team members, writes the event.
    ``reason`` is why an unusual input was insisted on.
    """
    sites = changes.pop("sites", [])
    case = Case(opened_on=today, **changes)
    case.number = case_number(today.year, next_number(number_scope(today)))
    case.fill_keys()
    sign(case, actor)
    case.save()
    case.sites.set(sites)
    enrol(case, today)
    if actor.pk not in {case.owner_id, case.deputy_id}:
        let_see(case, actor, today)
    record(case, actor, Verb.OPENED, reason=reason)
    return case


@transaction.atomic
def change_case(
    *,
    case: Case,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    reason: str = "",
) -> Case:
    """Change facts of the case; a new owner takes over the lead, a new deputy joins the team.

    Raises StaleVersion when somebody else was quicker.
    """
    must_be_live(case)
    claim(case, version=version, actor=actor)
    sites, former = changes.pop("sites", None), case.owner
    changed = [name for name, value in changes.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, changes[name])
    case.fill_keys()
    case.save()
    if sites is not None:
        case.sites.set(sites)
    move_lead(case, former, today)
    record(case, actor, Verb.CHANGED, fields=changed, reason=reason)
    return case


@transaction.atomic
def set_next_step(
    *, case: Case, version: int, actor: User, step: str, on: date | None, reason: str = ""
) -> Case:
    """Say what is next and when; both empty means nothing is planned."""
    must_be_live(case)
    claim(case, version=version, actor=actor)
    case.next_step, case.next_step_on = step, on
    case.save()
    record(case, actor, Verb.STEP_SET, step=step, on=on, reason=reason)
    return case


@transaction.atomic
def write_situation(*, case: Case, version: int, actor: User, text: str) -> Case:
    """Describe where the case stands, in the words shown on top of its overview."""
    must_be_live(case)
    claim(case, version=version, actor=actor)
    case.situation, case.situation_by, case.situation_at = text, actor, clock.now()
    case.save()
    record(case, actor, Verb.SITUATION_WRITTEN)
    return case


@transaction.atomic
def hand_over(
    pk: int, owner: User, actor: User, *, version: int | None = None, reason: str = ""
) -> None:
    """Give the case to another owner, for instance because the present one leaves.

    The former one keeps no leading function. Raises StaleVersion unless ``version`` still
    stands; None takes whatever stands.
    """
    case = Case.objects.select_related("client").get(pk=pk)
    claim(case, version=case.version if version is None else version, actor=actor)
    before, case.owner = case.owner, owner
    case.save()
    move_lead(case, before, timezone.localdate())
    names = {"before": str(before), "after": str(owner)}
    record(case, actor, Verb.CHANGED, fields=["owner"], reason=reason, **names)
