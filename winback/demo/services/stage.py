"""Playing a year of history back: what happens when, in the order of time over all cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import heappop, heappush
from random import Random

from django.conf import settings

from accounts.models import User
from winback.common import clock
from winback.demo import rules

#: The same choices at every run: a demo that looks different each time cannot be talked about.
SEED = 2026

Scene = Callable[[date], None]


@dataclass
class Stage:
    """The people, the calendar, and the scenes that are still to be played.

    ``now`` is when the demo is built: nothing is recorded later than that.
    """

    today: date
    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  # no secret in it
    _scenes: list[tuple[datetime, int, Scene]] = field(default_factory=list)
    _count: int = 0

    def day(self, offset: int) -> date:
        """A working day so many days from today; negative is past."""
        return rules.working_day(self.today, offset, settings.PROVIDER_BUNDESLAND)

    def plan(self, day: date, hour: int, scene: Scene) -> None:
        """Let ``scene`` be played on the day; a scene may plan others that come later."""
        at = rules.moment(day, hour, self.chance.randrange(60))
        self._count += 1
        heappush(self._scenes, (at, self._count, scene))

    def play(self) -> None:
        """Play everything in the order of time; services stamp the moment of the scene."""
        while self._scenes:
            at, _number, scene = heappop(self._scenes)
            with clock.at(min(at, self.now)):
                scene(at.date())
