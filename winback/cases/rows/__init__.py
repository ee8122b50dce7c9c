"""Cases as ready strings: formatted once per row, so that templates only place them."""

from winback.cases.rows.cases import (
    CASE_COLUMNS,
    HEALTH_SHAPE,
    STATUS_SHAPE,
    CaseHead,
    CaseRow,
    case_context,
    case_head,
    case_record,
    case_row,
    client_panel,
    contract_frame,
    live_cases,
    phase_label,
    standing,
)
from winback.cases.rows.history import (
    PAPER_LINKS,
    PAPER_TOPICS,
    VERB_TOPICS,
    HistoryRow,
    event_row,
    incident_entries,
)

__all__ = [
    "CASE_COLUMNS",
    "HEALTH_SHAPE",
    "PAPER_LINKS",
    "PAPER_TOPICS",
    "STATUS_SHAPE",
    "VERB_TOPICS",
    "CaseHead",
    "CaseRow",
    "HistoryRow",
    "case_context",
    "case_head",
    "case_record",
    "case_row",
    "client_panel",
    "contract_frame",
    "event_row",
    "incident_entries",
    "live_cases",
    "phase_label",
    "standing",
]
