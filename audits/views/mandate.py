"""What an audit is asked to do, and how the day went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import user_of
from audits import forms, services
from audits.models import Audit
from audits.permissions import can_answer, can_edit_audit, get_visible_audit
from audits.views.base import audit_form


def mandate(request: HttpRequest, number: str) -> HttpResponse:
    """Scope, criteria, further sites, who is audited, the plan of the day, who reads the report."""
    return _words(request, number, can_edit_audit, forms.MandateForm, _("Mandate"))


def record(request: HttpRequest, number: str) -> HttpResponse:
    """Opening and closing meeting, sample, strengths."""
    return _words(request, number, can_answer, forms.RecordForm, _("Record of the visit"))


def _words(
    request: HttpRequest,
    number: str,
    allowed: Callable[[User, Audit], bool],
    make: Callable[..., Any],
    title: str,
) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    if not allowed(user, audit):
        raise PermissionDenied
    form = make(request.POST or None, instance=audit)
    return audit_form(
        request,
        audit,
        title=title,
        form=form,
        groups=form.groups,
        save=lambda: services.change_audit(
            audit=audit, version=form.version, actor=user, today=today, changes=form.changes
        ),
        saved=_("Saved."),
    )
