"""What the pages of a cause share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import pgettext

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.causes import forms
from winback.causes.models import Cause
from winback.causes.permissions import can_change, get_visible_cause
from winback.causes.rows import sub_pages
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.common.htmx import page

TAB = "causes"


def home(number: str) -> str:
    return resolve_url("causes:list", number)


def allowed(
    request: HttpRequest,
    number: str,
    pk: int,
    may: Callable[[User, Cause], bool] = can_change,
) -> tuple[Cause, User]:
    user = user_of(request)
    cause = get_visible_cause(user, number, pk)
    if not may(user, cause):
        raise PermissionDenied
    return cause, user


def causes_of(request: HttpRequest, number: str) -> tuple[Case, list[Cause]]:
    """A case the user may see and its causes in order, with evidence."""
    case = get_visible_case(user_of(request), number)
    causes = list(Cause.objects.filter(case=case).with_evidence().in_order())
    for cause in causes:
        cause.case = case  # the rows link to their pages below this case
    return case, causes


def analysis_page(
    request: HttpRequest, case: Case, name: str, template: str, **extra: Any
) -> HttpResponse:
    """One page of the analysis below the header of its case, with links to the others."""
    user, number = user_of(request), case.number
    context = case_context(
        case,
        user,
        timezone.localdate(),
        TAB,
        title=pgettext("tab", "Causes"),
        sub_pages=sub_pages(number, name),
        may_work=can_work_on_case(user, case),
        **extra,
    )
    return page(request, template, context)


def step_form(request: HttpRequest, cause: Cause) -> forms.StepForm:
    return forms.StepForm(request.POST or None, initial={"version": cause.version})


def step(
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
