"""The steps of a measure: one form each, then back to where it was taken from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import user_of
from winback.cases.rows import case_context
from winback.common.formats import format_date
from winback.common.forms import WinbackForm, submit
from winback.common.htmx import is_fragment
from winback.plans import forms, services
from winback.plans.models import ROUND, Measure, amendments_of
from winback.plans.permissions import (
    can_change_measure,
    can_do_measure,
    can_reopen_measure,
    get_visible_measure,
    takes_part,
)

TAB = "plan"
NEXT = "next"
Predicate = Callable[[User, Measure], bool]


def _allowed(
    request: HttpRequest, number: str, measure: int, may: Predicate
) -> tuple[Measure, User]:
    user = user_of(request)
    row = get_visible_measure(user, number, measure)
    if not may(user, row):
        raise PermissionDenied
    return row, user


def _data(request: HttpRequest) -> Any:
    """The input of a POST, even an empty one: a one-click step sends nothing."""
    return request.POST if request.method == "POST" else None


def _back(request: HttpRequest, default: str) -> str:
    """Where the step was taken from: ``next``, if it is a path of this site."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    if not wanted and is_fragment(request):
        wanted = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]  # django-htmx
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else default


def _step(
    request: HttpRequest,
    row: Measure,
    form: WinbackForm,
    *,
    save: Callable[[], Any],
    saved: str = "",
    default: str = "",
    **extra: Any,
) -> HttpResponse:
    """One form about the measure below the header of its case; as a fragment, just the form."""
    back = _back(request, default or row.get_absolute_url())
    extra |= {"measure": row, "back": back}
    if is_fragment(request):  # the small form replaces itself and remembers the way back
        extra["action"] = f"{request.path}?{urlencode({NEXT: back})}"
        extra["hx"] = f"step-{row.pk}"

    def save_and_return() -> str:
        save()
        return back

    return submit(
        request,
        form=form,
        template="plans/measure_form.html",
        context=case_context(row.case, user_of(request), timezone.localdate(), TAB, **extra),
        save=save_and_return,
        saved=saved,
        part="small",
    )


def complete(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """GET asks for the result; POST completes at once, back to ``next`` or the plan."""
    row, user = _allowed(request, number, measure, takes_part)
    form = forms.CompleteForm(_data(request), measure=row)

    def save() -> None:
        is_new = services.complete(
            measure=row,
            actor=user,
            today=timezone.localdate(),
            round_due=_round(request),
            reason=form.reason,
            **form.cleaned_data,
        )
        _say_done(request, row, is_new=is_new)

    return _step(
        request,
        row,
        form,
        title=_("Complete measure"),
        save=save,
        default=reverse("plans:detail", args=[number]),
        save_label=_("Complete"),
    )


def _round(request: HttpRequest) -> date | None:
    """The round of a recurring measure that the page showed; None where it does not say."""
    try:
        return parse_date(request.GET.get(ROUND, ""))
    except ValueError:  # well formed, but no day of the calendar
        return None


def _say_done(request: HttpRequest, row: Measure, *, is_new: bool) -> None:
    values = {"title": row.title, "date": format_date(row.due_on)}
    if not is_new:
        messages.info(request, _("“%(title)s” had been recorded already.") % values)
    elif row.is_open:
        text = _("“%(title)s” is done for this time; next due on %(date)s.")
        messages.success(request, text % values)
    else:
        messages.success(request, _("“%(title)s” is done.") % values)


def move(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """A new due date with its reason; the original one stays."""
    row, user = _allowed(request, number, measure, can_do_measure)
    form = forms.MoveForm(_data(request), measure=row)
    return _step(
        request,
        row,
        form,
        title=_("Move measure"),
        save=lambda: services.move(
            measure=row,
            version=form.cleaned_data["version"],
            actor=user,
            to=form.cleaned_data["due_on"],
            reason=form.cleaned_data["note"],
            doubt=form.reason,
        ),
        saved=_("Measure moved. Its original date stays on record."),
        save_label=_("Move measure"),
    )


def reassign(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    row, user = _allowed(request, number, measure, can_change_measure)
    form = forms.ReassignForm(_data(request), measure=row, people=list(User.objects.staff()))
    return _step(
        request,
        row,
        form,
        title=_("Hand over measure"),
        save=lambda: services.hand_over(
            measure=row,
            version=form.cleaned_data["version"],
            actor=user,
            owner=form.cleaned_data["owner"],
            today=timezone.localdate(),
            reason=form.cleaned_data["note"],
        ),
        saved=_("Handed over. The new owner has been let into the case."),
        save_label=_("Hand over"),
    )


def edit(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    """Everything but owner and date, which have their own steps."""
    row, user = _allowed(request, number, measure, can_change_measure)
    names = ("title", "description", "phase", "deputy", "recurrence", "amendment", "version")
    form = forms.MeasureForm(
        _data(request),
        phases=list(row.plan.phases.all()),
        people=list(User.objects.staff()),
        amendments=amendments_of(row.case),
        measure=row,
        initial={name: getattr(row, name) for name in names},
    )
    return _step(
        request,
        row,
        form,
        title=_("Edit measure"),
        save=lambda: services.change_measure(
            measure=row,
            version=form.cleaned_data["version"],
            actor=user,
            today=timezone.localdate(),
            changes=form.changes,
        ),
        saved=_("Saved."),
    )


def set_status(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    row, user = _allowed(request, number, measure, can_do_measure)
    form = forms.StatusForm(
        _data(request), measure=row, initial={"status": row.status, "note": row.status_note}
    )
    return _step(
        request,
        row,
        form,
        title=_("Set status"),
        save=lambda: services.set_status(
            measure=row,
            version=form.cleaned_data["version"],
            actor=user,
            status=form.cleaned_data["status"],
            note=form.cleaned_data["note"],
        ),
        saved=_("Saved."),
    )


def drop(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    return _with_reason(
        request,
        _allowed(request, number, measure, can_change_measure),
        services.drop,
        title=_("Drop measure"),
        saved=_("Measure dropped."),
        save_label=_("Drop measure"),
        intro=_("A dropped measure stays visible with its reason and no longer counts."),
    )


def reopen(request: HttpRequest, number: str, measure: int) -> HttpResponse:
    return _with_reason(
        request,
        _allowed(request, number, measure, can_reopen_measure),
        services.reopen,
        title=_("Reopen measure"),
        saved=_("The measure is open again."),
        save_label=_("Reopen measure"),
    )


def _with_reason(
    request: HttpRequest, allowed: tuple[Measure, User], verb: Callable[..., Any], **words: str
) -> HttpResponse:
    """A step that only needs a reason."""
    row, user = allowed
    form = forms.ReasonForm(_data(request), measure=row)

    def save() -> None:
        asked = form.cleaned_data
        verb(measure=row, version=asked["version"], actor=user, reason=asked["note"])

    return _step(request, row, form, save=save, **words)
