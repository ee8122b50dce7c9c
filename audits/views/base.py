"""One form about an audit, below its head."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.permissions import user_of
from audits.models import Audit
from audits.rows import audit_context
from winback.common.forms import submit


def audit_form(
    request: HttpRequest,
    audit: Audit,
    *,
    title: str,
    form: Any,
    save: Any,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form about the audit below its head."""
    context = audit_context(
        audit, user_of(request), timezone.localdate(), title=title, cancel_url=audit, **extra
    )
    return submit(
        request,
        form=form,
        template="audits/audit_form.html",
        context=context,
        save=save,
        saved=saved,
    )
