"""Pages of the root-cause analysis: fetch and authorise in one line, form, service, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.causes import forms, services
from winback.causes.models import Cause
from winback.causes.permissions import can_change, get_visible_cause
from winback.causes.rows import analysis, cause_row, evidence_row, facts
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.common.htmx import page

TAB = "causes"


@require_safe
def cause_list(request: HttpRequest, number: str) -> HttpResponse:
    """Why the client was lost: causes with weight, view and evidence."""
    user = user_of(request)
    case = get_visible_case(user, number)
    causes = list(Cause.objects.filter(case=case).with_evidence().in_order())
    for cause in causes:
        cause.case = case  # the rows link to their pages below this case
    rows = [cause_row(cause) for cause in causes]
    context = case_context(
        case,
        user,
        timezone.localdate(),
        TAB,
        title=pgettext("tab", "Causes"),
        rows=rows,
        analysis=analysis(causes, rows),
        may_work=can_work_on_case(user, case),
    )
    return page(request, "causes/cause_list.html", context)


def create(request: HttpRequest, number: str) -> HttpResponse:
    """Name a cause; its page then asks for evidence."""
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_work_on_case(user, case):
        raise PermissionDenied
    form = forms.CauseForm(request.POST or None)
    title, back = _("Name cause"), _home(number)
    context = case_context(case, user, timezone.localdate(), TAB, title=title, back=back)
    return submit(
        request,
        form=form,
        template="causes/cause_form.html",
        context=context,
        save=lambda: services.name(case=case, actor=user, changes=form.changes),
        saved=_("The cause is named. Add what proves it."),
    )


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
        may_change=may_change,
        form=forms.EvidenceForm(cause=cause) if may_change else None,
    )
    return page(request, "causes/cause_detail.html", context)


def edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = _allowed(request, number, pk)
    form = forms.CauseForm(request.POST or None, cause=cause)

    def save() -> Cause:
        return services.change(cause=cause, version=form.version, actor=user, changes=form.changes)

    return _step(request, cause, form, save, title=_("Edit cause"), saved=_("Saved."))


def confirm(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = _allowed(request, number, pk)
    form = _step_form(request, cause)

    def save() -> Cause:
        today = timezone.localdate()
        return services.confirm(cause=cause, actor=user, today=today, **form.cleaned_data)

    return _step(
        request,
        cause,
        form,
        save,
        title=_("Confirm cause"),
        saved=_("The cause is confirmed."),
        save_label=_("Confirm cause"),
        intro=_("The evidence shows that this cause is real."),
    )


def make_primary(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = _allowed(request, number, pk)
    form = _step_form(request, cause)

    def save() -> str:
        services.make_primary(cause=cause, actor=user, **form.cleaned_data)
        return _home(number)

    return _step(
        request,
        cause,
        form,
        save,
        title=_("Make it the primary cause"),
        saved=_("This is the primary cause now."),
        save_label=_("Make it the primary cause"),
        intro=_("Each case has exactly one. The mark leaves the cause that has it now."),
    )


def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = _allowed(request, number, pk)
    form = _step_form(request, cause)

    def save() -> str:
        services.remove(cause=cause, actor=user, **form.cleaned_data)
        return _home(number)

    return _step(
        request,
        cause,
        form,
        save,
        title=_("Remove cause"),
        saved=_("The cause is removed."),
        save_label=_("Remove cause"),
        intro=_("The cause disappears with its evidence; the history keeps that it was named."),
        danger=True,
    )


def evidence_add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = _allowed(request, number, pk)
    form = forms.EvidenceForm(request.POST or None, cause=cause)

    def save() -> Cause:
        services.add_evidence(cause=cause, actor=user, **form.evidence)
        return cause

    title, saved = _("Add evidence"), _("Evidence added.")
    return _step(request, cause, form, save, title=title, saved=saved, save_label=title)


def evidence_remove(request: HttpRequest, number: str, pk: int, evidence_pk: int) -> HttpResponse:
    cause, user = _allowed(request, number, pk)
    evidence = get_object_or_404(cause.evidence.select_related("finding"), pk=evidence_pk)
    evidence.cause = cause
    form = _step_form(request, cause)

    def save() -> Cause:
        return services.remove_evidence(evidence=evidence, actor=user, **form.cleaned_data)

    return _step(
        request,
        cause,
        form,
        save,
        title=_("Remove evidence"),
        saved=_("The evidence is removed."),
        save_label=_("Remove evidence"),
        intro=_("Without its last evidence the cause is an assumption again."),
        evidence=evidence_row(evidence),
        danger=True,
    )


def _home(number: str) -> str:
    return resolve_url("causes:list", number)


def _allowed(request: HttpRequest, number: str, pk: int) -> tuple[Cause, User]:
    user = user_of(request)
    cause = get_visible_cause(user, number, pk)
    if not can_change(user, cause):
        raise PermissionDenied
    return cause, user


def _step_form(request: HttpRequest, cause: Cause) -> forms.StepForm:
    return forms.StepForm(request.POST or None, initial={"version": cause.version})


def _step(
    request: HttpRequest,
    cause: Cause,
    form: WinbackForm | WinbackModelForm,
    save: Callable[[], Any],
    *,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about a cause, below the header of its case."""
    user, today = user_of(request), timezone.localdate()
    back = cause.get_absolute_url()
    context = case_context(cause.case, user, today, TAB, cause=cause, back=back, **extra)
    template = "causes/cause_form.html"
    return submit(request, form=form, template=template, context=context, save=save, saved=saved)
