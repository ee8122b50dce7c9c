"""What the norm and inspection-date concept says, as data, in the language of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlantFacts:
    """One plant and its inspection. ``proofs`` are what shows that it was done and by whom."""

    site: str
    plant: str
    task: str
    basis: str
    months: int
    source: str
    duty: str
    owner: str
    executor: str
    qualification: str
    due_on: date
    last_done_on: date | None = None
    last_result: str = ""
    proofs: tuple[str, ...] = ()

    def is_overdue(self, today: date) -> bool:
        return self.due_on < today


@dataclass(frozen=True, slots=True)
class NormFacts:
    """A norm the concept cites; ``warning`` where its edition must be checked first."""

    code: str
    edition: str
    title: str
    status: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class ConceptFacts:
    """Everything the document says, on one day."""

    provider: str
    today: date
    case_number: str
    client: str
    plants: tuple[PlantFacts, ...] = ()
    norms: tuple[NormFacts, ...] = ()

    @property
    def overdue(self) -> int:
        return sum(plant.is_overdue(self.today) for plant in self.plants)
