"""What winning back is worth: second lifetime value, cost, break-even probability (formulas §1).

Amounts in euro, percentages as 0 to 100. All in ``Decimal``; rounding only at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class SecondLife:
    """The expected second contract: per year in euro, its length, survival and interest."""

    contribution: Decimal
    care_cost: Decimal
    years: int
    survival: Decimal
    interest: Decimal


@dataclass(frozen=True, slots=True)
class Effort:
    """What the win-back costs: hours at a rate, goodwill, external audit, mediation."""

    hours: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)
    goodwill: Decimal = Decimal(0)
    audit: Decimal = Decimal(0)
    mediation: Decimal = Decimal(0)


def second_lifetime_value(life: SecondLife) -> Decimal:
    """SLTV = sum over t = 1..T of (contribution - care cost) x s^(t-1) / (1+i)^t, in euro.

    Negative when care costs more than the contract brings.
    """
    staying, growth = life.survival / HUNDRED, 1 + life.interest / HUNDRED
    weight, total = 1 / growth, Decimal(0)
    for _year in range(life.years):
        total += (life.contribution - life.care_cost) * weight
        weight *= staying / growth
    return total.quantize(CENT, ROUND_HALF_UP)


def cost(effort: Effort) -> Decimal:
    """Hours x rate + goodwill + external audit + mediation, in euro."""
    total = effort.hours * effort.rate + effort.goodwill + effort.audit + effort.mediation
    return total.quantize(CENT, ROUND_HALF_UP)


def break_even(total_cost: Decimal, value: Decimal) -> Decimal | None:
    """p* = cost / SLTV in percent: worth trying if we believe in more.

    Above 100 no belief is enough. None when the second contract brings nothing: no p makes it pay.
    """
    if value <= 0:
        return None
    return (total_cost / value * HUNDRED).quantize(TENTH, ROUND_HALF_UP)


def expected_value(belief: Decimal, value: Decimal, total_cost: Decimal) -> Decimal:
    """EV = p x SLTV - cost, in euro; ``belief`` is p in percent."""
    return (belief / HUNDRED * value - total_cost).quantize(CENT, ROUND_HALF_UP)


def return_on_effort(value: Decimal, total_cost: Decimal) -> Decimal | None:
    """Win-back ROI = (SLTV - cost) / cost in percent; None where nothing was spent."""
    if total_cost <= 0:
        return None
    return ((value - total_cost) / total_cost * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP)
