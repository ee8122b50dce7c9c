"""Changing the key account manager, with everything that hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.cases.enums import DutyKind, Function, Verb
from winback.cases.models import Case, Handover, HandoverItem
from winback.cases.obligations import OWN_KIND
from winback.cases.services.core import NotReady, must_be_live, record
from winback.cases.services.duties import Owed, plan_duty
from winback.cases.services.members import join_team, move_lead
from winback.common import obligations
from winback.common.claims import claim


def owed_by_owner(case: Case) -> list[obligations.Item]:
    """What the owner owes in the case besides leading it; earliest first."""
    query = obligations.Query(owner_ids=[case.owner_id], case_id=case.pk)
    return [item for item in obligations.find(query) if item.kind != OWN_KIND]


def checklist() -> list[str]:
    """What a handover of a client needs, in the language of the reader."""
    return [
        _("Contract, specification and amendments explained"),
        _("Open commitments to the client gone through one by one"),
        _("Contact persons of the client, their expectations and sore points described"),
        _("Chronology of complaints and mishaps handed over"),
        _("Access to folders, systems and buildings granted"),
        _("First meeting with the client held together"),
    ]


@transaction.atomic
def change_key_account_manager(
    *,
    case: Case,
    version: int,
    actor: User,
    today: date,
    changes: dict[str, Any],
    due_on: date,
    moving: Collection[tuple[str, int]],
    items: Iterable[str],
) -> Handover:
    """Give the case to a new key account manager; the former one stays as adviser.

    Effects: changes the owner; ends the leading function of the former one, who becomes adviser;
    hands over the obligations in ``moving`` (kind, pk) and nothing else; makes the checklist
    ``items`` and the step by which it is owed, by the new one until ``due_on``; one event.

    Raises:
        NotReady: the successor leads the case already.
        StaleVersion, IllegalTransition
    """
    must_be_live(case)
    successor: User = changes["successor"]
    if successor.pk == case.owner_id:
        raise NotReady(_("This person leads the case already."), field="successor")
    wanted = set(moving)
    owed = [item for item in owed_by_owner(case) if (item.kind, item.pk) in wanted]
    claim(case, version=version, actor=actor)
    former = _take_over(case, successor, today)
    for item in owed:
        obligations.kind(item.kind).reassign(item.pk, successor, actor)
    handover = _open_handover(case, {**changes, "former": former}, due_on, today, items)
    who, reason = f"{former} → {successor}", handover.reason
    record(case, actor, Verb.HANDED_OVER, user=who, moved=len(owed), reason=reason)
    return handover


def _take_over(case: Case, successor: User, today: date) -> User:
    """Make ``successor`` the owner and the former one adviser; returns the former one."""
    former, case.owner = case.owner, successor
    if case.deputy_id == successor.pk:
        case.deputy = None
    case.save()
    join_team(case, former, Function.ADVISER, today)
    move_lead(case, former, today)
    return former


def _open_handover(
    case: Case, facts: dict[str, Any], due_on: date, today: date, items: Iterable[str]
) -> Handover:
    """The record with its list, and the step by which it is owed."""
    owed = Owed(facts["successor"], due_on)
    duty = plan_duty(case, DutyKind.HANDOVER, _("Finish the handover"), owed, today)
    handover = Handover.objects.create(case=case, changed_on=today, duty=duty, **facts)
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=handover, title=title) for title in items
    )
    return handover


@transaction.atomic
def tick(*, item: HandoverItem, actor: User, today: date) -> None:
    """Say that one line of the checklist is done; doing it twice changes nothing."""
    if item.done_on is not None:
        return
    item.done_on, item.done_by = today, actor
    item.save()
    handover = item.handover
    record(handover.case, actor, Verb.HANDOVER_STEP, title=item.title)
    _finish(handover, actor, today)


@transaction.atomic
def tell_client(
    *, handover: Handover, version: int, actor: User, today: date, on: date, how: str
) -> Handover:
    """Record when and how the client learned of the new contact person: a sign of a new start."""
    claim(handover, version=version, actor=actor)
    handover.told_on, handover.told_how = on, how
    handover.save()
    record(handover.case, actor, Verb.CLIENT_TOLD, note=how, on=on)
    _finish(handover, actor, today)
    return handover


def _finish(handover: Handover, actor: User, today: date) -> None:
    """The step is done once every line is done and the client is told."""
    duty = handover.duty
    left = handover.items.filter(done_on=None).exists()
    if left or handover.told_on is None or not duty.is_open:
        return
    claim(duty, version=duty.version, actor=actor)
    duty.done_on, duty.result = today, _("List done, client told.")
    duty.save()
