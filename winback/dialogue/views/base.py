"""What the pages of the dialogue have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.models import Case
from winback.cases.permissions import can_work_on_case, get_visible_case
from winback.cases.rows import case_context
from winback.common.forms import WinbackForm, WinbackModelForm, submit
from winback.dialogue.models import Interaction
from winback.dialogue.permissions import get_visible_row

TAB = "dialogue"


def case_for(
    request: HttpRequest, number: str, allowed: Callable[[User, Case], bool] = can_work_on_case
) -> tuple[Case, User, date]:
    """The visible case (else 404), who asks, and today; 403 where it is not ``allowed``."""
    user = user_of(request)
    case = get_visible_case(user, number)
    if not allowed(user, case):
        raise PermissionDenied
    return case, user, timezone.localdate()


def row_for(
    request: HttpRequest,
    model: type[Any],
    number: str,
    pk: int,
    allowed: Callable[[User, Case], bool] = can_work_on_case,
) -> tuple[Any, User, date]:
    """A row of a visible case (else 404), who asks, and today; 403 where it is not ``allowed``."""
    user = user_of(request)
    row = get_visible_row(model, user, number, pk)
    if not allowed(user, row.case):
        raise PermissionDenied
    return row, user, timezone.localdate()


def step(
    request: HttpRequest,
    case: Case,
    form: WinbackForm | WinbackModelForm,
    save: Callable[[], Any],
    *,
    title: str,
    back: str,
    saved: str,
    **extra: Any,
) -> HttpResponse:
    """One form below the case; after saving it leads where ``save`` says."""
    context = case_context(
        case, user_of(request), timezone.localdate(), TAB, title=title, back=back, **extra
    )
    template = "dialogue/step_form.html"
    return submit(request, form=form, template=template, context=context, save=save, saved=saved)


def segments(case: Case, current: str) -> list[tuple[str, str, bool]]:
    """The parts of the communication, on top of each of its pages."""
    parts = [
        ("case", _("Commitments")),
        ("talks", _("Talks")),
        ("case_complaints", _("Complaints")),
        ("expectations", _("Expectations")),
        ("ways", pgettext("dialogue", "Rules and rhythm")),
    ]
    return [
        (label, reverse(f"dialogue:{name}", args=[case.number]), name == current)
        for name, label in parts
    ]


def part_context(case: Case, user: User, today: date, part: str, **extra: Any) -> dict[str, Any]:
    """The context of one part of the communication of a case."""
    title = pgettext("tab", "Communication")
    return case_context(case, user, today, TAB, title=title, segments=segments(case, part), **extra)


def chosen_pk(request: HttpRequest, name: str) -> int | None:
    """A key from the query of the page; None without one. Raises Http404 for nonsense."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isdecimal() and text.isascii() and len(text) < 19):  # 64 bits
        raise Http404(text)
    return int(text)


def talk_of(request: HttpRequest, case: Case) -> Interaction | None:
    """The talk named by ``?gespraech=``; a foreign one is 404."""
    pk = chosen_pk(request, "gespraech")
    if pk is None:
        return None
    talk = get_object_or_404(Interaction, case=case, pk=pk)
    talk.case = case
    return talk
