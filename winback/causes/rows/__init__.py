"""Causes as ready strings: formatted once per row, so that templates only place them."""

from winback.causes.rows.causes import (
    Analysis,
    CauseRow,
    EvidenceRow,
    analysis,
    cause_row,
    evidence_row,
    facts,
)
from winback.causes.rows.chain import Chain, WhyRow, chain
from winback.causes.rows.diagrams import BoneRow, Weights, bones, fishbone_chart, weights
from winback.causes.rows.frame import sub_pages

__all__ = [
    "Analysis",
    "BoneRow",
    "CauseRow",
    "Chain",
    "EvidenceRow",
    "Weights",
    "WhyRow",
    "analysis",
    "bones",
    "cause_row",
    "chain",
    "evidence_row",
    "facts",
    "fishbone_chart",
    "sub_pages",
    "weights",
]
