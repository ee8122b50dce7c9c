"""What pages of audits and findings show, formatted once in Python."""

from audits.rows.audits import (
    AUDIT_COLUMNS,
    AuditHead,
    AuditRow,
    audit_context,
    audit_head,
    audit_record,
    audit_row,
)
from audits.rows.disclosure import disclosure_actions, disclosure_url, untold_agenda
from audits.rows.entry import (
    CheckPoints,
    Entry,
    GroupRows,
    check_points,
    checklist,
    entry,
    neighbours,
    question_url,
)
from audits.rows.evidence import EvidenceRow, evidence_rows
from audits.rows.findings import (
    FINDING_COLUMNS,
    FindingAction,
    FindingFacts,
    FindingRow,
    finding_actions,
    finding_facts,
    finding_record,
    finding_row,
    finding_rows,
)
from audits.rows.gaps import photo_gaps
from audits.rows.mandate import MandateRows, mandate
from audits.rows.outline import outline
from audits.rows.transmissions import late_answers

__all__ = [
    "AUDIT_COLUMNS",
    "FINDING_COLUMNS",
    "AuditHead",
    "AuditRow",
    "CheckPoints",
    "Entry",
    "EvidenceRow",
    "FindingAction",
    "FindingFacts",
    "FindingRow",
    "GroupRows",
    "MandateRows",
    "audit_context",
    "audit_head",
    "audit_record",
    "audit_row",
    "check_points",
    "checklist",
    "disclosure_actions",
    "disclosure_url",
    "entry",
    "evidence_rows",
    "finding_actions",
    "finding_facts",
    "finding_record",
    "finding_row",
    "finding_rows",
    "late_answers",
    "mandate",
    "neighbours",
    "outline",
    "photo_gaps",
    "question_url",
    "untold_agenda",
]
