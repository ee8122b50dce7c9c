"""One page that changes many rows: ask, show what would happen, do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import user_of
from winback.bulk import services
from winback.bulk.forms import form_for
from winback.bulk.rows import picked_row, preview_row, result_row, summary
from winback.common import bulk
from winback.common.bulk import BulkKind, BulkRow
from winback.common.htmx import go
from winback.common.htmx import page as render_page
from winback.common.lists import MOST_PICKED, PICKED, QUERY, normalised, picked

CONFIRMED, SHOWN = "bestaetigt", "stand"
TEMPLATE = "bulk/change.html"


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """GET asks, POST shows what would happen, POST with ``bestaetigt`` does it."""
    user, kind = user_of(request), bulk.kind(key)
    if kind is None:
        raise Http404(key)
    if not kind.may(user):
        raise PermissionDenied
    step, back = _step(request, kind), _back(request, kind)
    pks = _pks(request, kind, user)
    if not pks or len(pks) > MOST_PICKED:
        messages.error(request, _why_not(pks))
        return go(request, back)
    rows = kind.find(user, pks)
    form = form_for(step)(request.POST if request.method == "POST" else None, kind=kind)
    title = dict(kind.steps)[step]
    crumbs = [(kind.title, back), (title, "")]
    context = {"kind": kind, "title": title, "form": form, "back": back, "crumbs": crumbs}
    if request.method != "POST" or not form.is_valid():
        context["rows"] = [picked_row(row, step) for row in rows]
        return render_page(request, TEMPLATE, context, status=422 if form.is_bound else 200)
    return _answer(request, kind, step, rows, form.cleaned_data, context)


def _answer(
    request: HttpRequest,
    kind: BulkKind,
    step: str,
    rows: list[BulkRow],
    asked: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:
    """The preview, or what was done."""
    if CONFIRMED not in request.POST:
        changes = services.preview(step, rows, asked)
        lines = [preview_row(each, step) for each in changes]
        context |= {"rows": lines, "ready": [line.token for line in lines if line.token]}
        return render_page(request, "bulk/preview.html", context)
    shown = services.read_tokens(request.POST.getlist(SHOWN))
    results = services.apply(
        kind=kind, step=step, rows=rows, asked=asked, shown=shown, actor=user_of(request)
    )
    level, text = summary(results)
    context |= {"rows": [result_row(each, step) for each in results], "level": level, "text": text}
    return render_page(request, "bulk/result.html", context)


def _step(request: HttpRequest, kind: BulkKind) -> str:
    """What is to be changed; the first thing that can be, where the address does not say."""
    offered = [step for step, _label in kind.steps]
    wanted = request.GET.get("schritt", "")
    return wanted if wanted in offered else offered[0]


def _pks(request: HttpRequest, kind: BulkKind, user: User) -> list[int]:
    """The ticked rows, or all rows of the list's query; one more than allowed at most.

    Once confirmed, those the preview showed: after the first change the query may find others.
    """
    if CONFIRMED in request.POST:
        return list(services.read_tokens(request.POST.getlist(SHOWN)))[: MOST_PICKED + 1]
    if "alle" not in request.GET:
        return picked(request.GET.getlist(PICKED))[: MOST_PICKED + 1]
    query = QueryDict(request.GET.get(QUERY, ""))
    found = kind.found(user, query, timezone.localdate())
    return list(found.values_list("pk", flat=True)[: MOST_PICKED + 1])


def _why_not(pks: list[int]) -> str:
    if not pks:
        return _("Tick at least one row first.")
    return _("At most %(count)d rows can be changed at once.") % {"count": MOST_PICKED}


def _back(request: HttpRequest, kind: BulkKind) -> str:
    query = normalised(request.GET.get(QUERY, ""))
    return f"{reverse(kind.page)}?{query}" if query else reverse(kind.page)
