"""Pure rules of a root-cause analysis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from winback.causes.enums import ChainGap

#: The weights of all causes of a case together, in percent.
WHOLE = 100


def share_total(shares: Iterable[int | None]) -> int | None:
    """The sum of the known shares in percent; None while no cause is weighted."""
    known = [share for share in shares if share is not None]
    return sum(known) if known else None


def is_whole(total: int | None) -> bool:
    """Whether the weights explain the loss; an analysis without weights is not doubted."""
    return total is None or total == WHOLE


#: The few causes that explain most are those needed to reach this share.
VITAL = 80


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a Pareto order: which weight, its share and the running sum in percent."""

    index: int
    weight: int
    share: Decimal
    running: Decimal
    is_vital: bool


def pareto(weights: Sequence[int]) -> list[Step]:
    """Weights in falling order with their running sum; what weighs nothing is left out.

    Equal weights keep their order. Shares are of the sum of the weights, whatever that is.
    """
    order = sorted((i for i, weight in enumerate(weights) if weight > 0), key=lambda i: -weights[i])
    total = sum(weights[i] for i in order)
    steps: list[Step] = []
    before = Decimal(0)
    for index in order:
        share = Decimal(100 * weights[index]) / total
        running = min(before + share, Decimal(100))
        steps.append(Step(index, weights[index], share, running, before < VITAL))
        before = running
    return steps


#: Shorter names are too often ordinary words.
SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Which of the names stand in the text as words of their own, whatever their case."""
    words = {word.casefold() for word in _WORD.findall(text)}
    words |= {word.removesuffix("s") for word in words}  # Otts Planung
    wanted = dict.fromkeys(name for name in names if len(name) >= SHORTEST_NAME)
    return [name for name in wanted if name.casefold() in words]


#: A chain of whys has three to seven answers.
LEAST_WHYS, MOST_WHYS = 3, 7


@dataclass(frozen=True, slots=True)
class Why:
    """One answer to "why?" and what proves it; without a proof it is only said."""

    answer: str
    proof: str = ""


def chain_gaps(chain: Sequence[Why], *, ends_with_us: bool) -> list[ChainGap]:
    """What the chain lacks; it may stop where the answer is something we can control."""
    gaps = {
        ChainGap.SHORT: len(chain) < LEAST_WHYS,
        ChainGap.UNPROVED: any(not why.proof for why in chain),
        ChainGap.NOT_OURS: not ends_with_us,
    }
    return [gap for gap, is_there in gaps.items() if is_there]


def places_left_out(answers: Sequence[str]) -> list[int]:
    """Places, from 1, that are empty before the last answer."""
    last = max((place for place, answer in enumerate(answers, 1) if answer), default=0)
    return [place for place, answer in enumerate(answers[:last], 1) if not answer]


#: Below so many attempts a percentage says nothing.
ENOUGH = 5


def win_back_ratio(won: int, ended: int) -> Decimal | None:
    """Won of all that ended, in percent; None below five, where only the counts are shown."""
    return Decimal(100 * won) / ended if ended >= ENOUGH else None


def months_back(today: date, months: int) -> date:
    """The like day so many months ago; the 28th where that month may be shorter."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, min(today.day, 28))
