"""The chain of whys as ready strings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import pgettext

from winback.causes.models import Cause
from winback.causes.rules import chain_gaps


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One answer; without a proof it is only said."""

    answer: str
    proof: str
    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The answers in order and what the chain still lacks; nothing lacks a chain nobody began."""

    rows: list[WhyRow]
    gaps: list[str]
    ends_with_us: bool


def chain(cause: Cause) -> Chain:
    proved, said = pgettext("why", "proved"), pgettext("why", "only said")
    rows = [
        WhyRow(why.answer, why.proof, *(("done", proved) if why.proof else ("open", said)))
        for why in cause.chain
    ]
    gaps = chain_gaps(cause.chain, ends_with_us=cause.whys_end_with_us) if rows else []
    return Chain(rows, [str(gap.label) for gap in gaps], cause.whys_end_with_us)
