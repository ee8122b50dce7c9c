"""The dialogue as ready strings: formatted once per row, so that templates only place them."""

from winback.dialogue.rows.commitments import (
    COMMITMENT_COLUMNS,
    CommitmentRow,
    Trust,
    commitment_record,
    commitment_row,
    facts,
    headline,
    in_order,
    is_breaking,
    standing,
    trust,
)

__all__ = [
    "COMMITMENT_COLUMNS",
    "CommitmentRow",
    "Trust",
    "commitment_record",
    "commitment_row",
    "facts",
    "headline",
    "in_order",
    "is_breaking",
    "standing",
    "trust",
]
