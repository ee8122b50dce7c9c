"""Pure rules of a root-cause analysis."""

from __future__ import annotations

from collections.abc import Iterable

#: The weights of all causes of a case together, in percent.
WHOLE = 100


def share_total(shares: Iterable[int | None]) -> int | None:
    """The sum of the known shares in percent; None while no cause is weighted."""
    known = [share for share in shares if share is not None]
    return sum(known) if known else None


def is_whole(total: int | None) -> bool:
    """Whether the weights explain the loss; an analysis without weights is not doubted."""
    return total is None or total == WHOLE
