"""Entry on site without a connection: what makes it possible, and what arrives later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import user_of
from audits import services
from audits.forms import TransferForm
from audits.models import Audit
from audits.permissions import get_visible_audit, is_auditing
from audits.rows import outline
from winback.common.claims import RuleBroken

WORKER = "js/onsite-worker.js"


def _audited(request: HttpRequest, number: str) -> Audit:
    """An audit the user works on, locked or not."""
    user = user_of(request)
    audit = get_visible_audit(user, number)
    if not is_auditing(user, audit):
        raise PermissionDenied
    return audit


@require_safe
def worker(request: HttpRequest, number: str) -> HttpResponse:
    """The service worker; its address keeps it to the entry pages of this audit."""
    _audited(request, number)
    found = finders.find(WORKER)
    if found is None:
        raise Http404(WORKER)
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")


def transfer(request: HttpRequest, number: str) -> HttpResponse:
    """Take one entry; 409 when a rule refuses it. GET: who is signed in, the token, the cards."""
    audit = _audited(request, number)
    if request.method != "POST":
        return JsonResponse(
            {
                "person": request.user.pk,
                "token": get_token(request),
                "cards": outline(audit) if audit.is_open else [],
            }
        )
    form = TransferForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": _first_error(form)}, status=422)
    try:
        counted = _received(audit, request, form.cleaned_data)
    except RuleBroken as broken:
        return JsonResponse({"message": broken.message}, status=409)
    return JsonResponse({"counted": counted})


def _received(audit: Audit, request: HttpRequest, given: dict[str, Any]) -> bool:
    """Let the service take it; whether it counts, or something later stands there."""
    question = audit.questions().filter(code=given["code"]).first()
    if question is None:
        raise services.NotReady(_("The audit does not ask this question."))
    where: dict[str, Any] = {
        "audit": audit,
        "question": question,
        "actor": user_of(request),
        "today": timezone.localdate(),
        "sent": services.Sent(given["key"], given["person"], given["entered_at"], given["sent_at"]),
    }
    if given["photo"]:
        services.receive_photo(**where, photo=given["photo"])
        return True
    taken = services.receive_answer(**where, result=given["result"], note=given["note"])
    return taken.counted


def _first_error(form: TransferForm) -> str:
    return str(next(iter(form.errors.values()))[0])
