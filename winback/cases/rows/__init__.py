"""Cases as ready strings: formatted once per row, so that templates only place them."""

from winback.cases.rows.cases import (
    CASE_COLUMNS,
    HEALTH_SHAPE,
    STATUS_SHAPE,
    CaseHead,
    CaseRow,
    EventRow,
    case_context,
    case_head,
    case_record,
    case_row,
    client_panel,
    contract_frame,
    event_row,
    live_cases,
    phase_label,
    standing,
)

__all__ = [
    "CASE_COLUMNS",
    "HEALTH_SHAPE",
    "STATUS_SHAPE",
    "CaseHead",
    "CaseRow",
    "EventRow",
    "case_context",
    "case_head",
    "case_record",
    "case_row",
    "client_panel",
    "contract_frame",
    "event_row",
    "live_cases",
    "phase_label",
    "standing",
]
