"""Audits: lists, planning, the page of one, finishing it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from audits import forms, services
from audits.filters import AuditFilter
from audits.models import Audit, Finding
from audits.permissions import can_edit_audit, can_finish, can_plan_audit, get_visible_audit
from audits.rows import (
    AUDIT_COLUMNS,
    audit_context,
    audit_record,
    audit_row,
    check_points,
    checklist,
    finding_rows,
    mandate,
    photo_gaps,
    untold_agenda,
)
from audits.views.base import audit_form
from winback.cases.forms import ReasonForm
from winback.cases.permissions import get_visible_case
from winback.cases.rows import case_context
from winback.common import lists
from winback.common.forms import submit
from winback.common.htmx import go, page
from winback.common.sheets import sheet_response

AUDITS = lists.register(
    lists.ListPage(
        key="audits:list",
        title=gettext_lazy("Audits"),
        noun=ngettext_lazy("%(count)d audit", "%(count)d audits", "count"),
        table="audits/_audit_table.html",
        head="audits/_list_head.html",
        empty=gettext_lazy("No audit here. Audits are planned on the page of a case."),
        none=gettext_lazy("No audit matches these filters."),
        export="audits:export",
    )
)


@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    """All visible audits, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = AuditFilter(request.GET)
    return AUDITS.respond(
        request,
        form=form,
        found=form.apply(Audit.objects.visible_to(user).with_head(), user),
        rows=lambda page: [audit_row(audit, today) for audit in page],
        sortable=True,
    )


@require_safe
def audit_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    found = AuditFilter(request.GET).apply(Audit.objects.visible_to(user).with_head(), user)
    records = (audit_record(audit, today) for audit in found)
    return sheet_response(kind, _("audits"), AUDIT_COLUMNS, records)


@require_safe
def case_audits(request: HttpRequest, number: str) -> HttpResponse:
    """The audits of one case and what they found."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    audits = case.audits.with_head()
    findings = Finding.objects.filter(audit__case=case).with_audit()
    context = case_context(
        case,
        user,
        today,
        "audits",
        audits=[audit_row(audit, today) for audit in audits],
        findings=finding_rows(findings, today),
        untold=untold_agenda(case, None),
        may_plan=can_plan_audit(user, case),
    )
    return page(request, "audits/case_audits.html", context)


def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Plan an audit of the case; the only site in question is preset."""
    user, today = user_of(request), timezone.localdate()
    case = get_visible_case(user, number)
    if not can_plan_audit(user, case):
        raise PermissionDenied
    sites = list(case.sites.all()[:2]) or list(case.client.sites.all()[:2])
    initial = {"site": sites[0].pk} if len(sites) == 1 else {}
    form = forms.PlanForm(request.POST or None, case=case, initial=initial)
    return submit(
        request,
        form=form,
        template="audits/audit_plan.html",
        context=case_context(
            case, user, today, "audits", has_sites=bool(sites), groups=form.groups
        ),
        save=lambda: services.plan_audit(
            case=case, actor=user, today=today, changes=form.changes, reason=form.reason
        ),
        saved=_("The audit is planned."),
    )


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The audit with its answers and findings."""
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    findings = list(audit.findings.with_audit())
    answers = {answer.question_id: answer for answer in audit.answers.all()}
    context = audit_context(
        audit,
        user,
        today,
        groups=checklist(audit, list(audit.questions()), answers, findings),
        findings=finding_rows(findings, today),
        mandate=mandate(audit),
        may_mandate=can_edit_audit(user, audit),
    )
    return page(request, "audits/audit_detail.html", context)


def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Kind, date, lead, team, site and objective."""
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    if not can_edit_audit(user, audit):
        raise PermissionDenied
    form = forms.AuditForm(request.POST or None, instance=audit, case=audit.case)
    return audit_form(
        request,
        audit,
        title=_("Edit audit"),
        form=form,
        groups=form.groups,
        save=lambda: services.change_audit(
            audit=audit,
            version=form.version,
            actor=user,
            today=today,
            changes=form.changes,
            reason=form.reason,
        ),
        saved=_("Saved."),
    )


def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Call the audit off, with a reason."""
    user = user_of(request)
    audit = get_visible_audit(user, number)
    if not can_edit_audit(user, audit):
        raise PermissionDenied
    form = ReasonForm(request.POST or None, initial={"version": audit.version})
    return audit_form(
        request,
        audit,
        title=_("Cancel audit"),
        form=form,
        save=lambda: services.cancel_audit(
            audit=audit,
            version=form.cleaned_data["version"],
            actor=user,
            reason=form.cleaned_data["note"],
        ),
        saved=_("The audit is cancelled."),
        intro=_("Answers and findings recorded so far stay readable. This cannot be undone."),
        save_label=_("Cancel audit"),
        danger=True,
    )


def check(request: HttpRequest, number: str) -> HttpResponse:
    """What is still missing, each with its way there; the last word; finish and lock."""
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    if audit.is_locked:
        return go(request, audit)
    if not can_finish(user, audit):
        raise PermissionDenied
    form = forms.FinishForm(request.POST or None, instance=audit)
    points = SimpleLazyObject(lambda: check_points(audit, services.open_points(audit)))
    gaps = SimpleLazyObject(lambda: photo_gaps(audit))
    return submit(
        request,
        form=form,
        template="audits/audit_check.html",
        context=audit_context(
            audit, user, today, title=_("Check and finish"), points=points, gaps=gaps
        ),
        save=lambda: services.finish_audit(
            audit=audit, version=form.version, actor=user, today=today, **form.changes
        ),
        saved=_("The audit is finished and locked."),
    )
