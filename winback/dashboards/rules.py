"""Pure rules of the month page: its span, its figures in words."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

#: Below so many a percentage says nothing: counts only (formulas, section 1).
LEAST_SHOWN = 5
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @property
    def start(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def shifted(self, months: int) -> Month:
        """The month so many months later; negative goes back."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)


def last_months(month: Month, count: int = MONTHS_SHOWN) -> list[Month]:
    """The ``count`` months that end with ``month``, oldest first."""
    return [month.shifted(back - count + 1) for back in range(count)]


def share(part: int, whole: int) -> float | None:
    """``part`` in percent of ``whole``; None below five, where only counts are shown."""
    return 100 * part / whole if whole >= LEAST_SHOWN else None
