"""One case of the demo: its text, and where its rows are once they exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from audits.models import Finding
from winback.cases.models import Case
from winback.clients.models import Contact, Site
from winback.demo.services.stage import Scene, Stage

FOLDER = Path(__file__).resolve().parents[1] / "stories"


@cache
def read(path: Path) -> Any:
    """A parsed file of the demo; whoever reads it leaves it as it is."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@dataclass
class Story:
    """The text of one case. Days in it are calendar days from today, negative ones past.

    Scenes find the rows of earlier scenes by the names the text gives them. They read the case
    anew each time: every verb claims the version that stands in the database.
    """

    stage: Stage
    text: dict[str, Any]
    case_id: int = 0
    sites: list[Site] = field(default_factory=list)
    contacts: dict[str, Contact] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def part(self, name: str) -> Any:
        """One part of the text; empty where the case has none."""
        return self.text.get(name) or {}

    def who(self, key: str) -> User:
        return self.stage.people[key]

    def case(self) -> Case:
        """The case as it stands in the database."""
        return Case.objects.with_header().get(pk=self.case_id)

    def finding(self, name: str) -> Finding:
        """The finding ``audit/question`` as it stands."""
        found: Finding = Finding.objects.with_audit().get(pk=self.rows[name])
        return found

    def contact(self, key: str | None) -> Contact | None:
        return self.contacts[key] if key else None

    def day(self, offset: int) -> date:
        return self.stage.day(offset)

    @property
    def last_day(self) -> date:
        """The day on which the case ended or went to rest; today for all others."""
        pause = self.part("end") or self.part("rest")
        return self.day(pause["day"]) if pause else self.stage.today

    def at(self, offset: int, hour: int, scene: Scene) -> None:
        """Plan a scene for the day named in the text."""
        self.stage.plan(self.day(offset), hour, scene)
