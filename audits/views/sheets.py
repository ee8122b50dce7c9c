"""One audit as files for spreadsheets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from audits.permissions import get_visible_audit
from audits.rows.sheets import (
    AUDIT_FINDING_COLUMNS,
    QUESTION_COLUMNS,
    audit_finding_record,
    question_records,
)
from winback.common.sheets import sheet_response


@require_safe
def questions(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Every question with its result, points, note and findings."""
    audit = get_visible_audit(user_of(request), number)
    name = _("%(audit)s questions") % {"audit": audit.number}
    return sheet_response(kind, name, QUESTION_COLUMNS, question_records(audit))


@require_safe
def findings(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The findings of the audit, the gravest first."""
    audit, today = get_visible_audit(user_of(request), number), timezone.localdate()
    found = audit.findings.with_audit().gravest_first()
    records = (audit_finding_record(each, today) for each in found)
    name = _("%(audit)s findings") % {"audit": audit.number}
    return sheet_response(kind, name, AUDIT_FINDING_COLUMNS, records)
