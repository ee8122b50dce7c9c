"""A follow-up audit against its predecessor."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from audits.models import Audit
from audits.permissions import get_visible_audit
from audits.rows import audit_context
from audits.rows.comparison import comparison
from winback.common.htmx import page


@require_safe
def compare(request: HttpRequest, number: str) -> HttpResponse:
    """Question by question; an audit without a visible predecessor has no such page."""
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    if not Audit.objects.visible_to(user).filter(pk=audit.previous_id).exists():
        raise Http404(number)  # no predecessor, or one an external auditor does not see
    compared = comparison(audit)
    title = _("Comparison with the previous audit")
    context = audit_context(audit, user, today, title=title, c=compared)
    return page(request, "audits/comparison.html", context)
