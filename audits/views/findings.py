"""Findings: the list, recording, and every step of one. Its page belongs to ``dashboards``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import user_of
from audits import forms, rules, services
from audits.bulk import BULK
from audits.filters import FindingFilter
from audits.models import Audit, Finding, Question
from audits.permissions import (
    can_answer,
    can_edit_finding,
    can_reopen_finding,
    can_resolve_finding,
    can_withdraw_finding,
    get_visible_audit,
    get_visible_finding,
    works_on_finding,
)
from audits.rows import (
    FINDING_COLUMNS,
    audit_context,
    finding_record,
    finding_row,
    question_url,
)
from winback.cases.enums import Function
from winback.cases.forms import ReasonForm
from winback.common import lists
from winback.common.claims import RuleBroken
from winback.common.forms import submit
from winback.common.htmx import go
from winback.common.sheets import sheet_response

FORM = "audits/finding_form.html"


FINDINGS = lists.register(
    lists.ListPage(
        key="audits:findings",
        title=gettext_lazy("Findings"),
        noun=ngettext_lazy("%(count)d finding", "%(count)d findings", "count"),
        table="audits/_finding_table.html",
        head="audits/_list_head.html",
        empty=gettext_lazy("No finding here. Findings are recorded during an audit."),
        none=gettext_lazy("No finding matches these filters."),
        export="audits:findings_export",
        bulk=BULK,
    )
)


@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    """All visible findings, filtered and ordered by the URL."""
    user, today = user_of(request), timezone.localdate()
    form = FindingFilter(request.GET)
    return FINDINGS.respond(
        request,
        form=form,
        found=form.apply(Finding.objects.visible_to(user).with_audit(), user, today),
        rows=lambda page: [finding_row(finding, today) for finding in page],
        sortable=True,
    )


@require_safe
def finding_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the list's query as a file."""
    user, today = user_of(request), timezone.localdate()
    visible = Finding.objects.visible_to(user).with_audit()
    found = FindingFilter(lists.query_of(request)).apply(visible, user, today)
    records = (finding_record(each, today) for each in lists.narrowed(request, found))
    return sheet_response(kind, _("findings"), FINDING_COLUMNS, records)


def finding_create(request: HttpRequest, number: str) -> HttpResponse:
    """Record a finding; ``?frage=P2`` presets it from the answer to that question."""
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    if not can_answer(user, audit):
        raise PermissionDenied
    question = _asked_for(request, audit)
    preset = _preset(audit, question)
    form = forms.FindingForm(request.POST or None, user=user, case=audit.case, initial=preset)
    back = question_url(audit, question) if question else audit.get_absolute_url()

    def save() -> str:
        services.record_finding(
            audit=audit,
            actor=user,
            today=today,
            question=question,
            changes=form.changes,
            reason=form.reason,
        )
        return back

    title, saved = _("Record finding"), _("Finding recorded.")
    context = audit_context(audit, user, today, title=title, question=question, cancel_url=back)
    return submit(
        request, form=form, template=FORM, context=context, save=save, saved=saved, part="form"
    )


def _asked_for(request: HttpRequest, audit: Audit) -> Question | None:
    code = request.GET.get("frage")
    return get_object_or_404(audit.questions(), code=code) if code else None


def _preset(audit: Audit, question: Question | None) -> dict[str, Any]:
    """What the answer suggests; the site management of the case, else its owner, is to act."""
    leads = audit.case.members.filter(function=Function.OPERATIONS_LEAD, left_on__isnull=True)
    lead = leads.values_list("user", flat=True).first()
    preset: dict[str, Any] = {"owner": lead or audit.case.owner_id}
    if question is not None:
        preset["criterion"] = f"{question.code}: {question.text}"[:250]
        answer = audit.answers.filter(question=question).first()
        if answer is not None:
            preset["grade"] = rules.proposed_grade(answer.result, is_critical=question.is_critical)
            preset["statement"] = answer.note
    return preset


def finding_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Another owner or date, with a reason; its wording while the audit is open."""
    user, finding = _finding(request, number, can_edit_finding)
    form = forms.FindingEditForm(
        request.POST or None, instance=finding, user=user, case=finding.case
    )

    def save() -> Finding:
        changes = form.changes
        note = changes.pop("note")
        return services.change_finding(
            finding=finding,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            changes=changes,
            reason=" ".join(part for part in (note, form.reason) if part),
        )

    return _finding_form(
        request, user, finding, title=_("Change finding"), form=form, save=save, saved=_("Saved.")
    )


def finding_resolve(request: HttpRequest, number: str) -> HttpResponse:
    """The correction of a nonconformity; the decision with which anything else is done."""
    user, finding = _finding(request, number, can_resolve_finding)
    form = forms.ResolveForm(request.POST or None, instance=finding)
    corrects = finding.is_nonconformity
    return _finding_form(
        request,
        user,
        finding,
        title=_("Record correction") if corrects else _("Record decision"),
        form=form,
        save=lambda: services.resolve_finding(
            finding=finding,
            version=form.version,
            actor=user,
            today=timezone.localdate(),
            resolution=form.cleaned_data["resolution"],
        ),
        saved=_("Correction recorded.") if corrects else _("Decided: the finding is done."),
    )


def finding_reopen(request: HttpRequest, number: str) -> HttpResponse:
    """Take a settled finding up again."""
    return with_reason(
        request,
        number,
        can_reopen_finding,
        services.reopen_finding,
        _("Reopen finding"),
        _("The finding is open again."),
    )


def finding_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Call it unfounded."""
    return with_reason(
        request,
        number,
        can_withdraw_finding,
        services.withdraw_finding,
        _("Withdraw finding"),
        _("The finding is withdrawn."),
    )


@require_POST
def finding_start(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody works on it now."""
    user, finding = _finding(request, number, works_on_finding)
    return _at_once(
        request,
        finding,
        lambda: services.start_finding(finding=finding, actor=user),
        _("Work on the finding has started."),
    )


@require_POST
def finding_done(request: HttpRequest, number: str) -> HttpResponse:
    """Correction made or decision taken."""
    user, finding = _finding(request, number, works_on_finding)
    today = timezone.localdate()
    return _at_once(
        request,
        finding,
        lambda: services.finish_finding(finding, user, today),
        _("Finding reported done."),
    )


def _finding(
    request: HttpRequest, number: str, allowed: Callable[[User, Finding], bool]
) -> tuple[User, Finding]:
    user = user_of(request)
    finding = get_visible_finding(user, number)
    if not allowed(user, finding):
        raise PermissionDenied
    return user, finding


def _at_once(
    request: HttpRequest, finding: Finding, step: Callable[[], Finding], said: str
) -> HttpResponse:
    """Take a step that needs no form; back to where the button stood (``next``)."""
    try:
        step()
    except RuleBroken as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, said)
    back = request.POST.get("next", "")
    # A path: anything else would be taken for the name of a page.
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return go(request, back)
    return go(request, finding)


def with_reason(
    request: HttpRequest,
    number: str,
    allowed: Callable[[User, Finding], bool],
    step: Callable[..., Finding],
    title: str,
    saved: str,
) -> HttpResponse:
    user, finding = _finding(request, number, allowed)
    form = ReasonForm(request.POST or None, initial={"version": finding.version})
    return _finding_form(
        request,
        user,
        finding,
        title=title,
        form=form,
        save=lambda: step(
            finding=finding,
            version=form.cleaned_data["version"],
            actor=user,
            reason=form.cleaned_data["note"],
        ),
        saved=saved,
    )


def _finding_form(
    request: HttpRequest,
    user: User,
    finding: Finding,
    *,
    title: str,
    form: Any,
    save: Callable[[], Finding],
    saved: str,
) -> HttpResponse:
    """One form about the finding, below the head of its audit."""
    audit = get_visible_audit(user, finding.audit.number)
    context = audit_context(
        audit,
        user,
        timezone.localdate(),
        title=f"{finding.number} · {title}",
        finding=finding,
        cancel_url=finding.get_absolute_url(),
    )
    return submit(request, form=form, template=FORM, context=context, save=save, saved=saved)
