"""A cause is named or changed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import user_of
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.causes import forms, services
from winback.causes.models import Cause
from winback.causes.views.base import TAB, allowed, home, step
from winback.common.forms import submit


def create(request: HttpRequest, number: str) -> HttpResponse:
    """Name a cause; its page then asks for evidence."""
    user = user_of(request)
    case = get_visible_case(user, number)
    if not can_work_on_case(user, case):
        raise PermissionDenied
    form = forms.CauseForm(request.POST or None, case=case)
    title, back = _("Name cause"), home(number)
    context = case_context(case, user, timezone.localdate(), TAB, title=title, back=back)
    return submit(
        request,
        form=form,
        template="causes/cause_form.html",
        context=context,
        save=lambda: services.name(case=case, actor=user, changes=form.changes, reason=form.reason),
        saved=_("The cause is named. Add what proves it."),
    )


def edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    cause, user = allowed(request, number, pk)
    form = forms.CauseForm(request.POST or None, case=cause.case, cause=cause)

    def save() -> Cause:
        return services.change(
            cause=cause,
            version=form.version,
            actor=user,
            changes=form.changes,
            reason=form.reason,
        )

    return step(request, cause, form, save, title=_("Edit cause"), saved=_("Saved."))
