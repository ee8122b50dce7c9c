"""Verbs of audits, findings and checklists."""

from audits.services.aggregation import aggregate_findings
from audits.services.audits import (
    AuditLocked,
    NotReady,
    OpenPoints,
    answer_question,
    cancel_audit,
    change_audit,
    drop_audit,
    finish_audit,
    open_points,
    plan_audit,
    reassign_audit,
)
from audits.services.disclosure import Telling, disclose, take_back_disclosure
from audits.services.evidence import add_evidence, add_photo
from audits.services.findings import (
    IllegalStep,
    change_finding,
    finish_finding,
    prove_finding,
    reassign_finding,
    record_finding,
    reopen_finding,
    resolve_finding,
    start_finding,
    withdraw_finding,
)
from audits.services.independence import NotIndependent
from audits.services.templates import load_template
from audits.services.transmissions import OtherPerson, Sent, receive_answer, receive_photo

__all__ = [
    "AuditLocked",
    "IllegalStep",
    "NotIndependent",
    "NotReady",
    "OpenPoints",
    "OtherPerson",
    "Sent",
    "Telling",
    "add_evidence",
    "add_photo",
    "aggregate_findings",
    "answer_question",
    "cancel_audit",
    "change_audit",
    "change_finding",
    "disclose",
    "drop_audit",
    "finish_audit",
    "finish_finding",
    "load_template",
    "open_points",
    "plan_audit",
    "prove_finding",
    "reassign_audit",
    "reassign_finding",
    "receive_answer",
    "receive_photo",
    "record_finding",
    "reopen_finding",
    "resolve_finding",
    "start_finding",
    "take_back_disclosure",
    "withdraw_finding",
]
