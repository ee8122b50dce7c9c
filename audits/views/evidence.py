"""Photos and files of an audit: whoever sees the audit sees them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from audits.permissions import get_visible_evidence
from winback.documents.views import send, send_preview


@require_safe
def show(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """The file itself, shown by the browser where it can do that safely."""
    evidence = get_visible_evidence(user_of(request), number, key)
    return send(evidence.document.current, inline=True)


@require_safe
def preview(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """A small picture for cards and lists."""
    evidence = get_visible_evidence(user_of(request), number, key)
    if not evidence.is_picture:
        raise Http404(key)
    return send_preview(evidence.document.current)
