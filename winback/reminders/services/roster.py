"""Who is there today and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Absence, User
from winback.common import obligations
from winback.common.obligations import Item, Query
from winback.reminders.rules import Occasion, occasion, receiver

Reminder = tuple[Item, Occasion]


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of one day: the active ones, who is away, who has left."""

    day: date
    people: dict[int, User]
    stand_ins: dict[int, int]
    gone: frozenset[int]

    @classmethod
    def of(cls, day: date) -> Roster:
        """Two statements."""
        everybody = list(User.objects.all())
        away = Absence.objects.filter(starts_on__lte=day, ends_on__gte=day)
        return cls(
            day=day,
            people={user.pk: user for user in everybody if user.is_active},
            stand_ins=dict(away.values_list("user_id", "deputy_id")),
            gone=frozenset(user.pk for user in everybody if not user.is_active),
        )

    @property
    def languages(self) -> list[str]:
        return sorted({user.language for user in self.people.values()})

    def receiver(self, item: Item) -> User | None:
        """Who is reminded of the item today."""
        found = receiver(item.owner_id, item.deputy_id, self.stand_ins, self.people)
        return None if found is None else self.people[found]

    def reminders(self, user: User | None = None) -> Iterable[tuple[User, Reminder]]:
        """Every open obligation with an occasion today and who is reminded of it.

        ``user`` narrows it to what reaches one person. Titles are in the active language; one
        statement per kind.
        """
        ahead = max((max(kind.lead_days, default=0) for kind in obligations.kinds()), default=0)
        owners = None if user is None else {user.pk, *self.stand_ins, *self.gone}
        query = Query(owner_ids=owners, due_until=self.day + timedelta(days=ahead))
        for item in obligations.find(query):
            reached = self.receiver(item)
            kind = obligations.kind(item.kind)
            leads = kind.lead_days if item.lead_days is None else item.lead_days
            now_due = occasion(item.due_on, leads, self.day)
            if reached is not None and now_due is not None and user in (None, reached):
                yield reached, (item, now_due)
