"""Several minors become one major."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import user_of
from audits import forms, services
from audits.models import Finding
from audits.permissions import can_aggregate, get_visible_audit
from audits.rows import audit_context
from winback.common.forms import submit

INTRO = gettext_lazy(
    "Minors with one root are one systematic failure. They stay readable and linked, and count "
    "once: the audit is then not passed."
)


def aggregate(request: HttpRequest, number: str) -> HttpResponse:
    """Tick the minors, word the major, say why they are one."""
    user, today = user_of(request), timezone.localdate()
    audit = get_visible_audit(user, number)
    if not can_aggregate(user, audit):
        raise PermissionDenied
    form = forms.AggregateForm(request.POST or None, user=user, audit=audit)

    def save() -> Finding:
        changes = form.changes
        parts, reason = changes.pop("parts"), changes.pop("note")
        return services.aggregate_findings(
            audit=audit, parts=parts, actor=user, today=today, changes=changes, reason=reason
        )

    title = _("Make minors one major")
    context = audit_context(audit, user, today, title=title, cancel_url=audit, intro=INTRO)
    return submit(
        request,
        form=form,
        template="audits/audit_form.html",
        context=context,
        save=save,
        saved=_("The minors are one major now."),
    )
