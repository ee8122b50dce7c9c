"""Verbs on dormant clients: plan a look, say what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from winback.clients.models import LOOK_AGAIN, Client, DormantLook
from winback.common.claims import RuleBroken, claim, sign


class LookRefused(RuleBroken):
    """The look contradicts an earlier one or the calendar."""


@transaction.atomic
def plan_look(
    *, client: Client, actor: User, today: date, owner: User, due_on: date, occasion: str
) -> DormantLook:
    """Put a quiet client on the list: ``owner`` looks at it by ``due_on``.

    Raises LookRefused when somebody owes a look already or the day is over.
    """
    # Under lock, so that two people do not both find none.
    Client.objects.select_for_update().get(pk=client.pk)
    if open_look := client.looks.open().select_related("owner").first():
        text = _("%(name)s already looks at this client.")
        raise LookRefused(text % {"name": open_look.owner})
    if due_on < today:
        raise LookRefused(_("The date lies in the past."), field="due_on")
    look = DormantLook(
        client=client, owner=owner, due_on=due_on, original_due_on=due_on, occasion=occasion
    )
    sign(look, actor)
    look.save()
    return look


@transaction.atomic
def finish_look(
    *,
    look: DormantLook,
    version: int,
    actor: User,
    today: date,
    result: str,
    reason: str,
    without_notice: bool = False,
    unspoken: str = "",
    next_on: date | None = None,
) -> DormantLook:
    """Say what became of the client.

    Effects: where the client only pauses or nothing is known, the same owner owes the next look
    at ``next_on``. A finished look stays as it is. Raises LookRefused without that day,
    StaleVersion.
    """
    if not look.is_open:
        return look
    if result in LOOK_AGAIN and next_on is None:
        text = _("When does somebody look again? Otherwise the client is forgotten.")
        raise LookRefused(text, field="next_on")
    if next_on is not None and next_on <= today:
        raise LookRefused(_("The next look must lie ahead."), field="next_on")
    claim(look, version=version, actor=actor)
    look.result, look.reason = result, reason
    look.without_notice, look.unspoken = without_notice, unspoken
    look.done_on, look.examined_by = today, actor
    look.save()
    if next_on is not None:
        plan_look(
            client=look.client, actor=actor, today=today, owner=look.owner, due_on=next_on,
            occasion=look.occasion,
        )  # fmt: skip
    return look


@transaction.atomic
def examine_now(
    *, client: Client, actor: User, today: date, occasion: str, **findings: Any
) -> DormantLook:
    """Look at a client nobody had put on the list: begun and finished today.

    ``findings`` are those of ``finish_look``. Raises LookRefused.
    """
    look = plan_look(
        client=client, actor=actor, today=today, owner=actor, due_on=today, occasion=occasion
    )
    return finish_look(look=look, version=look.version, actor=actor, today=today, **findings)


@transaction.atomic
def reassign_look(pk: int, owner: User, actor: User) -> None:
    """Let somebody else look, for instance because the owner leaves; the date stays."""
    look = DormantLook.objects.get(pk=pk)
    claim(look, version=look.version, actor=actor)
    look.owner = owner
    if look.deputy_id == owner.pk:
        look.deputy = None
    look.save()
