"""What the pages of a cause share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.rows import case_context
from winback.causes import forms
from winback.causes.models import Cause
from winback.causes.permissions import can_change, get_visible_cause
from winback.common.forms import WinbackForm, WinbackModelForm, submit

TAB = "causes"


def home(number: str) -> str:
    return resolve_url("causes:list", number)


def allowed(request: HttpRequest, number: str, pk: int) -> tuple[Cause, User]:
    user = user_of(request)
    cause = get_visible_cause(user, number, pk)
    if not can_change(user, cause):
        raise PermissionDenied
    return cause, user


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
