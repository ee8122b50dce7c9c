"""From values to positions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = Decimal | float | int | None
"""What a chart takes; None is a month without a value and is drawn as a gap, never as zero."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale that maps the values from `low` to `high` to positions `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of `value`, also of one beyond the ends."""
        return self.start + (value - self.low) * self.per_unit

    @property
    def per_unit(self) -> float:
        """Pixels per unit; a scale without extent puts everything at its start."""
        extent = self.high - self.low
        return (self.end - self.start) / extent if extent else 0.0

    def clamped(self, value: float) -> float:
        """Return the position of `value`, held inside the axis."""
        return self(min(max(value, self.low), self.high))


def floats(values: Iterable[Value]) -> list[float | None]:
    """Turn decimals into floats; gaps stay gaps."""
    return [None if v is None else float(v) for v in values]


def known(values: Iterable[Value]) -> list[float]:
    """Return the values that are there."""
    return [float(v) for v in values if v is not None]


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Split into unbroken runs of (position, value), so that no line is drawn across a gap."""
    result: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            result.append([])
        else:
            result[-1].append((index, value))
    return [run for run in result if run]


def last_known(values: Sequence[float | None]) -> int:
    """Return the position of the last value. Raises ValueError when there is none."""
    return max(index for index, value in enumerate(values) if value is not None)
