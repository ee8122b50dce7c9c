"""Pages of reports: fetch and authorise in one line, service, render."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import user_of
from audits.models import Audit
from audits.permissions import get_visible_audit
from audits.rows import audit_context
from winback.cases.models import Case
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import submit
from winback.common.htmx import is_fragment, page
from winback.common.rows import page_of
from winback.reports import rows, services
from winback.reports.enums import ReportKind
from winback.reports.forms import ReleaseForm, RequestForm
from winback.reports.models import Report
from winback.reports.permissions import (
    can_release,
    can_request_audit,
    can_request_progress,
    can_retry,
    get_visible_report,
)

CASE_PAGE = "reports/pages/case_reports.html"
AUDIT_PAGE = "reports/pages/audit_reports.html"
STATUS_PAGE = "reports/pages/report_status.html"
#: A stored file opens no door, whatever a browser takes it for.
SANDBOX = "default-src 'none'; sandbox"


def _case_page(case: Case, user: User) -> dict[str, object]:
    found = Report.objects.visible_to(user).filter(case=case).with_row()
    context = case_context(case, user, timezone.localdate(), "reports", title=_("Reports"))
    return {
        **context,
        "rows": rows.rows_of(found, user),
        "requests": rows.case_requests(case, user),
    }


def _audit_page(audit: Audit, user: User) -> dict[str, object]:
    found = Report.objects.visible_to(user).filter(audit=audit).with_row()
    context = audit_context(audit, user, timezone.localdate(), title=_("Reports"))
    return {
        **context,
        "rows": rows.rows_of(found, user),
        "requests": rows.audit_requests(audit, user),
    }


@require_safe
def case_reports(request: HttpRequest, number: str) -> HttpResponse:
    """All reports of a case and its audits, and what can be asked for."""
    user = user_of(request)
    return page(request, CASE_PAGE, _case_page(get_visible_case(user, number), user))


@require_safe
def audit_reports(request: HttpRequest, number: str) -> HttpResponse:
    """The reports of one audit; external auditors see those of their own."""
    user = user_of(request)
    return page(request, AUDIT_PAGE, _audit_page(get_visible_audit(user, number), user))


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report the user may see, newest first."""
    user = user_of(request)
    rows_page = page_of(request, Report.objects.visible_to(user).with_row())
    context = {"page": rows_page, "rows": rows.rows_of(rows_page, user)}
    return page(request, "reports/pages/report_list.html", context)


@require_POST
def request_progress(request: HttpRequest, number: str) -> HttpResponse:
    """The progress report of a case."""
    return _request_of_case(request, number, ReportKind.PROGRESS)


@require_POST
def request_concept(request: HttpRequest, number: str) -> HttpResponse:
    """The norm and inspection-date concept of the sites of a case."""
    return _request_of_case(request, number, ReportKind.CONCEPT)


def _request_of_case(request: HttpRequest, number: str, kind: ReportKind) -> HttpResponse:
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_request_progress(user, case):
        raise PermissionDenied
    form = RequestForm(request.POST)
    return submit(
        request,
        form=form,
        template=CASE_PAGE,
        context=_case_page(case, user),
        save=lambda: _asked(case, form, user, "reports:case_reports", number, kind),
        saved=_("The report is being made."),
    )


@require_POST
def request_audit(request: HttpRequest, number: str) -> HttpResponse:
    """Goes back to the page of the case when it was asked for there."""
    user = user_of(request)
    audit = get_visible_audit(user, number)
    if not can_request_audit(user, audit):
        raise PermissionDenied
    form = RequestForm(request.POST)
    from_case = request.GET.get("zurueck") == "fall" and not user.is_external
    target = ("reports:case_reports", audit.case.number) if from_case else None
    name, argument = target or ("reports:audit_reports", number)
    return submit(
        request,
        form=form,
        template=AUDIT_PAGE,
        context=_audit_page(audit, user),
        save=lambda: _asked(audit, form, user, name, argument),
        saved=_("The report is being made."),
    )


def _asked(
    subject: Case | Audit,
    form: RequestForm,
    user: User,
    name: str,
    argument: str,
    kind: ReportKind = ReportKind.PROGRESS,
) -> str:
    language = form.cleaned_data["language"]
    services.request_report(subject=subject, language=language, actor=user, kind=kind)
    return reverse(name, args=[argument])


@require_safe
def status(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """One report; htmx asks for its state every two seconds until it is made."""
    return _status(request, get_visible_report(user_of(request), token))


def _status(request: HttpRequest, report: Report) -> HttpResponse:
    row = rows.report_row(report, user_of(request), timezone.now())
    return page(request, STATUS_PAGE, {"row": row, "state": row.state}, part="state")


@require_POST
def retry(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Try a failed report again."""
    user = user_of(request)
    report = get_visible_report(user, token)
    if not can_retry(user, report):
        raise PermissionDenied
    report = services.retry_report(report=report, actor=user)
    return _status(request, report) if is_fragment(request) else redirect(rows.home(report, user))


def release(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """A second person signs for the draft, on a page of its own: nobody does it by accident."""
    user = user_of(request)
    report = get_visible_report(user, token)
    if not can_release(user, report):
        raise PermissionDenied
    return submit(
        request,
        form=ReleaseForm(request.POST or None),
        template="reports/pages/release.html",
        context={"row": rows.report_row(report, user, timezone.now())},
        save=lambda: services.release_report(report=report, actor=user, today=timezone.localdate()),
        saved=_("The report is released. It is being printed with your name."),
    )


@require_safe
def download(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The stored file, byte for byte as its SHA-256 says."""
    report = get_visible_report(user_of(request), token)
    if not report.is_ready:
        raise Http404(token)
    etag = f'"{report.sha256}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    try:
        with report.file.open("rb") as stored:
            response = HttpResponse(stored.read(), content_type="application/pdf")
    except FileNotFoundError as error:
        raise Http404(token) from error
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=rows.file_name(report)
    )
    response["ETag"] = etag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
