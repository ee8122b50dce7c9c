"""Award criteria: whose offer scored how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Points:
    """One criterion: weight in percent and points of both offers; None where unknown."""

    weight: Decimal
    ours: Decimal | None
    theirs: Decimal | None


@dataclass(frozen=True, slots=True)
class Award:
    """Both offers over all criteria whose points are known on both sides."""

    weight: Decimal
    ours: Decimal
    theirs: Decimal
    #: how many criteria could be compared
    compared: int = 0

    @property
    def gap(self) -> Decimal:
        """How much the other offer was ahead; negative when ours was."""
        return self.theirs - self.ours


def award(criteria: Iterable[Points]) -> Award:
    """Weighted points: weight in percent x points; criteria unknown on one side are left out.

    ``weight`` is the sum over all criteria and should be 100.
    """
    rows = list(criteria)
    known = [(row.weight, row.ours, row.theirs) for row in rows]
    pairs = [(w, o, t) for w, o, t in known if o is not None and t is not None]
    return Award(
        weight=sum((row.weight for row in rows), Decimal(0)),
        ours=sum((w * o / 100 for w, o, _t in pairs), Decimal(0)),
        theirs=sum((w * t / 100 for w, _o, t in pairs), Decimal(0)),
        compared=len(pairs),
    )


def gained(before: int | None, after: int | None) -> int | None:
    """Lots gained against before; None while one of the two is not known."""
    return None if before is None or after is None else after - before
