"""What the pages of a case share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.models import Case, CaseQuerySet
from winback.cases.permissions import can_edit_case, get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import WinbackForm, WinbackModelForm, submit


def case_form(
    request: HttpRequest,
    case: Case,
    *,
    title: str,
    form: WinbackForm | WinbackModelForm,
    save: Any,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about the case below its header."""
    context = case_context(case, user_of(request), timezone.localdate(), "", title=title, **extra)
    return submit(
        request, form=form, template="cases/case_form.html", context=context, save=save, saved=saved
    )


def editable(
    request: HttpRequest, number: str, among: CaseQuerySet | None = None
) -> tuple[Case, User]:
    """The case and the user who may change it; 404 and 403 for others."""
    user = user_of(request)
    case = get_visible_case(user, number, among)
    if not can_edit_case(user, case):
        raise PermissionDenied
    return case, user
