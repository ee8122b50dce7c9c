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
from winback.causes.rows.reasons import REASON_COLUMNS, ReasonRow, reason_record, reason_row

__all__ = [
    "REASON_COLUMNS",
    "Analysis",
    "BoneRow",
    "CauseRow",
    "Chain",
    "EvidenceRow",
    "ReasonRow",
    "Weights",
    "WhyRow",
    "analysis",
    "bones",
    "cause_row",
    "chain",
    "evidence_row",
    "facts",
    "fishbone_chart",
    "reason_record",
    "reason_row",
    "sub_pages",
    "weights",
]
