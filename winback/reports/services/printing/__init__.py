"""From the facts of a report to the page: every value formatted once, in the report's language."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from winback.reports.enums import ReportKind
from winback.reports.models import Report
from winback.reports.rules.concept import ConceptFacts
from winback.reports.rules.facts import AuditFacts
from winback.reports.rules.freezing import thaw
from winback.reports.rules.progress import ProgressFacts
from winback.reports.services.printing.audit import audit_context
from winback.reports.services.printing.concept import concept_context
from winback.reports.services.printing.head import Stamp
from winback.reports.services.printing.progress import progress_context


def document(report: Report) -> str:
    """The whole report as HTML; what people wrote is escaped by the templates and charts."""
    with translation.override(report.language):
        context: dict[str, Any]
        stamp = Stamp(report.language, report.number, report.as_of, str(report.requested_by))
        if report.kind == ReportKind.AUDIT:
            context = audit_context(thaw(AuditFacts, report.snapshot), stamp)
            return render_to_string("reports/audit/report.html", context)
        if report.kind == ReportKind.CONCEPT:
            context = concept_context(thaw(ConceptFacts, report.snapshot), stamp)
            return render_to_string("reports/concept/report.html", context)
        context = progress_context(thaw(ProgressFacts, report.snapshot), stamp)
        return render_to_string("reports/progress/report.html", context)
