"""Many people at once, each with a pause to think between two pages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import FOUND, OK, HTTPException
from random import Random

from accounts.enums import Role
from tests.bench.browser import Answer, Browser
from tests.bench.pages import cases_of, signed_in

#: Seconds between two pages of one person.
THINK = (5.0, 15.0)
#: One in ten is on the board; all others work in cases.
_ROLES = (*[Role.KEY_ACCOUNT_MANAGER] * 6, *[Role.QUALITY_MANAGER] * 1, *[Role.OPERATIONS] * 2)
_EVERY_TENTH = Role.MANAGEMENT
_PATHS = ("/meine-arbeit/", "/faelle/", "/faelle/?seite=2", "/massnahmen/", "/zusagen/")
_OF_CASE = ("/faelle/{}/", "/faelle/{}/plan/", "/faelle/{}/verlauf/")
_BOARD = ("/monat/", "/faelle/?ampel=critical")


class Person:
    """Somebody at work, with choices of their own that are the same every time."""

    def __init__(self, port: int, place: int, today: date) -> None:
        self.place, self.today = place, today
        self.role = _EVERY_TENTH if place % 10 == 9 else _ROLES[place % 10]
        self.chance = Random(place)  # noqa: S311  # the same every time
        number = place // 10 if self.role == _EVERY_TENTH else place
        self.browser: Browser = signed_in(port, self.role, number % self._count() + 1)
        self.cases = cases_of(self.browser) if self.role == Role.KEY_ACCOUNT_MANAGER else []
        self.seconds: list[float] = []
        self.problems: Counter[str] = Counter()

    def work(self, until: float) -> None:
        time.sleep(self.chance.uniform(0, THINK[1]))
        while time.monotonic() < until:
            self._step()
            time.sleep(self.chance.uniform(*THINK))

    def _count(self) -> int:
        return {Role.MANAGEMENT: 8, Role.QUALITY_MANAGER: 24}.get(self.role, 80)

    def _step(self) -> None:
        if self.cases and self.chance.random() < 0.1:
            self._write(f"/faelle/{self.chance.choice(self.cases)}/naechster-schritt/")
            return
        paths = _BOARD if self.role == Role.MANAGEMENT else _PATHS
        path = self.chance.choice(paths)
        if self.cases and self.chance.random() < 0.5:
            path = self.chance.choice(_OF_CASE).format(self.chance.choice(self.cases))
        self._note(path, lambda: self.browser.get(path), OK)

    def _write(self, path: str) -> None:
        on = self.today + timedelta(days=self.chance.randrange(3, 20))
        step = {"next_step": "Angebot abstimmen", "next_step_on": on.isoformat()}
        self._note(path, lambda: self.browser.post(path, self.browser.hidden(path) | step), FOUND)

    def _note(self, path: str, ask: Callable[[], Answer], expected: int) -> None:
        try:
            answer = ask()
        except (OSError, HTTPException) as error:
            self.problems[f"{path}: {error!r}"] += 1
            return
        self.seconds.append(answer.seconds)
        if answer.status != expected:
            self.problems[f"{path}: {answer.status}"] += 1


def soak(port: int, *, users: int, minutes: float, today: date) -> list[Person]:
    """Let ``users`` people work for so long; everybody has signed in before the clock starts."""
    people = [Person(port, place, today) for place in range(users)]
    until = time.monotonic() + minutes * 60
    with ThreadPoolExecutor(users) as pool:
        list(pool.map(lambda person: person.work(until), people))
    return people
