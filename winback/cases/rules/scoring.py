"""The qualification score: how much speaks for trying. It never decides (formulas §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from winback.cases.enums import Degree, Factor

#: How much of the weight of a factor counts.
SHARES = {Degree.YES: Decimal(1), Degree.PARTLY: Decimal("0.5"), Degree.NO: Decimal(0)}
#: Up to so many calendar days a loss is recent; up to the second number it is partly so.
RECENT_DAYS = (90, 365)


@dataclass(frozen=True, slots=True)
class Line:
    """One factor of the breakdown; ``points`` is None while nobody has judged it."""

    factor: Factor
    degree: str
    weight: int
    points: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """The sum with everything it is made of."""

    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        """0 to 100: the judged factors, never below 0."""
        return min(100, max(0, sum(line.points or 0 for line in self.lines)))

    @property
    def missing(self) -> int:
        """How many factors nobody has judged yet."""
        return sum(line.points is None for line in self.lines)


def score(degrees: Mapping[str, str], weights: Mapping[str, int]) -> Score:
    """The breakdown over all factors in their order; a negative weight takes points away.

    Args:
        degrees: factor → degree; a factor that is missing or empty is not judged yet.
        weights: factor → points when it holds fully; a factor without a weight counts nothing.
    """
    return Score(
        tuple(
            _line(factor, degrees.get(factor, ""), weights.get(factor, 0))
            for factor in Factor
            if weights.get(factor, 0)
        )
    )


def _line(factor: Factor, degree: str, weight: int) -> Line:
    if not degree:
        return Line(factor, degree, weight, None)
    points = (SHARES[Degree(degree)] * weight).quantize(Decimal(1), ROUND_HALF_UP)
    return Line(factor, degree, weight, int(points))


def recency(lost_on: date | None, today: date) -> Degree:
    """How recent the loss is; a client who is not lost yet is the most recent of all.

    The shorter the absence, the better the chance; the two limits are our own choice.
    """
    if lost_on is None:
        return Degree.YES
    days = (today - lost_on).days
    if days <= RECENT_DAYS[0]:
        return Degree.YES
    return Degree.PARTLY if days <= RECENT_DAYS[1] else Degree.NO
