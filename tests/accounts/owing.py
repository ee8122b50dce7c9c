"""A kind of obligation that lives in memory, so that these tests need no higher room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from winback.common.claims import RuleBroken
from winback.common.obligations import Item, Kind, Query


@dataclass
class Ledger:
    """Obligations by number with their owner; ``refuse`` makes a hand-over break a rule."""

    owners: dict[int, int] = field(default_factory=dict)
    actors: list[int] = field(default_factory=list)
    refuse: int | None = None

    def owe(self, number: int, owner: User) -> None:
        self.owners[number] = owner.pk

    def find(self, query: Query) -> Iterable[Item]:
        wanted = query.owner_ids
        return [
            self._item(number, owner)
            for number, owner in self.owners.items()
            if wanted is None or owner in wanted
        ]

    def _item(self, number: int, owner: int) -> Item:
        return Item(
            kind="test",
            pk=number,
            title=f"Maßnahme {number} abschließen",
            owner_id=owner,
            deputy_id=None,
            due_on=dt.date(2026, 11, number),
            case_id=None,
            context="Norhagen Bau AG · RG-2026-0042",
            url="/",
        )

    def reassign(self, number: int, owner: User, actor: User) -> None:
        if number == self.refuse:
            raise RuleBroken("Diese Person darf das nicht.", field="new_owner")
        self.owners[number] = owner.pk
        self.actors.append(actor.pk)

    def kind(self) -> Kind:
        return Kind("test", "Maßnahmen", self.find, self.reassign)
