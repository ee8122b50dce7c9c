"""Audits at the client's sites: templates, answers and findings."""

from audits.models.answer import Answer
from audits.models.audit import Audit, AuditQuerySet, Finding, FindingQuerySet
from audits.models.disclosure import Disclosure
from audits.models.evidence import Evidence, EvidenceQuerySet
from audits.models.questions import Question, QuestionGroup
from audits.models.templates import AuditTemplate, TemplateVersion
from audits.models.transmission import Transmission

__all__ = [
    "Answer",
    "Audit",
    "AuditQuerySet",
    "AuditTemplate",
    "Disclosure",
    "Evidence",
    "EvidenceQuerySet",
    "Finding",
    "FindingQuerySet",
    "Question",
    "QuestionGroup",
    "TemplateVersion",
    "Transmission",
]
