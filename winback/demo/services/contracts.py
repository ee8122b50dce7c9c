"""What hangs on the contract of a story: service lines, deadlines, amendments, cooperation."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import models

from winback.contracts import services
from winback.contracts.models import (
    Amendment,
    ClientObligation,
    Contract,
    Deadline,
    ServiceLine,
)
from winback.demo.services.decisions import facts
from winback.demo.services.story import Story

#: Amendments before the deadlines and measures that name them.
SIGNING, RECORDING, COUNTING, DOING = 9, 10, 12, 14
_OWN = {"day", "name", "done", "done_note", "ended", "reason", "given", "holds"}


def plan_contract(story: Story) -> None:
    """Plan everything that is recorded at the contract of the case."""
    for name, hour, scene in (
        ("amendments", SIGNING, _sign),
        ("lines", RECORDING, _line),
        ("deadlines", COUNTING, _deadline),
        ("cooperation", DOING, _owe),
    ):
        for entry in story.part(name):
            story.at(entry["day"], hour, partial(scene, story, entry))


def _contract(story: Story) -> Contract:
    contract = story.case().contract
    assert contract is not None  # every story has one
    return contract


def _changes(story: Story, model: type[models.Model], entry: dict[str, Any]) -> dict[str, Any]:
    """The fields of the text as Python values; an amendment goes by its name."""
    own = {name: value for name, value in entry.items() if name not in _OWN}
    named = own.pop("amendment", None)
    found = facts(story, model, own)
    if named is not None:
        found["amendment"] = Amendment.objects.get(pk=story.rows[named])
    return found


def _sign(story: Story, entry: dict[str, Any], on: date) -> None:
    case = story.case()
    changes = {"signed_on": on, "owner": case.owner, **_changes(story, Amendment, entry)}
    row = services.record_amendment(
        contract=_contract(story), actor=case.owner, today=on, changes=changes, papers={}
    )
    story.rows[entry["name"]] = row.pk


def _line(story: Story, entry: dict[str, Any], _on: date) -> None:
    changes = _changes(story, ServiceLine, entry)
    services.add_line(contract=_contract(story), actor=story.case().owner, changes=changes)


def _deadline(story: Story, entry: dict[str, Any], on: date) -> None:
    contract, owner = _contract(story), story.case().owner
    preset = {
        "bundesland": contract.land,
        "owner": owner,
        "received_on": on,
        "lead_days": [14, 7, 2, 0],
    }
    row = services.record_deadline(
        contract=contract,
        actor=owner,
        today=on,
        changes={**preset, **_changes(story, Deadline, entry)},
        papers={},
    )
    story.rows[entry["name"]] = row.pk
    if "done" in entry:
        story.at(entry["done"], DOING, partial(_do, row.pk, entry["done_note"]))
    if "ended" in entry:
        story.at(entry["ended"], DOING, partial(_end, row.pk, entry["reason"]))


def _do(pk: int, note: str, on: date) -> None:
    row = Deadline.objects.select_related("contract", "owner").get(pk=pk)
    services.complete(
        deadline=row, version=row.version, actor=row.owner, today=on, done_on=on, note=note
    )


def _end(pk: int, reason: str, on: date) -> None:
    row = Deadline.objects.select_related("contract", "owner").get(pk=pk)
    services.end_deadline(
        deadline=row, version=row.version, actor=row.owner, today=on, reason=reason
    )


def _owe(story: Story, entry: dict[str, Any], on: date) -> None:
    contract, actor = _contract(story), story.case().owner
    changes = _changes(story, ClientObligation, entry)
    if "due_on" not in changes:
        changes["since"] = on
    held = [story.rows[name] for name in entry.get("holds", ())]
    changes["pauses"] = list(Deadline.objects.filter(pk__in=held))
    row = services.record_client_obligation(
        contract=contract, actor=actor, changes=changes, papers={}
    )
    if "given" in entry:
        story.at(entry["given"], DOING, partial(_give, row.pk))


def _give(pk: int, on: date) -> None:
    row = ClientObligation.objects.select_related("contract__owner").get(pk=pk)
    actor = row.contract.owner
    assert actor is not None  # the demo names one for every contract
    services.change_client_obligation(
        row=row,
        version=row.version,
        actor=actor,
        changes={"until": on, "pauses": list(row.pauses.all())},
        papers={},
    )
