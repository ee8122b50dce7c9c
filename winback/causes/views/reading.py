"""The causes of a case, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from winback.cases.rows import case_context
from winback.causes import forms
from winback.causes.permissions import can_change, can_confirm, get_visible_cause
from winback.causes.rows import analysis, cause_row, chain, facts
from winback.causes.views.base import TAB, analysis_page, causes_of
from winback.common.htmx import page


@require_safe
def cause_list(request: HttpRequest, number: str) -> HttpResponse:
    """Why the client was lost: causes with weight, view and evidence."""
    case, causes = causes_of(request, number)
    rows = [cause_row(cause) for cause in causes]
    return analysis_page(
        request, case, "causes:list", "causes/cause_list.html",
        rows=rows, analysis=analysis(causes, rows),
    )  # fmt: skip


@require_safe
def detail(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One cause, its evidence and what can be done with it."""
    user = user_of(request)
    cause = get_visible_cause(user, number, pk)
    may_change = can_change(user, cause)
    context = case_context(
        cause.case,
        user,
        timezone.localdate(),
        TAB,
        title=str(cause),
        cause=cause,
        row=cause_row(cause),
        facts=facts(cause),
        chain=chain(cause),
        may_change=may_change,
        may_confirm=can_confirm(user, cause),
        form=forms.EvidenceForm(cause=cause) if may_change else None,
    )
    return page(request, "causes/cause_detail.html", context)
